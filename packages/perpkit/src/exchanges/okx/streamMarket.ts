import type {
  BookFeed,
  BookMessage,
  Endpoint,
  MarketDecoder,
  MarketFeed,
  RawLevel,
  SequenceRule,
  StreamedKline,
} from '../../client/definition.ts'
import { toDecimal } from '../../core/decimal.ts'
import { ReadError, Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Ticker, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { indexOf, readKline, readLast, toBar } from './market.ts'
import { channelOf, ofName } from './streamProtocol.ts'
import { fromContracts } from './symbols.ts'
import { getTrades, MAX_TRADES, readTrade } from './trades.ts'

// Public channels: docs/wire/okx.md 8.2.

/** Joined from three channels: last, mark and index price are told apart. */
export function tickerFeed(instrument: Instrument): MarketFeed<Ticker> {
  const { nativeSymbol } = instrument
  return {
    topics: [
      // https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-tickers-channel
      { route: 'public', name: ofName('tickers', nativeSymbol) },
      // https://www.okx.com/docs-v5/en/#public-data-websocket-mark-price-channel
      { route: 'public', name: ofName('mark-price', nativeSymbol) },
      // https://www.okx.com/docs-v5/en/#public-data-websocket-index-tickers-channel
      { route: 'public', name: ofName('index-tickers', indexOf(instrument)) },
    ],
    start: () => tickerDecoder(instrument),
  }
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-trades-channel */
export function tradeFeed(instrument: Instrument): MarketFeed<Trade> {
  return {
    topics: [{ route: 'public', name: ofName('trades', instrument.nativeSymbol) }],
    // One row may sum up several trades of one order at one price, under the id of the last.
    start: () => (_, value) => rowsOf(value).map((row) => readTrade(row, instrument)),
    recent: (call) => getTrades(call, { instrument, limit: MAX_TRADES }),
  }
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-candlesticks-channel */
export function klineFeed(
  instrument: Instrument,
  interval: KlineInterval,
): MarketFeed<StreamedKline> {
  const { symbol, nativeSymbol } = instrument
  const readRow = (row: Reader): StreamedKline => {
    const told = { symbol, nativeSymbol, interval, isClosed: row.at(8).string() === '1' }
    return withRaw({ ...told, ...readKline(row) }, row.value)
  }
  return {
    topics: [{ route: 'candles', name: ofName(`candle${toBar(interval)}`, nativeSymbol) }],
    start: () => (_, value) => rowsOf(value).map(readRow),
  }
}

/** The levels a side of the only channel of changes that is open to all. */
const BOOK_DEPTH = 400

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel */
export function bookFeed(instrument: Instrument): BookFeed {
  return {
    topic: { route: 'books', name: ofName('books', instrument.nativeSymbol) },
    rule: seqRule,
    // Its checksum is always zero.
    decode(value) {
      const row = new Reader(value).at('data').at(0)
      return readBook(row, row.at('prevSeqId').integer(), instrument)
    },
    // The snapshot it begins with has been announced to go (docs/wire/okx.md 8.2).
    seed: (call) => call(bookSnapshot, instrument),
    maxDepth: BOOK_DEPTH,
  }
}

/**
 * Each change names the one before it. Ids jump, and may begin anew from a smaller one, so that an
 * older id proves nothing: only the change that was made last is known to be repeated.
 */
export const seqRule: SequenceRule = {
  follows(last, diff) {
    if (diff.previous === last) return 'next'
    return diff.last === last ? 'stale' : 'gap'
  },
  joins(snapshot, diff) {
    if (diff.last <= snapshot) return 'stale'
    return (diff.previous ?? diff.first) <= snapshot ? 'next' : 'gap'
  },
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-order-book */
const bookSnapshot: Endpoint<Instrument, BookMessage> = {
  method: 'GET',
  path: '/api/v5/market/books',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/books': 1 },
  encode: ({ nativeSymbol }) => ({ query: { instId: nativeSymbol, sz: BOOK_DEPTH } }),
  decode: (answer, instrument) => readBook(answer.at('data').at(0), NONE_BEFORE, instrument),
}

/** Said in place of an id before: this is the whole book. */
const NONE_BEFORE = -1

function readBook(row: Reader, previous: number, instrument: Instrument): BookMessage {
  const id = row.at('seqId').integer()
  return {
    kind: previous === NONE_BEFORE ? 'snapshot' : 'diff',
    first: id,
    last: id,
    previous,
    bids: readLevels(row.at('bids'), instrument),
    asks: readLevels(row.at('asks'), instrument),
    timestamp: row.at('ts').integer(),
  }
}

/** In base units. Thousands a second come by, so no reader is made for each. */
function readLevels({ value, path }: Reader, instrument: Instrument): readonly RawLevel[] {
  if (!Array.isArray(value)) throw new ReadError(path, 'an array', value)
  return value.map((row: unknown): RawLevel => {
    const [price, size]: unknown[] = Array.isArray(row) ? row : []
    const contracts = typeof size === 'string' ? toDecimal(size) : undefined
    if (typeof price !== 'string' || contracts === undefined) {
      throw new ReadError(path, 'levels of price and size', row)
    }
    return [price, fromContracts(contracts, instrument)]
  })
}

interface Part {
  fields: Partial<Ticker>
  timestamp: number
  raw: unknown
}

function tickerDecoder(instrument: Instrument): MarketDecoder<Ticker> {
  const parts = new Map<string, Part>()
  return (topic, value) => {
    const row = new Reader(value).at('data').at(0)
    const timestamp = row.at('ts').integer()
    const older = parts.get(topic)
    // Came later than what was said later.
    if (older && older.timestamp > timestamp) return []
    parts.set(topic, { fields: readPart(channelOf(topic), row, instrument), timestamp, raw: value })
    const known = [...parts.values()]
    const ticker: Partial<Ticker> = {}
    for (const { fields } of known) Object.assign(ticker, fields)
    ticker.timestamp = Math.max(...known.map((part) => part.timestamp))
    const raw = known.map((part) => part.raw)
    return isWhole(ticker) ? [withRaw(ticker, raw)] : []
  }
}

function readPart(channel: string, row: Reader, instrument: Instrument): Partial<Ticker> {
  if (channel === 'mark-price') return { markPrice: row.at('markPx').decimal() }
  if (channel === 'index-tickers') return { indexPrice: row.at('idxPx').decimal() }
  return readLast(row, instrument)
}

function isWhole(ticker: Partial<Ticker>): ticker is Ticker {
  const { price, markPrice, indexPrice } = ticker
  return price !== undefined && markPrice !== undefined && indexPrice !== undefined
}

function rowsOf(value: unknown): Reader[] {
  return new Reader(value).at('data').items()
}
