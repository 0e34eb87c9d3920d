import { add, type Decimal, equals, isGreater, isZero, mul, sub } from '../../../core/decimal.ts'
import type { EngineConditional, EngineFill, EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { pastOf, triggerPastOf } from './changes.ts'
import { trailingTrigger } from './conditionals.ts'
import { cancelReasonOf, isRejected } from './endings.ts'
import type { HistoryEvent } from './historyPages.ts'
import { accountUidOf } from './ids.ts'
import { listingOf } from './instruments.ts'

// What has happened to orders, told again from how they stand: docs/wire/kraken.md 4.8.

type Shape = Record<string, unknown>

/** Events of all plain orders. */
export function orderEvents({ accountId, engine }: Handling): HistoryEvent[] {
  const fills = engine.fills(accountId)
  return engine.orders(accountId).flatMap((order) =>
    eventsOf(
      order,
      fills.filter(({ orderId }) => orderId === order.orderId),
    ),
  )
}

/** Events of all trigger orders. */
export function triggerEvents({ accountId, engine }: Handling): HistoryEvent[] {
  return engine.conditionals(accountId).flatMap(eventsOfTrigger)
}

/** The inner order of the history; what is left and what is done at one moment. */
export function historyOrder(order: EngineOrder, filled: Decimal, updatedAt: number): Shape {
  return {
    uid: order.orderId,
    accountUid: accountUidOf(order.accountId),
    tradeable: listingOf(order.symbol).native,
    direction: order.side === 'BUY' ? 'Buy' : 'Sell',
    quantity: sub(order.quantity, filled),
    filled,
    timestamp: order.createdAt,
    limitPrice: order.price ?? order.worstPrice ?? '0',
    orderType: typeOf(order),
    clientId: order.clientOrderId,
    reduceOnly: order.reduceOnly,
    lastUpdateTimestamp: updatedAt,
  }
}

function eventsOf(order: EngineOrder, fills: readonly EngineFill[]): HistoryEvent[] {
  if (isRejected(order)) {
    const { error, history } = cancelReasonOf(order)
    const rejected = historyOrder(order, '0', order.createdAt)
    const event = { OrderRejected: { order: rejected, orderError: error, reason: history } }
    return [{ ...about(order, 'rejected', order.createdAt), kinds: ['closed'], event }]
  }
  const taken = takenOnArrival(order, fills)
  const first = stateBefore(order, 0)
  const neverRests = order.type === 'MARKET' || ['IOC', 'FOK'].includes(order.timeInForce)
  const placed = {
    order: historyOrder(first, taken.quantity, order.createdAt),
    reason: order.conditionalId === undefined ? 'new_user_order' : 'limit_order_from_stop',
    reducedQuantity: '',
    algoId: '',
  }
  const isDone = neverRests || isZero(sub(first.quantity, taken.quantity))
  const events: HistoryEvent[] = [
    {
      ...about(order, 'placed', order.createdAt),
      kinds: isDone ? ['opened', 'closed'] : ['opened'],
      event: { OrderPlaced: placed },
    },
    ...updatesOf(order, fills.slice(taken.fills), taken.quantity),
  ]
  if (order.status !== 'CANCELLED' && (order.status !== 'EXPIRED' || neverRests)) return events
  const cancelled = historyOrder(order, order.executedQuantity, order.updatedAt)
  const event = { OrderCancelled: { order: cancelled, reason: cancelReasonOf(order).history } }
  return [...events, { ...about(order, 'cancelled', order.updatedAt), kinds: ['closed'], event }]
}

/** What an order took from the book when it was placed. */
function takenOnArrival(
  order: EngineOrder,
  fills: readonly EngineFill[],
): { quantity: Decimal; fills: number } {
  const [edit] = pastOf(order)
  let quantity = '0'
  for (const [index, fill] of fills.entries()) {
    const next = add(quantity, fill.quantity)
    // What an edit has taken came later.
    if (fill.isMaker || (edit && isGreater(next, edit.filled))) return { quantity, fills: index }
    quantity = next
  }
  return { quantity, fills: fills.length }
}

/** Changes and fills since it was placed, in their order. */
function updatesOf(
  order: EngineOrder,
  fills: readonly EngineFill[],
  taken: Decimal,
): HistoryEvent[] {
  const past = pastOf(order)
  const events: HistoryEvent[] = []
  let filled = taken
  let edits = 0
  const tellEdits = (): void => {
    let next = past[edits]
    while (next && equals(next.filled, filled)) {
      events.push(editEvent(order, edits, filled))
      edits++
      next = past[edits]
    }
  }
  for (const fill of fills) {
    tellEdits()
    const then = stateBefore(order, edits)
    events.push(fillEvent(then, fill, filled))
    filled = add(filled, fill.quantity)
  }
  tellEdits()
  return events
}

function editEvent(order: EngineOrder, index: number, filled: Decimal): HistoryEvent {
  const at = pastOf(order)[index]?.at ?? order.updatedAt
  const update = {
    oldOrder: historyOrder(stateBefore(order, index), filled, at),
    newOrder: historyOrder(stateBefore(order, index + 1), filled, at),
    reason: 'edited_by_user',
    reducedQuantity: '',
  }
  return { ...about(order, `edited ${index}`, at), event: { OrderUpdated: update } }
}

function fillEvent(order: EngineOrder, fill: EngineFill, before: Decimal): HistoryEvent {
  const { fillId, timestamp } = fill
  const newOrder = historyOrder(order, add(before, fill.quantity), timestamp)
  const isFull = isZero(sub(order.quantity, add(before, fill.quantity)))
  const update = {
    oldOrder: historyOrder(order, before, timestamp),
    newOrder,
    reason: isFull ? 'full_fill' : 'partial_fill',
    reducedQuantity: '',
  }
  return {
    ...about(order, `updated ${fillId}`, timestamp),
    kinds: isFull ? ['closed'] : [],
    event: { OrderUpdated: update },
  }
}

/** The order as it was before that change of its owner; as it is after the last one. */
function stateBefore(order: EngineOrder, index: number): EngineOrder {
  const state = pastOf(order)[index]
  return state ? { ...order, quantity: state.quantity, price: state.price } : order
}

function about(
  { orderId, symbol }: Pick<EngineOrder, 'orderId' | 'symbol'>,
  name: string,
  timestamp: number,
): Omit<HistoryEvent, 'event'> {
  return {
    seed: `${name} ${orderId}`,
    timestamp,
    tradeable: listingOf(symbol).native,
    kinds: [],
  }
}

function eventsOfTrigger(conditional: EngineConditional): HistoryEvent[] {
  const { conditionalId: orderId, createdAt, status, symbol, triggeredAt, updatedAt } = conditional
  const meant = { orderId, symbol }
  const past = triggerPastOf(conditional)
  const order = triggerOrder(triggerBefore(conditional, 0), createdAt)
  const events: HistoryEvent[] = [
    {
      ...about(meant, 'placed', createdAt),
      kinds: ['opened'],
      event: { OrderTriggerPlaced: { order, reason: 'new_user_order' } },
    },
    ...past.map(({ at }, index) => {
      const update = {
        oldOrderTrigger: triggerOrder(triggerBefore(conditional, index), at),
        newOrderTrigger: triggerOrder(triggerBefore(conditional, index + 1), at),
        reason: 'edited_by_user',
      }
      return { ...about(meant, `edited ${index}`, at), event: { OrderTriggerUpdated: update } }
    }),
  ]
  if (triggeredAt !== undefined) {
    const event = { OrderTriggerActivated: { order: triggerOrder(conditional, triggeredAt) } }
    return [...events, { ...about(meant, 'activated', triggeredAt), kinds: ['closed'], event }]
  }
  if (status === 'WAITING') return events
  const reason = cancelReasonOf(conditional).history
  const event = { OrderTriggerCancelled: { order: triggerOrder(conditional, updatedAt), reason } }
  return [...events, { ...about(meant, 'cancelled', updatedAt), kinds: ['closed'], event }]
}

/** The trigger as it was before that change of its owner; as it is after the last one. */
function triggerBefore(conditional: EngineConditional, index: number): EngineConditional {
  const state = triggerPastOf(conditional)[index]
  if (!state) return conditional
  const { price, quantity, triggerPrice } = state
  return { ...conditional, quantity, triggerPrice, ...(!isZero(price) && { price }) }
}

function triggerOrder(conditional: EngineConditional, lastUpdateTimestamp: number): Shape {
  const { accountId, price, trailingDistance, trailingRate, triggerSource } = conditional
  return {
    uid: conditional.conditionalId,
    accountUid: accountUidOf(accountId),
    accountId: accountUidOf(accountId),
    tradeable: listingOf(conditional.symbol).native,
    direction: conditional.side === 'BUY' ? 'Buy' : 'Sell',
    quantity: conditional.quantity,
    filled: '0',
    timestamp: conditional.createdAt,
    limitPrice: price ?? '0',
    orderType: price === undefined ? 'IoC' : 'Limit',
    clientId: conditional.clientOrderId,
    reduceOnly: conditional.reduceOnly,
    lastUpdateTimestamp,
    triggerOptions: {
      triggerPrice: trailingTrigger(conditional),
      triggerSide: conditional.triggerDirection === 'rise' ? 'Above' : 'Below',
      triggerSignal: { mark: 'MarkPrice', index: 'SpotPrice', last: 'LastPrice' }[triggerSource],
      ...(conditional.kind === 'trailing' && {
        trailingStopOptions: {
          maxDeviation: trailingDistance ?? percentOf(trailingRate ?? '0'),
          unit: trailingDistance === undefined ? 'Percent' : 'QuoteCurrency',
        },
      }),
    },
  }
}

function percentOf(rate: Decimal): Decimal {
  return mul(rate, '100')
}

function typeOf(order: EngineOrder): string {
  if (order.venueData.liquidation === true) return 'Liquidation'
  if (order.type === 'MARKET') return order.conditionalId === undefined ? 'Market' : 'IoC'
  return { GTC: 'Limit', GTX: 'Post', IOC: 'IoC', FOK: 'FillOrKill' }[order.timeInForce]
}
