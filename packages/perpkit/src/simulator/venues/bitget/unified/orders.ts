import type { EngineOrder } from '../../../engine/types.ts'
import type { Params } from '../../../server/params.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { ITEMS } from '../auth.ts'
import { cancelOne, cancelOpen } from '../cancellation.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { positionsOf } from '../legs.ts'
import { holdSides, sideOf } from '../modes.ts'
import { closingDraft, place } from '../placement.ts'
import { isStale, staleDraft } from '../receiveWindow.ts'
import { reply } from '../replies.ts'
import { categories, readCategory } from '../scope.ts'
import { amend, modifyFields } from './amendment.ts'
import { batchFields, draftFields, readDraft } from './draft.ts'
import { settleItems } from './items.ts'

// Plain orders of a unified account: docs/wire/bitget.md 12.4.

// https://www.bitget.com/api-doc/uta/trade/Place-Order
export const placeOrder: Route = {
  method: 'POST',
  path: '/api/v3/trade/place-order',
  access: 'signed',
  operation: 'createOrder',
  parameters: draftFields,
  handle(handling) {
    const draft = readDraft(handling, handling.params)
    const { clientOid, hasDisplaced, orderId } = place(
      handling,
      isStale(handling) ? staleDraft(draft) : draft,
    )
    return reply(handling, { clientOid, orderId: hasDisplaced ? null : orderId })
  },
}

// https://www.bitget.com/api-doc/uta/trade/Place-Batch
export const placeBatch: Route = {
  method: 'POST',
  path: '/api/v3/trade/place-batch',
  access: 'signed',
  operation: 'createOrder',
  parameters: [ITEMS],
  handle(handling) {
    const rows = settleItems(handling, (params) => {
      const placed = place(handling, readDraft(handling, params, batchFields))
      return { orderId: placed.hasDisplaced ? null : placed.orderId, clientOid: placed.clientOid }
    })
    return reply(handling, rows)
  },
}

// https://www.bitget.com/api-doc/uta/trade/Modify-Order
export const modifyOrder: Route = {
  method: 'POST',
  path: '/api/v3/trade/modify-order',
  access: 'signed',
  operation: 'amendOrder',
  parameters: modifyFields,
  handle: (handling) => reply(handling, amend(handling, handling.params)),
}

// https://www.bitget.com/api-doc/uta/trade/Batch-Modify-Orders
export const modifyBatch: Route = {
  method: 'POST',
  path: '/api/v3/trade/batch-modify-order',
  access: 'signed',
  operation: 'amendOrder',
  parameters: [ITEMS],
  handle: (handling) =>
    reply(
      handling,
      settleItems(handling, (params) => amend(handling, params)),
    ),
}

const cancelFields = ['orderId', 'clientOid', 'category', 'symbol'] as const

// https://www.bitget.com/api-doc/uta/trade/Cancel-Order
export const cancelOrder: Route = {
  method: 'POST',
  path: '/api/v3/trade/cancel-order',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: cancelFields,
  handle: (handling) => reply(handling, cancel(handling, handling.params)),
}

// https://www.bitget.com/api-doc/uta/trade/Cancel-Batch
export const cancelBatch: Route = {
  method: 'POST',
  path: '/api/v3/trade/cancel-batch',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: [ITEMS],
  handle: (handling) =>
    reply(
      handling,
      settleItems(handling, (params) => cancel(handling, params)),
    ),
}

const cancelSymbolFields = ['category', 'symbol'] as const

// https://www.bitget.com/api-doc/uta/trade/Cancel-All-Order
export const cancelSymbol: Route = {
  method: 'POST',
  path: '/api/v3/trade/cancel-symbol-order',
  access: 'signed',
  operation: 'cancelAll',
  parameters: cancelSymbolFields,
  handle(handling) {
    const { accountId, engine } = handling
    const scope = readScope(handling, readFields(handling.params, cancelSymbolFields))
    const open = engine.openOrders(accountId).filter((order) => isIn(scope, order))
    if (open.length === 0) throw refused(handling, 'orderUnknown')
    return reply(handling, { list: open.map((order) => cancelOpen(handling, order)) })
  },
}

const closeFields = ['category', 'symbol', 'posSide'] as const

// https://www.bitget.com/api-doc/uta/trade/Close-All-Positions
export const closePositions: Route = {
  method: 'POST',
  path: '/api/v3/trade/close-positions',
  access: 'signed',
  operation: 'createOrder',
  parameters: closeFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, closeFields)
    const posSide = readToken(handling, fields, 'posSide', holdSides)
    const positions = readScope(handling, fields).flatMap((listing) =>
      positionsOf(engine, accountId, {
        symbol: listing.engine.symbol,
        ...(posSide === undefined ? {} : { positionSide: sideOf(posSide) }),
      }),
    )
    if (positions.length === 0) throw refused(handling, 'flat')
    const list = positions.map((position) => {
      const { clientOid, orderId } = place(handling, closingDraft(position, 3))
      return { orderId, clientOid }
    })
    return reply(handling, { list })
  },
}

function cancel(handling: Handling, params: Params): { orderId: string; clientOid: string } {
  const fields = readFields(params, cancelFields)
  const ids = { orderId: fields.text('orderId'), clientOid: fields.text('clientOid') }
  readCategory(handling, fields)
  return cancelOne(handling, ids, undefined)
}

function readScope(handling: Handling, fields: Fields<'category' | 'symbol'>): readonly Listing[] {
  requiredToken(handling, fields, 'category', categories)
  return readCategory(handling, fields)
}

function isIn(scope: readonly Listing[], order: EngineOrder): boolean {
  return scope.some((listing) => listing.engine.symbol === order.symbol)
}
