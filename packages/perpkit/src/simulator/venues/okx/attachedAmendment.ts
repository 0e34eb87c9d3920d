import type { EngineOrder } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { checkItems } from './attachedItems.ts'
import { contractsOf } from './decimals.ts'
import { Refused } from './errors.ts'
import { type Fields, readFields, readToken } from './fields.ts'
import { attachedIdOf } from './ids.ts'
import type { Listing } from './instruments.ts'
import { isClosing } from './legs.ts'
import type { AttachedItem } from './notes.ts'
import { readLegPrice, readPrice } from './sizes.ts'
import { priceKinds } from './triggers.ts'

/** Items of `attachAlgoOrds` in trade/amend-order: docs/wire/okx.md 4.3. */
const itemNames = [
  'attachAlgoId',
  'attachAlgoClOrdId',
  'newTpTriggerPx',
  'newTpOrdPx',
  'newTpOrdKind',
  'newTpTriggerPxType',
  'newSlTriggerPx',
  'newSlOrdPx',
  'newSlTriggerPxType',
  'sz',
  'amendPxOnTriggerType',
] as const

type ItemFields = Fields<(typeof itemNames)[number]>

/** The attached items as they are after the changes; a price of "0" takes a leg off. */
export function amendAttached(
  handling: Handling,
  attached: readonly AttachedItem[],
  changes: readonly Params[],
  order: EngineOrder,
  listing: Listing,
): AttachedItem[] {
  const items = attached.map((item) => ({ ...item }))
  for (const params of changes) {
    const fields = readFields(params, itemNames)
    const index = items.findIndex((item) => isMeant(fields, item, order))
    const item = items[index]
    if (!item) throw new Refused('51527')
    items[index] = changeItem(handling, fields, item, listing)
    for (const { name, value } of params.unread()) {
      handling.unknownWord(`attachAlgoOrds.${name}`, value)
    }
  }
  const left = items.filter(
    ({ callbackRatio, callbackSpread, slTriggerPx, tpOrdPx }) =>
      `${callbackRatio}${callbackSpread}${slTriggerPx}${tpOrdPx}` !== '',
  )
  if (changes.length > 0) {
    const { price, quantity, side } = order
    const size = contractsOf(listing, quantity)
    checkItems(handling, left, { listing, side, price, size, isClosing: isClosing(order) })
  }
  return left
}

function isMeant(fields: ItemFields, item: AttachedItem, order: EngineOrder): boolean {
  const id = fields.text('attachAlgoId')
  if (id !== undefined) return id === attachedIdOf(order.orderId, item.number)
  const clientId = fields.text('attachAlgoClOrdId')
  return clientId !== undefined && clientId === item.attachAlgoClOrdId
}

function changeItem(
  handling: Handling,
  fields: ItemFields,
  item: AttachedItem,
  listing: Listing,
): AttachedItem {
  const tp = readPair(fields, listing, 'newTpTriggerPx', 'newTpOrdPx')
  const sl = readPair(fields, listing, 'newSlTriggerPx', 'newSlOrdPx')
  const tpType = readToken(handling, fields, 'newTpTriggerPxType', priceKinds)
  const slType = readToken(handling, fields, 'newSlTriggerPxType', priceKinds)
  return {
    ...item,
    ...(tp && { tpTriggerPx: tp.trigger ?? item.tpTriggerPx, tpOrdPx: tp.price ?? item.tpOrdPx }),
    ...(tpType && { tpTriggerPxType: tpType }),
    ...(sl && { slTriggerPx: sl.trigger ?? item.slTriggerPx, slOrdPx: sl.price ?? item.slOrdPx }),
    ...(slType && { slTriggerPxType: slType }),
  }
}

/** `''` for a leg that is taken off. */
function readPair(
  fields: ItemFields,
  listing: Listing,
  triggerName: 'newTpTriggerPx' | 'newSlTriggerPx',
  priceName: 'newTpOrdPx' | 'newSlOrdPx',
): { trigger: string | undefined; price: string | undefined } | undefined {
  const trigger = fields.text(triggerName)
  const price = fields.text(priceName)
  if (trigger === undefined && price === undefined) return undefined
  if (trigger === '0' || price === '0') return { trigger: '', price: '' }
  if (trigger !== undefined) readPrice(listing, triggerName, trigger)
  if (price !== undefined) readLegPrice(listing, priceName, price)
  return { trigger, price }
}
