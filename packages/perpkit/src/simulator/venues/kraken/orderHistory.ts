import { add, type Decimal, isZero, mul, sub, sum } from '../../../core/decimal.ts'
import type { EngineConditional, EngineFill, EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
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
  const taken = sum(fills.filter(({ isMaker }) => !isMaker).map(({ quantity }) => quantity))
  const neverRests = order.type === 'MARKET' || ['IOC', 'FOK'].includes(order.timeInForce)
  const placed = {
    order: historyOrder(order, taken, order.createdAt),
    reason: order.conditionalId === undefined ? 'new_user_order' : 'limit_order_from_stop',
    reducedQuantity: '',
    algoId: '',
  }
  const events: HistoryEvent[] = [
    {
      ...about(order, 'placed', order.createdAt),
      kinds: neverRests || isZero(sub(order.quantity, taken)) ? ['opened', 'closed'] : ['opened'],
      event: { OrderPlaced: placed },
    },
    ...updatesOf(order, fills, taken),
  ]
  if (order.status !== 'CANCELLED' && (order.status !== 'EXPIRED' || neverRests)) return events
  const cancelled = historyOrder(order, order.executedQuantity, order.updatedAt)
  const event = { OrderCancelled: { order: cancelled, reason: cancelReasonOf(order).history } }
  return [...events, { ...about(order, 'cancelled', order.updatedAt), kinds: ['closed'], event }]
}

/** What was filled while it rested. */
function updatesOf(
  order: EngineOrder,
  fills: readonly EngineFill[],
  taken: Decimal,
): HistoryEvent[] {
  let filled = taken
  return fills
    .filter(({ isMaker }) => isMaker)
    .map((fill) => {
      const oldOrder = historyOrder(order, filled, fill.timestamp)
      filled = add(filled, fill.quantity)
      const isFull = isZero(sub(order.quantity, filled))
      const newOrder = historyOrder(order, filled, fill.timestamp)
      const reason = isFull ? 'full_fill' : 'partial_fill'
      return {
        ...about(order, `updated ${fill.fillId}`, fill.timestamp),
        kinds: isFull ? ['closed'] : [],
        event: { OrderUpdated: { oldOrder, newOrder, reason, reducedQuantity: '' } },
      }
    })
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
  const order = triggerOrder(conditional, createdAt)
  const placed: HistoryEvent = {
    ...about(meant, 'placed', createdAt),
    kinds: ['opened'],
    event: { OrderTriggerPlaced: { order, reason: 'new_user_order' } },
  }
  if (triggeredAt !== undefined) {
    const event = { OrderTriggerActivated: { order: triggerOrder(conditional, triggeredAt) } }
    return [placed, { ...about(meant, 'activated', triggeredAt), kinds: ['closed'], event }]
  }
  if (status === 'WAITING') return [placed]
  const cancelled = { order: triggerOrder(conditional, updatedAt), reason: 'cancelled_by_user' }
  const event = { OrderTriggerCancelled: cancelled }
  return [placed, { ...about(meant, 'cancelled', updatedAt), kinds: ['closed'], event }]
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
