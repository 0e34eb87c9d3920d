import { type Decimal, div, isZero } from '../../../core/decimal.ts'
import type { Engine, EngineConditional, EngineOrder, OrderRequest } from '../../engine/types.ts'
import { type Contract, findContract } from './contracts.ts'
import { averageText, priceText, quantityText, turnoverText } from './format.ts'
import { shownSide } from './legs.ts'
import { orderStatuses } from './tokens.ts'

// Orders as the venue shows them: docs/wire/binance.md 4.4 and 4.5.

type Shape = Record<string, unknown>

/** Answer to placing, amending and cancelling: without `avgPrice` and `cumQuote` since 2026-06. */
export function placedShape(engine: Engine, row: EngineOrder): Shape {
  const order = asShown(row)
  const contract = contractOf(order)
  const executed = quantityText(contract, order.executedQuantity)
  return {
    clientOrderId: order.clientOrderId,
    cumQty: executed,
    executedQty: executed,
    ...sharedShape(engine, contract, order),
  }
}

/** The answer of `newOrderRespType=ACK`: taken, whatever has become of it since. */
export function acknowledgedShape(engine: Engine, order: EngineOrder): Shape {
  const untouched: EngineOrder = { ...order, status: 'NEW', executedQuantity: '0' }
  return placedShape(engine, untouched)
}

/** The answer to an order that is only tried: it has no id and no time. */
export function testedShape(engine: Engine, accountId: string, request: OrderRequest): Shape {
  return placedShape(engine, {
    closePosition: false,
    marginMode: engine.marginMode(accountId, request.symbol),
    venueData: {},
    ...request,
    orderId: '0',
    accountId,
    status: 'NEW',
    executedQuantity: '0',
    executedNotional: '0',
    fee: '0',
    createdAt: 0,
    updatedAt: 0,
    sequence: 0,
  })
}

/** One order in a query or a list of open orders. */
export function queriedShape(engine: Engine, row: EngineOrder): Shape {
  const order = asShown(row)
  const contract = contractOf(order)
  return {
    avgPrice: averageText(contract, averagePrice(order)),
    clientOrderId: order.clientOrderId,
    cumQuote: turnoverText(contract, order.executedNotional),
    executedQty: quantityText(contract, order.executedQuantity),
    ...sharedShape(engine, contract, order),
    time: order.createdAt,
  }
}

/** One order in `allOrders`. */
export function historyShape(engine: Engine, order: EngineOrder): Shape {
  return { ...queriedShape(engine, order), pair: order.symbol, cumBase: '0' }
}

export function averagePrice(order: EngineOrder): Decimal {
  return isZero(order.executedQuantity) ? '0' : div(order.executedNotional, order.executedQuantity)
}

export function contractOf({ symbol }: { symbol: string }): Contract {
  const contract = findContract(symbol)
  if (!contract) throw new Error(`${symbol} is not listed`)
  return contract
}

/** A liquidation is shown as a limit order of the system's: docs/wire/binance.md 4.7. */
function asShown(order: EngineOrder): EngineOrder {
  if (order.venueData.liquidation !== true) return order
  const clientOrderId = `autoclose-${order.createdAt}`
  return { ...order, clientOrderId, type: 'LIMIT', price: averagePrice(order), timeInForce: 'IOC' }
}

function sharedShape(engine: Engine, contract: Contract, order: EngineOrder): Shape {
  const { venueData } = order
  return {
    orderId: Number(order.orderId),
    origQty: quantityText(contract, order.quantity),
    price: order.price === undefined ? '0' : priceText(contract, order.price),
    reduceOnly: order.reduceOnly,
    side: order.side,
    positionSide: shownSide(order),
    status: order.endReason === 'selfTrade' ? 'EXPIRED_IN_MATCH' : orderStatuses[order.status],
    closePosition: order.closePosition,
    symbol: order.symbol,
    timeInForce: order.type === 'MARKET' ? 'GTC' : order.timeInForce,
    type: order.type,
    updateTime: order.updatedAt,
    ...originShape(contract, order, originOf(engine, order)),
    priceMatch: venueData.priceMatch ?? 'NONE',
    selfTradePreventionMode: venueData.selfTradePreventionMode ?? 'EXPIRE_MAKER',
    goodTillDate: 0,
  }
}

function originOf(engine: Engine, order: EngineOrder): EngineConditional | undefined {
  const { accountId, conditionalId } = order
  return conditionalId === undefined ? undefined : engine.conditional(accountId, conditionalId)
}

/** What the child of a conditional order shows of it: docs/wire/binance.md 4.5 and 4.7. */
function originShape(
  contract: Contract,
  order: EngineOrder,
  origin: EngineConditional | undefined,
): Shape {
  if (!origin) {
    return {
      stopPrice: '0',
      origType: order.type,
      workingType: 'CONTRACT_PRICE',
      priceProtect: false,
    }
  }
  const { type, workingType, priceProtect, activatePrice, callbackRate } = origin.venueData
  const isTrailing = origin.kind === 'trailing'
  return {
    stopPrice: isTrailing ? '0' : priceText(contract, origin.triggerPrice),
    origType: type,
    workingType,
    priceProtect,
    ...(isTrailing && { activatePrice, priceRate: callbackRate }),
  }
}
