import { isPositive, negate } from '../../../../core/decimal.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { parameterMalformed, parameterMissing, refused } from '../errors.ts'
import {
  type Fields,
  readFields,
  readToken,
  readWhole,
  required,
  requiredToken,
} from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { moveMargin } from '../isolatedMargin.ts'
import { applyLeverage, readLeverage } from '../leverage.ts'
import {
  holdSides,
  isHedge,
  marginModeWords,
  positionModeOf,
  positionModeWords,
  sideOf,
} from '../modes.ts'
import { reply } from '../replies.ts'
import { readUnified } from '../scope.ts'
import { readNumber } from '../sizes.ts'

// Settings of a unified account: docs/wire/bitget.md 12.3.

// https://www.bitget.com/api-doc/uta/account/Change-Position-Mode
export const setHoldMode: Route = {
  method: 'POST',
  path: '/api/v3/account/set-hold-mode',
  access: 'signed',
  parameters: ['holdMode'],
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, ['holdMode'])
    const mode = requiredToken(handling, fields, 'holdMode', positionModeWords)
    // Of the whole account.
    const refusal = engine.setPositionMode(accountId, positionModeOf(mode))
    if (refusal?.refused === 'ordersOpen') throw refused(handling, 'positionModeOrders')
    if (refusal) throw refused(handling, 'positionModeLocked')
    return reply(handling, 'success')
  },
}

const leverageFields = [
  'category',
  'symbol',
  'leverage',
  'marginMode',
  'posSide',
  'longLeverage',
  'shortLeverage',
  'coin',
] as const

// https://www.bitget.com/api-doc/uta/account/Change-Leverage
export const setLeverage: Route = {
  method: 'POST',
  path: '/api/v3/account/set-leverage',
  access: 'signed',
  operation: 'setLeverage',
  parameters: leverageFields,
  handle(handling) {
    const fields = readFields(handling.params, leverageFields)
    const listing = readUnified(handling, fields)
    const mode = readToken(handling, fields, 'marginMode', marginModeWords) ?? 'crossed'
    readToken(handling, fields, 'posSide', holdSides)
    if (mode === 'isolated' && isHedge(handling, listing.engine.symbol)) {
      setPair(handling, fields, listing)
      return reply(handling, 'success')
    }
    const given = fields.text('leverage')
    if (given === undefined) throw parameterMissing(handling, 'leverage')
    const marginMode = mode === 'isolated' ? 'ISOLATED' : 'CROSS'
    applyLeverage(handling, listing, readLeverage(handling, listing, given), { marginMode })
    return reply(handling, 'success')
  },
}

const marginFields = ['category', 'symbol', 'posSide', 'operation', 'amount'] as const

// https://www.bitget.com/api-doc/uta/account/Set-Margin
export const setMargin: Route = {
  method: 'POST',
  path: '/api/v3/account/set-margin',
  access: 'signed',
  parameters: marginFields,
  handle(handling) {
    const fields = readFields(handling.params, marginFields)
    const posSide = requiredToken(handling, fields, 'posSide', holdSides)
    const operation = requiredToken(handling, fields, 'operation', ['add', 'reduce'])
    const given = required(handling, fields, 'amount')
    const listing = readUnified(handling, fields)
    const amount = readNumber(handling, 'amount', given)
    if (!isPositive(amount)) throw parameterMalformed(handling, 'amount')
    const signed = operation === 'add' ? amount : negate(amount)
    moveMargin(handling, listing, sideOf(posSide), signed)
    return reply(handling, 'success')
  },
}

/** Seconds the timer may be set to. */
const SHORTEST = 5
const LONGEST = 60

// https://www.bitget.com/api-doc/uta/trade/CountDown-Cancel-All
export const countdownCancelAll: Route = {
  method: 'POST',
  path: '/api/v3/trade/countdown-cancel-all',
  access: 'signed',
  operation: 'cancelAll',
  parameters: ['countdown'],
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, ['countdown'])
    required(handling, fields, 'countdown')
    const seconds = readWhole(handling, fields, 'countdown') ?? 0
    const isOff = seconds === 0
    if (!isOff && (seconds < SHORTEST || seconds > LONGEST)) {
      throw parameterMalformed(handling, 'countdown')
    }
    engine.setCancelAllTimer(accountId, {
      ...(isOff ? {} : { at: engine.now() + seconds * 1000 }),
      includesConditionals: false,
    })
    return reply(handling, 'success')
  },
}

/** Isolated in hedge mode: both sides in one call, and no position side. */
function setPair(
  handling: Handling,
  fields: Fields<(typeof leverageFields)[number]>,
  listing: Listing,
): void {
  const long = fields.text('longLeverage')
  const short = fields.text('shortLeverage')
  if (fields.has('posSide') || long === undefined || short === undefined) {
    throw refused(handling, 'sideMissing')
  }
  const wanted = [
    { positionSide: 'LONG', leverage: readLeverage(handling, listing, long) },
    { positionSide: 'SHORT', leverage: readLeverage(handling, listing, short) },
  ] as const
  for (const { leverage, positionSide } of wanted) {
    applyLeverage(handling, listing, leverage, { marginMode: 'ISOLATED', positionSide })
  }
}
