import type { Call, Endpoint } from '../../client/definition.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { ConditionalOrder } from './algoRow.ts'
import type { BookOrder } from './orderRow.ts'
import { ALGO_KINDS, type AlgoKey, algoDetails } from './triggers.ts'

// A conditional order and the order of the book it became are one order to the caller.

/** A child names its parent; the parent's own record confirms that they belong together. */
export async function underParent(call: Call, { order, algoId }: BookOrder): Promise<FuturesOrder> {
  if (algoId === undefined) return order
  const parent = await unlessNotFound(call(parentDetails, { algoId }))
  return parent?.childId === order.orderId ? become(parent.order, order) : order
}

/**
 * `undefined` for kinds that are not ours: what a chase or a TWAP sends out are plain orders.
 * https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-details
 */
const parentDetails: Endpoint<AlgoKey, ConditionalOrder | undefined> = {
  ...algoDetails,
  decode(answer, key, context) {
    const kind = answer.at('data').at(0).at('ordType').string()
    return OWN_KINDS.has(kind) ? algoDetails.decode(answer, key, context) : undefined
  },
}

/** The kinds of conditional orders that are ours. */
export const OWN_KINDS: ReadonlySet<string> = new Set(
  ALGO_KINDS.flatMap((kinds) => kinds.split(',')),
)

/** The conditional order with the state of the order it became. */
export function become(conditional: FuturesOrder, child: FuturesOrder): FuturesOrder {
  const { averagePrice, updatedAt } = child
  const order: FuturesOrder = {
    ...conditional,
    status: child.status,
    executedQty: child.executedQty,
    ...(averagePrice !== undefined && { averagePrice }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
  return withRaw(order, { algoOrder: conditional.raw, order: child.raw })
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
