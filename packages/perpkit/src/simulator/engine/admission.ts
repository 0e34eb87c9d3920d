import { isPositive } from '../../core/decimal.ts'
import { checkClientId } from './accounts.ts'
import { isReducing } from './endings.ts'
import { ceilCount, floorCount, fromCount, toCount } from './grid.ts'
import { legFrom } from './legs.ts'
import { checkMargin, markPriceOf } from './margin.ts'
import { type Preview, previewFill } from './matching.ts'
import { checkPositionSide, marginModeOf } from './modes.ts'
import { fitReduceOnly } from './reduceOnly.ts'
import { type Account, contractOf, marketOf, type World } from './state.ts'
import {
  type EndReason,
  type EngineOrder,
  isRefusal,
  type OrderRequest,
  type PositionLeg,
  type Refusal,
} from './types.ts'

/** An order with the margin mode it will have. */
export type PlainRequest = OrderRequest & PositionLeg

/** An order that may exist. */
export interface Admission {
  /** With price and quantity in plain form; a reduce-only quantity is cut to the position. */
  request: PlainRequest
  /** Resting reduce-only orders that no longer fit behind it. */
  displaced: EngineOrder[]
  /** It is accepted and ends at once, for this reason. */
  endsAs?: EndReason
}

/**
 * All that can be said against an order before it exists. What a conditional order becomes keeps its
 * client order id and its place among the open orders.
 */
export function admit(
  world: World,
  account: Account,
  given: OrderRequest,
  isTriggered: boolean,
): Admission | Refusal {
  const asked = inPlainForm(world, account, given)
  const refusal = checkStanding(world, account, asked, isTriggered)
  if (refusal) return refusal
  const fit = fitPosition(world, account, asked)
  if (isRefusal(fit)) return fit
  const { request, displaced } = fit
  const { symbol, side } = request
  const steps = toCount(request.quantity, contractOf(world, symbol).steps)
  const limit = limitOf(world, request)
  const preview = previewFill(world, { accountId: account.accountId, symbol, side, steps, limit })
  const short = isReducing(request) ? undefined : checkCost(world, account, request, preview)
  if (short) return short
  const verdict = judgeLiquidity(world, request, preview.steps, steps)
  if (!verdict) return { request, displaced }
  return isRefusal(verdict) ? verdict : { request, displaced, endsAs: verdict.endsAs }
}

/** The last tick at which the order may trade; a worst price need not lie on a tick. */
export function limitOf(
  world: World,
  order: Pick<OrderRequest, 'symbol' | 'side' | 'price' | 'worstPrice'>,
): number | undefined {
  const { ticks } = contractOf(world, order.symbol)
  if (order.price !== undefined) return toCount(order.price, ticks)
  if (order.worstPrice === undefined) return undefined
  return order.side === 'BUY'
    ? floorCount(order.worstPrice, ticks)
    : ceilCount(order.worstPrice, ticks)
}

/** Throws for what a venue must have seen to: mistakes of ours, not of whoever sent the order. */
function inPlainForm(world: World, account: Account, given: OrderRequest): PlainRequest {
  const { ticks, steps } = contractOf(world, given.symbol)
  if (!isPositive(given.quantity)) throw new RangeError(`quantity ${given.quantity}`)
  if ((given.type === 'LIMIT') !== (given.price !== undefined)) {
    throw new RangeError(`a ${given.type} order with price ${given.price}`)
  }
  const quantity = fromCount(toCount(given.quantity, steps), steps)
  const marginMode = given.marginMode ?? marginModeOf(account, given.symbol)
  if (given.price === undefined) return { ...given, marginMode, quantity }
  return { ...given, marginMode, quantity, price: fromCount(toCount(given.price, ticks), ticks) }
}

function checkStanding(
  world: World,
  account: Account,
  request: OrderRequest,
  isTriggered: boolean,
): Refusal | undefined {
  const { symbol, clientOrderId } = request
  if (!marketOf(world, symbol).isTrading) return { refused: 'marketClosed', details: { symbol } }
  if (isTriggered) return undefined
  return (
    checkPositionSide(account, request) ??
    checkClientId(world, account, 'plain', clientOrderId) ??
    checkCap(world, account, request)
  )
}

function checkCap(world: World, account: Account, request: OrderRequest): Refusal | undefined {
  if (request.type === 'MARKET') return undefined
  let open = 0
  for (const order of account.openOrders.values()) if (order.symbol === request.symbol) open++
  if (open < world.rules.maxOpenOrders) return undefined
  return { refused: 'tooManyOrders', details: { limit: String(world.rules.maxOpenOrders) } }
}

function fitPosition(
  world: World,
  account: Account,
  request: PlainRequest,
): { request: PlainRequest; displaced: EngineOrder[] } | Refusal {
  if (!isReducing(request)) return { request, displaced: [] }
  const { ticks, steps } = contractOf(world, request.symbol)
  const fit = fitReduceOnly(world, account, {
    ...legFrom(request),
    side: request.side,
    steps: toCount(request.quantity, steps),
    tick: request.price === undefined ? undefined : toCount(request.price, ticks),
  })
  if (isRefusal(fit)) return fit
  return {
    request: { ...request, quantity: fromCount(fit.steps, steps) },
    displaced: fit.displaced,
  }
}

/** Margin at the order's own price, or at the worst price a market order would trade at. */
function checkCost(
  world: World,
  account: Account,
  request: PlainRequest,
  preview: Preview,
): Refusal | undefined {
  const { symbol, side, quantity } = request
  const contract = contractOf(world, symbol)
  const reached = preview.worst === undefined ? undefined : fromCount(preview.worst, contract.ticks)
  const price =
    request.price ?? reached ?? request.worstPrice ?? markPriceOf(contract, marketOf(world, symbol))
  return checkMargin(world, account, { leg: request, side, quantity, price })
}

/** Whether the venue refuses or ends the order for what the book holds now. */
function judgeLiquidity(
  world: World,
  request: OrderRequest,
  fillable: number,
  wanted: number,
): Refusal | { endsAs: EndReason } | undefined {
  const { rules } = world
  const details = { symbol: request.symbol, quantity: request.quantity }
  if (request.type === 'MARKET') {
    if (fillable > 0) return undefined
    return rules.noLiquidity === 'end'
      ? { endsAs: 'noLiquidity' }
      : { refused: 'noLiquidity', details }
  }
  if (request.timeInForce === 'GTX' && fillable > 0) {
    return rules.postOnlyCrossing === 'end'
      ? { endsAs: 'wouldTakeLiquidity' }
      : { refused: 'wouldTakeLiquidity', details }
  }
  if (request.timeInForce === 'FOK' && fillable < wanted) {
    return rules.fillOrKillShort === 'end'
      ? { endsAs: 'notFillable' }
      : { refused: 'notFillable', details }
  }
  return undefined
}
