import { type EngineOrder, isRefusal } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { clientIdOf } from './clientIds.ts'
import { refused, refusedByEngine } from './errors.ts'

export interface OrderIds {
  orderId: string | undefined
  clientOid: string | undefined
}

/** The order of that id, or else the latest of that client id. */
export function findOrder({ accountId, engine }: Handling, ids: OrderIds): EngineOrder | undefined {
  const { clientOid, orderId } = ids
  if (orderId !== undefined) return engine.order(accountId, orderId)
  return engine.orders(accountId).findLast((order) => clientIdOf(order) === clientOid)
}

/** Refuses a call that names no order. */
export function checkIds(handling: Handling, ids: OrderIds): void {
  if (ids.orderId === undefined && ids.clientOid === undefined) throw refused(handling, 'idMissing')
}

export function isOpen(order: EngineOrder): boolean {
  return order.status === 'NEW' || order.status === 'PARTIALLY_FILLED'
}

/** Cancels the order named; one that has ended is refused in other words than an unknown one. */
export function cancelOne(
  handling: Handling,
  ids: OrderIds,
  symbol: string | undefined,
): { orderId: string; clientOid: string } {
  checkIds(handling, ids)
  const order = findOrder(handling, ids)
  if (!order || (symbol !== undefined && order.symbol !== symbol)) {
    throw refused(handling, 'orderUnknown')
  }
  if (!isOpen(order)) throw refused(handling, 'finishedOnCancel')
  return cancelOpen(handling, order)
}

export function cancelOpen(
  handling: Handling,
  order: EngineOrder,
): { orderId: string; clientOid: string } {
  const cancelled = handling.engine.cancelOrder(handling.accountId, order.orderId)
  if (isRefusal(cancelled)) throw refusedByEngine(handling, cancelled)
  return { orderId: order.orderId, clientOid: clientIdOf(order) }
}
