import type { EngineKline } from '../../engine/types.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { invalidParameter } from './errors.ts'
import { type Fields, readQuery, readToken, readWhole } from './fields.ts'
import type { Listing } from './instruments.ts'
import { readLimit } from './paging.ts'
import { reply } from './replies.ts'
import { readPublicListing } from './scope.ts'

// Candles: docs/wire/bybit.md 3, "Kline rules".

const klineFields = ['category', 'symbol', 'interval', 'start', 'end', 'limit'] as const

type KlineFields = Fields<(typeof klineFields)[number]>

// https://bybit-exchange.github.io/docs/v5/market/kline
export const klines: Route = klineRoute('/v5/market/kline', (candle) => [
  ...prices(candle),
  plain(candle.volume),
  plain(candle.turnover),
])

// The engine keeps one series a contract: mark and index follow the last price in it.
// https://bybit-exchange.github.io/docs/v5/market/mark-kline
export const markPriceKlines: Route = klineRoute('/v5/market/mark-price-kline', prices)

// https://bybit-exchange.github.io/docs/v5/market/index-kline
export const indexPriceKlines: Route = klineRoute('/v5/market/index-price-kline', prices)

// Index and mark do not part here, so there is no premium.
// https://bybit-exchange.github.io/docs/v5/market/premium-index-kline
export const premiumIndexKlines: Route = klineRoute(
  '/v5/market/premium-index-price-kline',
  ({ start }) => [String(start), '0', '0', '0', '0'],
)

const MINUTE = 60_000
const DAY = 86_400_000

/** Milliseconds of each interval by its word. */
export const intervals: Readonly<Record<string, number | 'month'>> = {
  '1': MINUTE,
  '3': 3 * MINUTE,
  '5': 5 * MINUTE,
  '15': 15 * MINUTE,
  '30': 30 * MINUTE,
  '60': 60 * MINUTE,
  '120': 120 * MINUTE,
  '240': 240 * MINUTE,
  '360': 360 * MINUTE,
  '720': 720 * MINUTE,
  D: DAY,
  W: 7 * DAY,
  M: 'month',
}

/** Start of the candle that contains `timestamp`. Weeks begin on Monday. */
export function candleStart(timestamp: number, interval: number | 'month'): number {
  if (interval === 'month') return addMonths(timestamp, 0)
  // The epoch was a Thursday: the first Monday came four days later.
  const origin = interval === 7 * DAY ? 4 * DAY : 0
  return Math.floor((timestamp - origin) / interval) * interval + origin
}

/** Start of the candle `count` candles later, or earlier when negative. */
export function candleAfter(start: number, interval: number | 'month', count: number): number {
  return interval === 'month' ? addMonths(start, count) : start + count * interval
}

function klineRoute(path: string, tuple: (candle: EngineKline) => string[]): Route {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: 'marketData',
    parameters: klineFields,
    handle: (handling) => answerKlines(handling, tuple),
  }
}

function answerKlines(handling: Handling, tuple: (candle: EngineKline) => string[]): Answer {
  const fields = readQuery(handling.params, klineFields)
  const listing = readPublicListing(handling, fields, 'linear')
  const token = readToken(handling, fields, 'interval', Object.keys(intervals))
  const interval = token === undefined ? undefined : intervals[token]
  if (interval === undefined) throw invalidParameter('interval')
  const list = wantedCandles(handling, fields, listing, interval)
    .reverse()
    .map((candle) => tuple(candle))
  return reply(handling, { category: 'linear', symbol: listing.native, list })
}

function wantedCandles(
  handling: Handling,
  fields: KlineFields,
  listing: Listing,
  interval: number | 'month',
): EngineKline[] {
  const start = readWhole(fields, 'start')
  const end = readWhole(fields, 'end')
  const limit = readLimit(fields, { standard: 200, most: 1000 })
  const now = handling.engine.now()
  const last = candleStart(Math.min(end ?? now, now), interval)
  const read = (from: number, to: number): EngineKline[] =>
    handling.engine.klines(listing.engine.symbol, interval, from, to)
  if (start !== undefined && end === undefined) {
    const first = candleStart(Math.max(start, listing.launchTime), interval)
    return read(first, candleAfter(first, interval, limit - 1))
  }
  // The latest `limit` candles of the range, which a start may cut shorter.
  const earliest = candleAfter(last, interval, 1 - limit)
  const listed = candleStart(Math.max(start ?? 0, listing.launchTime), interval)
  const first = Math.max(listed, earliest)
  return first > last ? [] : read(first, last)
}

function prices(candle: EngineKline): string[] {
  const { start, open, high, low, close } = candle
  return [String(start), plain(open), plain(high), plain(low), plain(close)]
}

function addMonths(timestamp: number, months: number): number {
  const date = new Date(timestamp)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
}
