import type { Handling, Route } from '../../server/types.ts'
import { type Fields, readQuery, readToken } from './fields.ts'
import { orderRow } from './orderRow.ts'
import { outcomeOf } from './outcome.ts'
import { readPage } from './paging.ts'
import {
  findRecord,
  isAmongLatest,
  isOpen,
  isUntriggered,
  type OrderRecord,
  openRecords,
  orderRecords,
  recordKey,
} from './records.ts'
import { reply } from './replies.ts'
import { readScope } from './scope.ts'
import { readWindow } from './window.ts'

// Looking orders up: docs/wire/bybit.md 4.3.

const realtimeFields = [
  'category',
  'symbol',
  'baseCoin',
  'settleCoin',
  'orderId',
  'orderLinkId',
  'openOnly',
  'orderFilter',
  'limit',
  'cursor',
] as const

const filters = ['Order', 'StopOrder'] as const

/** So many ended orders are still seen by order/realtime. */
const RECENT = 500

const pageLimits = { standard: 20, most: 50 }

// https://bybit-exchange.github.io/docs/v5/order/open-order
export const openOrders: Route = {
  method: 'GET',
  path: '/v5/order/realtime',
  access: 'signed',
  operation: (params) => (hasId(params) ? 'getOrder' : 'getOpenOrders'),
  parameters: realtimeFields,
  handle(handling) {
    const fields = readQuery(handling.params, realtimeFields)
    const ids = readIds(fields)
    const openOnly = readToken(handling, fields, 'openOnly', ['0', '1']) ?? '0'
    const isWanted = readFilter(handling, fields, { isScopeRequired: ids === undefined })
    const { accountId, engine } = handling
    if (ids) {
      // By id, open and ended orders are seen alike, whatever `openOnly` says.
      const found = findRecord(engine, accountId, ids)
      const isSeen = found && (isOpen(found) || isAmongLatest(engine, accountId, found, RECENT))
      return answerPage(handling, fields, isSeen ? [found].filter(isWanted) : [])
    }
    const records =
      openOnly === '0'
        ? openRecords(engine, accountId)
        : orderRecords(engine, accountId)
            .filter((record) => !isOpen(record))
            .slice(0, RECENT)
    return answerPage(handling, fields, records.filter(isWanted))
  },
}

const historyFields = [
  'category',
  'symbol',
  'baseCoin',
  'settleCoin',
  'orderId',
  'orderLinkId',
  'orderFilter',
  'orderStatus',
  'startTime',
  'endTime',
  'limit',
  'cursor',
] as const

const DAY = 86_400_000

const orderStates = [
  'Filled',
  'Cancelled',
  'Rejected',
  'Deactivated',
  'New',
  'PartiallyFilled',
  'Untriggered',
  'Triggered',
] as const

// https://bybit-exchange.github.io/docs/v5/order/order-list
export const orderHistory: Route = {
  method: 'GET',
  path: '/v5/order/history',
  access: 'signed',
  operation: 'getOrder',
  parameters: historyFields,
  handle(handling) {
    const fields = readQuery(handling.params, historyFields)
    const { from, to } = readWindow(handling.engine, fields)
    const status = readToken(handling, fields, 'orderStatus', orderStates)
    const now = handling.engine.now()
    const isWanted = readFilter(handling, fields, { isScopeRequired: false })
    const ids = readIds(fields)
    const { accountId, engine } = handling
    const found = ids && findRecord(engine, accountId, ids)
    const records = ids
      ? [found].filter((record) => record !== undefined)
      : orderRecords(engine, accountId)
    const wanted = records.filter(
      (record) =>
        isWanted(record) &&
        !isOpen(record) &&
        record.createdAt >= from &&
        record.createdAt <= to &&
        isStillKept(record, now) &&
        (status === undefined || outcomeOf(record).orderStatus === status),
    )
    return answerPage(handling, fields, wanted)
  },
}

type QueryFields = Fields<
  | 'category'
  | 'symbol'
  | 'baseCoin'
  | 'settleCoin'
  | 'orderId'
  | 'orderLinkId'
  | 'orderFilter'
  | 'limit'
  | 'cursor'
>

/** The ids a query names; of two the order's own one wins. */
function readIds(
  fields: QueryFields,
): { orderId: string | undefined; orderLinkId: string | undefined } | undefined {
  if (!fields.has('orderId') && !fields.has('orderLinkId')) return undefined
  return { orderId: fields.text('orderId'), orderLinkId: fields.text('orderLinkId') }
}

/** Which orders the contracts and the filter of a query mean. */
function readFilter(
  handling: Handling,
  fields: QueryFields,
  { isScopeRequired }: { isScopeRequired: boolean },
): (record: OrderRecord) => boolean {
  const scope = readScope(handling, fields, { isRequired: isScopeRequired })
  const symbols = new Set(scope.map((listing) => listing.engine.symbol))
  const filter = readToken(handling, fields, 'orderFilter', filters)
  return (record) => symbols.has(record.symbol) && passes(record, filter)
}

/** `StopOrder` is what waits, and what ended waiting; `Order` is the rest, triggered ones included. */
function passes(record: OrderRecord, filter: (typeof filters)[number] | undefined): boolean {
  const isStop = isUntriggered(record) || record.order === undefined
  switch (filter) {
    case undefined:
      return true
    case 'Order':
      return !isStop
    case 'StopOrder':
      return isStop
  }
}

/** What ended without a fill is kept for a day: docs/wire/bybit.md 4.3. */
function isStillKept(record: OrderRecord, now: number): boolean {
  const isFilled = record.order !== undefined && Number(record.order.executedQuantity) > 0
  return isFilled || record.updatedAt > now - DAY
}

function answerPage(
  handling: Handling,
  fields: QueryFields,
  records: readonly OrderRecord[],
): ReturnType<typeof reply> {
  const page = readPage(records, fields, pageLimits, recordKey)
  const list = page.rows.map((record) => orderRow(handling.engine, record))
  const category = fields.text('category')
  return reply(handling, { category, list, nextPageCursor: page.nextPageCursor })
}

function hasId(params: { peek(name: string): unknown }): boolean {
  return params.peek('orderId') !== undefined || params.peek('orderLinkId') !== undefined
}
