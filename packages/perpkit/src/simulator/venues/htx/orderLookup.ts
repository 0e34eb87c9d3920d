import type { EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'

/** What an order is asked for by; the order id wins. */
export interface OrderName {
  orderId: string | undefined
  clientId: string | undefined
}

/**
 * The order of that id, open or ended, or the open one of that client id: a client id stops
 * resolving once its order has ended, and after eight hours at the latest (docs/wire/htx.md 4.4).
 */
export function findOrder(
  { accountId, engine }: Handling,
  { orderId, clientId }: OrderName,
): EngineOrder | undefined {
  if (orderId !== undefined) return engine.order(accountId, orderId)
  const since = engine.now() - CLIENT_ID_LIFE_MS
  return engine
    .openOrders(accountId)
    .find((order) => clientIdOf(order) === clientId && order.createdAt >= since)
}

/**
 * The client id an order reads back: the one that was sent, else the order's own; of an order that a
 * conditional one became, the id of that one (docs/wire/htx.md 4.10).
 */
export function clientIdOf(order: EngineOrder): string {
  if (order.conditionalId !== undefined) return order.conditionalId
  return order.clientOrderId === '' ? order.orderId : order.clientOrderId
}

const CLIENT_ID_LIFE_MS = 8 * 3_600_000
