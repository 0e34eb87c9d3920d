import type { FuturesExchange, FuturesOrder, OrderType, Side } from 'perpkit'
import { compare } from '../numbers.ts'
import { refusal } from './market.ts'

interface Wanted {
  type: OrderType
  side: Side
  quantity: string
}

/**
 * The order that stands under an id that was given, so that a repeated command sends nothing twice;
 * `undefined` when there is none. Throws when another kind of order has the id.
 */
export async function findRepeated(
  exchange: FuturesExchange,
  symbol: string,
  clientOrderId: string,
  wanted: Wanted,
): Promise<FuturesOrder | undefined> {
  const { PerpkitError } = await import('perpkit')
  let order: FuturesOrder
  try {
    order = await exchange.getOrder({ symbol, clientOrderId })
  } catch (error) {
    if (PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND') return undefined
    throw error
  }
  const isSame =
    order.type === wanted.type &&
    order.side === wanted.side &&
    (order.quantity === '0' || compare(order.quantity, wanted.quantity) === 0)
  if (isSame) return order
  throw refusal(
    'DUPLICATE_CLIENT_ORDER_ID',
    `${clientOrderId} is the id of another order: ${order.type} ${order.side} ${order.quantity}, ${order.status}`,
    'Give a fresh --id, or leave it out.',
  )
}
