import type { EngineKline } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { type Bar, barAfter, barStart, bars, readBars } from './bars.ts'
import { contractsOf, plain } from './decimals.ts'
import { parameterError } from './errors.ts'
import { type Fields, readFields, readToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { readLimit } from './paging.ts'
import { answering } from './replies.ts'
import { readIndex, readListing } from './scope.ts'

// Candles: docs/wire/okx.md 3.3.

const candleNames = ['instId', 'bar', 'after', 'before', 'limit'] as const

type CandleFields = Fields<(typeof candleNames)[number]>

/** How far back the calls without `history` reach, in bars. */
const RECENT_BARS = 1440

interface CandleKind {
  path: string
  most: number
  /** Closed bars alone, as far back as there are any. */
  isHistory: boolean
  listingOf: (fields: CandleFields) => Listing
  row: (listing: Listing, candle: EngineKline, confirm: string) => string[]
}

const traded = { most: 300, listingOf: readListing, row: tradedRow }

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks
export const candles: Route = candleRoute({
  ...traded,
  path: '/api/v5/market/candles',
  isHistory: false,
})

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks-history
export const historyCandles: Route = candleRoute({
  ...traded,
  path: '/api/v5/market/history-candles',
  isHistory: true,
})

// The engine keeps one series a contract: mark and index follow the last price in it.
const marked = { most: 100, listingOf: readListing, row: priceRow }

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price-candlesticks
export const markCandles: Route = candleRoute({
  ...marked,
  path: '/api/v5/market/mark-price-candles',
  isHistory: false,
})

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price-candlesticks-history
export const historyMarkCandles: Route = candleRoute({
  ...marked,
  path: '/api/v5/market/history-mark-price-candles',
  isHistory: true,
})

const indexed = { most: 100, listingOf: readIndex, row: priceRow }

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-candlesticks
export const indexCandles: Route = candleRoute({
  ...indexed,
  path: '/api/v5/market/index-candles',
  isHistory: false,
})

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-candlesticks-history
export const historyIndexCandles: Route = candleRoute({
  ...indexed,
  path: '/api/v5/market/history-index-candles',
  isHistory: true,
})

function candleRoute(kind: CandleKind): Route {
  return {
    method: 'GET',
    path: kind.path,
    access: 'public',
    operation: 'marketData',
    parameters: candleNames,
    handle: answering((handling) => {
      const fields = readFields(handling.params, candleNames)
      const listing = kind.listingOf(fields)
      const word = readToken(handling, fields, 'bar', [...bars.keys()]) ?? '1m'
      const bar = bars.get(word)
      if (!bar) throw parameterError('bar')
      const current = barStart(bar, handling.engine.now())
      return wantedCandles(handling, fields, kind, listing, bar)
        .reverse()
        .map((candle) => kind.row(listing, candle, candle.start === current ? '0' : '1'))
    }),
  }
}

/** The latest bars that start between `before` and `after`, both exclusive. */
function wantedCandles(
  { engine }: Handling,
  fields: CandleFields,
  kind: CandleKind,
  listing: Listing,
  bar: Bar,
): EngineKline[] {
  const limit = readLimit(fields, { standard: 100, most: kind.most })
  const after = fields.whole('after')
  const before = fields.whole('before')
  const current = barStart(bar, engine.now())
  const newest = kind.isHistory ? barAfter(bar, current, -1) : current
  const last = Math.min(newest, barStart(bar, Math.min(after ?? Infinity, engine.now() + 1) - 1))
  const reach = kind.isHistory ? 0 : barAfter(bar, current, 1 - RECENT_BARS)
  const first = Math.max(
    barAfter(bar, last, 1 - limit),
    reach,
    startAtOrAfter(bar, listing.listTime),
    before === undefined ? 0 : startAtOrAfter(bar, before + 1),
  )
  return first > last ? [] : readBars(engine, listing.engine.symbol, bar, first, last)
}

function startAtOrAfter(bar: Bar, time: number): number {
  const start = barStart(bar, time)
  return start === time ? start : barAfter(bar, start, 1)
}

export function tradedRow(listing: Listing, candle: EngineKline, confirm: string): string[] {
  const { close, high, low, open, start, turnover, volume } = candle
  const contracts = plain(contractsOf(listing, volume))
  return [String(start), open, high, low, close, contracts, plain(volume), plain(turnover), confirm]
}

export function priceRow(_listing: Listing, candle: EngineKline, confirm: string): string[] {
  const { close, high, low, open, start } = candle
  return [String(start), open, high, low, close, confirm]
}
