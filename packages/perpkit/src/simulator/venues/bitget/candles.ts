import { add, type Decimal, max, min } from '../../../core/decimal.ts'
import type { Engine, EngineKline } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { parameterMalformed, refused } from './errors.ts'
import { type Fields, readWhole } from './fields.ts'
import type { Listing } from './instruments.ts'
import { DAY, type PageLimits, readLimit } from './paging.ts'
import { Refused } from './replies.ts'

// Candles: docs/wire/bitget.md 3.3.

/** Length and alignment of a candle. */
interface Grain {
  length: number | 'month'
  /** How much earlier than UTC midnight its days begin. */
  ahead: number
  /** How far back `candles` goes. */
  lookBack: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const UTC_PLUS_8 = 8 * HOUR

/** One request spans so much at most. */
const LONGEST = 90 * DAY

const grains: Readonly<Record<string, Grain>> = {
  '1m': grain(MINUTE, 30),
  '3m': grain(3 * MINUTE, 30),
  '5m': grain(5 * MINUTE, 30),
  '15m': grain(15 * MINUTE, 52),
  '30m': grain(30 * MINUTE, 62),
  '1H': grain(HOUR, 83),
  '2H': grain(2 * HOUR, 120),
  '4H': grain(4 * HOUR, 240),
  '6H': grain(6 * HOUR, 360, UTC_PLUS_8),
  '12H': grain(12 * HOUR, 360, UTC_PLUS_8),
  '1D': grain(DAY, 360, UTC_PLUS_8),
  '3D': grain(3 * DAY, 360, UTC_PLUS_8),
  '1W': grain(7 * DAY, 360, UTC_PLUS_8),
  '1M': grain('month', 360, UTC_PLUS_8),
  '6Hutc': grain(6 * HOUR, 360),
  '12Hutc': grain(12 * HOUR, 360),
  '1Dutc': grain(DAY, 360),
  '3Dutc': grain(3 * DAY, 360),
  '1Wutc': grain(7 * DAY, 360),
  '1Mutc': grain('month', 360),
}

export interface CandleCall extends PageLimits {
  /** Closed candles only, and without a limit to how far back. */
  isHistory: boolean
}

/** The parameter that names the interval, and what it said. */
export interface CandleToken {
  name: 'granularity' | 'interval'
  given: string
}

/** Rows of seven texts, ascending: the newest `limit` that open in [startTime, endTime]. */
export function candleRows(
  handling: Handling,
  fields: Fields<'startTime' | 'endTime' | 'limit'>,
  { listing, token }: { listing: Listing; token: CandleToken },
  call: CandleCall,
): string[][] {
  const grain = readGrain(handling, token)
  const now = handling.engine.now()
  const start = readWhole(handling, fields, 'startTime')
  const end = readWhole(handling, fields, 'endTime')
  if (start !== undefined && end !== undefined) {
    if (end < start) throw parameterMalformed(handling, 'startTime')
    if (end - start > LONGEST) throw refused(handling, 'rangeTooLong')
  }
  const limit = readLimit(handling, fields, call)
  const length = grain.length === 'month' ? 31 * DAY : grain.length
  const to = Math.min(end ?? now, call.isHistory ? now - 1 : now)
  const earliest = call.isHistory ? 0 : now - grain.lookBack
  const from = Math.max(start ?? 0, to - limit * length, to - LONGEST, earliest)
  const candles = readCandles(handling.engine, listing.engine.symbol, grain, from, to)
  const closed = call.isHistory
    ? candles.filter((candle) => startOf(candle.start + length, grain) <= now)
    : candles
  return closed.slice(-limit).map((candle) => rowOf(candle))
}

function readGrain(handling: Handling, { given, name }: CandleToken): Grain {
  const found = grains[given]
  if (found) return found
  handling.unknownWord(name, given)
  throw new Refused('400171', `Parameter verification failed ${name} [${Object.keys(grains)}]`)
}

/** Candles of a market whose interval is called so, as it stands. */
export interface CandleSeries {
  /** The newest `count`, ascending. */
  latest(count: number): EngineKline[]
  /** When the candle opened that holds `time`, and when the one after it does. */
  span(time: number): [from: number, to: number]
  /** Those that open in [from, now]. */
  since(from: number): EngineKline[]
}

/** `undefined` when no interval is called so. */
export function candleSeries(
  engine: Engine,
  symbol: string,
  token: string,
): CandleSeries | undefined {
  const found = Object.hasOwn(grains, token) ? grains[token] : undefined
  if (!found) return undefined
  const longest = found.length === 'month' ? 31 * DAY : found.length
  const since = (from: number): EngineKline[] =>
    readCandles(engine, symbol, found, from, engine.now())
  return {
    since,
    latest(count) {
      const reach = Math.min(count * longest, found.lookBack)
      return since(engine.now() - reach).slice(-count)
    },
    span(time) {
      const from = startOf(time, found)
      return [from, startOf(from + longest, found)]
    },
  }
}

/** Times and figures of a candle as texts. */
export function rowOf(candle: EngineKline): string[] {
  const { close, high, low, open, start, turnover, volume } = candle
  return [String(start), ...[open, high, low, close, volume, turnover].map((value) => plain(value))]
}

/** Candles that open in [from, to]. What is not aligned to UTC is merged from shorter ones. */
function readCandles(
  engine: Engine,
  symbol: string,
  grain: Grain,
  from: number,
  to: number,
): EngineKline[] {
  if (grain.ahead === 0) return engine.klines(symbol, grain.length, from, to)
  const length = grain.length === 'month' ? 31 * DAY : grain.length
  const merged = new Map<number, EngineKline>()
  for (const part of engine.klines(symbol, 2 * HOUR, startOf(from, grain), to + length)) {
    const start = startOf(part.start, grain)
    if (start < from || start > to) continue
    const whole = merged.get(start)
    merged.set(start, whole ? join(whole, part) : { ...part, start })
  }
  return [...merged.values()]
}

function join(earlier: EngineKline, later: EngineKline): EngineKline {
  const plus = (a: Decimal, b: Decimal): Decimal => add(a, b)
  return {
    start: earlier.start,
    open: earlier.open,
    high: max(earlier.high, later.high),
    low: min(earlier.low, later.low),
    close: later.close,
    volume: plus(earlier.volume, later.volume),
    turnover: plus(earlier.turnover, later.turnover),
    trades: earlier.trades + later.trades,
  }
}

/** Opening time of the candle that holds `time`. Weeks begin on Monday. */
function startOf(time: number, { ahead, length }: Grain): number {
  const local = time + ahead
  if (length === 'month') {
    const date = new Date(local)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) - ahead
  }
  // The epoch was a Thursday: the first Monday came four days later.
  const origin = length === 7 * DAY ? 4 * DAY : 0
  return Math.floor((local - origin) / length) * length + origin - ahead
}

function grain(length: number | 'month', lookBackDays: number, ahead = 0): Grain {
  return { length, ahead, lookBack: lookBackDays * DAY }
}
