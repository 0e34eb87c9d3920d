import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import { become, readChild, underParent } from './books.ts'
import { decodeOrder } from './orders.ts'
import { type PageKey, type PageRow, readNewest, WEEK_MS, withinRetention } from './pages.ts'
import { conditionalTypes } from './tokens.ts'
import { type ConditionalOrder, decodeConditional } from './triggers.ts'

/**
 * Plain and conditional orders that have ended, by the time they were created. A conditional order
 * that triggered is one row, as `getOrder` tells it.
 */
export async function getOrderHistory(call: Call, asked: HistoryQuery): Promise<FuturesOrder[]> {
  const query = await withinRetention(call, asked)
  const { instrument } = query
  // One after the other, in this order: what triggers in between is in both lists, not in neither.
  const conditional = await readNewest(
    {
      ...WEEKLY,
      read: (key: PageKey) => call(allAlgoOrders, { instrument, ...key }),
      isWanted: ({ order }: ConditionalOrder) => !isOpen(order.status),
    },
    query,
  )
  const regular = await readNewest(
    {
      ...WEEKLY,
      read: (key: PageKey) => call(allOrders, { instrument, ...key }),
      isWanted: (order: FuturesOrder) => !isOpen(order.status) && !isChild(order),
    },
    query,
  )
  return settle(call, query, conditional, regular)
}

const PAGE_SIZE = 1_000
const WEEKLY = {
  pageSize: PAGE_SIZE,
  windowMs: WEEK_MS,
  growth: 1,
  hasIds: true,
}

/** A row that may become one of the history, and how its last word is learned. */
interface Candidate {
  /** Of the row; what it turns out to be may be older, never newer. */
  createdAt: number
  read(): Promise<FuturesOrder>
}

/** Both lists as one, newest first; nothing more is asked once the newest `limit` are certain. */
async function settle(
  call: Call,
  { startTime, endTime, limit }: HistoryQuery,
  conditional: readonly ConditionalOrder[],
  regular: readonly FuturesOrder[],
): Promise<FuturesOrder[]> {
  const children = new Map(regular.filter(isChild).map((order) => [order.orderId, order]))
  const claimed = new Set(conditional.map(({ childId }) => childId))
  const candidates: Candidate[] = [
    ...conditional.map((parent) => ofConditional(call, parent, children)),
    ...regular
      .filter(({ orderId, status }) => !isOpen(status) && !claimed.has(orderId))
      .map((order) => ({
        createdAt: order.createdAt ?? 0,
        // The parent of a child may lie before what was read of its list.
        read: () => underParent(call, order),
      })),
  ]
  candidates.sort((a, b) => b.createdAt - a.createdAt)
  const ended = new Map<string, FuturesOrder>()
  for (const { createdAt, read } of candidates) {
    const newer = [...ended.values()].filter((order) =>
      isBetween(order, Math.max(startTime, createdAt + 1), endTime),
    )
    if (newer.length >= limit) break
    const order = await read()
    if (!isOpen(order.status)) ended.set(order.orderId, order)
  }
  return [...ended.values()]
}

function isBetween({ createdAt = 0 }: FuturesOrder, from: number, to: number): boolean {
  return createdAt >= from && createdAt <= to
}

/** Its child stands in the other list, unless it was created after the end of the stretch. */
function ofConditional(
  call: Call,
  parent: ConditionalOrder,
  children: ReadonlyMap<string, FuturesOrder>,
): Candidate {
  const { order, childId } = parent
  const child = childId === undefined ? undefined : children.get(childId)
  return {
    createdAt: order.createdAt ?? 0,
    read: async () => (child ? become(order, child) : readChild(call, parent)),
  }
}

function isChild({ type }: FuturesOrder): boolean {
  return Object.hasOwn(conditionalTypes, type)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/All-Orders
const allOrders: Endpoint<{ instrument: Instrument } & PageKey, PageRow<FuturesOrder>[]> = {
  method: 'GET',
  path: '/fapi/v1/allOrders',
  access: 'read',
  effect: 'read',
  cost: { weight: 5 },
  encode: ({ instrument, startTime, endTime, fromId }) => ({
    query: {
      symbol: instrument.nativeSymbol,
      orderId: fromId,
      startTime,
      endTime,
      limit: PAGE_SIZE,
    },
  }),
  decode: (answer, params, context) =>
    answer.items().map((row) => {
      const value = decodeOrder(row, params, context)
      return { id: value.orderId, timestamp: row.at('time').integer(), value }
    }),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Query-All-Algo-Orders
const allAlgoOrders: Endpoint<{ instrument: Instrument } & PageKey, PageRow<ConditionalOrder>[]> = {
  method: 'GET',
  path: '/fapi/v1/allAlgoOrders',
  access: 'read',
  effect: 'read',
  cost: { weight: 5 },
  encode: ({ instrument, startTime, endTime, fromId }) => ({
    query: {
      symbol: instrument.nativeSymbol,
      algoId: fromId,
      startTime,
      endTime,
      limit: PAGE_SIZE,
    },
  }),
  decode: (answer, params, context) =>
    answer.items().map((row) => {
      const value = decodeConditional(row, params, context)
      const timestamp = row.at('createTime').integer()
      return { id: row.at('algoId').id(), timestamp, value }
    }),
}
