import type { EngineOrder, OrderRequest, Refusal } from '../../engine/types.ts'
import { isRefusal } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { noteEnded, notePlaced } from './cancelRatio.ts'
import {
  alreadyCancelled,
  alreadyExecuted,
  closeTooLarge,
  emptyField,
  nothingToCancel,
  orderToCancelUnknown,
  refusedByEngine,
} from './errors.ts'
import { Form } from './form.ts'
import { clientIdOf, findOrder } from './orderLookup.ts'
import { orderNames, readOrder } from './orderRequest.ts'
import { type Refused, reply } from './replies.ts'
import { readListing, readOptionalListing, readOptionalSide } from './scope.ts'
import { closesHedge } from './sides.ts'

// One order at a time, and all at once: docs/wire/htx.md 4.4 and 4.5. Answers to place and cancel
// mean accepted; what became of the order is read elsewhere.

/** The two ids of an order, as acknowledgements carry them. */
export interface OrderIds {
  order_id: string
  client_order_id: string
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19588768fe7
export const placeOrder: Route = {
  method: 'POST',
  path: '/v5/trade/order',
  access: 'signed',
  operation: 'createOrder',
  parameters: orderNames,
  handle: (handling) => reply(handling, place(new Form(handling))),
}

const cancelNames = ['contract_code', 'order_id', 'client_order_id', 'channel_code']

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1958947efe6
export const cancelOrder: Route = {
  method: 'POST',
  path: '/v5/trade/cancel_order',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: cancelNames,
  handle(handling) {
    const form = new Form(handling)
    form.ignore('channel_code')
    const listing = readListing(form)
    const orderId = form.text('order_id')
    const clientId = form.text('client_order_id')
    if (orderId === undefined && clientId === undefined) throw emptyField('order_id')
    const order = findOrder(handling, { orderId, clientId })
    if (order?.symbol !== listing.engine.symbol) throw orderToCancelUnknown()
    return reply(handling, cancel(handling, order))
  },
}

// Plain orders alone: conditional ones are never touched.
// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-195894f0cf6
export const cancelAllOrders: Route = {
  method: 'POST',
  path: '/v5/trade/cancel_all_orders',
  access: 'signed',
  operation: 'cancelAll',
  parameters: ['contract_code', 'side', 'position_side', 'margin_mode', 'channel_code'],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    form.ignore('channel_code', 'margin_mode')
    const listing = readOptionalListing(form)
    const side = form.token('side', ['buy', 'sell'] as const)
    const positionSide = readOptionalSide(form)
    const wanted = engine
      .openOrders(accountId)
      .filter((order) => listing === undefined || order.symbol === listing.engine.symbol)
      .filter((order) => side === undefined || order.side.toLowerCase() === side)
      .filter((order) => positionSide === undefined || order.positionSide === positionSide)
    if (wanted.length === 0) throw nothingToCancel()
    const rows = wanted.map((order) => {
      const ids = idsOf(order)
      cancel(handling, order)
      return { code: 200, message: 'Success', ...ids }
    })
    return reply(handling, rows)
  },
}

/** Places the order that `form` describes. */
export function place(form: Form): OrderIds {
  const { listing, request } = readOrder(form)
  const { accountId, engine } = form.handling
  const placed = engine.placeOrder(accountId, request)
  if (isRefusal(placed)) throw refusalOf(placed, request, listing.native)
  notePlaced(form.handling, placed)
  return idsOf(placed)
}

/** A closing order of the hedge mode that goes beyond its position has a code of its own: 4.4. */
function refusalOf(refusal: Refusal, request: OrderRequest, contract: string): Refused {
  return refusal.refused === 'reduceOnlyRejected' && closesHedge(request)
    ? closeTooLarge()
    : refusedByEngine(refusal, contract)
}

/** Cancels an order, refused where it has ended. */
export function cancel(handling: Handling, order: EngineOrder): OrderIds {
  const { accountId, engine } = handling
  if (order.status === 'FILLED') throw alreadyExecuted()
  if (order.status !== 'NEW' && order.status !== 'PARTIALLY_FILLED') throw alreadyCancelled()
  const cancelled = engine.cancelOrder(accountId, order.orderId)
  if (isRefusal(cancelled)) throw orderToCancelUnknown()
  noteEnded(handling, cancelled)
  return idsOf(cancelled)
}

export function idsOf(order: EngineOrder): OrderIds {
  return { order_id: order.orderId, client_order_id: clientIdOf(order) }
}
