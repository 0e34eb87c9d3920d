import type { EngineConditional, EngineOrder } from '../../engine/types.ts'
import { isRefusal } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { orderShape, triggerShape } from './events.ts'
import { named } from './orderDraft.ts'
import {
  findOpenConditional,
  findOpenOrder,
  isMeant,
  type OrderIds,
  recentlyEnded,
} from './records.ts'
import type { Verdict } from './verdict.ts'

/** Cancels one order, plain or trigger: docs/wire/kraken.md 4.6. */
export function cancelOne(handling: Handling, ids: OrderIds): Verdict {
  const { accountId, engine } = handling
  const order = findOpenOrder(engine, accountId, ids)
  if (order) return cancelPlain(handling, order)
  const conditional = findOpenConditional(engine, accountId, ids)
  if (conditional) return cancelTrigger(handling, conditional)
  const filled = recentlyEnded(engine, accountId).find(
    ({ orderId, clientOrderId, status }) =>
      status === 'FILLED' && isMeant(ids, orderId, clientOrderId),
  )
  if (!filled) return { status: 'notFound', orderEvents: [] }
  return {
    status: 'filled',
    orderId: filled.orderId,
    ...named(filled.clientOrderId),
    orderEvents: [],
  }
}

export function cancelPlain({ accountId, engine }: Handling, order: EngineOrder): Verdict {
  const ended = engine.cancelOrder(accountId, order.orderId)
  if (isRefusal(ended)) return { status: 'notFound', orderEvents: [] }
  return {
    status: 'cancelled',
    orderId: ended.orderId,
    ...named(ended.clientOrderId),
    orderEvents: [{ type: 'CANCEL', uid: ended.orderId, order: orderShape(ended) }],
  }
}

export function cancelTrigger(
  { accountId, engine }: Handling,
  conditional: EngineConditional,
): Verdict {
  const ended = engine.cancelConditional(accountId, conditional.conditionalId)
  if (isRefusal(ended)) return { status: 'notFound', orderEvents: [] }
  return {
    status: 'cancelled',
    orderId: ended.conditionalId,
    ...named(ended.clientOrderId),
    orderEvents: [{ type: 'CANCEL', uid: ended.conditionalId, orderTrigger: triggerShape(ended) }],
  }
}
