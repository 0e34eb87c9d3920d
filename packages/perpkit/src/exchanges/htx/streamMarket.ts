import type {
  BookFeed,
  BookMessage,
  Call,
  MarketDecoder,
  MarketFeed,
  RawLevel,
  SequenceRule,
  StreamedKline,
  Topic,
} from '../../client/definition.ts'
import { abs, type Decimal, isGreater, mul, sub, toDecimal } from '../../core/decimal.ts'
import { ReadError, Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Ticker, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { readKline, sourceOf } from './candles.ts'
import { indexPrice, markPrice, mergedTicker, readBestPrice } from './market.ts'
import { byTime, getTrades, readTrade } from './trades.ts'

// Public topics: docs/wire/htx.md 8.1.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/

/**
 * Joined from four topics on two sockets: the day's figures, the best prices, and the candles of
 * mark and index price, whose close is the price of now.
 */
export function tickerFeed(instrument: Instrument): MarketFeed<Ticker> {
  const topics = tickerTopics(instrument)
  return {
    topics: topics.map(({ topic }) => topic),
    start: () => tickerDecoder(instrument, topics),
    isBehind: (call, topic, last) => isTickerBehind(call, instrument, topic, last),
  }
}

export function tradeFeed(instrument: Instrument): MarketFeed<Trade> {
  return {
    topics: [{ route: 'market', name: `market.${instrument.nativeSymbol}.trade.detail` }],
    start: () => tradeDecoder(instrument),
    recent: (call) => getTrades(call, { instrument, limit: 2_000 }),
  }
}

/**
 * Candles of the intervals that can be asked for too: the longer ones lie on a grid of their own.
 */
export function klineFeed(
  instrument: Instrument,
  interval: KlineInterval,
): MarketFeed<StreamedKline> {
  const { period } = sourceOf(interval)
  return {
    topics: [{ route: 'market', name: `market.${instrument.nativeSymbol}.kline.${period}` }],
    start: () => klineDecoder(instrument, interval),
  }
}

const DEPTHS = [20, 150]

/**
 * The smallest book of changes with that many levels; a snapshot comes with the subscription.
 */
export function bookFeed(instrument: Instrument, wanted: number): BookFeed {
  const depth = DEPTHS.find((levels) => levels >= wanted) ?? 150
  const name = `market.${instrument.nativeSymbol}.depth.size_${depth}.high_freq`
  return {
    topic: { route: 'market', name },
    rule: versionRule,
    decode: (value) => readBook(value, instrument),
    maxDepth: depth,
  }
}

/** Every change is numbered, on each connection by itself. */
export const versionRule: SequenceRule = {
  follows(last, diff) {
    if (diff.last <= last) return 'stale'
    return diff.last === last + 1 ? 'next' : 'gap'
  },
}

function readBook(value: unknown, { contractMultiplier }: Instrument): BookMessage {
  const tick = new Reader(value).at('tick')
  const event = tick.at('event').string()
  if (event !== 'snapshot' && event !== 'update') {
    throw new ReadError(tick.at('event').path, 'snapshot or update', event)
  }
  const version = tick.at('version').integer()
  return {
    kind: event === 'snapshot' ? 'snapshot' : 'diff',
    first: version,
    last: version,
    bids: readLevels(tick.at('bids'), contractMultiplier),
    asks: readLevels(tick.at('asks'), contractMultiplier),
    timestamp: tick.at('ts').integer(),
  }
}

/** Contracts in the base asset; thousands of rows a second come by, so none gets a reader. */
function readLevels(side: Reader, contractMultiplier: Decimal): RawLevel[] {
  const rows = side.value
  if (!Array.isArray(rows)) throw new ReadError(side.path, 'a list of levels', rows)
  return rows.map((row: unknown) => {
    const [price, contracts]: unknown[] = Array.isArray(row) ? row : []
    const quantity = isNumeric(contracts) ? toDecimal(contracts) : undefined
    if (quantity === undefined || !isNumeric(price)) {
      throw new ReadError(side.path, 'pairs of price and contracts', row)
    }
    return [price, mul(quantity, contractMultiplier)]
  })
}

function isNumeric(value: unknown): value is string | number {
  return typeof value === 'number' || typeof value === 'string'
}

type Figures = Partial<Ticker>

interface TickerTopic {
  topic: Topic
  read(tick: Reader): Figures
}

function tickerTopics({ nativeSymbol }: Instrument): TickerTopic[] {
  const onMarket = (name: string): Topic => ({
    route: 'market',
    name: `market.${nativeSymbol}.${name}`,
  })
  const onIndex = (name: string): Topic => ({ ...onMarket(`${name}.1min`), route: 'index' })
  return [
    { topic: onMarket('detail'), read: readDay },
    { topic: onMarket('bbo'), read: readBest },
    {
      topic: onIndex('mark_price'),
      read: (tick) => ({ markPrice: tick.at('close').decimal() }),
    },
    {
      topic: onIndex('index'),
      read: (tick) => ({ indexPrice: tick.at('close').decimal() }),
    },
  ]
}

/** Its best prices are half a second old. */
function readDay(tick: Reader): Figures {
  return {
    price: tick.at('close').decimal(),
    // In the base asset; `vol` counts contracts.
    volume: tick.at('amount').decimal(),
    highPrice: tick.at('high').decimal(),
    lowPrice: tick.at('low').decimal(),
  }
}

function readBest(tick: Reader): Figures {
  return { bidPrice: readBestPrice(tick.at('bid')), askPrice: readBestPrice(tick.at('ask')) }
}

interface Part {
  figures: Figures
  timestamp: number
  raw: unknown
}

function tickerDecoder(
  { symbol, nativeSymbol }: Instrument,
  topics: readonly TickerTopic[],
): MarketDecoder<Ticker> {
  const parts = new Map<string, Part>()
  const decode: MarketDecoder<Ticker> = (name, value) => {
    const frame = new Reader(value)
    const timestamp = frame.at('ts').integer()
    const told = topics.find(({ topic }) => topic.name === name)
    // Came later than what was said later.
    if (!told || timestamp < (parts.get(name)?.timestamp ?? 0)) return []
    parts.set(name, { figures: told.read(frame.at('tick')), timestamp, raw: value })
    const known = [...parts.values()]
    const ticker: Figures = { symbol, nativeSymbol }
    for (const { figures } of known) Object.assign(ticker, figures)
    ticker.timestamp = Math.max(...known.map((part) => part.timestamp))
    const raw = known.map((part) => part.raw)
    return isWhole(ticker, parts.size) ? [withRaw(ticker, raw)] : []
  }
  // Each topic comes again only when it has changed.
  decode.forget = (name) => parts.delete(name)
  return decode
}

function isWhole(ticker: Figures, parts: number): ticker is Ticker {
  return parts === PARTS && ticker.price !== undefined
}

const PARTS = 4

/** The call has other decimals than the candles of the stream, and is not made from them. */
const INDEX_TOLERANCE = '0.0005'

/** Each topic is judged by what it tells itself. */
async function isTickerBehind(
  call: Call,
  instrument: Instrument,
  { name }: Topic,
  last: Ticker | undefined,
): Promise<boolean> {
  if (!last) return true
  if (name.includes('.mark_price.')) {
    const { part } = await call(markPrice, { instrument })
    return part.markPrice !== last.markPrice
  }
  if (name.includes('.index.')) {
    const { part } = await call(indexPrice, { instrument })
    const distance = abs(sub(part.indexPrice, last.indexPrice))
    return isGreater(distance, mul(part.indexPrice, INDEX_TOLERANCE))
  }
  const { part } = await call(mergedTicker, { instrument })
  if (name.endsWith('.detail')) return part.price !== last.price
  return part.bidPrice !== last.bidPrice || part.askPrice !== last.askPrice
}

/** Between a trade and its message; what is older was told before we listened. */
const ON_ITS_WAY_MS = 5_000

/** The first message of a subscription may be the last one that was sent before it. */
function tradeDecoder(instrument: Instrument): MarketDecoder<Trade> {
  let isFirst = true
  return (_, value) => {
    const frame = new Reader(value)
    const sentAt = frame.at('ts').integer()
    const trades = frame
      .at('tick')
      .at('data')
      .items()
      .map((row) => readTrade(row, instrument))
      .sort(byTime)
    const told = isFirst
      ? trades.filter(({ timestamp }) => sentAt - timestamp <= ON_ITS_WAY_MS)
      : trades
    isFirst = false
    return told
  }
}

/** No message says that a candle has ended: the first one of the next candle does. */
function klineDecoder(
  { symbol, nativeSymbol }: Instrument,
  interval: KlineInterval,
): MarketDecoder<StreamedKline> {
  let open: { kline: StreamedKline; sentAt: number } | undefined
  return (_, value) => {
    const frame = new Reader(value)
    const sentAt = frame.at('ts').integer()
    const tick = frame.at('tick')
    const kline: StreamedKline = withRaw(
      { symbol, nativeSymbol, interval, ...readKline(tick), isClosed: false },
      tick.value,
    )
    const before = open
    const isNext = before !== undefined && kline.timestamp > before.kline.timestamp
    if (before && !isNext) {
      const isOlder = kline.timestamp < before.kline.timestamp || sentAt < before.sentAt
      if (isOlder) return []
    }
    open = { kline, sentAt }
    if (!before || !isNext) return [kline]
    return [withRaw({ ...before.kline, isClosed: true }, before.kline.raw), kline]
  }
}
