import type { Instrument } from '../../model/instrument.ts'
import type { Ticker, Trade } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import type { Call, MarketFeed, Operations, StreamedKline } from '../definition.ts'
import type { MarketRules } from './marketFeed.ts'

/** What the questions of the watchdog are asked with. */
export interface MarketQuestion {
  operations: Operations
  call: Call
  instrument: Instrument
  /** Exchange time; asks when it is not known. */
  now(): Promise<number>
}

export function tickerRules({ operations, call, instrument }: MarketQuestion): MarketRules<Ticker> {
  return {
    keeps: 'newest',
    hearsBoth: false,
    isNews: (item, last) => last === undefined || item.timestamp >= last.timestamp,
    async isBehind(last) {
      const { bidPrice, askPrice } = await operations.getTicker(call, { instrument })
      return last?.bidPrice !== bidPrice || last.askPrice !== askPrice
    },
  }
}

/** Enough for every repetition, not for a life's trades. */
const TRADES_REMEMBERED = 5_000

export function tradeRules(
  question: MarketQuestion,
  { recent }: MarketFeed<Trade>,
): MarketRules<Trade> {
  const seen = new Set<string>()
  return {
    keeps: 'all',
    hearsBoth: true,
    isNews({ tradeId }) {
      if (seen.has(tradeId)) return false
      seen.add(tradeId)
      for (const oldest of seen) {
        if (seen.size <= TRADES_REMEMBERED) break
        seen.delete(oldest)
      }
      return true
    },
    isBehind: (_, heardAt) => hasTradedSince(question, heardAt),
    async missed(last) {
      if (!recent) return { items: [], isWhole: false }
      const trades = await recent(question.call)
      const known = trades.findIndex(({ tradeId }) => tradeId === last.tradeId)
      return { items: trades.slice(known + 1), isWhole: known !== -1 }
    },
  }
}

/** How many candles are read at once. */
const CANDLES = 200

export function klineRules(
  question: MarketQuestion,
  interval: KlineInterval,
): MarketRules<StreamedKline> {
  return {
    keeps: 'all',
    hearsBoth: true,
    isNews(item, last) {
      if (!last || item.timestamp > last.timestamp) return true
      if (item.timestamp < last.timestamp || last.isClosed) return false
      return item.isClosed || item.volume > last.volume || item.close !== last.close
    },
    // An open candle is repeated with each trade; what it became is in the next one.
    replaces: (last, item) => last.timestamp === item.timestamp,
    isBehind: (_, heardAt) => hasTradedSince(question, heardAt),
    async missed({ timestamp, isClosed }) {
      const { operations, call, instrument, now } = question
      const window = { startTime: timestamp, endTime: await now(), limit: CANDLES }
      const klines = await operations.getKlines(call, { instrument, interval, ...window })
      const { symbol, nativeSymbol } = instrument
      // The last one is still open: the stream tells it.
      const ended = klines.slice(0, -1).filter((kline) => kline.timestamp > timestamp || !isClosed)
      return {
        items: ended.map((kline) => ({ ...kline, symbol, nativeSymbol, interval, isClosed: true })),
        isWhole: klines[0]?.timestamp === timestamp,
      }
    },
  }
}

/** Trades are told within this time, candles too. */
const SLOWEST_MS = 3_000

async function hasTradedSince(
  { operations, call, instrument, now }: MarketQuestion,
  heardAt: number,
): Promise<boolean> {
  const trades = await operations.getTrades(call, { instrument, limit: 1 })
  const newest = Math.max(...trades.map(({ timestamp }) => timestamp))
  return newest > heardAt + 1_000 && (await now()) - newest > SLOWEST_MS
}
