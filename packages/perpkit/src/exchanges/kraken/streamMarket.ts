import type {
  BookFeed,
  BookMessage,
  MarketDecoder,
  MarketFeed,
  RawLevel,
  SequenceRule,
  StreamedKline,
} from '../../client/definition.ts'
import { ReadError, Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Ticker, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { readKline, requireInterval } from './market.ts'
import { topicOf } from './streamProtocol.ts'
import { readSide } from './tokens.ts'

// Public feeds: docs/wire/kraken.md 8.2, 8.3.

/** https://docs.kraken.com/api-reference/market-data/ticker */
export function tickerFeed(instrument: Instrument): MarketFeed<Ticker> {
  return {
    topics: [{ route: 'public', name: topicOf('ticker', instrument.nativeSymbol) }],
    start: () => (_, value) => [readTicker(new Reader(value), instrument)],
  }
}

/**
 * The feed begins with trades of the past, which are no news.
 * https://docs.kraken.com/api-reference/market-data/trade
 */
export function tradeFeed(instrument: Instrument): MarketFeed<Trade> {
  return {
    topics: [{ route: 'public', name: topicOf('trade', instrument.nativeSymbol) }],
    start: () => (_, value) => {
      const row = new Reader(value)
      return row.at('feed').value === 'trade' ? [readTrade(row, instrument)] : []
    },
  }
}

/** Not in the documents, but recorded (docs/wire/kraken.md 8.2). */
export function klineFeed(
  instrument: Instrument,
  interval: KlineInterval,
): MarketFeed<StreamedKline> {
  const { token } = requireInterval({ interval })
  return {
    topics: [{ route: 'public', name: topicOf(`candles_trade_${token}`, instrument.nativeSymbol) }],
    start: () => klineDecoder(instrument, interval),
  }
}

/**
 * All levels, each change of one of them a message of its own.
 * https://docs.kraken.com/api-reference/market-data/book
 */
export function bookFeed({ nativeSymbol }: Instrument): BookFeed {
  return {
    topic: { route: 'public', name: topicOf('book', nativeSymbol) },
    rule: bookRule,
    decode: readBook,
  }
}

/** Every change is numbered, by product and connection. */
export const bookRule: SequenceRule = {
  follows(last, diff) {
    if (diff.last <= last) return 'stale'
    return diff.last === last + 1 ? 'next' : 'gap'
  },
}

function readBook(value: unknown): BookMessage {
  const frame = new Reader(value)
  const id = frame.at('seq').integer()
  const ids = { first: id, last: id, timestamp: frame.at('timestamp').integer() }
  if (frame.at('feed').value === 'book_snapshot') {
    const [bids, asks] = [readLevels(frame.at('bids')), readLevels(frame.at('asks'))]
    return { kind: 'snapshot', ...ids, bids, asks }
  }
  const level = [readLevel(frame)]
  const isBid = readSide(frame.at('side')) === 'BUY'
  return { kind: 'diff', ...ids, bids: isBid ? level : [], asks: isBid ? [] : level }
}

function readLevels(list: Reader): readonly RawLevel[] {
  return list.items().map(readLevel)
}

function readLevel(row: Reader): RawLevel {
  return [readAmount(row.at('price')), readAmount(row.at('qty'))]
}

function readAmount({ value, path }: Reader): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value
  throw new ReadError(path, 'an amount', value)
}

function readTicker(row: Reader, { symbol, nativeSymbol }: Instrument): Ticker {
  const volume = row.at('volume').optionalDecimal()
  const highPrice = row.at('high').optionalDecimal()
  const lowPrice = row.at('low').optionalDecimal()
  // Vanish where nothing is to be paid.
  const fundingRate = row.at('relative_funding_rate').optionalDecimal()
  const nextFundingTime = row.at('next_funding_rate_time').optionalInteger()
  return withRaw(
    {
      symbol,
      nativeSymbol,
      // Not there before the first trade, or on an empty side of the book.
      price: row.at('last').optionalDecimal() ?? '0',
      bidPrice: row.at('bid').optionalDecimal() ?? '0',
      askPrice: row.at('ask').optionalDecimal() ?? '0',
      markPrice: row.at('markPrice').decimal(),
      indexPrice: row.at('index').decimal(),
      ...(volume !== undefined && { volume }),
      ...(highPrice !== undefined && { highPrice }),
      ...(lowPrice !== undefined && { lowPrice }),
      ...(fundingRate !== undefined && { fundingRate }),
      ...(nextFundingTime !== undefined && { nextFundingTime }),
      timestamp: row.at('time').integer(),
    },
    row.value,
  )
}

function readTrade(row: Reader, { symbol, nativeSymbol }: Instrument): Trade {
  return withRaw(
    {
      symbol,
      nativeSymbol,
      tradeId: row.at('uid').id(),
      price: row.at('price').decimal(),
      quantity: row.at('qty').decimal(),
      side: readSide(row.at('side')),
      timestamp: row.at('time').integer(),
    },
    row.value,
  )
}

/** Nothing tells the end of a candle but the next one. */
function klineDecoder(
  { symbol, nativeSymbol }: Instrument,
  interval: KlineInterval,
): MarketDecoder<StreamedKline> {
  let open: StreamedKline | undefined
  return (_, value) => {
    const frame = new Reader(value)
    // The feed begins with candles of the past, which are no news.
    const row = frame.has('candles') ? frame.at('candles').items().at(-1) : frame.at('candle')
    if (!row) return []
    const kline = withRaw(
      { symbol, nativeSymbol, interval, ...readKline(row), isClosed: false },
      row.value,
    )
    const before = open
    if (before && kline.timestamp < before.timestamp) return []
    open = kline
    if (!before || kline.timestamp === before.timestamp) return [kline]
    return [withRaw({ ...before, isClosed: true }, before.raw), kline]
  }
}
