import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { add, type Decimal, max, min, toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What candles are built from: the exchange's word for an interval, and how long it is. */
interface Source {
  period: string
  lengthMs: number
}

const minute: Source = { period: '1min', lengthMs: MINUTE }
const hour: Source = { period: '60min', lengthMs: HOUR }
const fourHours: Source = { period: '4hour', lengthMs: 4 * HOUR }

/**
 * Intervals the exchange does not have are put together from shorter ones; so are days, weeks and
 * months, because its own begin at midnight of UTC+8 (docs/wire/htx.md 3.4).
 */
const SOURCES: ReadonlyMap<KlineInterval, Source> = new Map([
  ['1m', minute],
  ['3m', minute],
  ['5m', { period: '5min', lengthMs: 5 * MINUTE }],
  ['15m', { period: '15min', lengthMs: 15 * MINUTE }],
  ['30m', { period: '30min', lengthMs: 30 * MINUTE }],
  ['1h', hour],
  ['2h', hour],
  ['4h', fourHours],
  ['6h', hour],
  ['8h', fourHours],
  ['12h', fourHours],
  ['1d', fourHours],
  ['3d', fourHours],
  ['1w', fourHours],
  ['1M', fourHours],
])

export const klineIntervals: readonly KlineInterval[] = [...SOURCES.keys()]

/** Candles in one answer: a span of 2000 periods would be one too many, and brings nothing. */
export const MAX_CANDLES = 2_000

/** Ascending; the candle that is still open is the last, when the window reaches it. */
export async function getKlines(call: Call, page: KlinePage): Promise<Kline[]> {
  const { instrument, interval, startTime, endTime } = page
  const { period, lengthMs } = sourceOf(interval)
  const last = endOf(startOf(endTime, interval), interval) - lengthMs
  const candles: Candle[] = []
  for (let from = startTime; from <= last; from += MAX_CANDLES * lengthMs) {
    const to = Math.min(from + (MAX_CANDLES - 1) * lengthMs, last)
    candles.push(...(await call(candleList, { instrument, period, from, to })))
  }
  return combine(candles, interval)
    .filter(({ start }) => start >= startTime && start <= endTime)
    .map(toKline)
}

function sourceOf(interval: KlineInterval): Source {
  const source = SOURCES.get(interval)
  if (source) return source
  throw new RequestError(`HTX has no candles of ${interval}`, {
    code: 'UNSUPPORTED',
    exchange: 'HTX',
  })
}

interface CandleRequest {
  instrument: Instrument
  period: string
  /** Starts of the first and the last candle. */
  from: number
  to: number
}

/** A candle whose figures are still exact. */
interface Candle {
  start: number
  open: Decimal
  high: Decimal
  low: Decimal
  close: Decimal
  volume: Decimal
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb80aca-77b5-11ed-9966-0242ac110003
const candleList: Endpoint<CandleRequest, Candle[]> = {
  method: 'GET',
  path: '/linear-swap-ex/market/history/kline',
  access: 'public',
  effect: 'read',
  cost: { market: 1 },
  encode: ({ instrument, period, from, to }) => ({
    query: {
      contract_code: instrument.nativeSymbol,
      period,
      // Whole seconds; with a size beside them they would be ignored.
      from: Math.ceil(from / 1_000),
      to: Math.floor(to / 1_000),
    },
  }),
  decode: (answer) =>
    answer
      .at('data')
      .items()
      .map(readCandle)
      .sort((a, b) => a.start - b.start),
}

function readCandle(row: Reader): Candle {
  return {
    start: row.at('id').integer() * 1_000,
    open: row.at('open').decimal(),
    high: row.at('high').decimal(),
    low: row.at('low').decimal(),
    close: row.at('close').decimal(),
    // In the base asset; `vol` counts contracts.
    volume: row.at('amount').decimal(),
  }
}

/** The candles of an interval from shorter ones, which lie in order. */
function combine(candles: Candle[], interval: KlineInterval): Candle[] {
  const combined: Candle[] = []
  for (const candle of candles) {
    const start = startOf(candle.start, interval)
    const current = combined.at(-1)
    if (current?.start !== start) {
      combined.push({ ...candle, start })
      continue
    }
    current.high = max(current.high, candle.high)
    current.low = min(current.low, candle.low)
    current.close = candle.close
    current.volume = add(current.volume, candle.volume)
  }
  return combined
}

function toKline({ start, open, high, low, close, volume }: Candle): Kline {
  return {
    timestamp: start,
    open: toFloat(open),
    high: toFloat(high),
    low: toFloat(low),
    close: toFloat(close),
    volume: toFloat(volume),
  }
}

const LENGTHS: Readonly<Record<Exclude<KlineInterval, '1M'>, number>> = {
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

/** Where the candle of that time begins, in UTC: weeks on Monday, months on the first. */
function startOf(time: number, interval: KlineInterval): number {
  if (interval === '1M') return monthOf(time, 0)
  const origin = interval === '1w' ? MONDAY : 0
  const length = LENGTHS[interval]
  return Math.floor((time - origin) / length) * length + origin
}

function endOf(start: number, interval: KlineInterval): number {
  return interval === '1M' ? monthOf(start, 1) : start + LENGTHS[interval]
}

function monthOf(time: number, later: number): number {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1)
}
