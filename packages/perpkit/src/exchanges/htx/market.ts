import type { Call, Endpoint } from '../../client/definition.ts'
import type { Decimal } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Level, OrderBook, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { findRow, type OfInstrument, ofContract, readContracts } from './contracts.ts'
import { runningRate } from './funding.ts'

export function getServerTime(call: Call): Promise<number> {
  return call(serverTime, undefined)
}

/** Joined from four calls: mark price, index price and funding rate each have their own. */
export async function getTicker(call: Call, params: OfInstrument): Promise<Ticker> {
  const [day, mark, index, funding] = await Promise.all([
    call(mergedTicker, params),
    call(markPrice, params),
    call(indexPrice, params),
    call(runningRate, params),
  ])
  const { symbol, nativeSymbol } = params.instrument
  const prices = { ...day.part, ...mark.part, ...index.part, ...funding.part }
  const raw = { merged: day.raw, markPrice: mark.raw, index: index.raw, fundingRate: funding.raw }
  return withRaw({ symbol, nativeSymbol, ...prices }, raw)
}

/** At most 150 levels a side. */
export function getOrderBook(call: Call, params: BookRequest): Promise<OrderBook> {
  return call(orderBook, params)
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb80500-77b5-11ed-9966-0242ac110003
const serverTime: Endpoint<void, number> = {
  method: 'GET',
  path: '/api/v1/timestamp',
  access: 'public',
  effect: 'read',
  cost: { reference: 1 },
  encode: () => ({}),
  decode: (answer) => answer.at('ts').integer(),
}

/** What one of the calls knows of a ticker, and its own words. */
interface Part<Known> {
  part: Known
  raw: unknown
}

type DayFigures = Pick<
  Ticker,
  'price' | 'bidPrice' | 'askPrice' | 'volume' | 'highPrice' | 'lowPrice' | 'timestamp'
>

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb80ce4-77b5-11ed-9966-0242ac110003
export const mergedTicker: Endpoint<OfInstrument, Part<DayFigures>> = {
  method: 'GET',
  path: '/linear-swap-ex/market/detail/merged',
  access: 'public',
  effect: 'read',
  cost: { market: 1 },
  encode: ofContract,
  decode(answer) {
    const tick = answer.at('tick')
    return {
      part: {
        price: tick.at('close').decimal(),
        bidPrice: readBestPrice(tick.at('bid')),
        askPrice: readBestPrice(tick.at('ask')),
        // In the base asset; `vol` counts contracts.
        volume: tick.at('amount').decimal(),
        highPrice: tick.at('high').decimal(),
        lowPrice: tick.at('low').decimal(),
        timestamp: tick.at('ts').integer(),
      },
      raw: tick.value,
    }
  },
}

/** An empty side of the book is null, missing or an empty list (docs/wire/htx.md 3.2). */
export function readBestPrice(side: Reader): Decimal {
  if (side.isAbsent() || (side.isArray() && side.items().length === 0)) return '0'
  return side.at(0).decimal()
}

/**
 * There is no snapshot of the mark price: the last candle's close is the current one.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb80ba5-77b5-11ed-9966-0242ac110003
 */
export const markPrice: Endpoint<OfInstrument, Part<Pick<Ticker, 'markPrice'>>> = {
  method: 'GET',
  path: '/index/market/history/linear_swap_mark_price_kline',
  access: 'public',
  effect: 'read',
  cost: { market: 1 },
  encode: ({ instrument }) => ({
    query: { contract_code: instrument.nativeSymbol, period: '1min', size: 1 },
  }),
  decode(answer) {
    const candles = answer.at('data')
    const latest = candles.items().at(-1)
    if (!latest) throw new ReadError(candles.path, 'a candle', candles.value)
    return { part: { markPrice: latest.at('close').decimal() }, raw: latest.value }
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb80424-77b5-11ed-9966-0242ac110003
export const indexPrice: Endpoint<OfInstrument, Part<Pick<Ticker, 'indexPrice'>>> = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_index',
  access: 'public',
  effect: 'read',
  cost: { reference: 1 },
  encode: ofContract,
  decode(answer, params) {
    const row = findRow(answer, params)
    if (!row) throw new ReadError('$.data', `a row of ${params.instrument.nativeSymbol}`, undefined)
    return { part: { indexPrice: row.at('index_price').decimal() }, raw: row.value }
  },
}

interface BookRequest extends OfInstrument {
  depth: number
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb808ad-77b5-11ed-9966-0242ac110003
const orderBook: Endpoint<BookRequest, OrderBook> = {
  method: 'GET',
  path: '/linear-swap-ex/market/depth',
  access: 'public',
  effect: 'read',
  cost: { market: 1 },
  encode: ({ instrument, depth }) => ({
    // Prices unmerged, with 20 levels or with 150.
    query: { contract_code: instrument.nativeSymbol, type: depth <= 20 ? 'step6' : 'step0' },
  }),
  decode(answer, { instrument, depth }) {
    const tick = answer.at('tick')
    const readSide = (side: Reader): Level[] =>
      side
        .items()
        .slice(0, depth)
        .map((level) => [level.at(0).decimal(), readContracts(level.at(1), instrument)])
    const book: OrderBook = {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      bids: readSide(tick.at('bids')),
      asks: readSide(tick.at('asks')),
      timestamp: tick.at('ts').integer(),
    }
    return withRaw(book, tick.value)
  },
}
