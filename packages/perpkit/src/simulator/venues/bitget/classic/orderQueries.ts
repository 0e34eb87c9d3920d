import type { EngineFill, EngineOrder } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { checkIds, findOrder, isOpen } from '../cancellation.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken } from '../fields.ts'
import { sourceOf } from '../orderWords.ts'
import { DAY, type RowKey, readPage } from '../paging.ts'
import { reply } from '../replies.ts'
import { readClassic, readProduct } from '../scope.ts'
import { fillRow, orderRow, stateOf } from './orderRow.ts'
import { idsOf } from './orders.ts'

// What became of plain orders: docs/wire/bitget.md 4.5.

const detailFields = ['symbol', 'productType', 'orderId', 'clientOid'] as const

// https://www.bitget.com/api-doc/contract/trade/Get-Order-Details
export const orderDetail: Route = {
  method: 'GET',
  path: '/api/v2/mix/order/detail',
  access: 'signed',
  operation: 'getOrder',
  parameters: detailFields,
  handle(handling) {
    const fields = readFields(handling.params, detailFields)
    const listing = readClassic(handling, fields)
    const ids = idsOf(fields)
    checkIds(handling, ids)
    const order = findOrder(handling, ids)
    if (order?.symbol !== listing.engine.symbol) throw refused(handling, 'orderUnknownOnRead')
    return reply(handling, { ...orderRow(handling.engine, order), state: stateOf(order) })
  },
}

const listFields = [
  'productType',
  'symbol',
  'orderId',
  'clientOid',
  'status',
  'orderSource',
  'idLessThan',
  'startTime',
  'endTime',
  'limit',
] as const

type ListFields = Fields<(typeof listFields)[number]>

// https://www.bitget.com/api-doc/contract/trade/Get-Orders-Pending
export const ordersPending: Route = {
  method: 'GET',
  path: '/api/v2/mix/order/orders-pending',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: listFields,
  handle(handling) {
    const fields = readFields(handling.params, listFields)
    const status = readToken(handling, fields, 'status', ['live', 'partially_filled'])
    const rows = wantedOrders(handling, fields)
      .filter((order) => isOpen(order) && (status === undefined || stateOf(order) === status))
      .map((order) => ({ ...orderRow(handling.engine, order), status: stateOf(order) }))
    return reply(handling, entrusted(rows))
  },
}

// https://www.bitget.com/api-doc/contract/trade/Get-Orders-History
export const ordersHistory: Route = {
  method: 'GET',
  path: '/api/v2/mix/order/orders-history',
  access: 'signed',
  operation: 'getOrder',
  parameters: listFields,
  handle(handling) {
    const fields = readFields(handling.params, listFields)
    const source = fields.text('orderSource')
    readToken(handling, fields, 'status', ['live', 'partially_filled', 'filled', 'canceled'])
    const rows = wantedOrders(handling, fields)
      .filter((order) => source === undefined || sourceOf(order) === source)
      .filter((order) => !isOpen(order))
      .map((order) => ({
        ...orderRow(handling.engine, order),
        status: stateOf(order),
        posAvg: '',
        liqPrice: '',
      }))
    return reply(handling, entrusted(rows))
  },
}

const fillFields = [
  'productType',
  'symbol',
  'orderId',
  'idLessThan',
  'startTime',
  'endTime',
  'limit',
] as const

// https://www.bitget.com/api-doc/contract/trade/Get-Order-Fills
export const orderFills: Route = fillRoute('/api/v2/mix/order/fills', 90 * DAY)

// https://www.bitget.com/api-doc/contract/trade/Get-Fill-History
export const fillHistory: Route = fillRoute('/api/v2/mix/order/fill-history', 7 * DAY)

function fillRoute(path: string, longestMs: number): Route {
  return {
    method: 'GET',
    path,
    access: 'signed',
    operation: 'getOrder',
    parameters: fillFields,
    handle(handling) {
      const { accountId, engine } = handling
      const fields = readFields(handling.params, fillFields)
      const scope = readProduct(handling, fields)
      const symbols = new Set(scope.map((listing) => listing.engine.symbol))
      const orderId = fields.text('orderId')
      const fills = engine
        .fills(accountId)
        .filter((fill) => symbols.has(fill.symbol))
        .filter((fill) => orderId === undefined || fill.orderId === orderId)
        .reverse()
      const keyOf = (fill: EngineFill): RowKey => ({ id: fill.fillId, time: fill.timestamp })
      const page = readPage(handling, fields, fills, keyOf, {
        ...pages,
        before: fields.text('idLessThan'),
        longestMs,
        reachMs: 90 * DAY,
      })
      const fillList = page.map((fill) => fillRow(engine, fill))
      const endId = page[page.length - 1]?.fillId ?? null
      return reply(handling, { fillList, endId })
    },
  }
}

const pages = { standard: 100, most: 100 } as const

/** A page of the orders meant, newest first; an id goes before times. */
function wantedOrders(handling: Handling, fields: ListFields): EngineOrder[] {
  const { accountId, engine } = handling
  const scope = readProduct(handling, fields)
  const symbols = new Set(scope.map((listing) => listing.engine.symbol))
  const ids = idsOf(fields)
  if (ids.orderId !== undefined || ids.clientOid !== undefined) {
    const order = findOrder(handling, ids)
    return order && symbols.has(order.symbol) ? [order] : []
  }
  const isMeant = meant(handling)
  const orders = engine
    .orders(accountId)
    .filter((order) => symbols.has(order.symbol) && isMeant(order))
    .reverse()
  const keyOf = (order: EngineOrder): RowKey => ({ id: order.orderId, time: order.createdAt })
  return readPage(handling, fields, orders, keyOf, {
    ...pages,
    before: fields.text('idLessThan'),
    longestMs: 90 * DAY,
    // What is open stays listed.
    ...(isPendingList(handling) ? {} : { reachMs: 90 * DAY }),
  })
}

/** Which half of the orders a list is of, before it is cut into pages. */
function meant(handling: Handling): (order: EngineOrder) => boolean {
  const isPending = isPendingList(handling)
  return (order) => isOpen(order) === isPending
}

function isPendingList({ request }: Handling): boolean {
  return request.path.endsWith('orders-pending')
}

/** `null` when there is none: docs/wire/bitget.md 4.5. */
export function entrusted(rows: readonly Readonly<Record<string, unknown>>[]): unknown {
  const last = rows[rows.length - 1]
  return { entrustedList: last ? rows : null, endId: last?.orderId ?? null }
}
