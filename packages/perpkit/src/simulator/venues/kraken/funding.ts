import { type Decimal, mul } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { requiredText } from './fields.ts'
import { findListing, type Listing } from './instruments.ts'
import { iso, num } from './numbers.ts'
import { listRefusal, success } from './replies.ts'

/** Rows the funding history keeps: docs/wire/kraken.md 3.7. */
const FUNDING_ROWS = 700

// https://docs.kraken.com/api/docs/futures-api/trading/historical-funding-rates
export const fundingHistory: Route = {
  method: 'GET',
  path: '/derivatives/api/v4/historicalfundingrates',
  access: 'public',
  operation: 'marketData',
  parameters: ['symbol'],
  handle(handling) {
    const { engine, params } = handling
    const listing = findListing(requiredText(params, 'symbol'))
    if (!listing) throw listRefusal(400, 87, 'CONTRACT_DOES_NOT_EXIST')
    const { fundingIntervalMs, symbol } = listing.engine
    const now = engine.now()
    const settled = engine
      .fundingHistory(symbol, now - FUNDING_ROWS * fundingIntervalMs, now)
      .slice(-FUNDING_ROWS)
    const rates = settled.map(({ markPrice, rate, timestamp }) => ({
      // The start of the hour that ended with the settlement.
      timestamp: iso(timestamp - fundingIntervalMs).replace('.000', ''),
      fundingRate: absoluteRate(rate, markPrice),
      relativeFundingRate: num(rate),
    }))
    return success(handling, { rates })
  },
}

/** The rate of the hour that runs, in US dollars for one unit of the base asset. */
export function runningRate(engine: Engine, { engine: { symbol } }: Listing): number {
  return absoluteRate(engine.fundingRate(symbol), engine.prices(symbol).index)
}

/** An hourly fraction of the price as the venue tells it. */
export function absoluteRate(rate: Decimal, price: Decimal): number {
  return num(mul(rate, price))
}
