import type { Call, Endpoint, Fields, KlinePage } from '../../client/definition.ts'
import { type Decimal, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline, Level, OrderBook, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { amountOrNone, amountOrZero } from './fields.ts'
import { fromContracts } from './symbols.ts'
import { klineTokens } from './tokens.ts'

export function getServerTime(call: Call): Promise<number> {
  return call(serverTime, undefined)
}

/** Last, mark and index price each have a call of their own. */
export async function getTicker(call: Call, params: OfInstrument): Promise<Ticker> {
  const [last, mark, index] = await Promise.all([
    call(ticker, params),
    call(markPrice, params),
    call(indexPrice, params),
  ])
  return withRaw(
    { ...last.figures, markPrice: mark.price, indexPrice: index.price },
    { ticker: last.raw, markPrice: mark.raw, indexTicker: index.raw },
  )
}

export function getOrderBook(call: Call, params: BookRequest): Promise<OrderBook> {
  return call(params.depth > BOOK_DEPTH ? fullOrderBook : orderBook, params)
}

/**
 * Recent candles, and from the history those that are too old for the first call. Candles without
 * trades are there too, so that a start which has not come means older ones (docs/wire/okx.md 3.3).
 */
export async function getKlines(call: Call, params: KlinePage): Promise<Kline[]> {
  const recent = await call(recentKlines, params)
  const [oldest] = recent
  if (recent.length >= params.limit || oldest?.timestamp === params.startTime) return recent
  const byStart = new Map<number, Kline>()
  const old = await call(oldKlines, params)
  // A candle that is in both is newer in the first.
  for (const kline of [...old, ...recent]) byStart.set(kline.timestamp, kline)
  return [...byStart.values()].sort((a, b) => a.timestamp - b.timestamp)
}

interface OfInstrument {
  instrument: Instrument
}

interface BookRequest extends OfInstrument {
  depth: number
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-system-time */
const serverTime: Endpoint<void, number> = {
  method: 'GET',
  path: '/api/v5/public/time',
  access: 'public',
  effect: 'read',
  cost: { 'GET public/time': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    return answer.at('data').at(0).at('ts').integer()
  },
}

/** A ticker but for the prices that have calls and channels of their own. */
type LastFigures = Omit<Ticker, 'markPrice' | 'indexPrice' | 'raw'>

/** A row of the tickers, as calls and streams tell it. */
export function readLast(row: Reader, { symbol, nativeSymbol }: Instrument): LastFigures {
  // Of a contract in the base asset, though its name speaks of a currency.
  const volume = row.at('volCcy24h').optionalDecimal()
  const highPrice = amountOrNone(row.at('high24h'))
  const lowPrice = amountOrNone(row.at('low24h'))
  return {
    symbol,
    nativeSymbol,
    price: row.at('last').decimal(),
    // A ticker must not fail because one side of a thin book is empty.
    bidPrice: amountOrZero(row.at('bidPx')),
    askPrice: amountOrZero(row.at('askPx')),
    ...(volume !== undefined && { volume }),
    ...(highPrice !== undefined && { highPrice }),
    ...(lowPrice !== undefined && { lowPrice }),
    timestamp: row.at('ts').integer(),
  }
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-ticker */
const ticker: Endpoint<OfInstrument, { figures: LastFigures; raw: unknown }> = {
  method: 'GET',
  path: '/api/v5/market/ticker',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/ticker': 1 },
  encode({ instrument }) {
    return { query: { instId: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    const row = readRow(answer, instrument.nativeSymbol)
    return { figures: readLast(row, instrument), raw: row.value }
  },
}

interface Price {
  price: Decimal
  raw: unknown
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price */
const markPrice: Endpoint<OfInstrument, Price> = {
  method: 'GET',
  path: '/api/v5/public/mark-price',
  access: 'public',
  effect: 'read',
  cost: { 'GET public/mark-price': 1 },
  encode({ instrument }) {
    return { query: { instType: 'SWAP', instId: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    const row = readRow(answer, instrument.nativeSymbol)
    return { price: row.at('markPx').decimal(), raw: row.value }
  },
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-tickers */
const indexPrice: Endpoint<OfInstrument, Price> = {
  method: 'GET',
  path: '/api/v5/market/index-tickers',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/index-tickers': 1 },
  encode({ instrument }) {
    return { query: { instId: indexOf(instrument) } }
  },
  decode(answer, { instrument }) {
    const row = readRow(answer, indexOf(instrument))
    return { price: row.at('idxPx').decimal(), raw: row.value }
  },
}

/** An index is named after the pair alone. */
export function indexOf({ baseAsset, quoteAsset }: Instrument): string {
  return `${baseAsset}-${quoteAsset}`
}

function readRow(answer: Reader, instId: string): Reader {
  const list = answer.at('data')
  const row = list.items().find((item) => item.at('instId').value === instId)
  if (!row) throw new ReadError(list.path, `a row of ${instId}`, list.value)
  return row
}

/** The most levels a side of the quick book. */
const BOOK_DEPTH = 400
/** The most levels a side of any. */
const FULL_BOOK_DEPTH = 5_000

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-order-book */
const orderBook: Endpoint<BookRequest, OrderBook> = {
  method: 'GET',
  path: '/api/v5/market/books',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/books': 1 },
  encode({ instrument, depth }) {
    return { query: { instId: instrument.nativeSymbol, sz: depth } }
  },
  decode: decodeBook,
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-full-order-book */
const fullOrderBook: Endpoint<BookRequest, OrderBook> = {
  method: 'GET',
  path: '/api/v5/market/books-full',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/books-full': 1 },
  encode({ instrument, depth }) {
    return { query: { instId: instrument.nativeSymbol, sz: Math.min(depth, FULL_BOOK_DEPTH) } }
  },
  decode: decodeBook,
}

function decodeBook(answer: Reader, { instrument }: BookRequest): OrderBook {
  const book = answer.at('data').at(0)
  const readLevel = (level: Reader): Level => [
    level.at(0).decimal(),
    fromContracts(level.at(1).decimal(), instrument),
  ]
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      bids: book.at('bids').items().map(readLevel),
      asks: book.at('asks').items().map(readLevel),
      timestamp: book.at('ts').integer(),
    },
    book.value,
  )
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks */
const recentKlines: Endpoint<KlinePage, Kline[]> = {
  method: 'GET',
  path: '/api/v5/market/candles',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/candles': 1 },
  encode: klineQuery,
  decode: decodeKlines,
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-candlesticks-history */
const oldKlines: Endpoint<KlinePage, Kline[]> = {
  method: 'GET',
  path: '/api/v5/market/history-candles',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/history-candles': 1 },
  encode: klineQuery,
  decode: decodeKlines,
}

function klineQuery(params: KlinePage): { query: Fields } {
  const { instrument, interval, startTime, endTime, limit } = params
  return {
    query: {
      instId: instrument.nativeSymbol,
      bar: toBar(interval),
      // Older than and newer than, both without the bound itself.
      after: endTime + 1,
      before: startTime - 1,
      limit,
    },
  }
}

/** Their word for an interval. Throws `UNSUPPORTED` for one they do not have. */
export function toBar(interval: KlineInterval): string {
  const bar = klineTokens.get(interval)
  if (bar !== undefined) return bar
  throw new RequestError(`OKX has no candles of ${interval}`, {
    code: 'UNSUPPORTED',
    exchange: 'OKX',
  })
}

function decodeKlines(answer: Reader, { startTime, endTime }: KlinePage): Kline[] {
  return answer
    .at('data')
    .items()
    .map(readKline)
    .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
    .sort((a, b) => a.timestamp - b.timestamp)
}

/** A row of candles, as calls and streams tell it. */
export function readKline(row: Reader): Kline {
  return {
    timestamp: row.at(0).integer(),
    open: toFloat(row.at(1).decimal()),
    high: toFloat(row.at(2).decimal()),
    low: toFloat(row.at(3).decimal()),
    close: toFloat(row.at(4).decimal()),
    // The fifth figure is in contracts.
    volume: toFloat(row.at(6).decimal()),
  }
}
