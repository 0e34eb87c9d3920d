import type { Call, OrderKey } from '../../client/definition.ts'
import { OrderNotFoundError, PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { openOrders, openOrdersCancel, orderCancel, orderQuery, type RegularKey } from './orders.ts'
import { conditionalTypes } from './tokens.ts'
import {
  type AlgoKey,
  algoOrderCancel,
  algoOrderQuery,
  type ConditionalOrder,
  openAlgoOrders,
  openAlgoOrdersCancel,
  toAlgoId,
} from './triggers.ts'

// The regular book and the algo service as one. A cancel or a question that reaches the wrong one
// is answered "not found", so whatever may be in either is looked for in both.

/** A conditional order that has triggered is told as the order it became, under its own id. */
export async function getOrder(
  call: Call,
  { instrument, orderId, clientOrderId }: OrderKey,
): Promise<FuturesOrder> {
  const { nativeSymbol } = instrument
  if (orderId !== undefined) {
    const algoId = toAlgoId(requireOrderId(orderId))
    return algoId === undefined
      ? readRegular(call, { nativeSymbol, orderId })
      : readConditional(call, { algoId })
  }
  if (clientOrderId === undefined) throw notFound('an order without an id')
  const found = await unlessNotFound(readRegular(call, { nativeSymbol, clientOrderId }))
  return found ?? readConditional(call, { clientAlgoId: clientOrderId })
}

/** Plain and conditional; the child of a triggered one under the id of its parent. */
export async function getOpenOrders(
  call: Call,
  params: { instrument?: Instrument },
): Promise<FuturesOrder[]> {
  // Without a symbol both lists cost forty times as much.
  const cost = { weight: params.instrument ? 1 : 40 }
  // One after the other, in this order: a conditional order that triggers in between is then seen
  // in both lists, never in neither.
  const conditional = await call({ ...openAlgoOrders, cost }, params)
  const regular = await call({ ...openOrders, cost }, params)
  const orders = new Map<string, FuturesOrder>()
  for (const { order } of conditional) {
    if (order.status === 'PENDING') orders.set(order.orderId, order)
  }
  for (const order of await Promise.all(regular.map((row) => underParent(call, row)))) {
    orders.set(order.orderId, order)
  }
  return [...orders.values()]
}

/** Throws `ORDER_NOT_FOUND` when the order is not open. */
export async function cancelOrder(
  call: Call,
  { instrument, orderId }: { instrument: Instrument; orderId: string },
): Promise<void> {
  const algoId = toAlgoId(requireOrderId(orderId))
  if (algoId === undefined) {
    return call(orderCancel, { nativeSymbol: instrument.nativeSymbol, orderId })
  }
  try {
    await call(algoOrderCancel, { algoId })
  } catch (error) {
    if (!isNotFound(error)) throw error
    // Once triggered, the order it became can be cancelled in the regular book alone.
    const { order, childId } = await call(algoOrderQuery, { algoId })
    if (childId === undefined) throw error
    await call(orderCancel, { nativeSymbol: order.nativeSymbol, orderId: childId })
  }
}

/** Plain and conditional. */
export async function cancelAllOrders(
  call: Call,
  params: { instrument: Instrument },
): Promise<void> {
  // Conditional orders first: what triggers meanwhile lands in the book that is emptied next.
  await call(openAlgoOrdersCancel, params)
  await call(openOrdersCancel, params)
}

async function readRegular(call: Call, key: RegularKey): Promise<FuturesOrder> {
  return underParent(call, await call(orderQuery, key))
}

async function readConditional(call: Call, key: AlgoKey): Promise<FuturesOrder> {
  return readChild(call, await call(algoOrderQuery, key))
}

/** A conditional order as the order it became, where it became one. */
export async function readChild(
  call: Call,
  { order, childId }: ConditionalOrder,
): Promise<FuturesOrder> {
  if (childId === undefined) return order
  const { nativeSymbol } = order
  // Unexecuted children are forgotten after three days, and a new one may not be visible yet: then
  // the conditional order's own record has to do.
  const child = await unlessNotFound(call(orderQuery, { nativeSymbol, orderId: childId }))
  return child ? become(order, child) : order
}

/**
 * A child carries its parent's client order id, but not its id; the parent's own record confirms
 * that they belong together.
 */
export async function underParent(call: Call, order: FuturesOrder): Promise<FuturesOrder> {
  if (!Object.hasOwn(conditionalTypes, order.type)) return order
  const parent = await unlessNotFound(call(algoOrderQuery, { clientAlgoId: order.clientOrderId }))
  return parent?.childId === order.orderId ? become(parent.order, order) : order
}

/** The conditional order with the state of the order it became. */
export function become(conditional: FuturesOrder, child: FuturesOrder): FuturesOrder {
  const { averagePrice, updatedAt } = child
  const order: FuturesOrder = {
    // Looked up, a trailing stop does not tell its figures; its child does.
    ...trailingOf(child),
    ...conditional,
    status: child.status,
    executedQty: child.executedQty,
  }
  if (averagePrice !== undefined) order.averagePrice = averagePrice
  if (updatedAt !== undefined) order.updatedAt = updatedAt
  return withRaw(order, { algoOrder: conditional.raw, order: child.raw })
}

function trailingOf({
  callbackRate,
  activationPrice,
}: FuturesOrder): Pick<FuturesOrder, 'callbackRate' | 'activationPrice'> {
  return {
    ...(callbackRate === undefined ? {} : { callbackRate }),
    ...(activationPrice === undefined ? {} : { activationPrice }),
  }
}

function requireOrderId(orderId: string): string {
  if (/^(algo:)?\d{1,19}$/.test(orderId)) return orderId
  throw notFound(`order ${JSON.stringify(orderId)}: ids here are digits, or algo: and digits`)
}

/** For ids no order of this exchange can have: there is nothing to ask. */
function notFound(what: string): OrderNotFoundError {
  return new OrderNotFoundError(`BINANCE has never seen ${what}`, {
    code: 'ORDER_NOT_FOUND',
    exchange: 'BINANCE',
  })
}

async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

function isNotFound(error: unknown): boolean {
  return PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND'
}
