import { div, isZero, sub } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { fundingIntervalHours, type Listing } from './instruments.ts'

// Funding: docs/wire/bitget.md 3 and 12.6.

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

/** Settlement times of page `page` (from 1) with `size` rows, newest first. */
export function fundingPage(
  { engine }: Handling,
  listing: Listing,
  page: number,
  size: number,
): { rate: string; time: string }[] {
  const { fundingIntervalMs, symbol } = listing.engine
  // Settlements out of turn may come in between: no span of `page` pages holds fewer than asked for.
  const from = engine.now() - (page * size + 1) * fundingIntervalMs
  return engine
    .fundingHistory(symbol, from, engine.now())
    .reverse()
    .slice((page - 1) * size, page * size)
    .map(({ rate, timestamp }) => ({ rate: plain(rate), time: String(timestamp) }))
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
