import type {
  BookFeed,
  BookMessage,
  Endpoint,
  MarketDecoder,
  MarketFeed,
  SequenceRule,
  StreamedKline,
} from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Ticker, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { readLevels } from './levels.ts'

// Public streams: docs/wire/binance.md 8.3, 8.4.

/** Joined from three streams: none has last, best and mark price together. */
export function tickerFeed(instrument: Instrument): MarketFeed<Ticker> {
  const name = instrument.nativeSymbol.toLowerCase()
  return {
    topics: [
      // https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Individual-Symbol-Ticker-Streams
      { route: 'market', name: `${name}@ticker` },
      // https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Mark-Price-Stream
      { route: 'market', name: `${name}@markPrice@1s` },
      // https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Individual-Symbol-Book-Ticker-Streams
      { route: 'public', name: `${name}@bookTicker` },
    ],
    start: () => tickerDecoder(instrument),
  }
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Aggregate-Trade-Streams
export function tradeFeed(instrument: Instrument): MarketFeed<Trade> {
  const name = `${instrument.nativeSymbol.toLowerCase()}@aggTrade`
  return {
    topics: [{ route: 'market', name }],
    start: () => (_, value) => [readTrade(new Reader(value), instrument)],
    recent: (call) => call(aggregateTrades, { instrument }),
  }
}

// Numbered apart from single trades: https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Compressed-Aggregate-Trades-List
const aggregateTrades: Endpoint<{ instrument: Instrument }, Trade[]> = {
  method: 'GET',
  path: '/fapi/v1/aggTrades',
  access: 'public',
  effect: 'read',
  cost: { weight: 20 },
  encode: ({ instrument }) => ({ query: { symbol: instrument.nativeSymbol, limit: 1_000 } }),
  decode: (answer, { instrument }) => answer.items().map((row) => readTrade(row, instrument)),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Kline-Candlestick-Streams
export function klineFeed(
  instrument: Instrument,
  interval: KlineInterval,
): MarketFeed<StreamedKline> {
  const name = `${instrument.nativeSymbol.toLowerCase()}@kline_${interval}`
  return {
    topics: [{ route: 'market', name }],
    start: () => (_, value) => [readKline(new Reader(value), instrument, interval)],
  }
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly
export function bookFeed(instrument: Instrument): BookFeed {
  const name = `${instrument.nativeSymbol.toLowerCase()}@depth@100ms`
  return {
    topic: { route: 'public', name },
    rule: depthRule,
    decode: readDepth,
    snapshot: (call) => call(depthSnapshot, { instrument }),
  }
}

/** Ids are not consecutive: each change names the one before it. */
export const depthRule: SequenceRule = {
  follows(last, diff) {
    if (diff.last <= last) return 'stale'
    return diff.previous === last ? 'next' : 'gap'
  },
  joins(snapshot, diff) {
    if (diff.last < snapshot) return 'stale'
    return diff.first <= snapshot || diff.previous === snapshot ? 'next' : 'gap'
  },
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book
const depthSnapshot: Endpoint<{ instrument: Instrument }, BookMessage> = {
  method: 'GET',
  path: '/fapi/v1/depth',
  access: 'public',
  effect: 'read',
  cost: { weight: 20 },
  encode: ({ instrument }) => ({ query: { symbol: instrument.nativeSymbol, limit: 1_000 } }),
  decode(answer) {
    const id = answer.at('lastUpdateId').integer()
    return {
      kind: 'snapshot',
      first: id,
      last: id,
      bids: readLevels(answer.at('bids')),
      asks: readLevels(answer.at('asks')),
      timestamp: answer.at('E').integer(),
    }
  },
}

function readDepth(value: unknown): BookMessage {
  const event = new Reader(value)
  return {
    kind: 'diff',
    first: event.at('U').integer(),
    last: event.at('u').integer(),
    previous: event.at('pu').integer(),
    bids: readLevels(event.at('b')),
    asks: readLevels(event.at('a')),
    timestamp: event.at('E').integer(),
  }
}

interface Part {
  fields: Partial<Ticker>
  timestamp: number
  raw: unknown
}

function tickerDecoder({ symbol, nativeSymbol }: Instrument): MarketDecoder<Ticker> {
  const parts = new Map<string, Part>()
  return (topic, value) => {
    const event = new Reader(value)
    const name = event.at('e').string()
    const timestamp = event.at('E').integer()
    const older = parts.get(topic)
    // Came later than what was said later.
    if (older && older.timestamp > timestamp) return []
    parts.set(topic, { fields: readPart(name, event), timestamp, raw: value })
    const known = [...parts.values()]
    const ticker: Partial<Ticker> = { symbol, nativeSymbol }
    for (const { fields } of known) Object.assign(ticker, fields)
    ticker.timestamp = Math.max(...known.map((part) => part.timestamp))
    const raw = known.map((part) => part.raw)
    return isWhole(ticker) ? [withRaw(ticker, raw)] : []
  }
}

function readPart(name: string, event: Reader): Partial<Ticker> {
  if (name === 'bookTicker') {
    return { bidPrice: event.at('b').decimal(), askPrice: event.at('a').decimal() }
  }
  if (name === '24hrTicker') {
    return {
      price: event.at('c').decimal(),
      volume: event.at('v').decimal(),
      highPrice: event.at('h').decimal(),
      lowPrice: event.at('l').decimal(),
    }
  }
  const fundingRate = event.at('r').optionalDecimal()
  const nextFundingTime = event.at('T').optionalInteger()
  return {
    markPrice: event.at('p').decimal(),
    indexPrice: event.at('i').decimal(),
    ...(fundingRate !== undefined && { fundingRate }),
    // Zero where nothing is to be funded.
    ...(nextFundingTime !== undefined && nextFundingTime > 0 && { nextFundingTime }),
  }
}

function isWhole(ticker: Partial<Ticker>): ticker is Ticker {
  const { price, bidPrice, markPrice } = ticker
  return price !== undefined && bidPrice !== undefined && markPrice !== undefined
}

function readTrade(event: Reader, { symbol, nativeSymbol }: Instrument): Trade {
  const trade: Trade = {
    symbol,
    nativeSymbol,
    tradeId: event.at('a').id(),
    price: event.at('p').decimal(),
    quantity: event.at('q').decimal(),
    // The taker is the other one.
    side: event.at('m').boolean() ? 'SELL' : 'BUY',
    timestamp: event.at('T').integer(),
  }
  return withRaw(trade, event.value)
}

function readKline(
  event: Reader,
  { symbol, nativeSymbol }: Instrument,
  interval: KlineInterval,
): StreamedKline {
  const row = event.at('k')
  const kline: StreamedKline = {
    symbol,
    nativeSymbol,
    interval,
    timestamp: row.at('t').integer(),
    open: toFloat(row.at('o').decimal()),
    high: toFloat(row.at('h').decimal()),
    low: toFloat(row.at('l').decimal()),
    close: toFloat(row.at('c').decimal()),
    volume: toFloat(row.at('v').decimal()),
    isClosed: row.at('x').boolean(),
  }
  return withRaw(kline, event.value)
}
