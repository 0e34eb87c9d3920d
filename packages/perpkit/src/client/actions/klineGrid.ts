import type { KlineInterval } from '../../model/tokens.ts'

// Where candles start, in UTC: whole multiples of the interval since the epoch, weeks on Monday,
// months on the first.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const LENGTHS: Record<Exclude<KlineInterval, '1M'>, number> = {
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
}

/** The first Monday of the epoch. */
const MONDAY = 4 * DAY

/** All intervals, shortest first. */
export const KLINE_INTERVALS: readonly KlineInterval[] = [
  ...(Object.keys(LENGTHS) as (keyof typeof LENGTHS)[]),
  '1M',
]

/**
 * The longest of `native` that candles of `interval` can be put together from: every candle of
 * `interval` starts and ends with one of it. `undefined` when there is none.
 */
export function sourceOf(
  interval: KlineInterval,
  native: readonly KlineInterval[],
): KlineInterval | undefined {
  const places = new Map(KLINE_INTERVALS.map((known, place) => [known, place]))
  return native
    .filter((source) => fitsInto(source, interval))
    .sort((a, b) => (places.get(b) ?? 0) - (places.get(a) ?? 0))[0]
}

function fitsInto(source: KlineInterval, interval: KlineInterval): boolean {
  if (source === '1M' || source === interval) return source === interval
  const length = LENGTHS[source]
  // Months are whole days, and nothing longer; weeks begin on a Monday, other grids with the epoch.
  const period = interval === '1M' ? DAY : LENGTHS[interval]
  if (source === '1w') return false
  return period % length === 0 && (interval !== '1w' || MONDAY % length === 0)
}

export function startAtOrBefore(time: number, interval: KlineInterval): number {
  if (interval === '1M') return monthStart(time, 0)
  const length = LENGTHS[interval]
  const origin = interval === '1w' ? MONDAY : 0
  return Math.floor((time - origin) / length) * length + origin
}

export function startAtOrAfter(time: number, interval: KlineInterval): number {
  const start = startAtOrBefore(time, interval)
  return start === time ? start : nextStart(start, interval)
}

export function nextStart(start: number, interval: KlineInterval): number {
  return interval === '1M' ? monthStart(start, 1) : start + LENGTHS[interval]
}

/** The start `count` candles before `start`. */
export function startsBefore(start: number, count: number, interval: KlineInterval): number {
  return interval === '1M' ? monthStart(start, -count) : start - count * LENGTHS[interval]
}

function monthStart(time: number, months: number): number {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
}
