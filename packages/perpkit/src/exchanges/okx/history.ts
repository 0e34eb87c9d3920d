import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import type { ConditionalOrder } from './algoRow.ts'
import type { BookOrder } from './orderRow.ts'
import { orderDetails, pendingOrders } from './orders.ts'
import { type Page, type PageRequest, readPages } from './pages.ts'
import { become, underParent, unlessNotFound } from './parents.ts'
import { ALGO_KINDS, algoHistory } from './triggers.ts'
import { type Newest, type Past, readPast, takeNewest } from './window.ts'

/**
 * Ended orders of both stores by the time of their creation; what a conditional order became stands
 * under the id of its parent. Plain ones that were cancelled without a fill are forgotten after two
 * hours (docs/wire/okx.md 4.3).
 */
export async function getOrderHistory(call: Call, query: HistoryQuery): Promise<FuturesOrder[]> {
  const conditional = await readConditional(call, query)
  const plain = await readPast(call, plainPast, query)
  const children = new Map(plain.map((row) => [row.order.orderId, row.order]))
  const parents = new Map(conditional.map((row) => [row.childId, row]))
  const orders = await Promise.all([
    ...conditional.map((row) => withChild(call, query, row, children)),
    ...plain
      .filter(({ order, algoId }) => algoId === undefined || !parents.has(order.orderId))
      // A parent that is not here is older than the window, or too old for the limit.
      .map((row) => underParent(call, row)),
  ])
  return orders.filter(({ status }) => !isOpen(status))
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-history-last-7-days */
const recentOrders: Endpoint<PageRequest, Page<BookOrder>> = {
  ...pendingOrders,
  path: '/api/v5/trade/orders-history',
  cost: { 'GET trade/orders-history': 1 },
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-history-last-3-months */
const oldOrders: Endpoint<PageRequest, Page<BookOrder>> = {
  ...pendingOrders,
  path: '/api/v5/trade/orders-history-archive',
  cost: { 'GET trade/orders-history-archive': 1 },
}

const plainPast: Past<BookOrder> = {
  recent: recentOrders,
  archive: oldOrders,
  // Seven days, less an hour for clocks that differ.
  keptMs: 167 * 3_600_000,
  timeOf: ({ order }) => order.createdAt ?? 0,
  // A child stands at the time of its parent, which may be long before the window.
  counts: ({ algoId }) => algoId === undefined,
}

const ENDINGS = ['effective', 'canceled', 'order_failed'] as const

/** Each kind and each ending is a list of its own, and none can be asked for by time. */
async function readConditional(call: Call, query: HistoryQuery): Promise<ConditionalOrder[]> {
  const newest = (rows: readonly ConditionalOrder[]): Newest<ConditionalOrder> =>
    takeNewest(rows, query, createdAt, isSurelyEnded)
  const lists = await Promise.all(
    ALGO_KINDS.flatMap((ordType) =>
      ENDINGS.map((state) => {
        const instId = query.instrument.nativeSymbol
        const filter = { ordType, state, instType: 'SWAP', instId }
        return readPages(call, algoHistory, { filter }, (rows) => {
          const oldest = rows.at(-1)
          return (
            newest(rows).isFull || (oldest !== undefined && createdAt(oldest) < query.startTime)
          )
        })
      }),
    ),
  )
  return newest(lists.flatMap(({ rows }) => rows)).rows
}

function createdAt({ order }: ConditionalOrder): number {
  return order.createdAt ?? 0
}

// One that became a limit order may still be open.
function isSurelyEnded({ order, childId }: ConditionalOrder): boolean {
  return childId === undefined || order.price === '0'
}

async function withChild(
  call: Call,
  { instrument }: HistoryQuery,
  { order, childId }: ConditionalOrder,
  children: ReadonlyMap<string, FuturesOrder>,
): Promise<FuturesOrder> {
  if (childId === undefined) return order
  const known = children.get(childId)
  if (known) return become(order, known)
  // Forgotten, or not visible yet: then the order's own record has to do.
  const child = await unlessNotFound(call(orderDetails, { instrument, orderId: childId }))
  return child ? become(order, child.order) : order
}
