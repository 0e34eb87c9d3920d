import { mul } from '../../../core/decimal.ts'
import type { BookLevel, EngineTrade } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import type { Contract } from './contracts.ts'
import { Refused } from './errors.ts'
import { priceText, quantityText, turnoverText } from './format.ts'
import { newestOrOldest, readTimes } from './historyWindow.ts'
import { type FapiRoute, keyRoute, publicRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'

// Order book and public trades: docs/wire/binance.md 3.1.

export const bookRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book
  publicRoute('/fapi/v1/depth', {
    mandatory: ['symbol'],
    handle: (handling) => depthShape(handling, [5, 10, 20, 50, 100, 500, 1000], 500),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book-RPI
  publicRoute('/fapi/v1/rpiDepth', {
    mandatory: ['symbol'],
    handle: (handling) => depthShape(handling, [1000], 1000),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Recent-Trades-List
  publicRoute('/fapi/v1/trades', {
    mandatory: ['symbol'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', 'limit'])
      const contract = readContract(sent)
      return handling.engine
        .trades(contract.symbol, sent.limit('limit', 500, 1_000))
        .map((trade) => tradeShape(contract, trade))
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Old-Trades-Lookup
  keyRoute('GET', '/fapi/v1/historicalTrades', {
    operation: 'marketData',
    mandatory: ['symbol'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', 'limit', 'fromId'])
      const contract = readContract(sent)
      const limit = sent.limit('limit', 100, 500)
      const fromId = sent.whole('fromId')
      const rows = handling.engine
        .trades(contract.symbol, ALL_TRADES)
        .filter((trade) => fromId === undefined || Number(trade.tradeId) >= fromId)
      return newestOrOldest(rows, limit, fromId !== undefined).map((trade) =>
        tradeShape(contract, trade),
      )
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Compressed-Aggregate-Trades-List
  publicRoute('/fapi/v1/aggTrades', { mandatory: ['symbol'], handle: aggregateTrades }),
]

/**
 * Update ids are counted over all books of the venue, so that those of one book are not
 * consecutive: docs/wire/binance.md 8.4.
 */
export function updateIdOf(sequence: number): number {
  return sequence * 16
}

/** Levels as the venue prints them. */
export function levelRows(contract: Contract, levels: readonly BookLevel[]): [string, string][] {
  return levels.map(([price, quantity]) => [
    priceText(contract, price),
    quantityText(contract, quantity),
  ])
}

const ALL_TRADES = 1_000_000
const HOUR_MS = 3_600_000

function depthShape(
  handling: Handling,
  limits: readonly number[],
  usual: number,
): Record<string, unknown> {
  const sent = new Sent(handling, ['symbol', 'limit'])
  const contract = readContract(sent)
  const limit = sent.whole('limit') ?? usual
  if (!limits.includes(limit)) throw new Refused('-4021', String(limit))
  const { bids, asks, sequence } = handling.engine.depth(contract.symbol, limit)
  const now = handling.clock.now()
  return {
    lastUpdateId: updateIdOf(sequence),
    E: now,
    T: now,
    bids: levelRows(contract, bids),
    asks: levelRows(contract, asks),
  }
}

function tradeShape(contract: Contract, trade: EngineTrade): Record<string, unknown> {
  return {
    id: Number(trade.tradeId),
    price: priceText(contract, trade.price),
    qty: quantityText(contract, trade.quantity),
    quoteQty: turnoverText(contract, mul(trade.price, trade.quantity)),
    time: trade.timestamp,
    isBuyerMaker: trade.side === 'SELL',
    isRPITrade: false,
  }
}

/** Trades of one taker at one price and time would be one row; here every trade is its own. */
function aggregateTrades(handling: Handling): Record<string, unknown>[] {
  const sent = new Sent(handling, ['symbol', 'fromId', 'startTime', 'endTime', 'limit'])
  const contract = readContract(sent)
  const fromId = sent.whole('fromId')
  const { start, end } = readTimes(sent)
  if (fromId !== undefined && (start !== undefined || end !== undefined)) throw new Refused('-1128')
  if (start !== undefined && end !== undefined && end - start > HOUR_MS) {
    throw new Refused('-1127', '1')
  }
  const limit = sent.limit('limit', 500, 1_000)
  // Only the last 48 hours can be asked for.
  const earliest = Math.max(start ?? 0, handling.clock.now() - 48 * HOUR_MS)
  const rows = handling.engine
    .trades(contract.symbol, ALL_TRADES)
    .filter(({ timestamp }) => timestamp >= earliest && timestamp <= (end ?? timestamp))
    .filter(({ tradeId }) => fromId === undefined || Number(tradeId) >= fromId)
  const isOldest = start !== undefined || fromId !== undefined
  return newestOrOldest(rows, limit, isOldest).map((trade) => {
    const id = Number(trade.tradeId)
    const quantity = quantityText(contract, trade.quantity)
    return {
      a: id,
      p: priceText(contract, trade.price),
      q: quantity,
      nq: quantity,
      f: id,
      l: id,
      T: trade.timestamp,
      m: trade.side === 'SELL',
    }
  })
}
