import type { EngineKline } from '../../engine/types.ts'
import type { Answer, Handling, RawRequest, Route } from '../../server/types.ts'
import { wholeOf } from './fields.ts'
import { type Listing, listings } from './instruments.ts'
import { num } from './numbers.ts'
import { json, textRefusal } from './replies.ts'

// Candles: docs/wire/kraken.md 3.6. https://docs.kraken.com/api/docs/futures-api/charts/candles

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const WEEK = 7 * DAY

/** Prices that candles are made of. */
export const tickTypes = ['spot', 'mark', 'trade'] as const

/** Length of a candle in ms, by the venue's name for it. */
export const resolutions: Readonly<Record<string, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': 60 * MINUTE,
  '4h': 240 * MINUTE,
  '12h': 720 * MINUTE,
  '1d': DAY,
  '1w': WEEK,
}

/** Most candles of one answer. */
const MOST_CANDLES = 2_000

const root = '/api/charts/v1/'

export const charts: readonly Route[] = [
  listRoute(root, tickTypes),
  ...tickTypes.flatMap((tickType) => [
    listRoute(
      `${root}${tickType}`,
      listings.map(({ native }) => native),
    ),
    ...listings.flatMap((listing) => [
      listRoute(`${root}${tickType}/${listing.native}`, Object.keys(resolutions)),
      ...Object.entries(resolutions).map(([name, ms]) =>
        candleRoute(`${root}${tickType}/${listing.native}/${name}`, listing, ms, tickType),
      ),
    ]),
  ]),
]

/** What the charts say of a path that is none: plain text. */
export function noChart({ path }: RawRequest): Answer {
  const [tickType = '', native = ''] = path.slice(root.length).split('/')
  const isMarket =
    tickTypes.some((known) => known === tickType) &&
    listings.some((listing) => listing.native === native)
  const refused = isMarket ? textRefusal(400, 'Invalid resolution') : textRefusal(404, 'Not Found')
  return refused.toAnswer({ clock: { now: () => 0, isCurrent: () => true } })
}

function listRoute(path: string, list: readonly string[]): Route {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: 'marketData',
    parameters: [],
    handle: () => json(200, list),
  }
}

function candleRoute(path: string, listing: Listing, interval: number, tickType: string): Route {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: 'marketData',
    // `until` is left in the query by one client (docs/wire/kraken.md 9).
    parameters: ['from', 'to', 'count', 'until'],
    handle: (handling) => answerCandles(handling, listing, interval, tickType === 'trade'),
  }
}

function answerCandles(
  handling: Handling,
  { engine: { symbol } }: Listing,
  interval: number,
  hasVolume: boolean,
): Answer {
  const { engine, params } = handling
  const from = wholeOf(params, 'from')
  const to = wholeOf(params, 'to')
  const count = Math.min(wholeOf(params, 'count') ?? MOST_CANDLES, MOST_CANDLES)
  const end = Math.min(to === undefined ? engine.now() : to * 1_000, engine.now())
  const newest = startOf(end, interval)
  // The engine keeps one series a contract: mark and index follow the last price in it.
  const first = from === undefined ? newest - (count - 1) * interval : ceilStart(from, interval)
  const last = Math.min(newest, first + (count - 1) * interval)
  const candles = last < first ? [] : engine.klines(symbol, interval, first, last)
  return json(200, {
    candles: candles.map((candle) => candleRow(candle, hasVolume)),
    more_candles: from !== undefined && last < newest,
  })
}

/** Only candles of trades have a volume. */
export function candleRow(candle: EngineKline, hasVolume: boolean): Record<string, unknown> {
  const { close, high, low, open, start, volume } = candle
  return { time: start, open, high, low, close, volume: hasVolume ? plain(volume) : '0' }
}

function plain(volume: string): string {
  return String(num(volume, 8))
}

/** Start of the candle that contains `at`; weeks begin on Monday. */
export function startOf(at: number, interval: number): number {
  // The epoch was a Thursday: the first Monday came four days later.
  const origin = interval === WEEK ? 4 * DAY : 0
  return Math.floor((at - origin) / interval) * interval + origin
}

/** The first candle that opens at or after so many seconds. */
function ceilStart(seconds: number, interval: number): number {
  const at = seconds * 1_000
  const start = startOf(at, interval)
  return start === at ? start : start + interval
}
