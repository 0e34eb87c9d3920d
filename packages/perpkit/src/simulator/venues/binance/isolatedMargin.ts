import {
  abs,
  type Decimal,
  decimalPlaces,
  isNegative,
  isZero,
  negate,
} from '../../../core/decimal.ts'
import type { EngineMarginChange } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'
import { moneyText } from './format.ts'
import { newestOrOldest, readTimes, windowNames } from './historyWindow.ts'
import { checkedSide, positionOf } from './legs.ts'
import { refusedBy } from './refusals.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'
import { positionSides } from './tokens.ts'

// Margin of isolated positions: docs/wire/binance.md 4.2.

type Shape = Record<string, unknown>

export const isolatedMarginRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Modify-Isolated-Position-Margin
  signedRoute('POST', '/fapi/v1/positionMargin', {
    mandatory: ['symbol', 'amount', 'type'],
    handle: moveMargin,
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Get-Position-Margin-Change-History
  signedRoute('GET', '/fapi/v1/positionMargin/history', {
    mandatory: ['symbol'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', 'type', ...windowNames])
      const { symbol } = readContract(sent)
      const type = sent.word('type', types, '-1130')
      const { start, end } = readTimes(sent)
      const limit = sent.limit('limit', 500, 1_000)
      const rows = handling.engine
        .marginChanges(handling.accountId)
        .filter((row) => row.symbol === symbol && (type === undefined || typeOf(row) === type))
        .filter(({ timestamp: at }) => at >= (start ?? at) && at <= (end ?? at))
      return newestOrOldest(rows, limit, start !== undefined).map(changeShape)
    },
  }),
]

const ADD = '1'
const REDUCE = '2'
const types = [ADD, REDUCE] as const

function moveMargin(handling: Handling): Shape {
  const { engine, accountId } = handling
  const sent = new Sent(handling, ['symbol', 'positionSide', 'amount', 'type'])
  const { symbol } = readContract(sent)
  const type = sent.requiredWord('type', types, '-1130')
  const positionSide = sent.word('positionSide', positionSides, '-4060') ?? 'BOTH'
  const amount = readAmount(sent)
  checkedSide(handling, positionSide)
  if (engine.marginMode(accountId, symbol) !== 'ISOLATED') throw new Refused('-4049')
  const position = positionOf(engine, accountId, symbol, positionSide)
  if (!position) throw new Refused('-4054')
  const signed = type === ADD ? amount : negate(amount)
  const refusal = engine.addMargin(accountId, symbol, position.side, signed)
  if (refusal) throw refusedBy(refusal, { insufficientMargin: '-4050' })
  return {
    amount: Number(amount),
    code: 200,
    msg: 'Successfully modify position margin.',
    type: Number(type),
  }
}

/** Money has eight places. */
function readAmount(sent: Sent<'amount'>): Decimal {
  const amount = sent.decimal('amount') ?? '0'
  if (isZero(amount)) throw new Refused('-4055')
  if (decimalPlaces(amount) > 8) throw new Refused('-1111')
  return amount
}

function typeOf({ amount }: EngineMarginChange): (typeof types)[number] {
  return isNegative(amount) ? REDUCE : ADD
}

function changeShape(change: EngineMarginChange): Shape {
  return {
    symbol: change.symbol,
    type: Number(typeOf(change)),
    deltaType: 'USER_ADJUST',
    amount: moneyText(abs(change.amount)),
    asset: change.asset,
    time: change.timestamp,
    positionSide: change.isHedged ? change.side : 'BOTH',
  }
}
