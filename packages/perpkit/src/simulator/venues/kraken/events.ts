import { add, type Decimal, isZero, sub } from '../../../core/decimal.ts'
import type { EngineConditional, EngineFill, EngineOrder } from '../../engine/types.ts'
import { trailingTrigger } from './conditionals.ts'
import { uuidOf } from './ids.ts'
import { listingOf } from './instruments.ts'
import { iso, num } from './numbers.ts'

// Order events, as answers to orders carry them: docs/wire/kraken.md 4.5 and 4.6.

type OrderShape = Record<string, unknown>

/** `lmt`, `post`, `ioc` or `fok`; a market order shows as `ioc`. */
function eventTypeOf(order: Pick<EngineOrder, 'type' | 'timeInForce'>): string {
  if (order.type === 'MARKET') return 'ioc'
  return { GTC: 'lmt', GTX: 'post', IOC: 'ioc', FOK: 'fok' }[order.timeInForce]
}

/** An order as it is, or as it was when `filled` of it had been executed. */
export function orderShape(
  order: EngineOrder,
  filled: Decimal = order.executedQuantity,
): OrderShape {
  const isNow = filled === order.executedQuantity
  return {
    orderId: order.orderId,
    cliOrdId: order.clientOrderId === '' ? null : order.clientOrderId,
    type: eventTypeOf(order),
    symbol: listingOf(order.symbol).native,
    side: order.side === 'BUY' ? 'buy' : 'sell',
    quantity: num(sub(order.quantity, filled)),
    filled: num(filled),
    limitPrice: limitPriceOf(order),
    reduceOnly: order.reduceOnly,
    timestamp: iso(order.createdAt),
    lastUpdateTimestamp: iso(isNow ? order.updatedAt : order.createdAt),
  }
}

/** A conditional order that waits. */
export function triggerShape(conditional: EngineConditional): OrderShape {
  const { triggerDirection, triggerSource } = conditional
  return {
    uid: conditional.conditionalId,
    clientId: conditional.clientOrderId === '' ? null : conditional.clientOrderId,
    type: conditional.orderType === 'MARKET' ? 'ioc' : 'lmt',
    symbol: listingOf(conditional.symbol).native,
    side: conditional.side === 'BUY' ? 'buy' : 'sell',
    quantity: num(conditional.quantity),
    limitPrice: conditional.price === undefined ? null : num(conditional.price),
    triggerPrice: num(trailingTrigger(conditional)),
    triggerSide: triggerDirection === 'rise' ? 'trigger_above' : 'trigger_below',
    triggerSignal: { mark: 'mark_price', index: 'spot_price', last: 'last_price' }[triggerSource],
    reduceOnly: conditional.reduceOnly,
    timestamp: iso(conditional.createdAt),
    lastUpdateTimestamp: iso(conditional.updatedAt),
    startTime: null,
  }
}

/** One event an execution; `before`: what had been executed when the first of them came. */
export function executionEvents(
  order: EngineOrder,
  fills: readonly EngineFill[],
  context: { before: Decimal; cut?: Decimal | undefined; priorEdit?: OrderShape },
): Record<string, unknown>[] {
  let filled = context.before
  return fills.map((fill) => {
    const event = {
      type: 'EXECUTION',
      executionId: fill.fillId,
      price: num(fill.price),
      amount: num(fill.quantity),
      orderPriorEdit: context.priorEdit ?? null,
      orderPriorExecution: orderShape(order, filled),
      takerReducedQuantity: cutShape(context.cut),
    }
    filled = add(filled, fill.quantity)
    return event
  })
}

export function placeEvent(order: EngineOrder, cut?: Decimal): Record<string, unknown> {
  return { type: 'PLACE', order: orderShape(order), reducedQuantity: cutShape(cut) }
}

/** `seed` tells apart what is refused without ever having been an order. */
export function rejectEvent(order: OrderShape, reason: string, seed: string): OrderShape {
  return { type: 'REJECT', uid: uuidOf(`reject ${seed}`), order, reason }
}

export function cutShape(cut: Decimal | undefined): number | null {
  return cut === undefined || isZero(cut) ? null : num(cut)
}

/** A market order shows its protection price. */
export function limitPriceOf(order: EngineOrder): number {
  return num(order.price ?? order.worstPrice ?? '0')
}
