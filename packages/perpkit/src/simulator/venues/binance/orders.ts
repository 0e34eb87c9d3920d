import type { Handling } from '../../server/types.ts'
import { amend, amendMandatory } from './amending.ts'
import { Refused } from './errors.ts'
import { findOrder, isOpen, type OrderName, readOrderName } from './orderLookup.ts'
import { orderMandatory, readOrder } from './orderRequest.ts'
import { acknowledgedShape, placedShape, testedShape } from './orderShapes.ts'
import { accepted } from './refusals.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'

// Plain orders, one at a time: docs/wire/binance.md 4.4 and 4.5.

/** Places one order, of a request or of an element of a batch, and shows it. */
export function place(handling: Handling): Record<string, unknown> {
  const { engine, accountId } = handling
  const { request, showsResult } = readOrder(handling)
  const order = accepted(engine.placeOrder(accountId, request))
  return showsResult ? placedShape(engine, order) : acknowledgedShape(engine, order)
}

/** Cancels the open order of that name and shows it; -2011 when there is none. */
export function cancel(
  handling: Handling,
  symbol: string,
  name: OrderName,
): Record<string, unknown> {
  const { engine, accountId } = handling
  const order = findOrder(handling, symbol, name)
  if (!order || !isOpen(order)) throw new Refused('-2011')
  return placedShape(engine, accepted(engine.cancelOrder(accountId, order.orderId)))
}

export const orderRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Order
  signedRoute('POST', '/fapi/v1/order', {
    operation: 'createOrder',
    mandatory: orderMandatory,
    handle: place,
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Order-Test
  signedRoute('POST', '/fapi/v1/order/test', {
    mandatory: orderMandatory,
    handle(handling) {
      const { request } = readOrder(handling)
      return testedShape(handling.engine, handling.accountId, request)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Modify-Order
  signedRoute('PUT', '/fapi/v1/order', {
    operation: 'amendOrder',
    mandatory: amendMandatory,
    handle: amend,
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-Order
  signedRoute('DELETE', '/fapi/v1/order', {
    operation: 'cancelOrder',
    mandatory: ['symbol'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', 'orderId', 'origClientOrderId'])
      const { symbol } = readContract(sent)
      return cancel(handling, symbol, readOrderName(sent))
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-All-Open-Orders
  signedRoute('DELETE', '/fapi/v1/allOpenOrders', {
    operation: 'cancelAll',
    mandatory: ['symbol'],
    handle(handling) {
      const { engine, accountId } = handling
      const { symbol } = readContract(new Sent(handling, ['symbol']))
      for (const order of [...engine.openOrders(accountId)]) {
        if (order.symbol === symbol) engine.cancelOrder(accountId, order.orderId)
      }
      return { code: 200, msg: 'The operation of cancel all open order is done.' }
    },
  }),
]
