import type { AlgoRecord } from './algoRecords.ts'
import { listingOf, toVolume } from './contracts.ts'
import { plain } from './figures.ts'
import { placeIdOf } from './ids.ts'
import { type LegNotes, type OrderNotes, readNotes } from './notes.ts'
import { readsReduceOnly, sideFields } from './sides.ts'

/** A conditional order as queries show it; fields of other types are left out: 4.10. */
export function algoRow(record: AlgoRecord): Record<string, unknown> {
  const { partner, primary, state } = record
  const listing = listingOf(primary.symbol)
  const notes = readNotes(primary.venueData)
  return {
    id: placeIdOf(primary.conditionalId),
    volume: toVolume(listing, primary.quantity),
    type: notes.algoType,
    state,
    side: primary.side.toLowerCase(),
    algo_id: primary.conditionalId,
    ...(primary.clientOrderId === '' ? {} : { algo_client_order_id: primary.clientOrderId }),
    contract_code: listing.native,
    ...sideFields(primary),
    created_time: String(primary.createdAt),
    updated_time: String(Math.max(primary.updatedAt, partner?.updatedAt ?? 0)),
    order_source: 'api',
    ...ownFields(record, notes),
    ...outcomeFields(record),
  }
}

function ownFields({ primary }: AlgoRecord, notes: OrderNotes): Record<string, unknown> {
  switch (notes.algoType) {
    case 'trigger':
      return {
        trigger_price: plain(primary.triggerPrice),
        trigger_price_type: 'last',
        price: notes.priceMatch === '' ? plain(primary.price ?? '0') : '0',
        price_match: notes.priceMatch === '' ? null : notes.priceMatch,
        reduce_only: readsReduceOnly(primary),
      }
    case 'trailing_stop':
      return {
        active_price: notes.activePrice,
        callback_rate: plain(primary.trailingRate ?? '0'),
        reduce_only: readsReduceOnly(primary),
        order_price_type: notes.orderPriceType,
      }
    default:
      return { ...legFields('tp', notes.tp), ...legFields('sl', notes.sl) }
  }
}

function legFields(goal: 'tp' | 'sl', leg: LegNotes): Record<string, string> {
  if (leg.trigger === '') return {}
  return {
    [`${goal}_trigger_price`]: leg.trigger,
    [`${goal}_order_price`]: leg.orderPrice,
    [`${goal}_type`]: leg.type,
    [`${goal}_trigger_price_type`]: leg.source,
  }
}

/** What has become of it, once it has fired. */
function outcomeFields({ firedAt, order }: AlgoRecord): Record<string, string> {
  if (!order) return {}
  return {
    actual_volume: toVolume(listingOf(order.symbol), order.quantity),
    actual_price: order.price === undefined ? '0' : plain(order.price),
    actual_time: String(firedAt ?? order.createdAt),
    relation_order_id: order.orderId,
  }
}
