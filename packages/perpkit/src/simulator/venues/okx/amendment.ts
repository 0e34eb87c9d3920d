import { type Decimal, equals, isGreater, sub } from '../../../core/decimal.ts'
import { isRecord } from '../../../core/reader.ts'
import { type AmendRequest, type EngineOrder, isRefusal } from '../../engine/types.ts'
import { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { amendAttached } from './attachedAmendment.ts'
import { cancelOpen, findOpen } from './cancellation.ts'
import { parameterError, Refused, refusedByEngine } from './errors.ts'
import { type Fields, readFields } from './fields.ts'
import type { Listing } from './instruments.ts'
import { readNotes } from './notes.ts'
import { intoBand, sizeLimit } from './orderDraft.ts'
import { refuseOversized } from './placement.ts'
import { placeAttached } from './protection.ts'
import type { Row } from './rows.ts'
import { knownListing } from './scope.ts'
import { readPrice, readSize } from './sizes.ts'

/** Parameters of trade/amend-order: docs/wire/okx.md 4.3. */
export const amendNames = [
  'instId',
  'ordId',
  'clOrdId',
  'newSz',
  'newPx',
  'reqId',
  'cxlOnFail',
  'pxAmendType',
  'attachAlgoOrds',
  // Options only.
  'newPxUsd',
  'newPxVol',
] as const

type AmendFields = Fields<(typeof amendNames)[number]>

/** Amends the one order that is named. */
export function amendOrderOf(handling: Handling, params: Params): Row {
  const fields = readFields(params, amendNames)
  const listing = knownListing(fields.required('instId'))
  if (!fields.has('ordId') && !fields.has('clOrdId')) throw new Refused('51003')
  const reqId = fields.text('reqId') ?? ''
  if (!/^[A-Za-z0-9]{0,32}$/.test(reqId)) throw parameterError('reqId')
  const order = findOpen(handling, fields)
  if (order?.symbol !== listing.engine.symbol) throw new Refused('51503')
  try {
    amend(handling, fields, listing, order)
  } catch (error) {
    if (error instanceof Refused && fields.isTrue('cxlOnFail')) cancelOpen(handling, order)
    throw error
  }
  return {
    ordId: order.orderId,
    clOrdId: order.clientOrderId,
    ts: String(order.createdAt),
    reqId,
    sCode: '0',
    sMsg: '',
    subCode: '',
  }
}

function amend(
  handling: Handling,
  fields: AmendFields,
  listing: Listing,
  order: EngineOrder,
): void {
  const { accountId, engine } = handling
  const change = readChange(handling, fields, listing, order)
  const quantity = change.quantity ?? order.quantity
  if (order.reduceOnly && isGreater(quantity, order.executedQuantity)) {
    const { orderId, side } = order
    const left = sub(quantity, order.executedQuantity)
    const price = change.price ?? order.price
    const reducing = { leg: order, side, quantity: left, price, orderId }
    refuseOversized(engine, accountId, reducing, '51171')
  }
  // Notes first: a quantity that has filled already ends the order.
  const { venueData, ...figures } = change
  const endsIt = !isGreater(quantity, order.executedQuantity)
  for (const part of venueData && endsIt ? [{ venueData }, figures] : [change]) {
    const amended = engine.amendOrder(accountId, order.orderId, part)
    if (isRefusal(amended)) throw refusedByEngine(amended, 'amend')
    placeAttached(engine, amended)
  }
}

function readChange(
  handling: Handling,
  fields: AmendFields,
  listing: Listing,
  order: EngineOrder,
): AmendRequest {
  const newSz = fields.text('newSz')
  const newPx = fields.text('newPx')
  const items = fields.list('attachAlgoOrds')
  if (newSz === undefined && newPx === undefined && items.length === 0) throw new Refused('51500')
  const quantity =
    newSz === undefined ? undefined : readSize(listing, 'newSz', newSz, sizeLimit(listing, false))
  const price = readNewPrice(handling, fields, listing, order)
  // Down to what has filled: the order has then filled whole.
  const isAmendedDown = quantity !== undefined && !isGreater(quantity, order.executedQuantity)
  const notes = readNotes(order.venueData)
  const attached = amendAttached(handling, notes.attached, readItems(items), order, listing)
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    venueData: { ...order.venueData, isAmendedDown, attached, reqId: fields.text('reqId') ?? '' },
  }
}

function readNewPrice(
  handling: Handling,
  fields: AmendFields,
  listing: Listing,
  order: EngineOrder,
): Decimal | undefined {
  const given = fields.text('newPx')
  if (given === undefined) return undefined
  const price = readPrice(listing, 'newPx', given)
  const allowed = intoBand(handling, fields, listing, order.side, price)
  return order.price !== undefined && equals(allowed, order.price) ? undefined : allowed
}

function readItems(items: readonly unknown[]): Params[] {
  return items.map((item) => {
    if (!isRecord(item)) throw parameterError('attachAlgoOrds')
    return new Params(item)
  })
}
