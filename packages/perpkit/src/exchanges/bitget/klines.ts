import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { ExchangeError, RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { productOf } from './symbols.ts'
import { klineTokens } from './tokens.ts'

// Two endpoints: one for what is recent (a month of minutes, a year of days), one for what is older.
// A question older than the first one reaches is answered with nothing, not refused
// (docs/wire/bitget.md 3.3).

/** The window is asked for in parts no longer than the exchange takes, older candles elsewhere. */
export async function getKlines(call: Call, page: KlinePage): Promise<Kline[]> {
  const klines: Kline[] = []
  for (const window of windowsOf(page, page, MAX_RECENT)) {
    const { rows, receivedAt } = await readWindow(call, recentCandles, window)
    const [first] = rows
    const isHeadMissing = first === undefined || first.timestamp > window.startTime
    if (isHeadMissing && window.startTime < receivedAt - ALWAYS_RECENT_MS) {
      klines.push(...(await readOlder(call, window, first)))
    }
    klines.push(...rows)
  }
  return klines
}

/** Start times, both ends counted. */
interface Range {
  startTime: number
  endTime: number
}

interface Window extends Range {
  instrument: Instrument
  interval: KlineInterval
}

interface Candles {
  /** Ascending. */
  rows: Kline[]
  /** In exchange time. */
  receivedAt: number
}

const MAX_RECENT = 1_000
const MAX_OLDER = 200
const DAY_MS = 86_400_000
/** One request may span this much. */
const MAX_SPAN_MS = 90 * DAY_MS
/** What is younger than this the first endpoint has, in every interval. */
const ALWAYS_RECENT_MS = 28 * DAY_MS

/** What comes before the first recent candle, as far as the window goes. */
async function readOlder(call: Call, window: Window, first: Kline | undefined): Promise<Kline[]> {
  const endTime = first === undefined ? window.endTime : first.timestamp - 1
  const klines: Kline[] = []
  for (const part of windowsOf(window, { ...window, endTime }, MAX_OLDER)) {
    klines.push(...(await readWindow(call, olderCandles, part)).rows)
  }
  return klines
}

/** A symbol listed just now has been seen to answer with no body at all. */
async function readWindow(
  call: Call,
  endpoint: Endpoint<Window, Candles>,
  window: Window,
): Promise<Candles> {
  try {
    return await call(endpoint, window)
  } catch (error) {
    const isEmpty =
      error instanceof ExchangeError && error.status === 200 && error.nativeMessage === ''
    if (isEmpty) return { rows: [], receivedAt: window.startTime }
    throw error
  }
}

/** Parts of a range of at most `count` candles and 90 days each, ascending. */
function windowsOf(
  { instrument, interval }: { instrument: Instrument; interval: KlineInterval },
  { startTime, endTime }: Range,
  count: number,
): Window[] {
  const length = lengthOf(interval)
  const candles = Math.min(count, Math.floor(MAX_SPAN_MS / length))
  const windows: Window[] = []
  for (let start = startTime; start <= endTime; start += candles * length) {
    const end = Math.min(endTime, start + candles * length - 1)
    // The end is best put on the start of a candle too; months have no even grid.
    const past = interval === '1M' ? 0 : (end - start) % length
    windows.push({ instrument, interval, startTime: start, endTime: end - past })
  }
  return windows
}

/** Months count as the longest of them. */
function lengthOf(interval: KlineInterval): number {
  const unit = UNITS.get(interval.slice(-1)) ?? DAY_MS
  return Number(interval.slice(0, -1)) * unit
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', DAY_MS],
  ['w', 7 * DAY_MS],
  ['M', 31 * DAY_MS],
])

/** https://www.bitget.com/api-doc/contract/market/Get-Candle-Data */
const recentCandles: Endpoint<Window, Candles> = {
  method: 'GET',
  path: '/api/v2/mix/market/candles',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/candles': 1 },
  encode: (window) => ({ query: ofWindow(window, MAX_RECENT) }),
  decode: (answer, window, { receivedAt }) => ({ rows: readRows(answer, window), receivedAt }),
}

/** https://www.bitget.com/api-doc/contract/market/Get-History-Candle-Data */
const olderCandles: Endpoint<Window, Candles> = {
  method: 'GET',
  path: '/api/v2/mix/market/history-candles',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/history-candles': 1 },
  encode: (window) => ({ query: ofWindow(window, MAX_OLDER) }),
  decode: (answer, window, { receivedAt }) => ({ rows: readRows(answer, window), receivedAt }),
}

function ofWindow(
  { instrument, interval, startTime, endTime }: Window,
  limit: number,
): Record<string, string> {
  const granularity = klineTokens.get(interval)
  if (granularity === undefined) {
    throw new RequestError(`BITGET has no candles of ${interval}`, {
      code: 'UNSUPPORTED',
      exchange: 'BITGET',
    })
  }
  return {
    symbol: instrument.nativeSymbol,
    productType: productOf(instrument).name,
    granularity,
    startTime: String(startTime),
    endTime: String(endTime),
    limit: String(limit),
  }
}

function readRows(answer: Reader, { startTime, endTime }: Range): Kline[] {
  const data = answer.at('data')
  const rows = data.value === null ? [] : data.items()
  return rows
    .map(readKline)
    .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
    .sort((a, b) => a.timestamp - b.timestamp)
}

/** A row of the calls or of the stream, which has one figure more. */
export function readKline(row: Reader): Kline {
  return {
    timestamp: row.at(0).integer(),
    open: toFloat(row.at(1).decimal()),
    high: toFloat(row.at(2).decimal()),
    low: toFloat(row.at(3).decimal()),
    close: toFloat(row.at(4).decimal()),
    volume: toFloat(row.at(5).decimal()),
  }
}
