import type { Call, Fields, OrderKey } from '../../../client/definition.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { isOpen } from '../../../model/tokens.ts'
import { become, notFound, requireOrderId, toTriggerId, unlessNotFound } from '../orderRow.ts'
import { readAllPages } from '../pages.ts'
import { productOf, type Scope, scopesOf } from '../symbols.ts'
import { cancellation, cancellationOfAll, openOrders, orderDetail, orderOrigin } from './orders.ts'
import type { PlanOrder } from './planRow.ts'
import { endedTriggers, openTriggers, triggerCancellation, triggerStores } from './triggers.ts'

// The three stores as one: plain orders, those that protect a position, those with a trigger.

/**
 * A conditional order that has triggered is told as the order it became, under its own id, whichever
 * of the two ids is asked for.
 */
export async function getOrder(call: Call, key: OrderKey): Promise<FuturesOrder> {
  const { instrument, orderId, clientOrderId } = key
  if (orderId !== undefined) {
    requireOrderId(instrument, orderId)
    const triggerId = toTriggerId(orderId)
    if (triggerId === undefined) return readPlain(call, instrument, orderId)
    return readTrigger(call, instrument, { orderId: triggerId })
  }
  if (clientOrderId === undefined) throw notFound(instrument, 'without an id')
  const plain = await unlessNotFound(call(orderDetail, { instrument, clientOrderId }))
  return plain ?? readTrigger(call, instrument, { clientOid: clientOrderId })
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
  const found = await findTrigger(call, instrument, { orderId: triggerId })
  if (found && isOpen(found.order.status) && found.childId === undefined) {
    const { planType } = found
    return call(triggerCancellation, { instrument, planType, orderIds: [triggerId] })
  }
  // Once triggered, only the order it became can be cancelled.
  if (found?.childId === undefined) throw notFound(instrument, orderId)
  return call(cancellation, { instrument, orderId: found.childId })
}

/** Plain and conditional. */
export async function cancelAllOrders(
  call: Call,
  { instrument }: { instrument: Instrument },
): Promise<void> {
  // Conditional orders first: what triggers meanwhile lands in the store that is emptied last.
  for (const [planType, orderIds] of await protectionOf(call, instrument)) {
    for (let i = 0; i < orderIds.length; i += MAX_CANCELS) {
      const some = orderIds.slice(i, i + MAX_CANCELS)
      await unlessNotFound(call(triggerCancellation, { instrument, planType, orderIds: some }))
    }
  }
  for (const planType of ['normal_plan', 'track_plan']) {
    await unlessNotFound(call(triggerCancellation, { instrument, planType }))
  }
  await unlessNotFound(call(cancellationOfAll, { instrument }))
}

/** The endpoint pages say 50, one error code and the best-practice page 20. */
const MAX_CANCELS = 20

async function readOpen(call: Call, { product, symbol }: Scope): Promise<FuturesOrder[]> {
  const filter = { productType: product.name, symbol }
  const orders: FuturesOrder[] = []
  // Conditional orders first: one that triggers in between is then seen at least once.
  for (const planType of triggerStores) {
    const plans = await readAllPages(call, openTriggers, { ...filter, planType })
    orders.push(...plans.map(({ order }) => order).filter(({ status }) => isOpen(status)))
  }
  orders.push(...(await readAllPages(call, openOrders, filter)))
  return orders
}

/** The order a trigger placed names only what kind of trigger: which one, the records of those tell. */
async function readPlain(
  call: Call,
  instrument: Instrument,
  orderId: string,
): Promise<FuturesOrder> {
  const { order, isChild } = await call(orderOrigin, { instrument, orderId })
  if (!isChild) return order
  for (const planType of triggerStores) {
    const filter: Fields = {
      productType: productOf(instrument).name,
      symbol: instrument.nativeSymbol,
      planType,
    }
    const { rows } = await call(endedTriggers, { filter })
    const parent = rows.find(({ childId }) => childId === orderId)
    if (parent) return become(parent.order, order)
  }
  // Too old for the first page of its kind.
  return order
}

async function readTrigger(
  call: Call,
  instrument: Instrument,
  id: { orderId: string } | { clientOid: string },
): Promise<FuturesOrder> {
  const found = await findTrigger(call, instrument, id)
  if (!found) throw notFound(instrument, Object.values(id).join())
  const { order, childId } = found
  if (childId === undefined) return order
  const child = await unlessNotFound(call(orderDetail, { instrument, orderId: childId }))
  return child ? become(order, child) : order
}

/**
 * An id does not tell its store. What is open is asked for first, so that an order which ends
 * meanwhile is not missed.
 */
export async function findTrigger(
  call: Call,
  instrument: Instrument,
  id: { orderId: string } | { clientOid: string },
): Promise<PlanOrder | undefined> {
  for (const planType of triggerStores) {
    const filter: Fields = {
      productType: productOf(instrument).name,
      symbol: instrument.nativeSymbol,
      planType,
      ...id,
    }
    for (const list of [openTriggers, endedTriggers]) {
      const { rows } = await call(list, { filter })
      const found = rows.find((plan) => isMeant(plan, id))
      if (found) return found
    }
  }
  return undefined
}

function isMeant({ order }: PlanOrder, id: { orderId: string } | { clientOid: string }): boolean {
  if ('clientOid' in id) return order.clientOrderId === id.clientOid
  return toTriggerId(order.orderId) === id.orderId
}

/** Ids of what protects the position, by native kind: a cancel of the wrong kind does nothing. */
async function protectionOf(call: Call, instrument: Instrument): Promise<Map<string, string[]>> {
  const plans = await readAllPages(call, openTriggers, {
    productType: productOf(instrument).name,
    symbol: instrument.nativeSymbol,
    planType: 'profit_loss',
  })
  const byKind = new Map<string, string[]>()
  for (const { planType, order } of plans) {
    const ids = byKind.get(planType) ?? []
    const id = toTriggerId(order.orderId)
    if (id !== undefined) byKind.set(planType, [...ids, id])
  }
  return byKind
}
