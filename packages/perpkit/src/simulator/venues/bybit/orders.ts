import type { Params } from '../../server/params.ts'
import type { Handling, Operation, Route } from '../../server/types.ts'
import { amend, amendTable } from './amendment.ts'
import { cancelRecord } from './cancellation.ts'
import { idMissing, orderNotFound, parameterError } from './errors.ts'
import { namesOf, readFields, readToken } from './fields.ts'
import { draftTable, readDraft } from './orderDraft.ts'
import { type OrderIds, place, refuseDraft } from './placement.ts'
import { findRecord, isUntriggered, isWorking, type OrderRecord, openRecords } from './records.ts'
import { reply } from './replies.ts'
import { type Category, knownListing, readCategory, readScope } from './scope.ts'

// One order at a time, and all at once: docs/wire/bybit.md 4.3 and 4.4. Answers to create, amend
// and cancel are acknowledgements; what became of the order is read elsewhere.

const createTable = { category: 'string', ...draftTable } as const

// https://bybit-exchange.github.io/docs/v5/order/create-order
export const createOrder: Route = {
  method: 'POST',
  path: '/v5/order/create',
  access: 'signed',
  operation: createOperation,
  parameters: namesOf(createTable),
  handle(handling) {
    return reply(handling, create(handling, handling.params, bodyCategory(handling)))
  },
}

// https://bybit-exchange.github.io/docs/v5/order/amend-order
export const amendOrder: Route = {
  method: 'POST',
  path: '/v5/order/amend',
  access: 'signed',
  operation: 'amendOrder',
  parameters: ['category', ...namesOf(amendTable)],
  handle(handling) {
    const allowed = { conditionals: true }
    return reply(handling, amend(handling, handling.params, bodyCategory(handling), allowed))
  },
}

/** Parameters of order/cancel without `category`. */
const cancelTable = {
  symbol: 'string',
  orderId: 'string',
  orderLinkId: 'string',
  // Spot only.
  orderFilter: 'any',
  // ccxt leaves them in the body.
  trigger: 'any',
  stop: 'any',
} as const

// https://bybit-exchange.github.io/docs/v5/order/cancel-order
export const cancelOrder: Route = {
  method: 'POST',
  path: '/v5/order/cancel',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: ['category', ...namesOf(cancelTable)],
  handle(handling) {
    return reply(handling, cancel(handling, handling.params, bodyCategory(handling)))
  },
}

const cancelAllTable = {
  category: 'string',
  symbol: 'string',
  baseCoin: 'string',
  settleCoin: 'string',
  orderFilter: 'string',
  stopOrderType: 'string',
} as const

const cancelFilters = ['Order', 'StopOrder', 'OpenOrder'] as const

/** The venue takes up to so many orders in one call. */
const MOST_CANCELLED = 500

// https://bybit-exchange.github.io/docs/v5/order/cancel-all
export const cancelAllOrders: Route = {
  method: 'POST',
  path: '/v5/order/cancel-all',
  access: 'signed',
  operation: 'cancelAll',
  parameters: namesOf(cancelAllTable),
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, cancelAllTable)
    const scope = readScope(handling, fields, { isRequired: true })
    const symbols = new Set(scope.map((listing) => listing.engine.symbol))
    const filter = readToken(handling, fields, 'orderFilter', cancelFilters)
    const onlyStops = readToken(handling, fields, 'stopOrderType', ['Stop']) === 'Stop'
    const wanted = openRecords(engine, accountId).filter(
      (record) => symbols.has(record.symbol) && isMeant(record, filter, onlyStops),
    )
    // A leg can go with its partner before its own turn: all that are meant are in the answer.
    const list = wanted.slice(0, MOST_CANCELLED).map((record) => {
      const current = findRecord(engine, accountId, { orderId: record.orderId, orderLinkId: '' })
      if (current && isMeant(current, undefined, false)) cancelRecord(handling, current)
      return { orderId: record.orderId, orderLinkId: record.orderLinkId }
    })
    return reply(handling, { list, success: '1' })
  },
}

/** Places one order out of `params`. */
export function create(handling: Handling, params: Params, category: Category): OrderIds {
  const draft = readDraft(handling, params, category)
  refuseDraft(handling, draft)
  return place(handling, draft)
}

/** Cancels the one order that `params` name. */
export function cancel(handling: Handling, params: Params, category: Category): OrderIds {
  const fields = readFields(params, cancelTable)
  const symbol = fields.text('symbol')
  if (symbol === undefined) throw parameterError()
  const listing = knownListing(category, symbol)
  const ids = { orderId: fields.text('orderId'), orderLinkId: fields.text('orderLinkId') }
  if (ids.orderId === undefined && ids.orderLinkId === undefined) throw idMissing()
  const record = findRecord(handling.engine, handling.accountId, ids)
  if (record?.symbol !== listing.engine.symbol) throw orderNotFound('cancel')
  return cancelRecord(handling, record)
}

/** `category` of a body that has more in it. */
export function bodyCategory(handling: Handling): Category {
  return readCategory(handling, readFields(handling.params, { category: 'string' }))
}

function createOperation(params: Params): Operation {
  const trigger = params.peek('triggerPrice')
  return trigger === undefined || trigger === '' ? 'createOrder' : 'createStop'
}

function isMeant(
  record: OrderRecord,
  filter: (typeof cancelFilters)[number] | undefined,
  onlyStops: boolean,
): boolean {
  const isPlain = isWorking(record)
  const isWaiting = isUntriggered(record)
  switch (filter) {
    case undefined:
      return isPlain || isWaiting
    case 'Order':
    case 'OpenOrder':
      return isPlain
    case 'StopOrder':
      return isWaiting && (!onlyStops || record.notes.stopOrderType === 'Stop')
  }
}
