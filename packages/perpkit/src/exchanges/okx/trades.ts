import type { Call, Endpoint } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { fromContracts } from './symbols.ts'
import { readSide } from './tokens.ts'

/** The newest, at most 500 of them. */
export function getTrades(call: Call, params: TradesRequest): Promise<Trade[]> {
  return call(recentTrades, params)
}

interface TradesRequest {
  instrument: Instrument
  limit: number
}

/** The most that can be asked for. */
export const MAX_TRADES = 500

/** https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades */
const recentTrades: Endpoint<TradesRequest, Trade[]> = {
  method: 'GET',
  path: '/api/v5/market/trades',
  access: 'public',
  effect: 'read',
  cost: { 'GET market/trades': 1 },
  encode({ instrument, limit }) {
    return { query: { instId: instrument.nativeSymbol, limit: Math.min(limit, MAX_TRADES) } }
  },
  decode(answer, { instrument }) {
    const newestFirst = answer.at('data').items()
    return newestFirst.reverse().map((row) => readTrade(row, instrument))
  },
}

/** A row of trades, as calls and streams tell it. */
export function readTrade(row: Reader, instrument: Instrument): Trade {
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      tradeId: row.at('tradeId').id(),
      price: row.at('px').decimal(),
      quantity: fromContracts(row.at('sz').decimal(), instrument),
      // The taker's.
      side: readSide(row.at('side')),
      timestamp: row.at('ts').integer(),
    },
    row.value,
  )
}
