import type { Call, OrderKey } from '../../../client/definition.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import {
  become,
  isMadeByExchange,
  notFound,
  requireOrderId,
  toTriggerId,
  unlessNotFound,
} from '../orderRow.ts'
import { type Page, readAllPages } from '../pages.ts'
import { productOf, type Scope, scopesOf } from '../symbols.ts'
import { cancellation, cancellationOfAll, openOrders, orderInfo } from './orders.ts'
import {
  childIds,
  endedTrigger,
  openStrategyIds,
  openTrigger,
  openTriggers,
  type StrategyKey,
  triggerCancellation,
  triggered,
} from './triggers.ts'

// The two stores as one: normal orders and strategy orders.

/**
 * A conditional order that has triggered is told as the order it became, under its own id, whichever
 * of the two ids is asked for.
 */
export async function getOrder(call: Call, key: OrderKey): Promise<FuturesOrder> {
  const { instrument, orderId, clientOrderId } = key
  if (orderId !== undefined) {
    requireOrderId(instrument, orderId)
    const triggerId = toTriggerId(orderId)
    if (triggerId === undefined)
      return underParent(call, instrument, await call(orderInfo, { orderId }))
    return readTrigger(call, instrument, { orderId: triggerId })
  }
  if (clientOrderId === undefined) throw notFound(instrument, 'without an id')
  const plain = await unlessNotFound(call(orderInfo, { clientOrderId }))
  return plain ?? readTrigger(call, instrument, { clientOrderId })
}

/** Plain and conditional. */
export async function getOpenOrders(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<FuturesOrder[]> {
  const lists = await Promise.all(scopesOf(instrument).map((scope) => readOpen(call, scope)))
  return lists.flat()
}

/** Throws `ORDER_NOT_FOUND` when the order is not open. */
export async function cancelOrder(
  call: Call,
  { instrument, orderId }: { instrument: Instrument; orderId: string },
): Promise<void> {
  requireOrderId(instrument, orderId)
  const triggerId = toTriggerId(orderId)
  if (triggerId === undefined) return call(cancellation, { instrument, orderId })
  const isCancelled = await unlessNotFound(
    call(triggerCancellation, { orderId: triggerId }).then(() => true),
  )
  if (isCancelled) return
  // Once triggered, only the order it became can be cancelled.
  const childId = await findChildId(call, triggerId)
  if (childId === undefined) throw notFound(instrument, orderId)
  return call(cancellation, { instrument, orderId: childId })
}

/** Plain and conditional. */
export async function cancelAllOrders(
  call: Call,
  { instrument }: { instrument: Instrument },
): Promise<void> {
  const [scope] = scopesOf(instrument)
  // Conditional orders first, and one by one: no call takes all of a symbol. What triggers meanwhile
  // lands in the store that is emptied last.
  const ids = scope ? await call(openStrategyIds, scope) : []
  for (const orderId of ids) await unlessNotFound(call(triggerCancellation, { orderId }))
  await unlessNotFound(call(cancellationOfAll, { instrument }))
}

async function readOpen(call: Call, scope: Scope): Promise<FuturesOrder[]> {
  // Conditional orders first: one that triggers in between is then seen at least once.
  const conditional = await call(openTriggers, scope)
  const { product, symbol } = scope
  const plain = await readAllPages(call, openOrders, { category: product.name, symbol })
  return [...conditional, ...plain]
}

/**
 * Nothing in an order tells that a strategy placed it but that the exchange made its client order
 * id. The strategies that changed when it was made are asked what they placed.
 */
async function underParent(
  call: Call,
  instrument: Instrument,
  order: FuturesOrder,
): Promise<FuturesOrder> {
  if (!isMadeByExchange(order.clientOrderId)) return order
  const filter = { category: productOf(instrument).name }
  const scope = { product: productOf(instrument), symbol: instrument.nativeSymbol }
  // What is open first: one that ends meanwhile is then seen twice, not missed.
  const open = await call(openTriggers, scope)
  const { rows } = await call(triggered, { filter, symbol: instrument.nativeSymbol })
  const near = [...open, ...rows].filter((strategy) => couldHavePlaced(strategy, order))
  for (const strategy of near.slice(0, MAX_PARENTS)) {
    const id = toTriggerId(strategy.orderId)
    const ids = id === undefined ? [] : await unlessNotFound(call(childIds, { orderId: id }))
    if (ids?.includes(order.orderId)) return become(strategy, order)
  }
  return order
}

const MAX_PARENTS = 10
/** Between a strategy's last change and the order that came of it. */
const NEAR_MS = 60_000

function couldHavePlaced(strategy: FuturesOrder, { side, createdAt = 0 }: FuturesOrder): boolean {
  const { status, updatedAt = 0 } = strategy
  return status === 'NEW' && strategy.side === side && Math.abs(updatedAt - createdAt) <= NEAR_MS
}

async function readTrigger(
  call: Call,
  instrument: Instrument,
  key: StrategyKey,
): Promise<FuturesOrder> {
  const found = await findTrigger(call, instrument, key)
  if (!found) throw notFound(instrument, Object.values(key).join())
  const triggerId = toTriggerId(found.orderId)
  if (found.status !== 'NEW' || triggerId === undefined) return found
  // Triggered, or about to: what it placed knows more, once it is there.
  const childId = await findChildId(call, triggerId)
  if (childId === undefined) return found
  const child = await unlessNotFound(call(orderInfo, { orderId: childId }))
  return child ? become(found, child) : found
}

/**
 * What is open is asked for first, so that an order which ends meanwhile is not missed. The history
 * is read back from now, page by page.
 */
async function findTrigger(
  call: Call,
  instrument: Instrument,
  key: StrategyKey,
): Promise<FuturesOrder | undefined> {
  const product = productOf(instrument)
  const open = await call(openTrigger, { product, symbol: instrument.nativeSymbol, key })
  if (open) return open
  const filter = { category: product.name }
  let from: string | undefined
  for (let count = 1; count <= MAX_PAGES; count++) {
    const page: Page<FuturesOrder> = await call(endedTrigger, { filter, from, key })
    const [ended] = page.rows
    if (ended) return ended
    if (page.next === undefined || page.next === from) return undefined
    from = page.next
  }
  return undefined
}

/** A thousand ended orders: what is older than those is as good as never seen. */
const MAX_PAGES = 10

async function findChildId(call: Call, triggerId: string): Promise<string | undefined> {
  const ids = await unlessNotFound(call(childIds, { orderId: triggerId }))
  return ids?.[0]
}
