import type {
  Call,
  DecodeContext,
  Endpoint,
  Fields,
  PlainOrderIntent,
} from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { readReduceOnly, readTrailing, reduceOnlyOf } from './orderWords.ts'
import {
  orderStatuses,
  orderTypes,
  readNonZero,
  readPositionSide,
  readToken,
  sides,
  timesInForce,
} from './tokens.ts'

// The regular book. Conditional orders live elsewhere (triggers.ts) and enter it when triggered.

/** Which order of the regular book is meant, in its own words. */
export interface RegularKey {
  nativeSymbol: string
  orderId?: string
  clientOrderId?: string
}

/** Answers with the order's state after it met the book, but never with its average price. */
export function createOrder(call: Call, intent: PlainOrderIntent): Promise<FuturesOrder> {
  return call(newOrder, intent)
}

/** A new order, alone or in a batch. */
export function wordsOf(intent: PlainOrderIntent): Fields {
  return {
    symbol: intent.instrument.nativeSymbol,
    side: intent.side,
    positionSide: intent.positionSide,
    type: intent.type,
    timeInForce: intent.type === 'LIMIT' ? (intent.timeInForce ?? 'GTC') : undefined,
    quantity: intent.quantity,
    price: intent.type === 'LIMIT' ? intent.price : undefined,
    reduceOnly: reduceOnlyOf(intent),
    newClientOrderId: intent.clientOrderId,
    // The default answers NEW with nothing executed, for market orders too.
    newOrderRespType: 'RESULT',
  }
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Order
const newOrder: Endpoint<PlainOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/fapi/v1/order',
  access: 'trade',
  effect: 'once',
  cost: { orders10s: 1, orders1m: 1 },
  encode: (intent) => ({ form: wordsOf(intent) }),
  decode: decodeOrder,
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Query-Order
export const orderQuery: Endpoint<RegularKey, FuturesOrder> = {
  method: 'GET',
  path: '/fapi/v1/order',
  access: 'read',
  effect: 'read',
  cost: { weight: 1 },
  encode: (key) => ({ query: ofKey(key) }),
  decode: decodeOrder,
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Open-Orders
export const openOrders: Endpoint<{ instrument?: Instrument }, FuturesOrder[]> = {
  method: 'GET',
  path: '/fapi/v1/openOrders',
  access: 'read',
  effect: 'read',
  cost: { weight: 1 },
  encode: ({ instrument }) => ({ query: { symbol: instrument?.nativeSymbol } }),
  decode: (answer, params, context) =>
    answer.items().map((row) => decodeOrder(row, params, context)),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-Order
export const orderCancel: Endpoint<RegularKey, void> = {
  method: 'DELETE',
  path: '/fapi/v1/order',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: (key) => ({ query: ofKey(key) }),
  decode: (answer) => {
    readToken(answer.at('status'), orderStatuses)
  },
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-All-Open-Orders
export const openOrdersCancel: Endpoint<{ instrument: Instrument }, void> = {
  method: 'DELETE',
  path: '/fapi/v1/allOpenOrders',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: ({ instrument }) => ({ query: { symbol: instrument.nativeSymbol } }),
  decode: (answer) => {
    answer.at('code').integer()
  },
}

function ofKey({ nativeSymbol, orderId, clientOrderId }: RegularKey): {
  symbol: string
  orderId: string | undefined
  origClientOrderId: string | undefined
} {
  return { symbol: nativeSymbol, orderId, origClientOrderId: clientOrderId }
}

/**
 * One row of the regular book. A child of a conditional order shows what it rests as in `type` and
 * what it was born as in `origType`; ours is the latter.
 */
export function decodeOrder(
  row: Reader,
  _params: unknown,
  { instruments }: DecodeContext,
): FuturesOrder {
  const nativeSymbol = row.at('symbol').string()
  const type = row.has('origType') ? row.at('origType') : row.at('type')
  const order: FuturesOrder = {
    orderId: row.at('orderId').id(),
    clientOrderId: row.at('clientOrderId').string(),
    symbol: instruments.symbolOf(nativeSymbol),
    nativeSymbol,
    side: readToken(row.at('side'), sides),
    type: readToken(type, orderTypes),
    quantity: row.at('origQty').decimal(),
    price: row.at('price').decimal(),
    status: readToken(row.at('status'), orderStatuses),
    executedQty: row.at('executedQty').decimal(),
    timeInForce: readToken(row.at('timeInForce'), timesInForce),
  }
  // Gone from the answers to new, amended and cancelled orders since 2026-06 (section 4.4).
  const averagePrice = readNonZero(row.at('avgPrice'))
  const stopPrice = readNonZero(row.at('stopPrice'))
  const positionSide = readPositionSide(row.at('positionSide'))
  const reduceOnly = readReduceOnly(row, order.side, positionSide)
  const closePosition = row.at('closePosition').optionalBoolean()
  const createdAt = row.at('time').optionalInteger()
  const updatedAt = row.at('updateTime').optionalInteger()
  if (averagePrice !== undefined) order.averagePrice = averagePrice
  if (stopPrice !== undefined) order.stopPrice = stopPrice
  if (positionSide !== undefined) order.positionSide = positionSide
  if (reduceOnly !== undefined) order.reduceOnly = reduceOnly
  if (closePosition !== undefined) order.closePosition = closePosition
  if (order.type === 'TRAILING_STOP_MARKET') readTrailing(row, order, 'priceRate')
  if (createdAt !== undefined) order.createdAt = createdAt
  if (updatedAt !== undefined) order.updatedAt = updatedAt
  return withRaw(order, row.value)
}
