import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline, Level, OrderBook, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { type Page, type PageRequest, readAllPages, readPage } from './pages.ts'
import { klineTokens, readSide } from './tokens.ts'

export function getServerTime(call: Call): Promise<number> {
  return call(serverTime, undefined)
}

export function getInstruments(call: Call): Promise<Instrument[]> {
  return readAllPages(call, instrumentsInfo, {})
}

export function getOrderBook(call: Call, params: BookRequest): Promise<OrderBook> {
  return call(orderBook, params)
}

export function getTrades(call: Call, params: TradesRequest): Promise<Trade[]> {
  return call(recentTrades, params)
}

export function getKlines(call: Call, params: KlinePage): Promise<Kline[]> {
  return call(klines, params)
}

interface BookRequest {
  instrument: Instrument
  depth: number
}

interface TradesRequest {
  instrument: Instrument
  limit: number
}

/** https://bybit-exchange.github.io/docs/v5/market/time */
const serverTime: Endpoint<void, number> = {
  method: 'GET',
  path: '/v5/market/time',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode() {
    return {}
  },
  decode(answer) {
    return answer.at('time').integer()
  },
}

/** https://bybit-exchange.github.io/docs/v5/market/instrument */
const instrumentsInfo: Endpoint<PageRequest, Page<Instrument>> = {
  method: 'GET',
  path: '/v5/market/instruments-info',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, limit: 1000, cursor } }
  },
  decode(answer) {
    return readPage(answer, readInstrument)
  },
}

function readInstrument(row: Reader): Instrument | undefined {
  // The category also lists contracts with a delivery date.
  if (row.at('contractType').string() !== 'LinearPerpetual') return undefined
  const lots = row.at('lotSizeFilter')
  const maxQuantity = lots.at('maxOrderQty').decimal()
  const baseAsset = row.at('baseCoin').string()
  const quoteAsset = row.at('quoteCoin').string()
  return withRaw(
    {
      symbol: `${baseAsset}${quoteAsset}`,
      nativeSymbol: row.at('symbol').string(),
      baseAsset,
      quoteAsset,
      settleAsset: row.at('settleCoin').string(),
      isTrading: row.at('status').string() === 'Trading',
      tickSize: row.at('priceFilter').at('tickSize').decimal(),
      stepSize: lots.at('qtyStep').decimal(),
      minQuantity: lots.at('minOrderQty').decimal(),
      maxQuantity,
      maxMarketQuantity: lots.at('maxMktOrderQty').optionalDecimal() ?? maxQuantity,
      minNotional: lots.at('minNotionalValue').optionalDecimal() ?? '0',
      contractMultiplier: '1',
      maxLeverage: toFloat(row.at('leverageFilter').at('maxLeverage').decimal()),
    },
    row.value,
  )
}

/** https://bybit-exchange.github.io/docs/v5/market/orderbook */
const orderBook: Endpoint<BookRequest, OrderBook> = {
  method: 'GET',
  path: '/v5/market/orderbook',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode({ instrument, depth }) {
    const limit = Math.min(depth, 1000)
    return { query: { category: 'linear', symbol: instrument.nativeSymbol, limit } }
  },
  decode(answer, { instrument }) {
    const book = answer.at('result')
    return withRaw(
      {
        symbol: instrument.symbol,
        nativeSymbol: instrument.nativeSymbol,
        bids: book.at('b').items().map(readLevel),
        asks: book.at('a').items().map(readLevel),
        timestamp: book.at('ts').integer(),
      },
      book.value,
    )
  },
}

function readLevel(level: Reader): Level {
  return [level.at(0).decimal(), level.at(1).decimal()]
}

/** https://bybit-exchange.github.io/docs/v5/market/recent-trade */
const recentTrades: Endpoint<TradesRequest, Trade[]> = {
  method: 'GET',
  path: '/v5/market/recent-trade',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode({ instrument, limit: wanted }) {
    const limit = Math.min(wanted, 1000)
    return { query: { category: 'linear', symbol: instrument.nativeSymbol, limit } }
  },
  decode(answer, { instrument }) {
    // Newest first. Turned round before it is sorted, so that trades of one millisecond keep their
    // order.
    return answer
      .at('result')
      .at('list')
      .items()
      .map((row) => readTrade(row, instrument))
      .reverse()
      .sort((a, b) => a.timestamp - b.timestamp)
  },
}

function readTrade(row: Reader, { symbol, nativeSymbol }: Instrument): Trade {
  return withRaw(
    {
      symbol,
      nativeSymbol,
      tradeId: row.at('execId').id(),
      price: row.at('price').decimal(),
      quantity: row.at('size').decimal(),
      side: readSide(row.at('side')),
      timestamp: row.at('time').integer(),
    },
    row.value,
  )
}

/** https://bybit-exchange.github.io/docs/v5/market/kline */
const klines: Endpoint<KlinePage, Kline[]> = {
  method: 'GET',
  path: '/v5/market/kline',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode({ instrument, interval, startTime, endTime, limit }) {
    const token = klineTokens.get(interval)
    if (token === undefined) {
      throw new RequestError(`BYBIT has no candles of ${interval}`, {
        code: 'UNSUPPORTED',
        exchange: 'BYBIT',
      })
    }
    return {
      query: {
        category: 'linear',
        symbol: instrument.nativeSymbol,
        interval: token,
        start: startTime,
        end: endTime,
        limit,
      },
    }
  },
  decode(answer, { startTime, endTime }) {
    // Newest first, and a start inside a candle also brings that older candle
    // (docs/wire/bybit.md 3, kline rules).
    return answer
      .at('result')
      .at('list')
      .items()
      .map(readKline)
      .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
      .sort((a, b) => a.timestamp - b.timestamp)
  },
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
