import type { Call } from '../../client/definition.ts'
import { OrderNotFoundError, PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { type AlgoKey, algoOrderQuery } from './algoOrders.ts'
import type { ConditionalOrder } from './algoRow.ts'
import type { PlainOrder } from './orderRow.ts'
import { orderQuery, type PlainKey } from './orders.ts'
import { type AlgoType, algoTypes, allMarginModes } from './tokens.ts'

// Single orders in both stores, and what a conditional order has to do with the order it became.

/** The order of the plain book, whatever its margin mode. */
export async function findPlain(
  call: Call,
  key: Omit<PlainKey, 'marginMode'>,
): Promise<PlainOrder | undefined> {
  for (const marginMode of allMarginModes) {
    const found = await unlessNotFound(call(orderQuery, { ...key, marginMode }))
    if (found) return found
  }
  return undefined
}

/** The conditional order of that id, whatever its kind. */
export async function findConditional(
  call: Call,
  key: Omit<AlgoKey, 'type'>,
  types: readonly AlgoType[] = algoTypes,
): Promise<ConditionalOrder | undefined> {
  for (const type of types) {
    const found = await unlessNotFound(call(algoOrderQuery, { ...key, type }))
    if (found) return found
  }
  return undefined
}

export async function requireConditional(
  call: Call,
  key: { instrument: Instrument; algoId: string },
): Promise<ConditionalOrder> {
  const found = await findConditional(call, key)
  if (found) return found
  throw notFound(`conditional order ${key.algoId} of ${key.instrument.symbol}`)
}

/** With the state of the order it became, once it has triggered. */
export async function followed(
  call: Call,
  instrument: Instrument,
  { order, marginMode, childId }: ConditionalOrder,
): Promise<FuturesOrder> {
  if (childId === undefined) return order
  // A new child may not be visible yet: then the conditional order's own record has to do.
  const child = await unlessNotFound(call(orderQuery, { instrument, marginMode, orderId: childId }))
  return child ? become(order, child.order) : order
}

/** The parent's own record confirms that the two belong together. */
export async function underParent(
  call: Call,
  { order, instrument, parent }: PlainOrder,
): Promise<FuturesOrder> {
  if (!parent) return order
  const { algoId, types } = parent
  const found = await findConditional(call, { instrument, algoId }, types)
  return found?.childId === order.orderId ? become(found.order, order) : order
}

/** The conditional order with the state of the order it became. */
export function become(conditional: FuturesOrder, child: FuturesOrder): FuturesOrder {
  const { averagePrice, updatedAt } = child
  const order: FuturesOrder = {
    ...conditional,
    status: child.status,
    executedQty: child.executedQty,
  }
  if (averagePrice !== undefined) order.averagePrice = averagePrice
  if (updatedAt !== undefined) order.updatedAt = updatedAt
  return withRaw(order, { algoOrder: conditional.raw, order: child.raw })
}

/** For ids that are in no book, or that no order of this exchange can have. */
export function notFound(what: string): OrderNotFoundError {
  return new OrderNotFoundError(`HTX knows no ${what}`, {
    code: 'ORDER_NOT_FOUND',
    exchange: 'HTX',
  })
}

export async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

export function isNotFound(error: unknown): boolean {
  return PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND'
}
