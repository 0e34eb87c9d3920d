import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Trade } from '../../model/market.ts'
import type { Fill } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { type PageKey, type PageRow, readNewest, WEEK_MS, withinRetention } from './pages.ts'
import { readPositionSide, readToken, sides } from './tokens.ts'

/** At most 1000. */
export function getTrades(
  call: Call,
  params: { instrument: Instrument; limit: number },
): Promise<Trade[]> {
  return call(trades, params)
}

/** Of the last three months. */
export async function getFills(call: Call, query: HistoryQuery): Promise<Fill[]> {
  const { instrument } = query
  const list = {
    read: (key: PageKey) => call(userTrades, { instrument, ...key }),
    pageSize: PAGE_SIZE,
    // A span of seven days to the millisecond.
    windowMs: WEEK_MS + 1,
    growth: 1,
    hasIds: true,
    isWanted: () => true,
  }
  return readNewest(list, await withinRetention(call, query))
}

const PAGE_SIZE = 1_000

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Recent-Trades-List
const trades: Endpoint<{ instrument: Instrument; limit: number }, Trade[]> = {
  method: 'GET',
  path: '/fapi/v1/trades',
  access: 'public',
  effect: 'read',
  cost: { weight: 5 },
  encode: ({ instrument, limit }) => ({
    query: { symbol: instrument.nativeSymbol, limit: Math.min(limit, PAGE_SIZE) },
  }),
  decode: (answer, { instrument }) => answer.items().map((row) => readTrade(row, instrument)),
}

function readTrade(row: Reader, { symbol, nativeSymbol }: Instrument): Trade {
  const trade: Trade = {
    symbol,
    nativeSymbol,
    tradeId: row.at('id').id(),
    price: row.at('price').decimal(),
    quantity: row.at('qty').decimal(),
    // The taker is the other one.
    side: row.at('isBuyerMaker').boolean() ? 'SELL' : 'BUY',
    timestamp: row.at('time').integer(),
  }
  return withRaw(trade, row.value)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Account-Trade-List
const userTrades: Endpoint<{ instrument: Instrument } & PageKey, PageRow<Fill>[]> = {
  method: 'GET',
  path: '/fapi/v1/userTrades',
  access: 'read',
  effect: 'read',
  cost: { weight: 5 },
  encode: ({ instrument, startTime, endTime, fromId }) => ({
    query: { symbol: instrument.nativeSymbol, startTime, endTime, fromId, limit: PAGE_SIZE },
  }),
  decode: (answer, { instrument }) =>
    answer.items().map((row) => {
      const value = readFill(row, instrument)
      return { id: value.fillId, timestamp: value.timestamp, value }
    }),
}

function readFill(row: Reader, { symbol, nativeSymbol }: Instrument): Fill {
  const fill: Fill = {
    fillId: row.at('id').id(),
    orderId: row.at('orderId').id(),
    symbol,
    nativeSymbol,
    side: readToken(row.at('side'), sides),
    quantity: row.at('qty').decimal(),
    price: row.at('price').decimal(),
    // Positive is paid. The asset need not be the quote asset: fees can be paid in BNB.
    fee: row.at('commission').decimal(),
    feeAsset: row.at('commissionAsset').string(),
    isMaker: row.at('maker').boolean(),
    timestamp: row.at('time').integer(),
  }
  const positionSide = readPositionSide(row.at('positionSide'))
  const realizedPnl = row.at('realizedPnl').optionalDecimal()
  if (positionSide !== undefined) fill.positionSide = positionSide
  if (realizedPnl !== undefined) fill.realizedPnl = realizedPnl
  return withRaw(fill, row.value)
}
