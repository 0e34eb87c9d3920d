import type { Handling, Route } from '../../../server/types.ts'
import { cancelOne, cancelOpen, findOrder, isOpen, type OrderIds } from '../cancellation.ts'
import { clientIdOf } from '../clientIds.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken, readWhole, requiredToken } from '../fields.ts'
import { listingOf, productTypes } from '../instruments.ts'
import { positionsOf } from '../legs.ts'
import { holdSides, sideOf } from '../modes.ts'
import { closingDraft, place } from '../placement.ts'
import { Refused, reply } from '../replies.ts'
import { checkMarginCoin, namedOrAll, readClassic, readProduct } from '../scope.ts'
import { draftFields, readDraft } from './draft.ts'
import { type Outcomes, readItems, settle } from './items.ts'

// Plain orders of a classic account: docs/wire/bitget.md 4.4. Plans have calls of their own.

// https://www.bitget.com/api-doc/contract/trade/Place-Order
export const placeOrder: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/place-order',
  access: 'signed',
  operation: 'createOrder',
  parameters: draftFields,
  handle(handling) {
    const placed = place(handling, readDraft(handling, handling.params))
    const { clientOid, hasDisplaced, orderId } = placed
    return reply(handling, hasDisplaced ? { clientOid } : { clientOid, orderId })
  },
}

const cancelFields = ['symbol', 'productType', 'marginCoin', 'orderId', 'clientOid'] as const

// https://www.bitget.com/api-doc/contract/trade/Cancel-Order
export const cancelOrder: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/cancel-order',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: cancelFields,
  handle(handling) {
    const fields = readFields(handling.params, cancelFields)
    const listing = readClassic(handling, fields)
    checkMarginCoin(handling, fields, listing.productType)
    return reply(handling, cancelOne(handling, idsOf(fields), listing.engine.symbol))
  },
}

const batchCancelFields = ['productType', 'symbol', 'marginCoin', 'orderIdList'] as const

// https://www.bitget.com/api-doc/contract/trade/Batch-Cancel-Orders
export const batchCancel: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/batch-cancel-orders',
  access: 'signed',
  operation: (params) => (params.peek('orderIdList') === undefined ? 'cancelAll' : 'cancelOrder'),
  parameters: batchCancelFields,
  handle(handling) {
    const fields = readFields(handling.params, batchCancelFields)
    if (!fields.has('orderIdList')) {
      return reply(handling, cancelProduct(handling, fields, fields.text('symbol')))
    }
    const { symbol } = readClassic(handling, fields).engine
    const outcomes = settle(readItems(handling, fields.list('orderIdList')), (ids) => {
      const order = findOrder(handling, ids)
      if (!order || order.symbol !== symbol || !isOpen(order)) {
        throw new Refused('40768', 'notExistend')
      }
      return cancelOpen(handling, order)
    })
    return reply(handling, withoutCodes(outcomes))
  },
}

const cancelAllFields = ['productType', 'marginCoin', 'requestTime', 'receiveWindow'] as const

const LONGEST_WINDOW = 60_000

// https://www.bitget.com/api-doc/contract/trade/Cancel-All-Orders
export const cancelAll: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/cancel-all-orders',
  access: 'signed',
  operation: 'cancelAll',
  // Some SDKs send `symbol`, which narrows nothing.
  parameters: [...cancelAllFields, 'symbol'],
  handle(handling) {
    const fields = readFields(handling.params, cancelAllFields)
    handling.params.ignore('symbol')
    const sentAt = readWhole(handling, fields, 'requestTime')
    const window = readWhole(handling, fields, 'receiveWindow')
    if (window !== undefined && window > LONGEST_WINDOW) {
      throw new Refused('40079', 'The receiveWindow is more than 60 seconds')
    }
    const isLate = sentAt !== undefined && window !== undefined
    if (isLate && handling.clock.now() - sentAt > window) {
      throw new Refused('40078', 'The request is out of its receiveWindow')
    }
    return reply(handling, cancelProduct(handling, fields))
  },
}

const closeFields = ['productType', 'symbol', 'holdSide'] as const

// https://www.bitget.com/api-doc/contract/trade/Flash-Close-Position
export const closePositions: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/close-positions',
  access: 'signed',
  operation: 'createOrder',
  parameters: closeFields,
  handle(handling) {
    const fields = readFields(handling.params, closeFields)
    const holdSide = readToken(handling, fields, 'holdSide', holdSides)
    const wanted = readProduct(handling, fields).flatMap((listing) =>
      positionsOf(handling.engine, handling.accountId, {
        symbol: listing.engine.symbol,
        ...(holdSide === undefined ? {} : { positionSide: sideOf(holdSide) }),
      }),
    )
    if (wanted.length === 0) throw refused(handling, 'flat')
    const successList = wanted.map((position) => {
      const { clientOid, orderId } = place(handling, closingDraft(position, 2))
      return { orderId, clientOid, symbol: listingOf(position.symbol).native }
    })
    return reply(handling, { successList, failureList: [] })
  },
}

export function idsOf(fields: Fields<'orderId' | 'clientOid'>): OrderIds {
  return { orderId: fields.text('orderId'), clientOid: fields.text('clientOid') }
}

/** Failed items of a cancel list carry no code (docs/wire/bitget.md 4.4). */
export function withoutCodes({ failureList, successList }: Outcomes): unknown {
  return { successList, failureList: failureList.map(({ errorCode: _, ...item }) => item) }
}

/** All of one symbol, or of the product type. */
function cancelProduct(
  handling: Handling,
  fields: Fields<'productType' | 'marginCoin'>,
  native?: string,
): unknown {
  const productType = requiredToken(handling, fields, 'productType', productTypes)
  checkMarginCoin(handling, fields, productType)
  const scope = namedOrAll(handling, productType, native)
  const symbols = new Set(scope.map((listing) => listing.engine.symbol))
  const open = handling.engine
    .openOrders(handling.accountId)
    .filter((order) => symbols.has(order.symbol))
  if (open.length === 0) throw refused(handling, 'finishedOnCancel')
  for (const order of open) handling.engine.cancelOrder(handling.accountId, order.orderId)
  const successList = open.map((order) => ({
    orderId: order.orderId,
    clientOid: clientIdOf(order),
  }))
  return { successList, failureList: [] }
}
