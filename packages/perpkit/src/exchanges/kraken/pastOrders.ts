import type { Call, EndedQuery, Endpoint, HistoryQuery } from '../../client/definition.ts'
import { isPositive } from '../../core/decimal.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import { newestFills } from './fills.ts'
import { orderEvents, type Page, type PageRequest, triggerEvents } from './history.ts'
import { ACTIVATION_MS, type PastOrder } from './historyEvents.ts'
import { compose } from './lookup.ts'
import { isConditional } from './tokens.ts'

/**
 * Orders that were placed in the window and have ended since, put together from the events of both
 * stores: a trigger that has fired and the order it became are one. Prices come from the latest 100
 * executions; an order whose executions are older has no average price.
 */
export async function getOrderHistory(call: Call, query: HistoryQuery): Promise<FuturesOrder[]> {
  const { instrument, startTime, endTime, limit } = query
  // The trigger behind an order fired just before the order was placed.
  const since = startTime - ACTIVATION_MS
  const triggers = await collect(call, triggerEvents, { instrument, since }, () => false)
  const placedFrom = (from: number, orders: readonly FuturesOrder[]): FuturesOrder[] =>
    orders.filter(({ createdAt = 0 }) => createdAt >= Math.max(from, triggers.from, startTime))
  const plains = await collect(
    call,
    orderEvents,
    { instrument, since: startTime },
    (seen, from) => {
      const ended = placedFrom(from, unite(seen, triggers.orders, []))
      return ended.filter(({ createdAt = 0 }) => createdAt <= endTime).length >= limit
    },
  )
  const hasExecutions = plains.orders.some(({ order }) => isPositive(order.executedQty))
  const fills = hasExecutions ? await call(newestFills, { before: undefined }) : []
  // Of those that were placed before the oldest event that was seen, others may be missing.
  return placedFrom(plains.from, unite(plains.orders, triggers.orders, fills))
}

/**
 * What has ended of all symbols, with one call to each store. Triggers that are known are those of
 * the orders they became, however long ago that was.
 */
export async function getEndedOrders(
  call: Call,
  { startTime, known }: EndedQuery,
): Promise<FuturesOrder[]> {
  const since = startTime - ACTIVATION_MS
  const [triggers, plains] = await Promise.all([
    collect(call, triggerEvents, { since }, () => false),
    collect(call, orderEvents, { since }, () => false),
  ])
  const told = new Set(triggers.orders.map(({ order }) => order.orderId))
  const fired = known
    .filter(({ orderId, type }) => isConditional(type) && !told.has(orderId))
    .map((order) => ({ order, isActivated: true }))
  const hasExecutions = plains.orders.some(({ order }) => isPositive(order.executedQty))
  const fills = hasExecutions ? await call(newestFills, { before: undefined }) : []
  return unite(plains.orders, [...triggers.orders, ...fired], fills)
}

/** Pages of 1000 events, newest first. */
const MAX_PAGES = 10

interface Collected {
  orders: PastOrder[]
  /** Every event from here on was seen. */
  from: number
}

async function collect(
  call: Call,
  endpoint: Endpoint<PageRequest, Page>,
  request: { instrument?: Instrument; since: number },
  isEnough: (seen: PastOrder[], from: number) => boolean,
): Promise<Collected> {
  const seen = new Map<string, PastOrder>()
  let token: string | undefined
  let from = Number.MAX_SAFE_INTEGER
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { orders, oldest, next } = await call(endpoint, { ...request, token })
    // The newest event of an order, which is met first, tells what it has become.
    for (const past of orders()) {
      if (!seen.has(past.order.orderId)) seen.set(past.order.orderId, past)
    }
    const isMoving = next !== undefined && next !== token
    if (!isMoving || oldest === undefined) {
      return { orders: [...seen.values()], from: request.since }
    }
    // Others of the same millisecond may be on the next page.
    from = oldest + 1
    if (isEnough([...seen.values()], from)) break
    token = next
  }
  return { orders: [...seen.values()], from }
}

/** The ended ones: triggers in the state of what they became, and all others. */
function unite(
  plains: readonly PastOrder[],
  triggers: readonly PastOrder[],
  fills: readonly Fill[],
): FuturesOrder[] {
  const others = new Map(plains.map(({ order }) => [order.orderId, order]))
  const byClientId = new Map(plains.map(({ order }) => [order.clientOrderId, order]))
  const united: FuturesOrder[] = []
  for (const { order: trigger, isActivated } of triggers) {
    const { orderId, clientOrderId } = trigger
    const child = others.get(orderId) ?? (clientOrderId ? byClientId.get(clientOrderId) : undefined)
    if (child) {
      others.delete(child.orderId)
      united.push(withFills(trigger, child, fills))
    } else if (!isActivated || clientOrderId !== '') {
      // Without a client order id what it became cannot be known, and stands for itself.
      united.push(trigger)
    }
  }
  for (const order of others.values()) united.push(withFills(order, order, fills))
  return united.filter(({ status }) => !isOpen(status))
}

function withFills(
  origin: FuturesOrder,
  state: FuturesOrder,
  fills: readonly Fill[],
): FuturesOrder {
  const own = fills.filter(({ orderId }) => orderId === state.orderId)
  return compose(origin, state, own)
}
