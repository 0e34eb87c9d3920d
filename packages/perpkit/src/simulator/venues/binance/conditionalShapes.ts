import { isZero } from '../../../core/decimal.ts'
import type { Engine, EngineConditional, EngineOrder } from '../../engine/types.ts'
import type { Contract } from './contracts.ts'
import { averageText, priceText, quantityText } from './format.ts'
import { shownSide } from './legs.ts'
import { averagePrice, contractOf } from './orderShapes.ts'
import { conditionalStatuses } from './tokens.ts'

// Conditional orders as the venue shows them: docs/wire/binance.md 4.6.

type Shape = Record<string, unknown>

/** Answer to placing. */
export function placedConditionalShape(conditional: EngineConditional): Shape {
  const { activatePrice, callbackRate } = conditional.venueData
  return { ...commonShape(conditional, 'NEW'), activatePrice, callbackRate }
}

/** One conditional order in a query. */
export function queriedConditionalShape(engine: Engine, conditional: EngineConditional): Shape {
  const contract = contractOf(conditional)
  const child = childOf(engine, conditional)
  return {
    ...commonShape(conditional, algoStatus(conditional, child)),
    actualOrderId: child?.orderId ?? '',
    actualPrice: averageText(contract, child ? averagePrice(child) : '0'),
    ...(child && childShape(contract, child)),
  }
}

/** One conditional order in a list, with the fields of orders that nobody can place here. */
export function listedConditionalShape(engine: Engine, conditional: EngineConditional): Shape {
  const zero = priceText(contractOf(conditional), '0')
  return {
    ...queriedConditionalShape(engine, conditional),
    tpTriggerPrice: zero,
    tpPrice: zero,
    slTriggerPrice: zero,
    slPrice: zero,
    tpOrderType: '',
  }
}

function commonShape(conditional: EngineConditional, status: string): Shape {
  const contract = contractOf(conditional)
  const { venueData, quantity, price } = conditional
  const isMatched = venueData.priceMatch !== 'NONE'
  return {
    algoId: Number(conditional.conditionalId),
    clientAlgoId: conditional.clientOrderId,
    algoType: 'CONDITIONAL',
    orderType: venueData.type,
    symbol: conditional.symbol,
    side: conditional.side,
    positionSide: shownSide(conditional),
    timeInForce: venueData.timeInForce,
    quantity: isZero(quantity) ? '0' : quantityText(contract, quantity),
    algoStatus: status,
    triggerPrice:
      conditional.kind === 'trailing' ? '0' : priceText(contract, conditional.triggerPrice),
    // Of a price that is looked up nothing is known before it triggers.
    price: price === undefined || isMatched ? '0' : priceText(contract, price),
    icebergQuantity: null,
    selfTradePreventionMode: venueData.selfTradePreventionMode,
    workingType: venueData.workingType,
    priceMatch: venueData.priceMatch,
    closePosition: conditional.closePosition,
    priceProtect: venueData.priceProtect,
    reduceOnly: conditional.reduceOnly,
    createTime: conditional.createdAt,
    updateTime: conditional.updatedAt,
    triggerTime: conditional.triggeredAt ?? 0,
    goodTillDate: 0,
  }
}

function childOf(
  engine: Engine,
  { accountId, orderId }: EngineConditional,
): EngineOrder | undefined {
  return orderId === undefined ? undefined : engine.order(accountId, orderId)
}

function algoStatus(conditional: EngineConditional, child: EngineOrder | undefined): string {
  const hasEnded = child && child.status !== 'NEW' && child.status !== 'PARTIALLY_FILLED'
  if (conditional.status === 'TRIGGERED' && hasEnded) return 'FINISHED'
  return conditionalStatuses[conditional.status]
}

function childShape(contract: Contract, child: EngineOrder): Shape {
  return {
    actualType: child.type,
    actualQty: quantityText(contract, child.executedQuantity),
  }
}
