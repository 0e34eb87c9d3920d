import {
  add,
  ceilToStep,
  type Decimal,
  floorToStep,
  isGreater,
  isLess,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { Engine, EngineSide } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { readFields } from './fields.ts'
import { type Listing, priceLimitRatio } from './instruments.ts'
import { answering } from './replies.ts'
import { readListing } from './scope.ts'

export interface PriceBand {
  highestBuy: Decimal
  lowestSell: Decimal
}

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-limit-price
export const priceLimit: Route = {
  method: 'GET',
  path: '/api/v5/public/price-limit',
  access: 'public',
  operation: 'marketData',
  parameters: ['instId'],
  handle: answering(({ clock, engine, params }) => {
    const listing = readListing(readFields(params, ['instId']))
    return [priceLimitRow(engine, listing, clock.now())]
  }),
}

/** Keys as in the sample of docs/wire/okx.md 3.4. */
export function priceLimitRow(
  engine: Engine,
  listing: Listing,
  now: number,
): Record<string, string | boolean> {
  const { highestBuy, lowestSell } = priceBand(engine, listing)
  return {
    instType: 'SWAP',
    instId: listing.instId,
    buyLmt: highestBuy,
    sellLmt: lowestSell,
    ts: String(now),
    enabled: true,
  }
}

/** Around the index price, on the tick: docs/wire/okx.md 4.6. */
export function priceBand(engine: Engine, listing: Listing): PriceBand {
  const { index } = engine.prices(listing.engine.symbol)
  const { tickSize } = listing.engine
  return {
    highestBuy: floorToStep(mul(index, add('1', priceLimitRatio)), tickSize),
    lowestSell: ceilToStep(mul(index, sub('1', priceLimitRatio)), tickSize),
  }
}

/** The price no order of that side trades beyond. */
export function bandEdge(engine: Engine, listing: Listing, side: EngineSide): Decimal {
  const { highestBuy, lowestSell } = priceBand(engine, listing)
  return side === 'BUY' ? highestBuy : lowestSell
}

export function isBeyondBand(band: PriceBand, side: EngineSide, price: Decimal): boolean {
  return side === 'BUY' ? isGreater(price, band.highestBuy) : isLess(price, band.lowestSell)
}
