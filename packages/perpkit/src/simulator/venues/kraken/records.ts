import type { Engine, EngineConditional, EngineOrder } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import { textOf } from './fields.ts'
import { isUuid } from './ids.ts'
import { listRefusal, wordRefusal } from './replies.ts'

// Finding an order by either of its ids: plain and trigger orders share one space.

export interface OrderIds {
  orderId: string | undefined
  cliOrdId: string | undefined
}

/** How long the venue remembers an order that has ended: docs/wire/kraken.md 4.8. */
export const MEMORY_MS = 5_000

/** The ids of an instruction; `name` is `order_id` or `orderId`, as the call spells it. */
export function readIds(params: Params, name: 'order_id' | 'orderId'): OrderIds {
  const orderId = textOf(params, name)
  const cliOrdId = textOf(params, 'cliOrdId')
  if (orderId === undefined && cliOrdId === undefined) throw wordRefusal('requiredArgumentMissing')
  if (orderId !== undefined) requireUuid(orderId)
  return { orderId, cliOrdId }
}

export function requireUuid(text: string): void {
  if (!isUuid(text)) throw listRefusal(400, 11, `Invalid UUID string: ${text}`)
}

/** Whether the row is the one meant; the exchange's id decides when both are given. */
export function isMeant(ids: OrderIds, orderId: string, clientOrderId: string): boolean {
  if (ids.orderId !== undefined) return ids.orderId.toLowerCase() === orderId
  return ids.cliOrdId === clientOrderId && clientOrderId !== ''
}

export function findOpenOrder(
  engine: Engine,
  accountId: string,
  ids: OrderIds,
): EngineOrder | undefined {
  return engine
    .openOrders(accountId)
    .find(({ orderId, clientOrderId }) => isMeant(ids, orderId, clientOrderId))
}

export function findOpenConditional(
  engine: Engine,
  accountId: string,
  ids: OrderIds,
): EngineConditional | undefined {
  return engine
    .openConditionals(accountId)
    .find(({ conditionalId, clientOrderId }) => isMeant(ids, conditionalId, clientOrderId))
}

/** Orders that have ended within the venue's memory. */
export function recentlyEnded(engine: Engine, accountId: string): EngineOrder[] {
  const since = engine.now() - MEMORY_MS
  return engine
    .orders(accountId)
    .filter(({ status, updatedAt }) => isEnded(status) && updatedAt >= since)
}

export function isEnded(status: EngineOrder['status']): boolean {
  return status !== 'NEW' && status !== 'PARTIALLY_FILLED'
}
