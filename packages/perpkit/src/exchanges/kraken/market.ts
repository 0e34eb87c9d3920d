import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { type Decimal, div, toDecimal, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline, Level, OrderBook, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { readTime } from './fields.ts'
import { maxLeverageOf } from './margin.ts'
import { assetOf, isPerpetual } from './symbols.ts'
import { klineTokens } from './tokens.ts'

export function getServerTime(call: Call): Promise<number> {
  return call(serverTime, undefined)
}

export function getInstruments(call: Call): Promise<Instrument[]> {
  return call(instruments, undefined)
}

export function getTicker(call: Call, params: { instrument: Instrument }): Promise<Ticker> {
  return call({ ...ticker, path: `${TICKERS}/${params.instrument.nativeSymbol}` }, params)
}

export function getOrderBook(call: Call, params: { instrument: Instrument }): Promise<OrderBook> {
  return call(orderBook, params)
}

/** More pages where the exchange gives fewer candles at once than it is known to. */
export async function getKlines(call: Call, page: KlinePage): Promise<Kline[]> {
  const { token, seconds } = requireInterval(page)
  const path = `${CANDLES}/${page.instrument.nativeSymbol}/${token}`
  const klines: Kline[] = []
  for (let startTime = page.startTime; startTime <= page.endTime; ) {
    const part = await call({ ...candles, path }, { ...page, startTime })
    klines.push(...part.klines)
    const last = part.klines.at(-1)
    if (!part.hasMore || last === undefined) break
    startTime = last.timestamp + seconds * 1_000
  }
  return klines
}

const TICKERS = '/derivatives/api/v3/tickers'
const CANDLES = '/api/charts/v1/trade'

/**
 * There is no call for the time: every answer carries it, and this one is cheap.
 * https://docs.kraken.com/api-reference/market-data/get-ticker-by-symbol
 */
const serverTime: Endpoint<void, number> = {
  method: 'GET',
  path: `${TICKERS}/PF_XBTUSD`,
  access: 'public',
  effect: 'read',
  cost: {},
  encode() {
    return {}
  },
  decode(answer) {
    return readTime(answer.at('serverTime'))
  },
}

/** https://docs.kraken.com/api-reference/instrument-details/get-instruments */
const instruments: Endpoint<void, Instrument[]> = {
  method: 'GET',
  path: '/derivatives/api/v3/instruments',
  access: 'public',
  effect: 'read',
  cost: {},
  encode() {
    return {}
  },
  decode(answer) {
    return answer
      .at('instruments')
      .items()
      .filter((row) => isPerpetual(row.at('symbol').string()))
      .map(readInstrument)
  },
}

function readInstrument(row: Reader): Instrument {
  const baseAsset = assetOf(row.at('base').string())
  const quoteAsset = row.at('quote').string()
  const stepSize = readStep(row.at('contractValueTradePrecision'))
  const maxQuantity = row.at('maxPositionSize').decimal()
  const maxLeverage = maxLeverageOf(row)
  return withRaw(
    {
      symbol: `${baseAsset}${quoteAsset}`,
      nativeSymbol: row.at('symbol').string(),
      baseAsset,
      quoteAsset,
      settleAsset: quoteAsset,
      // A market that takes post-only orders for a while stays in the list as trading: the list is
      // read once, and the exchange refuses what it must. `tradeable` is always true.
      isTrading: row.at('isExpired').optionalBoolean() !== true,
      tickSize: row.at('tickSize').decimal(),
      stepSize,
      minQuantity: stepSize,
      // Of a position, which an order cannot be larger than unless it turns one round.
      maxQuantity,
      maxMarketQuantity: maxQuantity,
      minNotional: '0',
      contractMultiplier: row.at('contractSize').decimal(),
      ...(maxLeverage !== undefined && { maxLeverage }),
    },
    row.value,
  )
}

/** Decimals of a quantity; negative where it must be a multiple of 10, 100, 1000. */
function readStep(field: Reader): Decimal {
  const step = toDecimal(`1e${-field.integer()}`)
  if (step === undefined) throw new ReadError(field.path, 'a number of decimals', field.value)
  return step
}

/** https://docs.kraken.com/api-reference/market-data/get-ticker-by-symbol */
const ticker: Endpoint<{ instrument: Instrument }, Ticker> = {
  method: 'GET',
  path: TICKERS,
  access: 'public',
  effect: 'read',
  cost: {},
  encode() {
    return {}
  },
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    const row = answer.at('ticker')
    const timestamp = readTime(answer.at('serverTime'))
    const indexPrice = row.at('indexPrice').decimal()
    return withRaw(
      {
        symbol,
        nativeSymbol,
        // Not there before the first trade, or on an empty side of the book.
        price: row.at('last').optionalDecimal() ?? '0',
        bidPrice: row.at('bid').optionalDecimal() ?? '0',
        askPrice: row.at('ask').optionalDecimal() ?? '0',
        markPrice: row.at('markPrice').decimal(),
        indexPrice,
        ...readDayFigures(row),
        ...readFunding(row, indexPrice, timestamp),
        timestamp,
      },
      row.value,
    )
  },
}

function readDayFigures(row: Reader): Partial<Ticker> {
  const volume = row.at('vol24h').optionalDecimal()
  const highPrice = row.at('high24h').optionalDecimal()
  const lowPrice = row.at('low24h').optionalDecimal()
  return {
    ...(volume !== undefined && { volume }),
    ...(highPrice !== undefined && { highPrice }),
    ...(lowPrice !== undefined && { lowPrice }),
  }
}

const HOUR = 3_600_000

// The rate is told in dollars per unit and hour, and is exchanged on the hour
// (docs/wire/kraken.md 3.3).
function readFunding(row: Reader, indexPrice: Decimal, timestamp: number): Partial<Ticker> {
  const dollars = row.at('fundingRate').optionalDecimal()
  if (dollars === undefined) return {}
  return {
    fundingRate: div(dollars, indexPrice, 12),
    nextFundingTime: (Math.floor(timestamp / HOUR) + 1) * HOUR,
  }
}

/**
 * All levels; there is no way to ask for fewer.
 * https://docs.kraken.com/api-reference/market-data/get-orderbook
 */
const orderBook: Endpoint<{ instrument: Instrument }, OrderBook> = {
  method: 'GET',
  path: '/derivatives/api/v3/orderbook',
  access: 'public',
  effect: 'read',
  cost: {},
  encode({ instrument }) {
    return { query: { symbol: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    const book = answer.at('orderBook')
    return withRaw(
      {
        symbol: instrument.symbol,
        nativeSymbol: instrument.nativeSymbol,
        bids: book.at('bids').items().map(readLevel),
        asks: book.at('asks').items().map(readLevel),
        timestamp: readTime(answer.at('serverTime')),
      },
      book.value,
    )
  },
}

function readLevel(level: Reader): Level {
  return [level.at(0).decimal(), level.at(1).decimal()]
}

interface CandlePart {
  klines: Kline[]
  /** Whether the window held more than was given. */
  hasMore: boolean
}

/** https://docs.kraken.com/api-reference/candles/market-candles */
const candles: Endpoint<KlinePage, CandlePart> = {
  method: 'GET',
  path: CANDLES,
  access: 'public',
  effect: 'read',
  cost: {},
  encode(page) {
    // Seconds go out, milliseconds come back (docs/wire/kraken.md 3.6).
    const from = Math.ceil(page.startTime / 1_000)
    const to = Math.floor(page.endTime / 1_000) + requireInterval(page).seconds - 1
    return { query: { from, to } }
  },
  decode(answer, { startTime, endTime }) {
    const klines = answer
      .at('candles')
      .items()
      .map(readKline)
      .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
      .sort((a, b) => a.timestamp - b.timestamp)
    return { klines, hasMore: answer.at('more_candles').optionalBoolean() ?? false }
  },
}

function readKline(row: Reader): Kline {
  return {
    timestamp: row.at('time').integer(),
    open: toFloat(row.at('open').decimal()),
    high: toFloat(row.at('high').decimal()),
    low: toFloat(row.at('low').decimal()),
    close: toFloat(row.at('close').decimal()),
    volume: toFloat(row.at('volume').decimal()),
  }
}

function requireInterval({ interval }: KlinePage): { token: string; seconds: number } {
  const known = klineTokens.get(interval)
  if (known) return known
  throw new RequestError(`KRAKEN has no candles of ${interval}`, {
    code: 'UNSUPPORTED',
    exchange: 'KRAKEN',
  })
}
