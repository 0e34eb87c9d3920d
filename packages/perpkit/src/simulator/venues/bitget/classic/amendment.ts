import { equals, isZero } from '../../../../core/decimal.ts'
import { type EngineOrder, isRefusal } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { checkIds, findOrder } from '../cancellation.ts'
import { clientIdOf, readClientId } from '../clientIds.ts'
import { refused, refusedByEngine } from '../errors.ts'
import { type Fields, readFields } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { legOf } from '../modes.ts'
import { keepNotes, type Notes, readNotes } from '../notes.ts'
import { isTaken } from '../placement.ts'
import { Refused, reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'
import { checkBand, checkQuantity, readNumber, readPrice, readQuantity } from '../sizes.ts'
import { idsOf } from './orders.ts'

const modifyFields = [
  'orderId',
  'clientOid',
  'symbol',
  'productType',
  'marginCoin',
  'newClientOid',
  'newSize',
  'newPrice',
  'newPresetStopSurplusPrice',
  'newPresetStopLossPrice',
] as const

type ModifyFields = Fields<(typeof modifyFields)[number]>

/**
 * Cancels the order and makes a new one under the new client id; the answer names the old one
 * (docs/wire/bitget.md 4.4).
 * https://www.bitget.com/api-doc/contract/trade/Modify-Order
 */
export const modifyOrder: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/modify-order',
  access: 'signed',
  operation: 'amendOrder',
  parameters: modifyFields,
  handle(handling) {
    const fields = readFields(handling.params, modifyFields)
    const ids = idsOf(fields)
    checkIds(handling, ids)
    if (!fields.has('newClientOid')) throw new Refused('22003', 'newClientOid cannot be empty')
    const newClientOid = readClientId(handling, fields.text('newClientOid'))
    if (fields.has('newSize') !== fields.has('newPrice')) {
      throw new Refused('40925', 'newSize and newPrice must be passed together')
    }
    const listing = readClassic(handling, fields)
    checkMarginCoin(handling, fields, listing.productType)
    const order = readOrder(handling, listing, findOrder(handling, ids))
    const wanted = readWanted(handling, fields, listing, order)
    const numbers = { side: order.side, ...wanted, isClosing: order.reduceOnly }
    checkQuantity(handling, listing, numbers)
    checkBand(handling, listing, numbers)
    if (isTaken(handling, newClientOid)) throw refused(handling, 'duplicateClientId')
    replace(handling, order, { ...wanted, newClientOid })
    return reply(handling, { orderId: order.orderId, clientOid: clientIdOf(order) })
  },
}

/** Only an untouched limit order can be changed. */
function readOrder(
  handling: Handling,
  listing: Listing,
  order: EngineOrder | undefined,
): EngineOrder {
  if (order?.symbol !== listing.engine.symbol) throw refused(handling, 'orderUnknown')
  if (order.status !== 'NEW' || order.type !== 'LIMIT') throw refused(handling, 'finishedOnAmend')
  return order
}

interface Wanted {
  quantity: string
  price: string
  notes: Notes
}

function readWanted(
  handling: Handling,
  fields: ModifyFields,
  listing: Listing,
  order: EngineOrder,
): Wanted {
  const notes = readNotes(order.venueData)
  const before = order.price ?? '0'
  const size = fields.text('newSize')
  const price = fields.text('newPrice')
  if (size !== undefined && price !== undefined) {
    // Protection sent beside size and price is ignored.
    const wanted = {
      quantity: readQuantity(handling, listing, 'newSize', size),
      price: readPrice(handling, listing, 'newPrice', price),
      notes,
    }
    const isSame = equals(wanted.quantity, order.quantity) && equals(wanted.price, before)
    if (isSame) throw refused(handling, 'amendUnchanged')
    return wanted
  }
  // Of the two protections the one that is not sent is dropped.
  const takeProfit = newPreset(handling, fields, 'newPresetStopSurplusPrice', listing)
  const stopLoss = newPreset(handling, fields, 'newPresetStopLossPrice', listing)
  const isSent = fields.has('newPresetStopSurplusPrice') || fields.has('newPresetStopLossPrice')
  const isSame = takeProfit === notes.takeProfit && stopLoss === notes.stopLoss
  if (!isSent || isSame) throw refused(handling, 'amendUnchanged')
  return { quantity: order.quantity, price: before, notes: { ...notes, takeProfit, stopLoss } }
}

function newPreset(
  handling: Handling,
  fields: ModifyFields,
  name: 'newPresetStopSurplusPrice' | 'newPresetStopLossPrice',
  listing: Listing,
): string {
  const given = fields.text(name)
  if (given === undefined || isZero(readNumber(handling, name, given))) return ''
  return readPrice(handling, listing, name, given)
}

/** The new order is made after the old one has gone, and may be refused for want of margin. */
function replace(
  handling: Handling,
  order: EngineOrder,
  { newClientOid, notes, price, quantity }: Wanted & { newClientOid: string },
): void {
  const { accountId, engine } = handling
  const noted = engine.amendOrder(accountId, order.orderId, {
    venueData: keepNotes({ ...readNotes(order.venueData), cancelReason: 'modify_limit_order' }),
  })
  if (isRefusal(noted)) throw refusedByEngine(handling, noted)
  engine.cancelOrder(accountId, order.orderId)
  const placed = engine.placeOrder(accountId, {
    clientOrderId: newClientOid,
    ...legOf(order.symbol, order.marginMode, order.positionSide),
    side: order.side,
    type: 'LIMIT',
    quantity,
    price,
    timeInForce: order.timeInForce,
    reduceOnly: order.reduceOnly,
    venueData: keepNotes(notes),
  })
  if (isRefusal(placed)) throw refusedByEngine(handling, placed)
}
