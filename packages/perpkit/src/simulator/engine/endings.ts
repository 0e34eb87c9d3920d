import { type Decimal, mul, negate, sub } from '../../core/decimal.ts'
import { releaseClientId } from './accounts.ts'
import { findEntry, removeEntry } from './book.ts'
import { fromCount } from './grid.ts'
import { closingSideOf, isSameLeg, positionOn } from './legs.ts'
import { changeExposure } from './margin.ts'
import { type Account, accountOf, contractOf, marketOf, type World } from './state.ts'
import { tellConditional, tellOrder } from './telling.ts'
import type {
  ConditionalStatus,
  EndReason,
  EngineConditional,
  EngineOrder,
  EngineOrderStatus,
  EngineSide,
  PositionLeg,
  PositionSide,
} from './types.ts'

export function isOpen(order: EngineOrder): boolean {
  return order.status === 'NEW' || order.status === 'PARTIALLY_FILLED'
}

/** Whether the order is bound to shrink a position: in hedge mode its sides alone say so. */
export function isReducing(order: {
  side: EngineSide
  positionSide?: PositionSide
  reduceOnly: boolean
  closePosition?: boolean
}): boolean {
  if (order.reduceOnly || order.closePosition === true) return true
  return order.positionSide !== undefined && order.side === closingSideOf(order.positionSide)
}

/** Ends an open order: out of the book, its margin and its client order id given back. */
export function endOrder(
  world: World,
  order: EngineOrder,
  status: EngineOrderStatus,
  reason?: EndReason,
): void {
  const account = accountOf(world, order.accountId)
  takeOffBook(world, account, order)
  order.status = status
  if (reason !== undefined) order.endReason = reason
  order.updatedAt = world.at
  account.openOrders.delete(order.orderId)
  if (isReducing(order)) world.unsettled.add(account.accountId)
  releaseClientId(world, account, 'plain', order.clientOrderId)
  // What was filled is told with its fill.
  if (status !== 'FILLED') tellOrder(world, 'ended', order)
}

/** Takes what rests of the order off the book; the order itself stays open. */
export function takeOffBook(world: World, account: Account, order: EngineOrder): void {
  const market = marketOf(world, order.symbol)
  const contract = contractOf(world, order.symbol)
  const entry = findEntry(market, order, contract)
  if (!entry || order.price === undefined) return
  removeEntry(market, order.side, entry)
  if (isReducing(order)) return
  const notional = mul(fromCount(entry.remaining, contract.steps), order.price)
  changeExposure(account, order, negate(notional))
}

export function endConditional(
  world: World,
  conditional: EngineConditional,
  status: ConditionalStatus,
  reason?: EndReason,
): void {
  const account = accountOf(world, conditional.accountId)
  conditional.status = status
  if (reason !== undefined) conditional.endReason = reason
  conditional.updatedAt = world.at
  account.waiting.delete(conditional.conditionalId)
  world.unsettled.add(account.accountId)
  marketOf(world, conditional.symbol).watches.delete(conditional.conditionalId)
  releaseClientId(world, account, 'conditional', conditional.clientOrderId)
  tellConditional(world, status === 'TRIGGERED' ? 'triggered' : 'ended', conditional)
}

/** Ends what was there to shrink a position that is gone or has turned over. */
export function endBoundOrders(world: World, account: Account, leg: PositionLeg): void {
  const position = positionOn(account, leg)
  const side = position && closingSideOf(position.side)
  for (const order of [...account.openOrders.values()]) {
    if (!isSameLeg(order, leg) || order.side === side || !isReducing(order)) continue
    endOrder(world, order, 'EXPIRED', 'reduceOnly')
  }
  for (const conditional of [...account.waiting.values()]) {
    if (!isSameLeg(conditional, leg) || conditional.side === side) continue
    if (isBound(world, conditional)) endConditional(world, conditional, 'EXPIRED', 'positionClosed')
  }
}

/** What of the order's quantity is not filled. */
export function remainingOf(order: EngineOrder): Decimal {
  return sub(order.quantity, order.executedQuantity)
}

function isBound(world: World, conditional: EngineConditional): boolean {
  if (conditional.closePosition || conditional.endsWithPosition === true) return true
  return world.rules.conditionalsEndWhenFlat && isReducing(conditional)
}
