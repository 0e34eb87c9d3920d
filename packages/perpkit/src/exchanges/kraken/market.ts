import type { Call, Endpoint, KlinePage } from '../../client/definition.ts'
import { type Decimal, toDecimal, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline, Level, OrderBook } from '../../model/market.ts'
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

const CANDLES = '/api/charts/v1/trade'

/**
 * There is no call for the time: every answer carries it, and this one is cheap.
 * https://docs.kraken.com/api-reference/market-data/get-ticker-by-symbol
 */
const serverTime: Endpoint<void, number> = {
  method: 'GET',
  path: '/derivatives/api/v3/tickers/PF_XBTUSD',
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

export function readKline(row: Reader): Kline {
  return {
    timestamp: row.at('time').integer(),
    open: toFloat(row.at('open').decimal()),
    high: toFloat(row.at('high').decimal()),
    low: toFloat(row.at('low').decimal()),
    close: toFloat(row.at('close').decimal()),
    volume: toFloat(row.at('volume').decimal()),
  }
}

export function requireInterval({ interval }: Pick<KlinePage, 'interval'>): {
  token: string
  seconds: number
} {
  const known = klineTokens.get(interval)
  if (known) return known
  throw new RequestError(`KRAKEN has no candles of ${interval}`, {
    code: 'UNSUPPORTED',
    exchange: 'KRAKEN',
  })
}
