import type { Engine } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { improvedLevel, type LevelRow, plainLevel } from './bookLevels.ts'
import { contractsOf, plain } from './decimals.ts'
import { parameterError } from './errors.ts'
import { readFields } from './fields.ts'
import { accountInstrumentRow, instrumentRow } from './instrumentRow.ts'
import type { Listing } from './instruments.ts'
import { answering } from './replies.ts'
import { readListing, readScope } from './scope.ts'

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-system-time
export const time: Route = {
  method: 'GET',
  path: '/api/v5/public/time',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: answering(({ clock }) => [{ ts: String(clock.now()) }]),
}

const scopeNames = ['instType', 'instFamily', 'uly', 'instId'] as const

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-instruments
export const instruments: Route = {
  method: 'GET',
  path: '/api/v5/public/instruments',
  access: 'public',
  operation: 'marketData',
  parameters: scopeNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, scopeNames)
    const scope = readScope(handling, fields, { instType: true })
    return scope.map((listing) => instrumentRow(handling.engine, listing))
  }),
}

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-instruments
export const accountInstruments: Route = {
  method: 'GET',
  path: '/api/v5/account/instruments',
  access: 'signed',
  operation: 'marketData',
  parameters: scopeNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, scopeNames)
    const scope = readScope(handling, fields, { instType: true })
    return scope.map((listing) => accountInstrumentRow(handling.engine, listing))
  }),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-ticker
export const ticker: Route = {
  method: 'GET',
  path: '/api/v5/market/ticker',
  access: 'public',
  operation: 'marketData',
  parameters: ['instId'],
  handle: answering(({ clock, engine, params }) => [
    tickerRow(engine, readListing(readFields(params, ['instId'])), clock.now()),
  ]),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-tickers
export const tickers: Route = {
  method: 'GET',
  path: '/api/v5/market/tickers',
  access: 'public',
  operation: 'marketData',
  parameters: scopeNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, scopeNames)
    const scope = readScope(handling, fields, { instType: true })
    const now = handling.clock.now()
    return scope.map((listing) => tickerRow(handling.engine, listing, now))
  }),
}

const bookNames = ['instId', 'sz'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-order-book
export const books: Route = bookRoute('/api/v5/market/books', 400, plainLevel)

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-full-order-book
export const booksFull: Route = bookRoute('/api/v5/market/books-full', 5000, (price, size) => [
  price,
  size,
  '1',
])

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-order-book-rpi
export const booksRpi: Route = bookRoute('/api/v5/market/books-rpi', 400, improvedLevel)

const statusNames = ['state'] as const

// https://www.okx.com/docs-v5/en/#status-get-status
export const systemStatus: Route = {
  method: 'GET',
  path: '/api/v5/system/status',
  access: 'public',
  operation: 'marketData',
  parameters: statusNames,
  handle: answering(({ params }) => {
    readFields(params, statusNames)
    return []
  }),
}

/** Keys as in the sample of docs/wire/okx.md 3.2. */
export function tickerRow(engine: Engine, listing: Listing, now: number): Record<string, string> {
  const { symbol } = listing.engine
  const prices = engine.prices(symbol)
  const day = engine.day(symbol)
  const lastTrade = engine.trades(symbol, 1)[0]
  const size = (quantity: string): string => plain(contractsOf(listing, quantity))
  return {
    instType: 'SWAP',
    instId: listing.instId,
    last: prices.last,
    lastSz: size(lastTrade?.quantity ?? '0'),
    askPx: prices.ask,
    askSz: size(prices.askQuantity),
    bidPx: prices.bid,
    bidSz: size(prices.bidQuantity),
    open24h: day.open,
    high24h: day.high,
    low24h: day.low,
    volCcy24h: plain(day.volume),
    vol24h: size(day.volume),
    sodUtc0: dayOpen(engine, symbol, 0),
    sodUtc8: dayOpen(engine, symbol, 8),
    ts: String(now),
  }
}

const hour = 3_600_000

/** Price at the start of the day of that time zone, hours east of Greenwich. */
export function dayOpen(engine: Engine, symbol: string, zone: number): string {
  const now = engine.now()
  const start = Math.floor((now + zone * hour) / (24 * hour)) * 24 * hour - zone * hour
  const first = engine.klines(symbol, 60_000, start, start)[0]
  return first?.open ?? engine.prices(symbol).last
}

function bookRoute(path: string, most: number, level: LevelRow): Route {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: 'marketData',
    parameters: bookNames,
    handle: answering(({ clock, engine, params }) => {
      const fields = readFields(params, bookNames)
      const listing = readListing(fields)
      const levels = fields.whole('sz') ?? 1
      if (levels < 1) throw parameterError('sz')
      const depth = engine.depth(listing.engine.symbol, Math.min(levels, most))
      const rows = (side: typeof depth.asks): string[][] =>
        side.map(([price, quantity]) => level(price, plain(contractsOf(listing, quantity))))
      const book = { asks: rows(depth.asks), bids: rows(depth.bids), ts: String(clock.now()) }
      return [most === 5000 ? book : { ...book, seqId: depth.sequence }]
    }),
  }
}
