import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline, Level, OpenInterest, OrderBook, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'

/** What every question about one symbol names. */
interface OfInstrument {
  instrument: Instrument
}

export function getServerTime(call: Call): Promise<number> {
  return call(serverTime, undefined)
}

/** Joined from three calls: no answer here has last, best and mark price together. */
export async function getTicker(call: Call, params: OfInstrument): Promise<Ticker> {
  const [day, best, mark] = await Promise.all([
    call(dayTicker, params),
    call(bookTicker, params),
    call(premiumIndex, params),
  ])
  const { symbol, nativeSymbol } = params.instrument
  const ticker: Ticker = { symbol, nativeSymbol, ...day.part, ...best.part, ...mark.part }
  return withRaw(ticker, { dayTicker: day.raw, bookTicker: best.raw, premiumIndex: mark.raw })
}

/** At most 1000 levels a side. */
export async function getOrderBook(
  call: Call,
  { instrument, depth }: OfInstrument & { depth: number },
): Promise<OrderBook> {
  const [limit, weight] = DEPTHS.find(([levels]) => levels >= depth) ?? DEEPEST
  const book = await call({ ...orderBook, cost: { weight } }, { instrument, limit })
  book.bids = book.bids.slice(0, depth)
  book.asks = book.asks.slice(0, depth)
  return book
}

/** The candle that is still open is the last, when the window reaches it. */
export function getKlines(call: Call, page: KlinePage): Promise<Kline[]> {
  return call({ ...klines, cost: { weight: klineWeight(page.limit) } }, page)
}

/** In the base asset; its worth is not told. */
export function getOpenInterest(call: Call, params: OfInstrument): Promise<OpenInterest> {
  return call(openInterest, params)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Check-Server-Time
const serverTime: Endpoint<void, number> = {
  method: 'GET',
  path: '/fapi/v1/time',
  access: 'public',
  effect: 'read',
  cost: { weight: 1 },
  encode: () => ({}),
  decode: (answer) => answer.at('serverTime').integer(),
}

/** What one of the three calls knows of a ticker, and its own words. */
interface Part<Fields extends keyof Ticker> {
  part: Pick<Ticker, Fields>
  raw: unknown
}

type DayFields = 'price' | 'volume' | 'highPrice' | 'lowPrice' | 'timestamp'

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/24hr-Ticker-Price-Change-Statistics
const dayTicker: Endpoint<OfInstrument, Part<DayFields>> = {
  method: 'GET',
  path: '/fapi/v1/ticker/24hr',
  access: 'public',
  effect: 'read',
  cost: { weight: 1 },
  encode: ofSymbol,
  decode: (answer) => ({
    part: {
      price: answer.at('lastPrice').decimal(),
      volume: answer.at('volume').decimal(),
      highPrice: answer.at('highPrice').decimal(),
      lowPrice: answer.at('lowPrice').decimal(),
      timestamp: answer.at('closeTime').integer(),
    },
    raw: answer.value,
  }),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Symbol-Order-Book-Ticker
const bookTicker: Endpoint<OfInstrument, Part<'bidPrice' | 'askPrice'>> = {
  method: 'GET',
  path: '/fapi/v1/ticker/bookTicker',
  access: 'public',
  effect: 'read',
  cost: { weight: 2 },
  encode: ofSymbol,
  decode: (answer) => ({
    part: {
      bidPrice: answer.at('bidPrice').decimal(),
      askPrice: answer.at('askPrice').decimal(),
    },
    raw: answer.value,
  }),
}

type MarkFields = 'markPrice' | 'indexPrice' | 'fundingRate' | 'nextFundingTime'

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Mark-Price
export const premiumIndexRequest: Omit<Endpoint<OfInstrument, never>, 'decode'> = {
  method: 'GET',
  path: '/fapi/v1/premiumIndex',
  access: 'public',
  effect: 'read',
  cost: { weight: 1 },
  encode: ofSymbol,
}

const premiumIndex: Endpoint<OfInstrument, Part<MarkFields>> = {
  ...premiumIndexRequest,
  decode(answer) {
    const part: Pick<Ticker, MarkFields> = {
      markPrice: answer.at('markPrice').decimal(),
      indexPrice: answer.at('indexPrice').decimal(),
    }
    const fundingRate = answer.at('lastFundingRate').optionalDecimal()
    const nextFundingTime = answer.at('nextFundingTime').optionalInteger()
    if (fundingRate !== undefined) part.fundingRate = fundingRate
    // Zero where nothing is to be funded.
    if (nextFundingTime !== undefined && nextFundingTime > 0) part.nextFundingTime = nextFundingTime
    return { part, raw: answer.value }
  },
}

/** The depths there are, with the weight of each. */
const DEPTHS = [
  [5, 2],
  [10, 2],
  [20, 2],
  [50, 2],
  [100, 5],
  [500, 10],
] as const
const DEEPEST = [1_000, 20] as const

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book
const orderBook: Endpoint<OfInstrument & { limit: number }, OrderBook> = {
  method: 'GET',
  path: '/fapi/v1/depth',
  access: 'public',
  effect: 'read',
  cost: { weight: 20 },
  encode: ({ instrument, limit }) => ({ query: { symbol: instrument.nativeSymbol, limit } }),
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    const book: OrderBook = {
      symbol,
      nativeSymbol,
      bids: answer.at('bids').items().map(readLevel),
      asks: answer.at('asks').items().map(readLevel),
      timestamp: answer.at('E').integer(),
    }
    return withRaw(book, answer.value)
  },
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Kline-Candlestick-Data
const klines: Endpoint<KlinePage, Kline[]> = {
  method: 'GET',
  path: '/fapi/v1/klines',
  access: 'public',
  effect: 'read',
  cost: { weight: 10 },
  encode: ({ instrument, interval, startTime, endTime, limit }) => ({
    query: { symbol: instrument.nativeSymbol, interval, startTime, endTime, limit },
  }),
  decode: (answer, { startTime, endTime }) =>
    answer
      .items()
      .map(readKline)
      .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Open-Interest
const openInterest: Endpoint<OfInstrument, OpenInterest> = {
  method: 'GET',
  path: '/fapi/v1/openInterest',
  access: 'public',
  effect: 'read',
  cost: { weight: 1 },
  encode: ofSymbol,
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    const interest: OpenInterest = {
      symbol,
      nativeSymbol,
      quantity: answer.at('openInterest').decimal(),
      timestamp: answer.at('time').integer(),
    }
    return withRaw(interest, answer.value)
  },
}

function klineWeight(limit: number): number {
  if (limit < 100) return 1
  if (limit < 500) return 2
  return limit <= 1_000 ? 5 : 10
}

function ofSymbol({ instrument }: OfInstrument): { query: { symbol: string } } {
  return { query: { symbol: instrument.nativeSymbol } }
}

function readLevel(row: Reader): Level {
  return [row.at(0).decimal(), row.at(1).decimal()]
}

function readKline(row: Reader): Kline {
  return {
    timestamp: row.at(0).integer(),
    open: toFloat(row.at(1).decimal()),
    high: toFloat(row.at(2).decimal()),
    low: toFloat(row.at(3).decimal()),
    close: toFloat(row.at(4).decimal()),
    volume: toFloat(row.at(5).decimal()),
  }
}
