import type { EngineFill, EngineOrder } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { checkIds, findOrder, isOpen } from '../cancellation.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken, requiredToken } from '../fields.ts'
import { listingOf } from '../instruments.ts'
import { DAY, type PageLimits, type RowKey, readPage } from '../paging.ts'
import { reply } from '../replies.ts'
import { categories, readCategory } from '../scope.ts'
import { fillRow, listRow, orderRow } from './orderRow.ts'

// What became of plain orders: docs/wire/bitget.md 12.4. Pages: 12.2.

// https://www.bitget.com/api-doc/uta/trade/Get-Order-Details
export const orderInfo: Route = {
  method: 'GET',
  path: '/api/v3/trade/order-info',
  access: 'signed',
  operation: 'getOrder',
  parameters: ['orderId', 'clientOid', 'category', 'symbol'],
  handle(handling) {
    const fields = readFields(handling.params, ['orderId', 'clientOid'])
    const ids = { orderId: fields.text('orderId'), clientOid: fields.text('clientOid') }
    checkIds(handling, ids)
    const order = findOrder(handling, ids)
    if (!order) throw refused(handling, 'orderUnknownOnRead')
    return reply(handling, orderRow(order))
  },
}

const listFields = ['category', 'symbol', 'startTime', 'endTime', 'limit', 'cursor'] as const

// https://www.bitget.com/api-doc/uta/trade/Get-Order-Pending
export const unfilledOrders: Route = {
  method: 'GET',
  path: '/api/v3/trade/unfilled-orders',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: listFields,
  handle(handling) {
    const fields = readFields(handling.params, listFields)
    return reply(handling, orderPage(handling, fields, isOpen, openPages))
  },
}

// https://www.bitget.com/api-doc/uta/trade/Get-Order-History
export const historyOrders: Route = {
  method: 'GET',
  path: '/api/v3/trade/history-orders',
  access: 'signed',
  operation: 'getOrder',
  parameters: listFields,
  handle(handling) {
    const fields = readFields(handling.params, listFields)
    requiredToken(handling, fields, 'category', categories)
    return reply(
      handling,
      orderPage(handling, fields, (order) => !isOpen(order), pages),
    )
  },
}

const fillFields = ['category', 'orderId', 'startTime', 'endTime', 'limit', 'cursor'] as const

// https://www.bitget.com/api-doc/uta/trade/Get-Order-Fills
export const fills: Route = {
  method: 'GET',
  path: '/api/v3/trade/fills',
  access: 'signed',
  operation: 'getOrder',
  // Nothing is made of `symbol`, which some clients send.
  parameters: [...fillFields, 'symbol'],
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, fillFields)
    handling.params.ignore('symbol')
    const category = readToken(handling, fields, 'category', categories)
    const orderId = fields.text('orderId')
    const wanted = engine
      .fills(accountId)
      .filter(({ symbol }) => !category || listingOf(symbol).productType === category)
      .filter((fill) => orderId === undefined || fill.orderId === orderId)
      .reverse()
    const keyOf = (fill: EngineFill): RowKey => ({ id: fill.fillId, time: fill.timestamp })
    const page = readPage(handling, fields, wanted, keyOf, {
      ...pages,
      before: fields.text('cursor'),
    })
    const list = page.map((fill) => fillRow(engine.order(fill.accountId, fill.orderId), fill))
    return reply(handling, { list, cursor: page[page.length - 1]?.fillId ?? '' })
  },
}

/** Sizes of V3's pages, how far apart their times may be, and how far they reach back. */
export const pages: PageLimits & { longestMs: number; reachMs: number } = {
  standard: 100,
  most: 100,
  longestMs: 30 * DAY,
  reachMs: 90 * DAY,
}

/** What is open stays listed. */
const openPages = { standard: 100, most: 100, longestMs: 30 * DAY } as const

function orderPage(
  handling: Handling,
  fields: Fields<(typeof listFields)[number]>,
  isWanted: (order: EngineOrder) => boolean,
  limits: PageLimits & { longestMs: number; reachMs?: number },
): { list: unknown[]; cursor: string } {
  const symbols = new Set(readCategory(handling, fields).map(({ engine }) => engine.symbol))
  const orders = handling.engine
    .orders(handling.accountId)
    .filter((order) => symbols.has(order.symbol) && isWanted(order))
    .reverse()
  const keyOf = (order: EngineOrder): RowKey => ({ id: order.orderId, time: order.createdAt })
  const page = readPage(handling, fields, orders, keyOf, {
    ...limits,
    before: fields.text('cursor'),
  })
  return { list: page.map(listRow), cursor: page[page.length - 1]?.orderId ?? '' }
}
