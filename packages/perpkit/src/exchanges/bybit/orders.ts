import type { AmendIntent, Call, Endpoint, Fields, OrderKey } from '../../client/definition.ts'
import { OrderNotFoundError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isOpen } from '../../model/tokens.ts'
import { endedOrders, realtimeOrders } from './orderLists.ts'
import { readAllPages } from './pages.ts'
import { listScopes } from './symbols.ts'

/** Open orders and the latest ended ones first, then the history: an order is in one of the two. */
export async function getOrder(call: Call, key: OrderKey): Promise<FuturesOrder> {
  const filter = lookupFilter(key)
  for (const list of [realtimeOrders, endedOrders]) {
    const { rows } = await call(list, { filter })
    const order = rows.find((row) => isMeant(row, key))
    if (order) return order
  }
  throw new OrderNotFoundError(
    `BYBIT knows no order ${key.orderId ?? key.clientOrderId} of ${key.instrument.symbol}`,
    { code: 'ORDER_NOT_FOUND', exchange: 'BYBIT' },
  )
}

export async function getOpenOrders(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<FuturesOrder[]> {
  const lists = await Promise.all(
    listScopes(instrument).map((scope) =>
      readAllPages(call, realtimeOrders, { ...scope, limit: 50 }),
    ),
  )
  return lists.flat().filter((order) => isOpen(order.status))
}

/** Plain or conditional; what is left out stays as it is. */
export function amendOrder(call: Call, intent: AmendIntent): Promise<FuturesOrder> {
  return call(amendment, intent)
}

export function cancelOrder(
  call: Call,
  params: { instrument: Instrument; orderId: string },
): Promise<void> {
  return call(cancellation, params)
}

/** At most 500 at once: the caller looks whether any are left. */
export function cancelAllOrders(call: Call, params: { instrument: Instrument }): Promise<void> {
  return call(cancellationOfAll, params)
}

// Both ids at once are not sent: only one could be meant (docs/wire/bybit.md 4.3).
function lookupFilter({ instrument, orderId, clientOrderId }: OrderKey): Fields {
  const symbol = instrument.nativeSymbol
  return orderId === undefined ? { symbol, orderLinkId: clientOrderId } : { symbol, orderId }
}

function isMeant(order: FuturesOrder, { orderId, clientOrderId }: OrderKey): boolean {
  return orderId === undefined ? order.clientOrderId === clientOrderId : order.orderId === orderId
}

/**
 * In place, under the same id. The answer is a receipt.
 * https://bybit-exchange.github.io/docs/v5/order/amend-order
 */
const amendment: Endpoint<AmendIntent, FuturesOrder> = {
  method: 'POST',
  path: '/v5/order/amend',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'order/amend': 1 },
  encode({ instrument, order, quantity, price, stopPrice }) {
    return {
      json: {
        category: 'linear',
        symbol: instrument.nativeSymbol,
        orderId: order.orderId,
        qty: quantity,
        price,
        triggerPrice: stopPrice,
      },
    }
  },
  decode(answer, intent) {
    const receipt = answer.at('result')
    receipt.at('orderId').id()
    return withRaw(amended(intent), receipt.value)
  },
  unchanged(intent) {
    return withRaw(amended(intent), intent.order.raw)
  },
}

function amended({ order, quantity, price, stopPrice }: AmendIntent): FuturesOrder {
  return {
    ...order,
    ...(quantity !== undefined && { quantity }),
    ...(price !== undefined && { price }),
    ...(stopPrice !== undefined && { stopPrice }),
  }
}

/** https://bybit-exchange.github.io/docs/v5/order/cancel-order */
const cancellation: Endpoint<{ instrument: Instrument; orderId: string }, void> = {
  method: 'POST',
  path: '/v5/order/cancel',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'order/cancel': 1 },
  encode({ instrument, orderId }) {
    return { json: { category: 'linear', symbol: instrument.nativeSymbol, orderId } }
  },
  decode(answer) {
    answer.at('result').at('orderId').id()
  },
}

/**
 * Without a filter: plain and conditional orders, and the protection bound to the position.
 * https://bybit-exchange.github.io/docs/v5/order/cancel-all
 */
const cancellationOfAll: Endpoint<{ instrument: Instrument }, void> = {
  method: 'POST',
  path: '/v5/order/cancel-all',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'order/cancel-all': 1 },
  encode({ instrument }) {
    return { json: { category: 'linear', symbol: instrument.nativeSymbol } }
  },
  decode(answer) {
    answer.at('result').at('list').items()
  },
}
