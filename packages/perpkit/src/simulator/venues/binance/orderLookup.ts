import type { Engine, EngineConditional, EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'
import type { Sent } from './sent.ts'

// Which order a request means: docs/wire/binance.md 4.5, 4.6 and 4.7 (client id, cancel).

/** The names an order is called by; the first one wins. */
export interface OrderName {
  id: string | undefined
  clientId: string | undefined
}

/** `orderId` or `origClientOrderId`; -1102 without either. */
export function readOrderName(sent: Sent<'orderId' | 'origClientOrderId'>): OrderName {
  const id = sent.id('orderId')
  const clientId = sent.text('origClientOrderId')
  if (id === undefined && clientId === undefined) throw bothEmpty('origClientOrderId', 'orderId')
  return { id, clientId }
}

/** `algoId` or `clientAlgoId`; -1102 without either. */
export function readAlgoName(sent: Sent<'algoId' | 'clientAlgoId'>): OrderName {
  const id = sent.id('algoId')
  const clientId = sent.text('clientAlgoId')
  if (id === undefined && clientId === undefined) throw bothEmpty('clientAlgoId', 'algoId')
  return { id, clientId }
}

/** The order of that name and symbol; by client id the newest, because it may be used again. */
export function findOrder(
  { engine, accountId }: Handling,
  symbol: string,
  { id, clientId }: OrderName,
): EngineOrder | undefined {
  if (id === undefined) {
    return engine
      .orders(accountId)
      .findLast((order) => order.clientOrderId === clientId && order.symbol === symbol)
  }
  const order = engine.order(accountId, id)
  return order?.symbol === symbol ? order : undefined
}

export function findConditional(
  { engine, accountId }: Handling,
  { id, clientId }: OrderName,
): EngineConditional | undefined {
  if (id !== undefined) return engine.conditional(accountId, id)
  return engine
    .conditionals(accountId)
    .findLast((conditional) => conditional.clientOrderId === clientId)
}

export function isOpen({ status }: EngineOrder): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED'
}

/**
 * Whether queries still show it: ended without a fill for 3 days, anything for 90 days
 * (docs/wire/binance.md 4.5).
 */
export function isVisible(engine: Engine, order: EngineOrder): boolean {
  const isEmpty = order.status === 'CANCELLED' || order.status === 'EXPIRED'
  const days = isEmpty && Number(order.executedQuantity) === 0 ? 3 : 90
  return isOpen(order) || isYounger(engine, order.createdAt, days)
}

/** Whether the history of conditional orders still shows it: for 90 days, like that of orders. */
export function isRemembered(engine: Engine, { status, createdAt }: EngineConditional): boolean {
  return status === 'WAITING' || isYounger(engine, createdAt, 90)
}

export function isYounger(engine: Engine, timestamp: number, days: number): boolean {
  return engine.now() - timestamp <= days * DAY_MS
}

const DAY_MS = 86_400_000

function bothEmpty(first: string, second: string): Refused {
  return new Refused('-1102:either', first, second)
}
