import {
  add,
  ceilToStep,
  type Decimal,
  div,
  floorToStep,
  max,
  min,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { EngineSide } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { invalidParameter, priceInvalid } from './errors.ts'
import { type Fields, readToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { intoBand, protectionPrice } from './priceBand.ts'
import { Refused } from './replies.ts'
import { settingsOf } from './settings.ts'
import { readPrice } from './sizes.ts'

type PriceFields = Fields<
  | 'price'
  | 'triggerPrice'
  | 'bboSideType'
  | 'bboLevel'
  | 'slippageToleranceType'
  | 'slippageTolerance'
>

/** The price of a limit order, as the venue takes it. */
export function readLimitPrice(
  handling: Handling,
  fields: PriceFields,
  listing: Listing,
  side: EngineSide,
): Decimal {
  const { accountId, engine } = handling
  const price = readBookPrice(handling, fields, listing, side) ?? fields.text('price')
  const read = readPrice(listing, price)
  if (read === undefined) throw priceInvalid()
  // The band of a waiting order is that of the moment it triggers, which the engine does not know.
  if (fields.has('triggerPrice')) return read
  const allowed = intoBand(engine, listing, side, read)
  if (allowed !== read && !settingsOf(engine, accountId).movesLimitPrices) {
    throw new Refused(110003, 'Order price exceeds the allowable range.')
  }
  return allowed
}

/** The price a market order will not trade beyond. */
export function readWorstPrice(
  handling: Handling,
  fields: PriceFields,
  listing: Listing,
  side: EngineSide,
): Decimal {
  const { engine } = handling
  const protection = protectionPrice(engine, listing, side)
  const type = readToken(handling, fields, 'slippageToleranceType', ['TickSize', 'Percent'])
  if (type === undefined) return protection
  const given = Number(fields.text('slippageTolerance'))
  const [least, most] = type === 'TickSize' ? [1, 10_000] : [0.01, 10]
  if (!(given >= least && given <= most)) {
    throw new Refused(110108, 'The slippage tolerance is out of range')
  }
  const tolerance = fields.text('slippageTolerance') ?? '0'
  const { tickSize, symbol } = listing.engine
  const { ask, bid } = engine.prices(symbol)
  const best = side === 'BUY' ? ask : bid
  const distance = type === 'TickSize' ? mul(tolerance, tickSize) : mul(best, div(tolerance, '100'))
  return side === 'BUY'
    ? min(protection, floorToStep(add(best, distance), tickSize))
    : max(protection, ceilToStep(sub(best, distance), tickSize))
}

/** A limit price taken from the book: best bid or offer orders. */
function readBookPrice(
  handling: Handling,
  fields: PriceFields,
  listing: Listing,
  side: EngineSide,
): Decimal | undefined {
  const from = readToken(handling, fields, 'bboSideType', ['Queue', 'Counterparty'] as const)
  const level = readToken(handling, fields, 'bboLevel', ['1', '2', '3', '4', '5'] as const)
  if (from === undefined) return undefined
  if (level === undefined) throw invalidParameter('bboLevel')
  const { asks, bids } = handling.engine.depth(listing.engine.symbol, 5)
  const levels = (from === 'Queue') === (side === 'BUY') ? bids : asks
  return (levels[Number(level) - 1] ?? levels[levels.length - 1])?.[0]
}
