import { isZero, negate } from '../../../core/decimal.ts'
import type { EngineFill, EngineFunding } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { moneyText } from './format.ts'
import { readWindow, windowNames } from './historyWindow.ts'
import { isYounger } from './orderLookup.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContracts } from './symbols.ts'
import { incomeTypes } from './tokens.ts'

// What trades and funding did to the balance: docs/wire/binance.md 4.1.

interface Income {
  symbol: string
  incomeType: (typeof incomeTypes)[number]
  income: string
  asset: string
  info: string
  time: number
  tranId: number
  tradeId: string
}

export const incomeRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Get-Income-History
  signedRoute('GET', '/fapi/v1/income', { handle: incomeHistory }),
]

function incomeHistory(handling: Handling): Income[] {
  const { engine, accountId } = handling
  const sent = new Sent(handling, ['symbol', 'incomeType', 'page', ...windowNames])
  const { list } = readContracts(sent)
  const type = sent.word('incomeType', incomeTypes, '-1130')
  const page = Math.max(1, sent.whole('page') ?? 1)
  const window = readWindow(sent, handling.clock.now())
  const limit = sent.limit('limit', 100, 1_000)
  const rows = [
    ...engine.fills(accountId).flatMap(incomeOfFill),
    ...engine.fundings(accountId).map(incomeOfFunding),
  ]
    .filter(({ symbol }) => list.some((contract) => contract.symbol === symbol))
    .filter(({ time }) => window.holds(time) && isYounger(engine, time, 90))
    .filter((row) => type === undefined || row.incomeType === type)
    .sort((a, b) => a.time - b.time)
  const [first, last] = [limit * (page - 1), limit * page]
  if (window.hasStart) return rows.slice(first, last)
  return rows.slice(Math.max(0, rows.length - last), Math.max(0, rows.length - first))
}

/** Negative is paid, unlike the commission of a trade. */
function incomeOfFill(fill: EngineFill): Income[] {
  const row = (incomeType: Income['incomeType'], income: string, tranId: number): Income => ({
    symbol: fill.symbol,
    incomeType,
    income,
    asset: fill.feeAsset,
    info: incomeType,
    time: fill.timestamp,
    tranId,
    tradeId: fill.fillId,
  })
  const id = 2 * Number(fill.fillId)
  const commission = row('COMMISSION', moneyText(negate(fill.fee)), id + 1)
  if (isZero(fill.realizedPnl)) return [commission]
  return [row('REALIZED_PNL', moneyText(fill.realizedPnl), id), commission]
}

function incomeOfFunding(funding: EngineFunding): Income {
  return {
    symbol: funding.symbol,
    incomeType: 'FUNDING_FEE',
    income: moneyText(funding.amount),
    asset: funding.asset,
    info: 'FUNDING_FEE',
    time: funding.timestamp,
    tranId: FUNDING_IDS + Number(funding.fundingId),
    tradeId: '',
  }
}

// Beyond those that trades can have.
const FUNDING_IDS = 9_000_000_000_000
