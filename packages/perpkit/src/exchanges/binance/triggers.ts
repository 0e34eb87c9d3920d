import type {
  Call,
  ConditionalOrderIntent,
  DecodeContext,
  Endpoint,
  Fields,
} from '../../client/definition.ts'
import { type Decimal, isLess, isPositive } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus } from '../../model/tokens.ts'
import { readReduceOnly, readTrailing, reduceOnlyOf } from './orderWords.ts'
import {
  algoStatuses,
  conditionalTypes,
  readNonZero,
  readPositionSide,
  readToken,
  sides,
  timesInForce,
  workingTypeOf,
} from './tokens.ts'

// Conditional orders live in the algo service since 2025-12-09, with ids of their own that can
// coincide with those of the regular book (docs/wire/binance.md 4.6, 4.7).

const PREFIX = 'algo:'

/** Our id of a conditional order: theirs with a prefix, so that both books have one id space. */
export function toOrderId(algoId: string): string {
  return PREFIX + algoId
}

/** Their id in ours; `undefined` for an order of the regular book. */
export function toAlgoId(orderId: string): string | undefined {
  return orderId.startsWith(PREFIX) ? orderId.slice(PREFIX.length) : undefined
}

/** Which conditional order is meant, in the service's own words. */
export interface AlgoKey {
  algoId?: string
  clientAlgoId?: string
}

/** A conditional order by its own record. */
export interface ConditionalOrder {
  order: FuturesOrder
  /** The order it became in the regular book, once triggered. */
  childId: string | undefined
}

/** Margin and position are looked at when it triggers, not now. */
export async function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  return (await call(newAlgoOrder, intent)).order
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Algo-Order
const newAlgoOrder: Endpoint<ConditionalOrderIntent, ConditionalOrder> = {
  method: 'POST',
  path: '/fapi/v1/algoOrder',
  access: 'trade',
  effect: 'once',
  cost: { orders10s: 1, orders1m: 1 },
  encode: (intent) => ({
    form: {
      algoType: 'CONDITIONAL',
      symbol: intent.instrument.nativeSymbol,
      side: intent.side,
      positionSide: intent.positionSide,
      type: intent.type,
      // Not stopPrice, which is the regular book's word.
      triggerPrice: intent.stopPrice,
      ...sizeOf(intent),
      workingType: workingTypeOf(intent.triggerSource),
      clientAlgoId: intent.clientOrderId,
    },
  }),
  decode: decodeConditional,
}

/** Who closes the whole position may say neither a quantity nor reduceOnly (section 4.6). */
function sizeOf(intent: ConditionalOrderIntent): Fields {
  return intent.closePosition
    ? { closePosition: 'true' }
    : { quantity: intent.quantity, reduceOnly: reduceOnlyOf(intent) }
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Query-Algo-Order
export const algoOrderQuery: Endpoint<AlgoKey, ConditionalOrder> = {
  method: 'GET',
  path: '/fapi/v1/algoOrder',
  access: 'read',
  effect: 'read',
  cost: { weight: 1 },
  encode: ofKey,
  decode: decodeConditional,
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Algo-Open-Orders
export const openAlgoOrders: Endpoint<{ instrument?: Instrument }, ConditionalOrder[]> = {
  method: 'GET',
  path: '/fapi/v1/openAlgoOrders',
  access: 'read',
  effect: 'read',
  cost: { weight: 1 },
  encode: ({ instrument }) => ({ query: { symbol: instrument?.nativeSymbol } }),
  decode: (answer, params, context) =>
    answer.items().map((row) => decodeConditional(row, params, context)),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-Algo-Order
export const algoOrderCancel: Endpoint<AlgoKey, void> = {
  method: 'DELETE',
  path: '/fapi/v1/algoOrder',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: ofKey,
  decode: (answer) => {
    // A text here, a number in the answer of cancel-all.
    answer.at('code').integer()
  },
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-All-Algo-Open-Orders
export const openAlgoOrdersCancel: Endpoint<{ instrument: Instrument }, void> = {
  method: 'DELETE',
  path: '/fapi/v1/algoOpenOrders',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: ({ instrument }) => ({ query: { symbol: instrument.nativeSymbol } }),
  decode: (answer) => {
    answer.at('code').integer()
  },
}

function ofKey({ algoId, clientAlgoId }: AlgoKey): {
  query: { algoId: string | undefined; clientAlgoId: string | undefined }
} {
  return { query: { algoId, clientAlgoId } }
}

/** One row of the algo service, whatever list or answer it stands in. */
export function decodeConditional(
  row: Reader,
  _params: unknown,
  { instruments }: DecodeContext,
): ConditionalOrder {
  const nativeSymbol = row.at('symbol').string()
  // Most answers say orderType; lists have been recorded with type.
  const type = row.has('orderType') ? row.at('orderType') : row.at('type')
  const closePosition = row.at('closePosition').optionalBoolean() ?? false
  const quantity = closePosition ? '0' : row.at('quantity').decimal()
  const executedQty = row.at('actualQty').optionalDecimal() ?? '0'
  const order: FuturesOrder = {
    orderId: toOrderId(row.at('algoId').id()),
    clientOrderId: row.at('clientAlgoId').string(),
    symbol: instruments.symbolOf(nativeSymbol),
    nativeSymbol,
    side: readToken(row.at('side'), sides),
    type: readToken(type, conditionalTypes),
    quantity,
    price: row.at('price').optionalDecimal() ?? '0',
    status: statusOf(row, quantity, executedQty),
    executedQty,
    timeInForce: readToken(row.at('timeInForce'), timesInForce),
    closePosition,
  }
  const averagePrice = readNonZero(row.at('actualPrice'))
  const stopPrice = readNonZero(row.at('triggerPrice'))
  const positionSide = readPositionSide(row.at('positionSide'))
  const reduceOnly = readReduceOnly(row, order.side, positionSide)
  const createdAt = row.at('createTime').optionalInteger()
  const updatedAt = row.at('updateTime').optionalInteger()
  if (averagePrice !== undefined) order.averagePrice = averagePrice
  if (stopPrice !== undefined) order.stopPrice = stopPrice
  if (positionSide !== undefined) order.positionSide = positionSide
  if (reduceOnly !== undefined) order.reduceOnly = reduceOnly
  if (order.type === 'TRAILING_STOP_MARKET') readTrailing(row, order, 'callbackRate')
  if (createdAt !== undefined) order.createdAt = createdAt
  if (updatedAt !== undefined) order.updatedAt = updatedAt
  return { order: withRaw(order, row.value), childId: row.at('actualOrderId').optionalId() }
}

/**
 * `FINISHED` tells that the child has ended: filled when the quantity was reached, or anything at
 * all where the order covered the whole position; else cancelled (section 5).
 */
function statusOf(row: Reader, quantity: Decimal, executedQty: Decimal): OrderStatus {
  const status = readToken(row.at('algoStatus'), algoStatuses)
  if (status !== 'FINISHED') return status
  return isPositive(executedQty) && !isLess(executedQty, quantity) ? 'FILLED' : 'CANCELLED'
}
