import type { Call, Endpoint, Fields, PlainOrderIntent } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { MarginMode } from '../../model/tokens.ts'
import { instrumentOf, toContracts } from './contracts.ts'
import { type PlainOrder, readPlainOrder } from './orderRow.ts'
import { type Page, type PageStart, pageFields, readPage, type Window } from './pages.ts'
import { positionSideToken } from './positionSide.ts'
import { marginModeToken, sideTokens } from './tokens.ts'
import { stopFields } from './triggers.ts'

// The plain book. Conditional orders live elsewhere (triggers.ts) and enter it when they trigger.

/** Which order of the plain book is meant; the order id counts when both are there. */
export interface PlainKey {
  instrument: Instrument
  marginMode: MarginMode
  orderId?: string
  clientOrderId?: string
}

/** The answer says that the order was accepted, not what became of it. */
export function createOrder(call: Call, intent: PlainOrderIntent): Promise<FuturesOrder> {
  return call(newOrder, intent)
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957dd521e6
const newOrder: Endpoint<PlainOrderIntent, FuturesOrder> = {
  method: 'POST',
  path: '/v5/trade/order',
  access: 'trade',
  effect: 'once',
  cost: { trade: 1 },
  encode: (intent) => ({ json: orderFields(intent) }),
  decode: (answer, intent) => readReceipt(answer.at('data'), intent),
}

/** A new order in the exchange's words. */
export function orderFields(intent: PlainOrderIntent): Fields {
  const { instrument, side, quantity, positionSide, marginMode, clientOrderId } = intent
  return {
    contract_code: instrument.nativeSymbol,
    margin_mode: marginModeToken(marginMode),
    position_side: positionSideToken(positionSide),
    side: sideTokens[side],
    ...kindOf(intent),
    volume: toContracts(quantity, instrument),
    // One-way mode only: in hedge mode side and position side say it.
    reduce_only: intent.reduceOnly && positionSide === undefined ? 1 : undefined,
    client_order_id: clientOrderId,
    // It becomes a conditional order of its own when this one fills (docs/wire/htx.md 4.11).
    ...(intent.stopLoss && stopFields(intent.stopLoss)),
  }
}

/** The order as it was asked for, under the id it was given. */
export function readReceipt(receipt: Reader, intent: PlainOrderIntent): FuturesOrder {
  const { instrument, side, type, quantity, price, timeInForce, reduceOnly } = intent
  const order: FuturesOrder = {
    orderId: receipt.at('order_id').id(),
    // An id the exchange did not take is dropped in silence, and the order's own id echoed
    // instead: then that is the one it can be found by.
    clientOrderId: receipt.at('client_order_id').optionalId() ?? intent.clientOrderId,
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    side,
    type,
    quantity,
    price: price ?? '0',
    status: 'NEW',
    executedQty: '0',
    timeInForce: type === 'LIMIT' ? (timeInForce ?? 'GTC') : 'IOC',
    reduceOnly,
  }
  if (intent.positionSide !== undefined) order.positionSide = intent.positionSide
  return withRaw(order, receipt.value)
}

/** Type, price and time in force: post-only is a type here. */
function kindOf({ type, price, timeInForce = 'GTC' }: PlainOrderIntent): {
  type: string
  price?: string | undefined
  time_in_force?: string
} {
  if (type === 'MARKET') return { type: 'market' }
  if (timeInForce === 'GTX') return { type: 'post_only', price }
  return { type: 'limit', price, time_in_force: timeInForce.toLowerCase() }
}

/**
 * Open or ended; one margin mode does not know the orders of the other (docs/wire/htx.md 4.7).
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-196a35af40e
 */
export const orderQuery: Endpoint<PlainKey, PlainOrder> = {
  method: 'GET',
  path: '/v5/trade/order',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ instrument, marginMode, orderId, clientOrderId }) => ({
    query: {
      contract_code: instrument.nativeSymbol,
      margin_mode: marginModeToken(marginMode),
      order_id: orderId,
      client_order_id: orderId === undefined ? clientOrderId : undefined,
    },
  }),
  decode: (answer, { instrument }) => readPlainOrder(answer.at('data'), instrument),
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957e082f23
export const openOrders: Endpoint<
  PageStart & { instrument?: Instrument | undefined },
  Page<PlainOrder>
> = {
  method: 'GET',
  path: '/v5/trade/order/opens',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ instrument, ...start }) => ({
    query: { contract_code: instrument?.nativeSymbol, ...pageFields(start) },
  }),
  decode: (answer, { instrument }, { instruments }) =>
    readPage(answer, (row) => {
      const known = instrumentOf(row, instrument, instruments)
      return known && readPlainOrder(row, known)
    }),
}

/**
 * Ended orders of one margin mode, newest first; without a window those of the last 48 hours.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957efb2139
 */
export const endedOrders: Endpoint<
  PageStart & Partial<Window> & { instrument: Instrument; marginMode: MarginMode },
  Page<PlainOrder>
> = {
  method: 'GET',
  path: '/v5/trade/order/history',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ instrument, marginMode, ...page }) => ({
    query: {
      contract_code: instrument.nativeSymbol,
      margin_mode: marginModeToken(marginMode),
      ...pageFields(page),
    },
  }),
  decode: (answer, { instrument }) => readPage(answer, (row) => readPlainOrder(row, instrument)),
}

/**
 * The answer says that the cancel was accepted: until it is done the order may still fill.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957defffc6
 */
export const orderCancel: Endpoint<{ instrument: Instrument; orderId: string }, void> = {
  method: 'POST',
  path: '/v5/trade/cancel_order',
  access: 'trade',
  effect: 'idempotent',
  cost: { trade: 1 },
  encode: ({ instrument, orderId }) => ({
    json: { contract_code: instrument.nativeSymbol, order_id: orderId },
  }),
  decode() {},
  // It is being cancelled already.
  unchanged() {},
}

/**
 * Plain orders only.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957df6feb3
 */
export const openOrdersCancel: Endpoint<{ instrument: Instrument }, void> = {
  method: 'POST',
  path: '/v5/trade/cancel_all_orders',
  access: 'trade',
  effect: 'idempotent',
  cost: { trade: 1 },
  encode: ({ instrument }) => ({ json: { contract_code: instrument.nativeSymbol } }),
  decode() {},
  unchanged() {},
}
