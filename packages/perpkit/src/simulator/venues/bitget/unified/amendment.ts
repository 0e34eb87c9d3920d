import { equals, isGreater } from '../../../../core/decimal.ts'
import { type EngineOrder, isRefusal } from '../../../engine/types.ts'
import type { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import { checkIds, findOrder, isOpen } from '../cancellation.ts'
import { clientIdOf } from '../clientIds.ts'
import { parameterMalformed, refused, refusedByEngine } from '../errors.ts'
import { type Fields, readFields, readToken } from '../fields.ts'
import { type Listing, listingOf } from '../instruments.ts'
import { keepNotes, type Notes, readNotes } from '../notes.ts'
import { isReduceOnly } from '../orderWords.ts'
import { categories } from '../scope.ts'
import { checkBand, checkQuantity, readPrice, readQuantity } from '../sizes.ts'
import { readPreset } from './draft.ts'

/** Parameters of trade/modify-order: docs/wire/bitget.md 12.4. */
export const modifyFields = [
  'orderId',
  'clientOid',
  'qty',
  'price',
  'autoCancel',
  'symbol',
  'category',
  'requestId',
  'takeProfit',
  'tpTriggerBy',
  'tpOrderType',
  'tpLimitPrice',
  'stopLoss',
  'slTriggerBy',
  'slOrderType',
  'slLimitPrice',
] as const

/** Changes an order that rests; its id stays. */
export function amend(handling: Handling, params: Params): { orderId: string; clientOid: string } {
  const { accountId, engine } = handling
  const fields = readFields(params, modifyFields)
  const ids = { orderId: fields.text('orderId'), clientOid: fields.text('clientOid') }
  checkIds(handling, ids)
  readToken(handling, fields, 'autoCancel', ['yes', 'no'])
  readToken(handling, fields, 'category', categories)
  const order = findOrder(handling, ids)
  if (!order) throw refused(handling, 'orderUnknown')
  if (!isOpen(order) || order.price === undefined) throw refused(handling, 'finishedOnAmend')
  if (isReduceOnly(order)) throw refused(handling, 'amendReduceOnly')
  const listing = listingOf(order.symbol)
  const qty = fields.text('qty')
  const given = fields.text('price')
  const quantity = qty === undefined ? order.quantity : readQuantity(handling, listing, 'qty', qty)
  const price = given === undefined ? order.price : readPrice(handling, listing, 'price', given)
  const notes = newNotes(handling, fields, listing, order)
  const isSame = equals(quantity, order.quantity) && equals(price, order.price)
  if (isSame && notes === undefined) throw refused(handling, 'amendUnchanged')
  if (!isGreater(quantity, order.executedQuantity)) throw parameterMalformed(handling, 'qty')
  const numbers = { side: order.side, quantity, price, isClosing: order.reduceOnly }
  checkQuantity(handling, listing, numbers)
  checkBand(handling, listing, numbers)
  const amended = engine.amendOrder(accountId, order.orderId, {
    quantity,
    price,
    ...(notes === undefined ? {} : { venueData: keepNotes(notes) }),
  })
  if (isRefusal(amended)) throw refusedByEngine(handling, amended)
  return { orderId: order.orderId, clientOid: clientIdOf(order) }
}

/** The notes with a new preset; `undefined` when none was sent. A leg that is not sent stays. */
function newNotes(
  handling: Handling,
  fields: Fields<(typeof modifyFields)[number]>,
  listing: Listing,
  order: EngineOrder,
): Notes | undefined {
  const notes = readNotes(order.venueData)
  const { stopBy, stopLimit, stopLoss, takeBy, takeLimit, takeProfit } = readPreset(
    handling,
    fields,
    listing,
  )
  const take = fields.has('takeProfit') ? { takeProfit, takeBy, takeLimit } : undefined
  const stop = fields.has('stopLoss') ? { stopLoss, stopBy, stopLimit } : undefined
  return take || stop ? { ...notes, ...take, ...stop } : undefined
}
