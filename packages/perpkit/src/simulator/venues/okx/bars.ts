import { add, max, min } from '../../../core/decimal.ts'
import type { Engine, EngineKline } from '../../engine/types.ts'

// Bars of docs/wire/okx.md 3.3. The engine's own candles open on UTC boundaries; those that open at
// midnight in UTC+8 are put together from shorter ones.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface Bar {
  /** Milliseconds, or calendar months. */
  length: number | { months: number }
  /** Hours east of Greenwich in whose days it opens. */
  zone: 0 | 8
}

/** By the word in `bar`. Shorter ones than an hour's multiples of six have one form only. */
export const bars: ReadonlyMap<string, Bar> = new Map([
  ...fixed({
    '1m': MINUTE,
    '3m': 3 * MINUTE,
    '5m': 5 * MINUTE,
    '15m': 15 * MINUTE,
    '30m': 30 * MINUTE,
    '1H': HOUR,
    '2H': 2 * HOUR,
    '4H': 4 * HOUR,
  }),
  ...inBothZones({
    '6H': 6 * HOUR,
    '12H': 12 * HOUR,
    '1D': DAY,
    '2D': 2 * DAY,
    '3D': 3 * DAY,
    '1W': 7 * DAY,
    '1M': { months: 1 },
    '3M': { months: 3 },
  }),
])

/** Start of the bar that holds `time`. */
export function barStart(bar: Bar, time: number): number {
  const shift = bar.zone * HOUR
  const local = time + shift
  if (typeof bar.length !== 'number') {
    const date = new Date(local)
    const month = date.getUTCMonth() - (date.getUTCMonth() % bar.length.months)
    return Date.UTC(date.getUTCFullYear(), month, 1) - shift
  }
  // The epoch was a Thursday: the first Monday came four days later.
  const origin = bar.length === 7 * DAY ? 4 * DAY : 0
  return Math.floor((local - origin) / bar.length) * bar.length + origin - shift
}

/** Start of the bar `count` bars later than the one that starts there, or earlier when negative. */
export function barAfter(bar: Bar, start: number, count: number): number {
  if (typeof bar.length === 'number') return start + count * bar.length
  const shift = bar.zone * HOUR
  const date = new Date(start + shift)
  const month = date.getUTCMonth() + count * bar.length.months
  return Date.UTC(date.getUTCFullYear(), month, 1) - shift
}

/** Bars that start in [from, to], oldest first; the one under way is the last. */
export function readBars(
  engine: Engine,
  symbol: string,
  bar: Bar,
  from: number,
  to: number,
): EngineKline[] {
  const interval = ownInterval(bar)
  if (interval !== undefined) return engine.klines(symbol, interval, from, to)
  const last = barAfter(bar, barStart(bar, to), 1) - 1
  const joined: EngineKline[] = []
  for (const part of engine.klines(symbol, partOf(bar), from, last)) {
    const start = barStart(bar, part.start)
    const current = joined[joined.length - 1]
    if (current?.start === start) joined[joined.length - 1] = join(current, part)
    else joined.push({ ...part, start })
  }
  return joined
}

/** The engine's interval with the same boundaries, if it has one. */
function ownInterval({ length, zone }: Bar): number | 'month' | undefined {
  if (zone !== 0) return undefined
  if (typeof length === 'number') return length
  return length.months === 1 ? 'month' : undefined
}

/** The longest candles whose boundaries are the bar's too. */
function partOf({ length, zone }: Bar): number {
  if (zone === 0) return DAY
  if (length === 6 * HOUR) return 2 * HOUR
  return length === 12 * HOUR ? 4 * HOUR : 8 * HOUR
}

function join(bar: EngineKline, part: EngineKline): EngineKline {
  return {
    start: bar.start,
    open: bar.open,
    high: max(bar.high, part.high),
    low: min(bar.low, part.low),
    close: part.close,
    volume: add(bar.volume, part.volume),
    turnover: add(bar.turnover, part.turnover),
    trades: bar.trades + part.trades,
  }
}

function fixed(lengths: Readonly<Record<string, number>>): [string, Bar][] {
  return Object.entries(lengths).map(([word, length]) => [word, { length, zone: 0 }])
}

function inBothZones(lengths: Readonly<Record<string, Bar['length']>>): [string, Bar][] {
  return Object.entries(lengths).flatMap(([word, length]): [string, Bar][] => [
    [word, { length, zone: 8 }],
    [`${word}utc`, { length, zone: 0 }],
  ])
}
