import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline, Level, OrderBook, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { answerTime, timeOrNone } from './fields.ts'
import { type Page, type PageRequest, readAllPages, readPage } from './pages.ts'
import { klineTokens } from './tokens.ts'

export function getServerTime(call: Call): Promise<number> {
  return call(serverTime, undefined)
}

export function getInstruments(call: Call): Promise<Instrument[]> {
  return readAllPages(call, instrumentsInfo, {})
}

export function getTicker(call: Call, params: { instrument: Instrument }): Promise<Ticker> {
  return call(ticker, params)
}

export function getOrderBook(call: Call, params: BookRequest): Promise<OrderBook> {
  return call(orderBook, params)
}

export function getKlines(call: Call, params: KlinePage): Promise<Kline[]> {
  return call(klines, params)
}

interface BookRequest {
  instrument: Instrument
  depth: number
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

/** https://bybit-exchange.github.io/docs/v5/market/tickers */
const ticker: Endpoint<{ instrument: Instrument }, Ticker> = {
  method: 'GET',
  path: '/v5/market/tickers',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode({ instrument }) {
    return { query: { category: 'linear', symbol: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }, { receivedAt }) {
    const { symbol, nativeSymbol } = instrument
    const list = answer.at('result').at('list')
    const row = list.items().find((item) => item.at('symbol').value === nativeSymbol)
    if (!row) throw new ReadError(list.path, `a row of ${nativeSymbol}`, list.value)
    return withRaw(
      {
        symbol,
        nativeSymbol,
        price: row.at('lastPrice').decimal(),
        bidPrice: readBestPrice(row.at('bid1Price')),
        askPrice: readBestPrice(row.at('ask1Price')),
        markPrice: row.at('markPrice').decimal(),
        indexPrice: row.at('indexPrice').decimal(),
        ...readDayFigures(row),
        // Rows carry no time of their own.
        timestamp: answerTime(answer, receivedAt),
      },
      row.value,
    )
  },
}

// A ticker must not fail because one side of a thin book is empty; what has to be there is the key.
function readBestPrice(field: Reader): string {
  return field.value === '' ? '0' : field.decimal()
}

function readDayFigures(row: Reader): Partial<Ticker> {
  const volume = row.at('volume24h').optionalDecimal()
  const highPrice = row.at('highPrice24h').optionalDecimal()
  const lowPrice = row.at('lowPrice24h').optionalDecimal()
  const fundingRate = row.at('fundingRate').optionalDecimal()
  const nextFundingTime = timeOrNone(row.at('nextFundingTime'))
  return {
    ...(volume !== undefined && { volume }),
    ...(highPrice !== undefined && { highPrice }),
    ...(lowPrice !== undefined && { lowPrice }),
    ...(fundingRate !== undefined && { fundingRate }),
    ...(nextFundingTime !== undefined && { nextFundingTime }),
  }
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
