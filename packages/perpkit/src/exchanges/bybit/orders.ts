import type {
  Call,
  ConditionalOrderIntent,
  Endpoint,
  Fields,
  OrderKey,
  PlainOrderIntent,
} from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import { OrderNotFoundError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isOpen } from '../../model/tokens.ts'
import { readOrder } from './orderRow.ts'
import { type Page, type PageRequest, readAllPages, readPage } from './pages.ts'
import { listScopes } from './symbols.ts'
import {
  orderTypeTokens,
  sideTokens,
  timeInForceTokens,
  triggerDirections,
  triggerSourceTokens,
} from './tokens.ts'

export function createOrder(call: Call, intent: PlainOrderIntent): Promise<FuturesOrder> {
  return call(plainOrder, intent)
}

export function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  return call(conditionalOrder, intent)
}

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

const orderCreate = {
  method: 'POST',
  path: '/v5/order/create',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'order/create': 1 },
} as const

/** https://bybit-exchange.github.io/docs/v5/order/create-order */
const plainOrder: Endpoint<PlainOrderIntent, FuturesOrder> = {
  ...orderCreate,
  encode({ instrument, side, type, quantity, price, timeInForce, reduceOnly, clientOrderId }) {
    return {
      json: {
        category: 'linear',
        symbol: instrument.nativeSymbol,
        side: sideTokens[side],
        orderType: orderTypeTokens[type],
        qty: quantity,
        price,
        // A market order is immediate-or-cancel whatever it says.
        timeInForce: type === 'LIMIT' ? timeInForceTokens[timeInForce ?? 'GTC'] : undefined,
        positionIdx: 0,
        orderLinkId: clientOrderId,
        reduceOnly,
      },
    }
  },
  decode(answer, intent) {
    const isLimit = intent.type === 'LIMIT'
    return readReceipt(answer, intent, {
      type: intent.type,
      price: isLimit ? (intent.price ?? '0') : '0',
      status: 'NEW',
      timeInForce: isLimit ? (intent.timeInForce ?? 'GTC') : 'IOC',
    })
  },
}

/**
 * The same call: an order with a trigger price waits for it. Refused when it is already reached.
 * https://bybit-exchange.github.io/docs/v5/order/create-order
 */
const conditionalOrder: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  ...orderCreate,
  encode(intent) {
    return {
      json: {
        category: 'linear',
        symbol: intent.instrument.nativeSymbol,
        side: sideTokens[intent.side],
        orderType: 'Market',
        qty: intent.quantity,
        triggerPrice: intent.stopPrice,
        triggerDirection: directionOf(intent),
        triggerBy: triggerSourceTokens[intent.triggerSource],
        positionIdx: 0,
        orderLinkId: intent.clientOrderId,
        reduceOnly: intent.reduceOnly,
        // Protection may take margin from other orders when it fires. It implies reduce-only.
        closeOnTrigger: intent.reduceOnly,
      },
    }
  },
  decode(answer, intent) {
    return readReceipt(answer, intent, {
      type: intent.type,
      price: '0',
      status: 'PENDING',
      timeInForce: 'IOC',
      stopPrice: intent.stopPrice,
    })
  },
}

// A stop sells when the price falls and buys when it rises; a take-profit the other way round. Never
// from the prices of the moment, which may have moved when the order arrives.
function directionOf({ type, side }: ConditionalOrderIntent): number {
  const isStop = type === 'STOP_MARKET'
  return isStop === (side === 'SELL') ? triggerDirections.falls : triggerDirections.rises
}

type Stated = Pick<FuturesOrder, 'type' | 'price' | 'status' | 'timeInForce' | 'stopPrice'>

// The answer is a receipt: the order has arrived, and may still be cancelled at once
// (docs/wire/bybit.md 9, trap 1).
function readReceipt(
  answer: Reader,
  intent: PlainOrderIntent | ConditionalOrderIntent,
  stated: Stated,
): FuturesOrder {
  const receipt = answer.at('result')
  return withRaw(
    {
      orderId: receipt.at('orderId').id(),
      clientOrderId: intent.clientOrderId,
      symbol: intent.instrument.symbol,
      nativeSymbol: intent.instrument.nativeSymbol,
      side: intent.side,
      quantity: intent.quantity,
      executedQty: '0',
      reduceOnly: intent.reduceOnly,
      ...stated,
    },
    receipt.value,
  )
}

/** https://bybit-exchange.github.io/docs/v5/order/open-order */
const realtimeOrders: Endpoint<PageRequest, Page<FuturesOrder>> = {
  method: 'GET',
  path: '/v5/order/realtime',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'order/realtime': 1 },
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, cursor } }
  },
  decode(answer, _params, { instruments }) {
    return readPage(answer, (row) => readOrder(row, instruments))
  },
}

/** https://bybit-exchange.github.io/docs/v5/order/order-list */
const endedOrders: Endpoint<PageRequest, Page<FuturesOrder>> = {
  method: 'GET',
  path: '/v5/order/history',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'order/history': 1 },
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, cursor } }
  },
  decode(answer, _params, { instruments }) {
    return readPage(answer, (row) => readOrder(row, instruments))
  },
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
