import type { MarketDecoder, MarketFeed, StreamedKline, Topic } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Kline, Ticker, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { rowsOf } from './fields.ts'
import { readKline } from './klines.ts'
import { readTicker } from './market.ts'
import { topicOf } from './streamProtocol.ts'
import { productOf } from './symbols.ts'
import { klineTokens } from './tokens.ts'
import { getTrades, readTrade } from './trades.ts'

// Public channels of V2, which serve both kinds of account: docs/wire/bitget.md 8.3.

export function publicTopic(instrument: Instrument, channel: string): Topic {
  const name = topicOf(productOf(instrument).name, channel, instrument.nativeSymbol)
  return { route: 'public', name }
}

/** https://www.bitget.com/api-doc/contract/websocket/public/Tickers-Channel */
export function tickerFeed(instrument: Instrument): MarketFeed<Ticker> {
  return {
    topics: [publicTopic(instrument, 'ticker')],
    start: () => (_topic, value, receivedAt) =>
      rowsOf(new Reader(value).at('data')).map((row) => readTicker(row, instrument, receivedAt)),
  }
}

/**
 * Begins with the latest trades, newest first. Those of before anyone watched are not told; after a
 * loss of the connection they are what was missed.
 * https://www.bitget.com/api-doc/contract/websocket/public/New-Trades-Channel
 */
export function tradeFeed(instrument: Instrument): MarketFeed<Trade> {
  const past = new Set<string>()
  let toldUntil: number | undefined
  const decode: MarketDecoder<Trade> = (_topic, value) => {
    const frame = new Reader(value)
    const trades = rowsOf(frame.at('data'))
      .map((row) => readTrade(row, instrument))
      .reverse()
    const newest = Math.max(...trades.map(({ timestamp }) => timestamp))
    const since = toldUntil
    const isSnapshot = frame.at('action').value === 'snapshot'
    if (isSnapshot && since === undefined) {
      for (const { tradeId } of trades) past.add(tradeId)
      toldUntil = trades.length > 0 ? newest : frame.at('ts').integer()
      return []
    }
    toldUntil = Math.max(since ?? 0, newest)
    if (!isSnapshot) return trades
    return trades.filter(
      ({ tradeId, timestamp }) => timestamp >= (since ?? 0) && !past.has(tradeId),
    )
  }
  return {
    topics: [publicTopic(instrument, 'trade')],
    start: () => decode,
    recent: (call) => getTrades(call, { instrument, limit: RECENT_TRADES }),
  }
}

/** The most that one call hands out. */
const RECENT_TRADES = 1_000

/** https://www.bitget.com/api-doc/contract/websocket/public/Candlesticks-Channel */
export function klineFeed(
  instrument: Instrument,
  interval: KlineInterval,
): MarketFeed<StreamedKline> {
  const token = klineTokens.get(interval)
  if (token === undefined || NOT_STREAMED.has(interval)) {
    throw new RequestError(`BITGET streams no candles of ${interval}`, {
      code: 'UNSUPPORTED',
      exchange: 'BITGET',
    })
  }
  return {
    topics: [publicTopic(instrument, `candle${token}`)],
    start: klineDecoder(instrument, interval),
  }
}

const NOT_STREAMED: ReadonlySet<KlineInterval> = new Set(['2h'])

/**
 * Begins with a long history, of which the newest is told, and after a loss what was missed. Nothing
 * says that a candle has ended but the one that follows it: then it is told once more.
 */
function klineDecoder(
  { symbol, nativeSymbol }: Instrument,
  interval: KlineInterval,
): () => MarketDecoder<StreamedKline> {
  let last: StreamedKline | undefined
  const toStreamed = (kline: Kline, isClosed: boolean, raw: unknown): StreamedKline =>
    withRaw({ symbol, nativeSymbol, interval, ...kline, isClosed }, raw)
  const decode: MarketDecoder<StreamedKline> = (_topic, value) => {
    const told: StreamedKline[] = []
    const rows = rowsOf(new Reader(value).at('data'))
    const klines = rows
      .map((row) => toStreamed(readKline(row), false, row.value))
      .sort((a, b) => a.timestamp - b.timestamp)
    for (const kline of last ? klines : klines.slice(-1)) {
      if (last && kline.timestamp < last.timestamp) continue
      if (last && kline.timestamp > last.timestamp) told.push(toStreamed(last, true, last.raw))
      told.push(kline)
      last = kline
    }
    return told
  }
  return () => decode
}
