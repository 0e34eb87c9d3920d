import type { Route } from '../../server/types.ts'
import { emptyField, invalidField, orderUnknown } from './errors.ts'
import { Form } from './form.ts'
import { historyIdOf } from './ids.ts'
import { readNotes } from './notes.ts'
import { clientIdOf, findOrder } from './orderLookup.ts'
import { isOpen, orderRow, orderStates, stateOf, typeOf } from './orderRow.ts'
import { DAY_MS, isWithin, pageNames, readPage, readWindow, windowNames } from './paging.ts'
import { reply, replyTimeless } from './replies.ts'
import {
  readListing,
  readMarginMode,
  readOptionalListing,
  readOptionalMarginMode,
} from './scope.ts'

// Orders as they are read: docs/wire/htx.md 4.7.

const HISTORY_REACH_MS = 90 * DAY_MS

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-196a8401f83
export const singleOrder: Route = {
  method: 'GET',
  path: '/v5/trade/order',
  access: 'signed',
  operation: 'getOrder',
  parameters: ['contract_code', 'margin_mode', 'order_id', 'client_order_id'],
  handle(handling) {
    const form = new Form(handling)
    const { symbol } = readListing(form).engine
    const mode = readMarginMode(form)
    const orderId = form.text('order_id')
    const clientId = form.text('client_order_id')
    if (orderId === undefined && clientId === undefined) throw emptyField('order_id')
    const order = findOrder(handling, { orderId, clientId })
    if (order?.symbol !== symbol || order.marginMode !== mode) throw orderUnknown()
    return replyTimeless(orderRow(handling.engine, order, order.orderId))
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19589587da5
export const openOrders: Route = {
  method: 'GET',
  path: '/v5/trade/order/opens',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: ['contract_code', 'margin_mode', 'order_id', 'client_order_id', ...pageNames],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const listing = readOptionalListing(form)
    const mode = readOptionalMarginMode(form)
    const orderId = form.text('order_id')
    const clientId = form.text('client_order_id')
    const rows = engine
      .openOrders(accountId)
      .filter((order) => listing === undefined || order.symbol === listing.engine.symbol)
      .filter((order) => mode === undefined || order.marginMode === mode)
      .filter((order) => orderId === undefined || order.orderId === orderId)
      .filter((order) => clientId === undefined || clientIdOf(order) === clientId)
    const page = readPage(form, rows, 'oldestFirst', ({ orderId: id }) => id)
    return reply(
      handling,
      page.map((order) => orderRow(engine, order, order.orderId)),
    )
  },
}

const historyNames = [
  'contract_code',
  'margin_mode',
  'states',
  'state',
  'type',
  'price_match',
  'time_in_force',
  ...windowNames,
  ...pageNames,
]

// Orders that have ended.
// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19589bc57bc
export const orderHistory: Route = {
  method: 'GET',
  path: '/v5/trade/order/history',
  access: 'signed',
  operation: 'getOrder',
  parameters: historyNames,
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const { symbol } = readListing(form).engine
    const mode = readMarginMode(form)
    const states = readStates(form)
    const type = form.token('type', ['market', 'limit', 'post_only'] as const)
    const priceMatch = form.text('price_match')
    const timeInForce = form.text('time_in_force')
    const window = readWindow(form, engine, HISTORY_REACH_MS)
    const rows = engine
      .orders(accountId)
      .filter((order) => order.marginMode === mode && order.symbol === symbol && !isOpen(order))
      .filter((order) => isWithin(window, order.createdAt))
      .filter((order) => states === undefined || states.has(stateOf(order)))
      .filter((order) => type === undefined || typeOf(order) === type)
      .filter(({ venueData }) => {
        const notes = readNotes(venueData)
        const hasMatch = priceMatch === undefined || notes.priceMatch === priceMatch
        return hasMatch && (timeInForce === undefined || notes.timeInForce === timeInForce)
      })
    const page = readPage(form, rows, 'newestFirst', ({ orderId }) => historyIdOf(orderId))
    return reply(
      handling,
      page.map((order) => orderRow(engine, order, historyIdOf(order.orderId))),
    )
  },
}

/** `states`, a list parted by commas; older pages of the documentation call it `state`. */
export function readStates(
  form: Form,
  known: readonly string[] = orderStates,
): ReadonlySet<string> | undefined {
  const given = form.text('states') ?? form.text('state')
  form.ignore('states', 'state')
  if (given === undefined) return undefined
  const states = given.split(',')
  const unknown = states.find((state) => !known.includes(state))
  if (unknown === undefined) return new Set(states)
  form.handling.unknownWord('states', unknown)
  throw invalidField('states')
}
