import { div, isZero, sub } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import { plain } from './decimals.ts'
import { fundingIntervalHours, type Listing } from './instruments.ts'

// Funding. The engine keeps no history of it; past rows carry the rate of now, on the grid of the
// contract.

export function fundingRow(engine: Engine, listing: Listing): Record<string, string> {
  const { symbol } = listing.engine
  return {
    symbol: listing.native,
    fundingRate: plain(engine.fundingRate(symbol)),
    fundingRateInterval: String(fundingIntervalHours),
    nextUpdate: String(engine.nextFundingTime(symbol)),
    minFundingRate: '-0.003',
    maxFundingRate: '0.003',
  }
}

/** The `size` funding times of page `page` (from 1), newest first. */
export function fundingTimes(
  engine: Engine,
  listing: Listing,
  page: number,
  size: number,
): number[] {
  const { fundingIntervalMs, symbol } = listing.engine
  const latest = engine.nextFundingTime(symbol) - fundingIntervalMs
  const first = latest - (page - 1) * size * fundingIntervalMs
  return Array.from({ length: size }, (_, index) => first - index * fundingIntervalMs).filter(
    (time) => time > 0,
  )
}

/** The only tier there is: up to `end` of value at the highest leverage. */
export function tierOf(listing: Listing): { leverage: string; rate: string; end: string } {
  const { maintenanceMarginRate, maxLeverage } = listing.engine
  return { leverage: String(maxLeverage), rate: maintenanceMarginRate, end: '100000000' }
}

/** Share that the price has changed by. */
export function changeOf(from: string, to: string): string {
  return isZero(from) ? '0' : plain(div(sub(to, from), from), 5)
}
