import {
  add,
  ceilToStep,
  type Decimal,
  floorToStep,
  isGreater,
  isLess,
  max,
  min,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { Engine, EngineSide } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { priceText } from './decimals.ts'
import { readQuery } from './fields.ts'
import { type Listing, priceLimitRatio } from './instruments.ts'
import { reply } from './replies.ts'
import { readPublicListing } from './scope.ts'

const priceLimitFields = ['category', 'symbol'] as const

// https://bybit-exchange.github.io/docs/v5/market/order-price-limit
export const priceLimit: Route = {
  method: 'GET',
  path: '/v5/market/price-limit',
  access: 'public',
  operation: 'marketData',
  parameters: priceLimitFields,
  handle(handling) {
    const fields = readQuery(handling.params, priceLimitFields)
    const listing = readPublicListing(handling, fields, 'linear')
    const row = priceLimitRow(handling.engine, listing)
    const result = { ...row, ts: String(handling.clock.now()) }
    return reply(handling, result, { retMsg: '' })
  },
}

/** The band as the venue tells it. */
export function priceLimitRow(engine: Engine, listing: Listing): Record<string, string> {
  const { highestBuy, lowestSell } = priceBand(engine, listing)
  return {
    symbol: listing.native,
    buyLmt: priceText(listing, highestBuy),
    sellLmt: priceText(listing, lowestSell),
  }
}

/** The prices a limit order may have, on the tick: docs/wire/bybit.md 3, with a premium of zero. */
function priceBand(engine: Engine, listing: Listing): { highestBuy: Decimal; lowestSell: Decimal } {
  const { mark, index } = engine.prices(listing.engine.symbol)
  const { tickSize } = listing.engine
  const { x, y } = priceLimitRatio
  const highest = min(mul(mark, add('1', y)), max(index, mul(mark, add('1', x))))
  const lowest = max(mul(mark, sub('1', y)), min(index, mul(mark, sub('1', x))))
  return {
    highestBuy: floorToStep(highest, tickSize),
    lowestSell: ceilToStep(lowest, tickSize),
  }
}

/** A limit price as the venue takes it: moved to the edge of the band where it lies beyond (4.7). */
export function intoBand(
  engine: Engine,
  listing: Listing,
  side: EngineSide,
  price: Decimal,
): Decimal {
  const { highestBuy, lowestSell } = priceBand(engine, listing)
  if (side === 'BUY') return isGreater(price, highestBuy) ? highestBuy : price
  return isLess(price, lowestSell) ? lowestSell : price
}

/** The price a market order shows and does not trade beyond: docs/wire/bybit.md 4.7. */
export function protectionPrice(engine: Engine, listing: Listing, side: EngineSide): Decimal {
  const { mark } = engine.prices(listing.engine.symbol)
  const { tickSize } = listing.engine
  return side === 'BUY'
    ? floorToStep(mul(mark, add('1', priceLimitRatio.x)), tickSize)
    : ceilToStep(mul(mark, sub('1', priceLimitRatio.x)), tickSize)
}
