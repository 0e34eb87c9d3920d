import { isZero, mul, sub } from '../../../../core/decimal.ts'
import type { Engine, EngineConditional, EngineOrder } from '../../../engine/types.ts'
import type { PayloadObject } from '../../../server/socketTypes.ts'
import { trailingTrigger } from '../conditionals.ts'
import { listingOf } from '../instruments.ts'
import { num } from '../numbers.ts'

// Orders and triggers as the private feeds carry them: docs/wire/kraken.md 8.4.

/** `0` stands for no price. */
export function orderRow(engine: Engine, order: EngineOrder): PayloadObject {
  return {
    instrument: listingOf(order.symbol).native,
    time: order.createdAt,
    last_update_time: order.updatedAt,
    qty: num(sub(order.quantity, order.executedQuantity)),
    filled: num(order.executedQuantity),
    limit_price: num(order.price ?? order.worstPrice ?? '0'),
    stop_price: 0,
    type: orderTypeOf(order),
    ...idsOf(order.orderId, order),
    direction: order.side === 'BUY' ? 0 : 1,
    reduce_only: order.reduceOnly,
    ...leverageOf(engine, order),
  }
}

export function triggerRow(engine: Engine, conditional: EngineConditional): PayloadObject {
  const { kind, price, trailingDistance, trailingRate, triggerSource } = conditional
  return {
    instrument: listingOf(conditional.symbol).native,
    time: conditional.createdAt,
    last_update_time: conditional.updatedAt,
    qty: num(conditional.quantity),
    filled: 0,
    limit_price: num(price ?? '0'),
    stop_price: num(trailingTrigger(conditional)),
    type: { stop: 'stop', takeProfit: 'take_profit', trailing: 'trailing_stop' }[kind],
    ...idsOf(conditional.conditionalId, conditional),
    direction: conditional.side === 'BUY' ? 0 : 1,
    reduce_only: conditional.reduceOnly,
    triggerSignal: triggerSource === 'index' ? 'spot' : triggerSource,
    ...(kind === 'trailing' && {
      trailing_stop_options: {
        max_deviation: num(trailingDistance ?? mul(trailingRate ?? '0', '100')),
        unit: trailingDistance === undefined ? 'percent' : 'quote_currency',
      },
    }),
    ...leverageOf(engine, conditional),
  }
}

/** Its owner's id only when there is one. */
export function idsOf(id: string, { clientOrderId }: { clientOrderId: string }): PayloadObject {
  return { order_id: id, ...(clientOrderId !== '' && { cli_ord_id: clientOrderId }) }
}

/** The type as these feeds spell it: docs/wire/kraken.md 5.1. */
export function orderTypeOf(order: EngineOrder): string {
  if (order.venueData.liquidation === true) return 'liquidation'
  if (order.type === 'MARKET') return order.conditionalId === undefined ? 'market' : 'ioc'
  return { GTC: 'limit', GTX: 'limit', IOC: 'ioc', FOK: 'fillOrKill' }[order.timeInForce]
}

/** Whether an order of that kind can come to rest in the book. */
export function canRest({ timeInForce, type }: EngineOrder): boolean {
  return type === 'LIMIT' && (timeInForce === 'GTC' || timeInForce === 'GTX')
}

export function isFilled({ executedQuantity, quantity }: EngineOrder): boolean {
  return isZero(sub(quantity, executedQuantity))
}

/** Only where margin is isolated. */
function leverageOf(
  engine: Engine,
  { accountId, marginMode, symbol }: EngineOrder | EngineConditional,
): PayloadObject {
  if (marginMode !== 'ISOLATED') return {}
  return { max_fixed_leverage: engine.leverage(accountId, symbol, { marginMode }) }
}
