import { mul } from '../../core/decimal.ts'
import { holdClientId } from './accounts.ts'
import { admit, limitOf, type PlainRequest } from './admission.ts'
import { insertEntry } from './book.ts'
import { endOrder, isOpen, isReducing, remainingOf } from './endings.ts'
import { toCount } from './grid.ts'
import { changeExposure } from './margin.ts'
import { takeOffers } from './matching.ts'
import {
  type Account,
  accountOf,
  contractOf,
  hexOf,
  marketOf,
  nextSequence,
  type World,
} from './state.ts'
import { tellOrder } from './telling.ts'
import {
  type EngineConditional,
  type EngineOrder,
  isRefusal,
  type OrderRequest,
  type Refusal,
} from './types.ts'

/**
 * Accepts an order, fills what it can and lets the rest rest or end; or refuses it. `origin` is the
 * conditional order it is what has become of.
 */
export function submitOrder(
  world: World,
  accountId: string,
  request: OrderRequest,
  origin?: EngineConditional,
): EngineOrder | Refusal {
  const account = accountOf(world, accountId)
  const admitted = admit(world, account, request, origin !== undefined)
  if (isRefusal(admitted)) return admitted
  const order = openOrder(world, account, admitted.request, origin)
  for (const displaced of admitted.displaced) endOrder(world, displaced, 'EXPIRED', 'reduceOnly')
  if (request.isStale) endOrder(world, order, 'CANCELLED', 'user')
  else if (admitted.endsAs) endOrder(world, order, 'EXPIRED', admitted.endsAs)
  else workOrder(world, account, order)
  return order
}

/** Meets the book with what is left of an open order, then rests or ends it by its time in force. */
export function workOrder(world: World, account: Account, order: EngineOrder): void {
  const { ticks, steps } = contractOf(world, order.symbol)
  takeOffers(world, order, limitOf(world, order))
  if (!isOpen(order)) return
  if (order.price === undefined || order.timeInForce === 'IOC' || order.timeInForce === 'FOK') {
    endOrder(world, order, 'EXPIRED', 'noLiquidity')
    return
  }
  const remaining = remainingOf(order)
  insertEntry(marketOf(world, order.symbol), order.side, {
    orderId: order.orderId,
    accountId: account.accountId,
    tick: toCount(order.price, ticks),
    remaining: toCount(remaining, steps),
    sequence: order.sequence,
  })
  if (isReducing(order)) return
  changeExposure(account, order, mul(remaining, order.price))
}

/** A new open order; it has not met the book yet. */
export function openOrder(
  world: World,
  account: Account,
  request: PlainRequest,
  origin?: EngineConditional,
): EngineOrder {
  const order: EngineOrder = {
    orderId: orderIdFor(world, origin),
    accountId: account.accountId,
    clientOrderId: request.clientOrderId,
    symbol: request.symbol,
    side: request.side,
    ...(request.positionSide && { positionSide: request.positionSide }),
    marginMode: request.marginMode,
    type: request.type,
    quantity: request.quantity,
    ...(request.price !== undefined && { price: request.price }),
    ...(request.worstPrice !== undefined && { worstPrice: request.worstPrice }),
    timeInForce: request.timeInForce,
    reduceOnly: request.reduceOnly,
    closePosition: request.closePosition ?? false,
    ...(request.isAttached && { isAttached: true }),
    status: 'NEW',
    executedQuantity: '0',
    executedNotional: '0',
    fee: '0',
    ...(origin && { conditionalId: origin.conditionalId }),
    createdAt: world.at,
    updatedAt: world.at,
    sequence: nextSequence(world),
    venueData: { ...request.venueData },
  }
  account.orders.push(order)
  account.orderById.set(order.orderId, order)
  account.openOrders.set(order.orderId, order)
  if (isReducing(order)) world.unsettled.add(account.accountId)
  holdClientId(world, account, 'plain', order.clientOrderId)
  tellOrder(world, 'placed', order)
  return order
}

function orderIdFor(world: World, conditional: EngineConditional | undefined): string {
  if (conditional && world.rules.triggeredKeepsId) return conditional.conditionalId
  world.state.orderNumber++
  return world.rules.makeOrderId(world.state.orderNumber, hexOf(world))
}
