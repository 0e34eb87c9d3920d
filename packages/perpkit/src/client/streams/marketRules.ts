import type { Instrument } from '../../model/instrument.ts'
import type { Ticker, Trade } from '../../model/market.ts'
import type { Call, Operations, StreamedKline } from '../definition.ts'
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

export function tradeRules(question: MarketQuestion): MarketRules<Trade> {
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
  }
}

export function klineRules(question: MarketQuestion): MarketRules<StreamedKline> {
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
