import type { Call, Endpoint } from '../../client/definition.ts'
import { type Decimal, mul, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Level, OrderBook, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { amountOrNone, timeOrNone } from './fields.ts'
import { type Product, productOf, products } from './symbols.ts'

// Public data of both kinds of account: V2 serves everybody (docs/wire/bitget.md 0).

interface OfInstrument {
  instrument: Instrument
}

interface BookRequest extends OfInstrument {
  depth: number
}

export function getServerTime(call: Call): Promise<number> {
  return call(serverTime, undefined)
}

/** Perpetual contracts in USDT and in USDC. */
export async function getInstruments(call: Call): Promise<Instrument[]> {
  const lists = await Promise.all(products.map((product) => call(contracts, { product })))
  return lists.flat()
}

export function getTicker(call: Call, params: OfInstrument): Promise<Ticker> {
  return call(ticker, params)
}

export function getOrderBook(call: Call, params: BookRequest): Promise<OrderBook> {
  return call(mergeDepth, params)
}

/** https://www.bitget.com/api-doc/common/public/Get-Server-Time */
const serverTime: Endpoint<void, number> = {
  method: 'GET',
  path: '/api/v2/public/time',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/public/time': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    return answer.at('data').at('serverTime').integer()
  },
}

/** https://www.bitget.com/api-doc/contract/market/Get-All-Symbols-Contracts */
const contracts: Endpoint<{ product: Product }, Instrument[]> = {
  method: 'GET',
  path: '/api/v2/mix/market/contracts',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/contracts': 1 },
  encode({ product }) {
    return { query: { productType: product.name } }
  },
  decode(answer, { product }) {
    return answer
      .at('data')
      .items()
      .filter((row) => row.at('symbolType').string() === 'perpetual')
      .map((row) => readInstrument(row, product))
  },
}

function readInstrument(row: Reader, { coin }: Product): Instrument {
  const baseAsset = row.at('baseCoin').string()
  const quoteAsset = row.at('quoteCoin').string()
  const maxQuantity = row.at('maxOrderQty').optionalDecimal() ?? NO_MAXIMUM
  return withRaw(
    {
      symbol: `${baseAsset}${quoteAsset}`,
      nativeSymbol: row.at('symbol').string(),
      baseAsset,
      quoteAsset,
      settleAsset: coin,
      isTrading: TRADING.has(row.at('symbolStatus').string()),
      tickSize: readTickSize(row),
      stepSize: row.at('sizeMultiplier').decimal(),
      minQuantity: row.at('minTradeNum').decimal(),
      maxQuantity,
      maxMarketQuantity: row.at('maxMarketOrderQty').optionalDecimal() ?? maxQuantity,
      minNotional: row.at('minTradeUSDT').optionalDecimal() ?? '0',
      contractMultiplier: '1',
      maxLeverage: toFloat(row.at('maxLever').decimal()),
    },
    row.value,
  )
}

// Where none is told there is no limit; this is beyond any coin's supply.
const NO_MAXIMUM = '1000000000000000'

// The second takes closing orders alone: they must not be stopped here.
const TRADING: ReadonlySet<string> = new Set(['normal', 'limit_open'])

// As decimals: 1e-10 of a float breaks coins of small price (docs/wire/bitget.md 9, trap 9).
function readTickSize(row: Reader): Decimal {
  const places = row.at('pricePlace').integer()
  const unit = places === 0 ? '1' : `0.${'0'.repeat(places - 1)}1`
  return mul(row.at('priceEndStep').decimal(), unit)
}

/** https://www.bitget.com/api-doc/contract/market/Get-Ticker */
const ticker: Endpoint<OfInstrument, Ticker> = {
  method: 'GET',
  path: '/api/v2/mix/market/ticker',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/ticker': 1 },
  encode({ instrument }) {
    return { query: { productType: productOf(instrument).name, symbol: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }, { receivedAt }) {
    const { nativeSymbol } = instrument
    const list = answer.at('data')
    const row = list.items().find((item) => item.at('symbol').value === nativeSymbol)
    if (!row) throw new ReadError(list.path, `a row of ${nativeSymbol}`, list.value)
    return readTicker(row, instrument, receivedAt)
  },
}

/** A row of the call or of the stream. */
export function readTicker(
  row: Reader,
  { symbol, nativeSymbol }: Instrument,
  receivedAt: number,
): Ticker {
  const volume = row.at('baseVolume').optionalDecimal()
  const highPrice = amountOrNone(row.at('high24h'))
  const lowPrice = amountOrNone(row.at('low24h'))
  const fundingRate = row.at('fundingRate').optionalDecimal()
  // In the stream alone.
  const nextFundingTime = timeOrNone(row.at('nextFundingTime'))
  return withRaw(
    {
      symbol,
      nativeSymbol,
      price: row.at('lastPr').decimal(),
      // A ticker must not fail because one side of a book is empty.
      bidPrice: row.at('bidPr').optionalDecimal() ?? '0',
      askPrice: row.at('askPr').optionalDecimal() ?? '0',
      markPrice: row.at('markPrice').decimal(),
      indexPrice: row.at('indexPrice').decimal(),
      ...(volume !== undefined && { volume }),
      ...(highPrice !== undefined && { highPrice }),
      ...(lowPrice !== undefined && { lowPrice }),
      ...(fundingRate !== undefined && { fundingRate }),
      ...(nextFundingTime !== undefined && { nextFundingTime }),
      // Zero where nobody has traded for long.
      timestamp: timeOrNone(row.at('ts')) ?? receivedAt,
    },
    row.value,
  )
}

/** https://www.bitget.com/api-doc/contract/market/Get-Merge-Depth */
const mergeDepth: Endpoint<BookRequest, OrderBook> = {
  method: 'GET',
  path: '/api/v2/mix/market/merge-depth',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/merge-depth': 1 },
  encode({ instrument, depth }) {
    const limit = DEPTHS.find((levels) => levels >= depth) ?? 'max'
    return {
      query: {
        productType: productOf(instrument).name,
        symbol: instrument.nativeSymbol,
        precision: 'scale0',
        limit: String(limit),
      },
    }
  },
  decode(answer, { instrument: { symbol, nativeSymbol }, depth }) {
    const book = answer.at('data')
    return withRaw(
      {
        symbol,
        nativeSymbol,
        bids: book.at('bids').items().slice(0, depth).map(readLevel),
        asks: book.at('asks').items().slice(0, depth).map(readLevel),
        timestamp: book.at('ts').integer(),
      },
      book.value,
    )
  },
}

/** The depths there are, besides all there is. */
const DEPTHS = [1, 5, 15, 50]

// Bare numbers here, texts in the stream.
function readLevel(level: Reader): Level {
  return [level.at(0).decimal(), level.at(1).decimal()]
}
