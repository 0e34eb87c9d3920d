import type {
  BookFeed,
  BookMessage,
  MarketDecoder,
  MarketFeed,
  RawLevel,
  SequenceRule,
  StreamedKline,
} from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import { isRecord, ReadError, Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Ticker, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { getTrades } from './market.ts'
import { readTicker } from './tickers.ts'
import { klineTokens, readSide } from './tokens.ts'

// Public topics: docs/wire/bybit.md 8.

/** https://bybit-exchange.github.io/docs/v5/websocket/public/ticker */
export function tickerFeed(instrument: Instrument): MarketFeed<Ticker> {
  return {
    topics: [{ route: 'public', name: `tickers.${instrument.nativeSymbol}` }],
    start: () => tickerDecoder(instrument),
  }
}

/** https://bybit-exchange.github.io/docs/v5/websocket/public/trade */
export function tradeFeed(instrument: Instrument): MarketFeed<Trade> {
  return {
    topics: [{ route: 'public', name: `publicTrade.${instrument.nativeSymbol}` }],
    start: () => (_, value) => rowsOf(value).map((row) => readTrade(row, instrument)),
    recent: (call) => getTrades(call, { instrument, limit: 1_000 }),
  }
}

/** https://bybit-exchange.github.io/docs/v5/websocket/public/kline */
export function klineFeed(
  instrument: Instrument,
  interval: KlineInterval,
): MarketFeed<StreamedKline> {
  const token = klineTokens.get(interval)
  if (token === undefined) {
    throw new RequestError(`BYBIT has no candles of ${interval}`, {
      code: 'UNSUPPORTED',
      exchange: 'BYBIT',
    })
  }
  return {
    topics: [{ route: 'public', name: `kline.${token}.${instrument.nativeSymbol}` }],
    start: () => (_, value) => rowsOf(value).map((row) => readKline(row, instrument, interval)),
  }
}

const DEPTHS = [1, 50, 200, 1_000]

/**
 * The smallest stream with that many levels. A snapshot comes with the subscription, and may come
 * again at any time.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
 */
export function bookFeed({ nativeSymbol }: Instrument, wanted: number): BookFeed {
  const depth = DEPTHS.find((levels) => levels >= wanted) ?? 1_000
  return {
    topic: { route: 'public', name: `orderbook.${depth}.${nativeSymbol}` },
    rule: depth === 1 ? bestLevelRule : depthRule,
    decode: readBook,
    maxDepth: depth,
  }
}

/** Every change is numbered; the documents say so of the full book alone, recordings of all. */
export const depthRule: SequenceRule = {
  follows(last, diff) {
    if (diff.last <= last) return 'stale'
    return diff.last === last + 1 ? 'next' : 'gap'
  },
}

/** The best level comes as snapshots; changes of it are seen in old recordings, and not numbered. */
const bestLevelRule: SequenceRule = {
  follows: (last, diff) => (diff.last < last ? 'stale' : 'next'),
}

function readBook(value: unknown): BookMessage {
  const frame = new Reader(value)
  const book = frame.at('data')
  const id = book.at('u').integer()
  return {
    kind: frame.at('type').string() === 'snapshot' ? 'snapshot' : 'diff',
    first: id,
    last: id,
    bids: readLevels(book.at('b')),
    asks: readLevels(book.at('a')),
    timestamp: frame.at('ts').integer(),
  }
}

/** As they are written: thousands a second come by, so no reader is made for each. */
function readLevels({ value, path }: Reader): readonly RawLevel[] {
  if (Array.isArray(value) && value.every(isLevel)) return value
  throw new ReadError(path, 'pairs of price and quantity', value)
}

function isLevel(row: unknown): row is RawLevel {
  return Array.isArray(row) && typeof row[0] === 'string' && typeof row[1] === 'string'
}

/** A snapshot, then only the fields that change: each keeps the value that was said last. */
function tickerDecoder(instrument: Instrument): MarketDecoder<Ticker> {
  const fields: Record<string, unknown> = {}
  const times = new Map<string, number>()
  let hasSnapshot = false
  let newest = 0
  return (_, value) => {
    const frame = new Reader(value)
    const timestamp = frame.at('ts').integer()
    const data = frame.at('data').value
    if (!isRecord(data)) throw new ReadError(frame.at('data').path, 'an object', data)
    for (const [name, field] of Object.entries(data)) {
      if ((times.get(name) ?? 0) > timestamp) continue
      fields[name] = field
      times.set(name, timestamp)
    }
    hasSnapshot ||= frame.at('type').value === 'snapshot'
    newest = Math.max(newest, timestamp)
    return hasSnapshot ? [readTicker(new Reader({ ...fields }), instrument, newest)] : []
  }
}

function rowsOf(value: unknown): Reader[] {
  return new Reader(value).at('data').items()
}

function readTrade(row: Reader, { symbol, nativeSymbol }: Instrument): Trade {
  return withRaw(
    {
      symbol,
      nativeSymbol,
      tradeId: row.at('i').id(),
      price: row.at('p').decimal(),
      quantity: row.at('v').decimal(),
      side: readSide(row.at('S')),
      timestamp: row.at('T').integer(),
    },
    row.value,
  )
}

function readKline(
  row: Reader,
  { symbol, nativeSymbol }: Instrument,
  interval: KlineInterval,
): StreamedKline {
  return withRaw(
    {
      symbol,
      nativeSymbol,
      interval,
      timestamp: row.at('start').integer(),
      open: toFloat(row.at('open').decimal()),
      high: toFloat(row.at('high').decimal()),
      low: toFloat(row.at('low').decimal()),
      close: toFloat(row.at('close').decimal()),
      volume: toFloat(row.at('volume').decimal()),
      isClosed: row.at('confirm').boolean(),
    },
    row.value,
  )
}
