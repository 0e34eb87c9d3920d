import { isZero } from '../../../core/decimal.ts'
import type { EngineOrder } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { parameterError, Refused } from './errors.ts'
import { type Fields, knownToken, readFields, readToken } from './fields.ts'
import { isLiquidation, readNotes } from './notes.ts'
import { orderRow } from './orderRow.ts'
import { type OrderState, stateOf } from './orderState.ts'
import { readPage, readSpan } from './paging.ts'
import { answering } from './replies.ts'
import { knownListing, readScope } from './scope.ts'

// Reading orders of the book: docs/wire/okx.md 4.3.

const orderNames = ['instId', 'ordId', 'clOrdId'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-details
export const order: Route = {
  method: 'GET',
  path: '/api/v5/trade/order',
  access: 'signed',
  operation: 'getOrder',
  parameters: orderNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, orderNames)
    const { symbol } = knownListing(fields.required('instId')).engine
    const ordId = fields.text('ordId')
    const clOrdId = fields.text('clOrdId')
    if (ordId === undefined && clOrdId === undefined) throw new Refused('51003')
    const found =
      ordId === undefined
        ? newestFirst(handling).find(
            (row) => row.conditionalId === undefined && row.clientOrderId === clOrdId,
          )
        : engine.order(accountId, ordId)
    if (found?.symbol !== symbol || isForgotten(handling, found)) throw new Refused('51603')
    return [orderRow(engine, found)]
  }),
}

const listNames = [
  'instType',
  'instFamily',
  'uly',
  'instId',
  'ordType',
  'state',
  'after',
  'before',
  'limit',
] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-list
export const ordersPending: Route = {
  method: 'GET',
  path: '/api/v5/trade/orders-pending',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: listNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, listNames)
    const isWanted = readFilter(handling, fields, { instType: false }, ['live', 'partially_filled'])
    const rows = newestFirst(handling).filter((row) => isOpen(row) && isWanted(row))
    return page(handling, fields, rows)
  }),
}

const historyNames = [...listNames, 'category', 'begin', 'end'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-history-last-7-days
export const ordersHistory: Route = historyRoute('/api/v5/trade/orders-history', 7)

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-history-last-3-months
export const ordersHistoryArchive: Route = historyRoute('/api/v5/trade/orders-history-archive', 90)

function historyRoute(path: string, days: number): Route {
  return {
    method: 'GET',
    path,
    access: 'signed',
    operation: 'getOrder',
    parameters: historyNames,
    handle: answering((handling) => {
      const fields = readFields(handling.params, historyNames)
      const isWanted = readFilter(handling, fields, { instType: true }, [
        'canceled',
        'filled',
        'mmp_canceled',
      ])
      const category = readToken(handling, fields, 'category', categories)
      const isInSpan = readSpan(fields)
      const earliest = handling.engine.now() - days * DAY
      const rows = newestFirst(handling).filter(
        (row) =>
          !isOpen(row) &&
          !isForgotten(handling, row) &&
          row.updatedAt >= earliest &&
          isInSpan(row.createdAt) &&
          isWanted(row) &&
          isOfCategory(row, category),
      )
      return page(handling, fields, rows)
    }),
  }
}

const DAY = 86_400_000

const orderTypes = [
  'market',
  'limit',
  'post_only',
  'fok',
  'ioc',
  'optimal_limit_ioc',
  'rpi',
  'mmp',
  'mmp_and_post_only',
  'op_fok',
] as const

const categories = [
  'normal',
  'twap',
  'adl',
  'full_liquidation',
  'partial_liquidation',
  'delivery',
  'ddh',
  'auto_conversion',
] as const

type ListFields = Fields<(typeof listNames)[number]>

function readFilter(
  handling: Handling,
  fields: ListFields,
  needs: { instType: boolean },
  states: readonly (OrderState | 'mmp_canceled')[],
): (row: EngineOrder) => boolean {
  const scope = readScope(handling, fields, needs)
  const symbols = new Set(scope.map((listing) => listing.engine.symbol))
  const state = readToken(handling, fields, 'state', states)
  const words = fields.text('ordType')?.split(',')
  const types = words?.map((word) => knownToken(handling, 'ordType', word, orderTypes))
  if (types?.length === 0) throw parameterError('ordType')
  return (row) =>
    symbols.has(row.symbol) &&
    (state === undefined || stateOf(row) === state) &&
    (types === undefined || types.some((type) => type === typeOf(row)))
}

/** The type a row is listed under. */
function typeOf(row: EngineOrder): string {
  const { ordType } = readNotes(row.venueData)
  if (row.conditionalId === undefined && ordType !== '') return ordType
  return row.type === 'MARKET' ? 'market' : 'limit'
}

function isOfCategory(row: EngineOrder, category: string | undefined): boolean {
  const own = isLiquidation(row.venueData) ? 'full_liquidation' : 'normal'
  return category === undefined || category === own
}

function isOpen({ status }: EngineOrder): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED'
}

/** Orders that ended without any fill disappear after two hours. */
function isForgotten({ engine }: Handling, row: EngineOrder): boolean {
  if (isOpen(row) || !isZero(row.executedQuantity)) return false
  return engine.now() - row.updatedAt >= 2 * 3_600_000
}

function newestFirst({ accountId, engine }: Handling): EngineOrder[] {
  return [...engine.orders(accountId)].reverse()
}

function page(handling: Handling, fields: ListFields, rows: readonly EngineOrder[]): unknown[] {
  return readPage(rows, fields, ({ orderId }) => orderId).map((row) =>
    orderRow(handling.engine, row),
  )
}
