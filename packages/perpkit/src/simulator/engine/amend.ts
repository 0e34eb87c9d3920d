import { isGreater, mul } from '../../core/decimal.ts'
import { limitOf } from './admission.ts'
import { findEntry, insertEntry } from './book.ts'
import { endOrder, isReducing, remainingOf, takeOffBook } from './endings.ts'
import { fromCount, toCount } from './grid.ts'
import { legFrom } from './legs.ts'
import { changeExposure, checkMargin } from './margin.ts'
import { previewFill } from './matching.ts'
import { workOrder } from './orders.ts'
import { fitReduceOnly } from './reduceOnly.ts'
import { type Account, accountOf, contractOf, marketOf, nextSequence, type World } from './state.ts'
import { tellOrder } from './telling.ts'
import { type AmendRequest, type EngineOrder, isRefusal, type Refusal } from './types.ts'

/** Ends an order that rests. */
export function cancelOrder(
  world: World,
  accountId: string,
  orderId: string,
): EngineOrder | Refusal {
  const order = accountOf(world, accountId).openOrders.get(orderId)
  if (!order) return { refused: 'orderNotFound', details: { orderId } }
  endOrder(world, order, 'CANCELLED', 'user')
  return order
}

/**
 * Changes an order that rests. It keeps its place only when nothing but its quantity shrinks; a
 * quantity that is filled already, or a post-only price that would trade, ends it.
 */
export function amendOrder(
  world: World,
  accountId: string,
  orderId: string,
  change: AmendRequest,
): EngineOrder | Refusal {
  const account = accountOf(world, accountId)
  const order = account.openOrders.get(orderId)
  if (order?.price === undefined) return { refused: 'orderNotFound', details: { orderId } }
  if (!marketOf(world, order.symbol).isTrading) {
    return { refused: 'marketClosed', details: { symbol: order.symbol } }
  }
  const { ticks } = contractOf(world, order.symbol)
  const price = fromCount(toCount(change.price ?? order.price, ticks), ticks)
  const quantity = change.quantity ?? order.quantity
  if (!isGreater(quantity, order.executedQuantity)) {
    endOrder(world, order, 'CANCELLED', 'user')
    return order
  }
  const fit = fitChange(world, account, order, { price, quantity })
  if (isRefusal(fit)) return fit
  for (const displaced of fit.displaced) endOrder(world, displaced, 'EXPIRED', 'reduceOnly')
  if (change.venueData) order.venueData = { ...change.venueData }
  if (isReducing(order)) world.unsettled.add(accountId)
  const keepsPlace = price === order.price && !isGreater(fit.quantity, order.quantity)
  if (keepsPlace) shrink(world, account, order, fit.quantity)
  else replace(world, account, order, { price, quantity: fit.quantity })
  return order
}

interface Change {
  price: string
  quantity: string
}

/** Position and margin for the order as it would be; its own place in the book does not count. */
function fitChange(
  world: World,
  account: Account,
  order: EngineOrder,
  change: Change,
): { quantity: string; displaced: EngineOrder[] } | Refusal {
  const { ticks, steps } = contractOf(world, order.symbol)
  const executed = toCount(order.executedQuantity, steps)
  const wanted = toCount(change.quantity, steps) - executed
  const leg = legFrom(order)
  const { side } = order
  const tick = toCount(change.price, ticks)
  if (isReducing(order)) {
    const fit = fitReduceOnly(world, account, { ...leg, side, steps: wanted, tick, itself: order })
    if (isRefusal(fit)) return fit
    return { quantity: fromCount(executed + fit.steps, steps), displaced: fit.displaced }
  }
  const refusal = checkMargin(world, account, {
    leg,
    side,
    quantity: fromCount(wanted, steps),
    price: change.price,
    replaces: mul(remainingOf(order), order.price ?? '0'),
  })
  return refusal ?? { quantity: change.quantity, displaced: [] }
}

function shrink(world: World, account: Account, order: EngineOrder, quantity: string): void {
  const market = marketOf(world, order.symbol)
  const contract = contractOf(world, order.symbol)
  const entry = findEntry(market, order, contract)
  if (!entry || order.price === undefined) return
  takeOffBook(world, account, order)
  order.quantity = quantity
  order.updatedAt = world.at
  tellOrder(world, 'amended', order)
  const remaining = remainingOf(order)
  insertEntry(market, order.side, { ...entry, remaining: toCount(remaining, contract.steps) })
  if (isReducing(order)) return
  changeExposure(account, order, mul(remaining, order.price))
}

function replace(world: World, account: Account, order: EngineOrder, change: Change): void {
  takeOffBook(world, account, order)
  order.price = change.price
  order.quantity = change.quantity
  order.updatedAt = world.at
  order.sequence = nextSequence(world)
  if (order.timeInForce === 'GTX' && wouldTrade(world, order)) {
    endOrder(world, order, 'CANCELLED', 'wouldTakeLiquidity')
    return
  }
  tellOrder(world, 'amended', order)
  workOrder(world, account, order)
}

function wouldTrade(world: World, order: EngineOrder): boolean {
  const { accountId, symbol, side } = order
  const limit = limitOf(world, order)
  return previewFill(world, { accountId, symbol, side, steps: 1, limit }).steps > 0
}
