import type { OrderKey } from '../../client/definition.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'

/**
 * What one exchange object asked for. The look-ups of this exchange forget: whether an order that
 * has just ended was a market or a limit order, and that an execution came out of a stop, stands in
 * the history alone, which is slow to ask and scarce (docs/wire/kraken.md 4.8, 7).
 */
export interface OrderMemory {
  /** Before an order is sent; `false` where another one stands under its client order id. */
  expect(order: FuturesOrder): boolean
  /** What the exchange made of it. */
  learn(order: FuturesOrder): void
  /** It was refused. */
  forget(clientOrderId: string): void
  find(key: Pick<OrderKey, 'orderId' | 'clientOrderId'>): FuturesOrder | undefined
}

/** What the books do not tell of an order, from the one who asked for it. */
export function recall(order: FuturesOrder, asked: FuturesOrder | undefined): FuturesOrder {
  if (asked?.type !== order.type) return order
  const { callbackRate, timeInForce } = asked
  return withRaw(
    { ...order, timeInForce, ...(callbackRate !== undefined && { callbackRate }) },
    order.raw,
  )
}

const CAPACITY = 1_000

export function createOrderMemory(): OrderMemory {
  const orders = new Map<string, FuturesOrder>()
  return {
    expect(order) {
      if (orders.has(order.clientOrderId)) return false
      orders.set(order.clientOrderId, order)
      const [oldest] = orders.keys()
      if (orders.size > CAPACITY && oldest !== undefined) orders.delete(oldest)
      return true
    },
    learn(order) {
      if (orders.has(order.clientOrderId)) orders.set(order.clientOrderId, order)
    },
    forget(clientOrderId) {
      orders.delete(clientOrderId)
    },
    find({ orderId, clientOrderId }) {
      if (clientOrderId) return orders.get(clientOrderId)
      return [...orders.values()].find((order) => order.orderId === orderId)
    },
  }
}
