import type { KlineInterval } from 'perpkit'

// The grid of perpkit, once more: options name the intervals, and help must not load all of perpkit.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The shortest an interval can be: months are told from the calendar. */
const LENGTHS: Readonly<Record<KlineInterval, number>> = {
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
  '1M': 28 * DAY,
}

/** All of them, shortest first. */
export const INTERVALS: readonly KlineInterval[] = Object.keys(LENGTHS) as KlineInterval[]

/** In milliseconds; of a month its shortest length. */
export function shortestLength(interval: KlineInterval): number {
  return LENGTHS[interval]
}

/** When the candle that starts at `start` closes, and the next one starts. */
export function endOf(start: number, interval: KlineInterval): number {
  if (interval !== '1M') return start + LENGTHS[interval]
  const date = new Date(start)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}
