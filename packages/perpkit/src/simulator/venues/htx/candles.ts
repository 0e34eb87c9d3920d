import { add, max, min } from '../../../core/decimal.ts'
import type { Engine, EngineKline } from '../../engine/types.ts'
import type { Listing } from './contracts.ts'

// Candles on the venue's grid: days, weeks and months begin at midnight in UTC+8, which is a border
// of eight hours in UTC; all shorter ones lie on the grid of UTC. docs/wire/htx.md 3.4.

export const periods = [
  '1min',
  '5min',
  '15min',
  '30min',
  '60min',
  '1hour',
  '4hour',
  '1day',
  '1week',
  '1mon',
] as const

export type Period = (typeof periods)[number]

const MINUTE = 60_000

const SHIFT = 8 * 60 * MINUTE

const DAY = 24 * 60 * MINUTE

const lengths: Readonly<Record<Exclude<Period, '1mon'>, number>> = {
  '1min': MINUTE,
  '5min': 5 * MINUTE,
  '15min': 15 * MINUTE,
  '30min': 30 * MINUTE,
  '60min': 60 * MINUTE,
  '1hour': 60 * MINUTE,
  '4hour': 240 * MINUTE,
  '1day': DAY,
  '1week': 7 * DAY,
}

/** Start of the candle that contains `time`, or of the one so many candles from it. */
export function candleStart(period: Period, time: number, count = 0): number {
  if (period === '1mon') {
    const date = new Date(time + SHIFT)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1) - SHIFT
  }
  const length = lengths[period]
  const origin = originOf(period)
  return (Math.floor((time - origin) / length) + count) * length + origin
}

/** How many candles lie in [from, to], both ends included. */
export function countCandles(period: Period, from: number, to: number): number {
  if (period === '1mon') return Math.ceil((to - from) / (28 * DAY))
  return Math.floor((to - from) / lengths[period]) + 1
}

/** Candles whose start lies in [from, to], ascending, the open one included. */
export function readCandles(
  engine: Engine,
  listing: Listing,
  period: Period,
  [from, to]: readonly [from: number, to: number],
): EngineKline[] {
  const { symbol } = listing.engine
  const earliest = Math.max(from, listing.createdAt)
  if (period !== '1day' && period !== '1week' && period !== '1mon') {
    return engine.klines(symbol, lengths[period], earliest, to)
  }
  const first = candleStart(period, earliest)
  const end = candleStart(period, to, 1)
  return engine
    .klines(symbol, SHIFT, first, end - 1)
    .reduce<EngineKline[]>((candles, part) => addPart(candles, part, period), [])
    .filter(({ start }) => start >= from)
}

/** The epoch was a Thursday: weeks begin on the Monday four days later, in UTC+8. */
function originOf(period: Exclude<Period, '1mon'>): number {
  if (period === '1week') return 4 * DAY - SHIFT
  return period === '1day' ? -SHIFT : 0
}

/** Adds eight hours to the candle they belong to, the last one or a new one. */
function addPart(candles: EngineKline[], part: EngineKline, period: Period): EngineKline[] {
  const start = candleStart(period, part.start)
  const last = candles.at(-1)
  if (last?.start !== start) {
    candles.push({ ...part, start })
    return candles
  }
  last.high = max(last.high, part.high)
  last.low = min(last.low, part.low)
  last.close = part.close
  last.volume = add(last.volume, part.volume)
  last.turnover = add(last.turnover, part.turnover)
  last.trades += part.trades
  return candles
}
