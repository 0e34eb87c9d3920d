import type { Call, Endpoint, HistoryQuery, Instruments } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { FundingRate } from '../../model/market.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isOpen } from '../../model/tokens.ts'
import { endedOrders } from './orderLists.ts'
import { type Page, type PageRequest, readPage } from './pages.ts'
import { readSide } from './tokens.ts'

/** Plain and conditional orders; a triggered one is the same row. */
export function getOrderHistory(call: Call, query: HistoryQuery): Promise<FuturesOrder[]> {
  return readNewest(call, query, {
    endpoint: endedOrders,
    filter: { limit: 50 },
    idOf: (order) => order.orderId,
    // Some answers hold open orders too (docs/wire/bybit.md 4.3).
    isWanted: (order) => !isOpen(order.status),
  })
}

/** Trades alone: funding, liquidation and auto-deleveraging are no executions of an order of ours. */
export function getFills(call: Call, query: HistoryQuery): Promise<Fill[]> {
  return readNewest(call, query, {
    endpoint: executions,
    filter: { execType: 'Trade', limit: 100 },
    idOf: (fill) => fill.fillId,
    isWanted: () => true,
  })
}

export async function getFundingRateHistory(
  call: Call,
  { instrument, startTime, endTime, limit }: HistoryQuery,
): Promise<FundingRate[]> {
  const byTime = new Map<number, FundingRate>()
  const pageSize = Math.min(limit, 200)
  let end = endTime
  for (;;) {
    const page = await call(fundingHistory, {
      instrument,
      startTime,
      endTime: end,
      limit: pageSize,
    })
    for (const rate of page) byTime.set(rate.timestamp, rate)
    const oldest = Math.min(...page.map((rate) => rate.timestamp))
    if (page.length < pageSize || byTime.size >= limit || oldest >= end) {
      return [...byTime.values()]
    }
    // The oldest comes again: whether an end is inclusive need not be known.
    end = oldest
  }
}

interface History<Row> {
  endpoint: Endpoint<PageRequest, Page<Row>>
  filter: PageRequest['filter']
  idOf(row: Row): string
  isWanted(row: Row): boolean
}

// The exchange answers at most seven days at once, newest first, so windows are walked from the end
// (docs/wire/bybit.md 4.3). Two windows share the millisecond they meet at.
async function readNewest<Row>(
  call: Call,
  { instrument, startTime, endTime, limit }: HistoryQuery,
  history: History<Row>,
): Promise<Row[]> {
  const found = new Map<string, Row>()
  // Older rows are not kept.
  const earliest = Math.max(startTime, endTime - KEPT_MS)
  let end = endTime
  for (;;) {
    const start = Math.max(earliest, end - WINDOW_MS)
    const filter = { symbol: instrument.nativeSymbol, startTime: start, endTime: end }
    await readWindow(call, { ...history, filter: { ...filter, ...history.filter } }, limit, found)
    const wanted = [...found.values()].filter(history.isWanted)
    if (wanted.length >= limit || start <= earliest) return wanted
    end = start
  }
}

const WINDOW_MS = 7 * 86_400_000
const KEPT_MS = 2 * 365 * 86_400_000

// Ends with the last page, with `limit` wanted rows, or with a cursor that leads back: one that was
// there before, or rows of this very window once more.
async function readWindow<Row>(
  call: Call,
  { endpoint, filter, idOf, isWanted }: History<Row>,
  limit: number,
  found: Map<string, Row>,
): Promise<void> {
  const seen = new Set<string>()
  const cursors = new Set<string>()
  let cursor: string | undefined
  do {
    const page: Page<Row> = await call(endpoint, { filter, cursor })
    const isRepeated = page.rows.length > 0 && page.rows.every((row) => seen.has(idOf(row)))
    for (const row of page.rows) {
      seen.add(idOf(row))
      found.set(idOf(row), row)
    }
    if (isRepeated || [...found.values()].filter(isWanted).length >= limit) return
    if (cursor !== undefined) cursors.add(cursor)
    cursor = page.cursor
  } while (cursor !== undefined && !cursors.has(cursor))
}

/** https://bybit-exchange.github.io/docs/v5/order/execution */
const executions: Endpoint<PageRequest, Page<Fill>> = {
  method: 'GET',
  path: '/v5/execution/list',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'execution/list': 1 },
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, cursor } }
  },
  decode(answer, _params, { instruments }) {
    return readPage(answer, (row) => {
      // Funding is paid in rows of the same list.
      return row.at('execType').string() === 'Trade' ? readFill(row, instruments) : undefined
    })
  },
}

/** One execution, as calls and streams tell it. */
export function readFill(row: Reader, instruments: Instruments): Fill {
  const nativeSymbol = row.at('symbol').string()
  const clientOrderId = row.at('orderLinkId').optionalString()
  const fee = row.at('execFee').optionalDecimal()
  // Older rows leave the asset empty: it is what the contract settles in. Some accounts pay in MNT.
  const feeAsset =
    row.at('feeCurrency').optionalString() ?? instruments.byNative(nativeSymbol)?.settleAsset
  return withRaw(
    {
      fillId: row.at('execId').id(),
      orderId: row.at('orderId').id(),
      ...(clientOrderId !== undefined && { clientOrderId }),
      symbol: instruments.symbolOf(nativeSymbol),
      nativeSymbol,
      side: readSide(row.at('side')),
      quantity: row.at('execQty').decimal(),
      price: row.at('execPrice').decimal(),
      ...(fee !== undefined && { fee }),
      ...(fee !== undefined && feeAsset !== undefined && { feeAsset }),
      isMaker: row.at('isMaker').boolean(),
      timestamp: row.at('execTime').integer(),
    },
    row.value,
  )
}

/**
 * Newest first; a start without an end is refused, so both are sent.
 * https://bybit-exchange.github.io/docs/v5/market/history-fund-rate
 */
const fundingHistory: Endpoint<HistoryQuery, FundingRate[]> = {
  method: 'GET',
  path: '/v5/market/funding/history',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode({ instrument, startTime, endTime, limit }) {
    const symbol = instrument.nativeSymbol
    return { query: { category: 'linear', symbol, startTime, endTime, limit } }
  },
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    return answer
      .at('result')
      .at('list')
      .items()
      .map((row) =>
        withRaw(
          {
            symbol,
            nativeSymbol,
            rate: row.at('fundingRate').decimal(),
            timestamp: row.at('fundingRateTimestamp').integer(),
          },
          row.value,
        ),
      )
  },
}
