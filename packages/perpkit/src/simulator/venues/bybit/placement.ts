import { type Decimal, isZero, min } from '../../../core/decimal.ts'
import { type Engine, isRefusal } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import {
  contractNotLive,
  duplicateLinkId,
  flatReduceOnly,
  refusedByEngine,
  sameSideReduceOnly,
  tooManyConditionals,
} from './errors.ts'
import type { Listing } from './instruments.ts'
import type { OrderDraft } from './orderDraft.ts'
import { refuseSmallNotional } from './sizes.ts'
import { positionIn, type Slot, sideOf } from './slots.ts'
import { priceKindOf, refusePassed, type Trigger } from './triggers.ts'

/** The two ids of an order, as acknowledgements carry them. */
export interface OrderIds {
  orderId: string
  orderLinkId: string
}

/** Holds an order against the trading rules: docs/wire/bybit.md 4.7 and 6. */
export function refuseDraft(handling: Handling, draft: OrderDraft): void {
  const { engine } = handling
  const { isClosing, listing, orderLinkId, price, quantity, side, slot, trigger } = draft
  const { symbol } = listing.engine
  if (orderLinkId !== '' && isUsed(handling, orderLinkId)) throw duplicateLinkId()
  if (!engine.isTrading(symbol)) throw contractNotLive()
  if (trigger) refusePassed(engine, listing, trigger)
  if (!isClosing) {
    refuseSmallNotional(engine, listing, quantity, price)
    return
  }
  // A conditional closing order waits for its position: only a plain one needs it now.
  if (trigger) return
  const position = positionIn(engine, slot)
  if (!position) throw flatReduceOnly()
  if ((position.side === 'LONG') === (side === 'BUY')) throw sameSideReduceOnly()
}

/** Places an order that {@link refuseDraft} has let pass. */
export function place(handling: Handling, draft: OrderDraft): OrderIds {
  return draft.trigger
    ? placeConditional(handling, draft, draft.trigger)
    : placePlain(handling, draft)
}

function placePlain({ accountId, engine }: Handling, draft: OrderDraft): OrderIds {
  const { listing, price, worstPrice } = draft
  const placed = engine.placeOrder(accountId, {
    clientOrderId: draft.orderLinkId,
    symbol: listing.engine.symbol,
    ...sideOf(draft.slot),
    side: draft.side,
    type: draft.type,
    quantity: isZero(draft.quantity) ? wholePosition(engine, draft.slot, listing) : draft.quantity,
    ...(price === undefined ? {} : { price }),
    ...(worstPrice === undefined ? {} : { worstPrice }),
    timeInForce: draft.timeInForce,
    reduceOnly: draft.reduceOnly,
    venueData: draft.notes,
  })
  if (isRefusal(placed)) throw refusedByEngine(placed)
  return { orderId: placed.orderId, orderLinkId: placed.clientOrderId }
}

function placeConditional(
  { accountId, engine }: Handling,
  draft: OrderDraft,
  trigger: Trigger,
): OrderIds {
  const { listing, price, side } = draft
  const placed = engine.placeConditional(accountId, {
    clientOrderId: draft.orderLinkId,
    symbol: listing.engine.symbol,
    ...sideOf(draft.slot),
    side,
    // The venue knows no kinds: a stop is what trades in the direction its price has moved in.
    kind: (side === 'BUY') === (trigger.direction === 'rise') ? 'stop' : 'takeProfit',
    orderType: draft.type,
    quantity: isZero(draft.quantity) ? listing.engine.maxQuantity : draft.quantity,
    ...(price === undefined ? {} : { price }),
    timeInForce: draft.timeInForce,
    reduceOnly: draft.reduceOnly,
    triggerPrice: trigger.price,
    triggerSource: priceKindOf(trigger.triggerBy),
    triggerDirection: trigger.direction,
    venueData: draft.notes,
  })
  if (isRefusal(placed)) {
    throw placed.refused === 'tooManyOrders' ? tooManyConditionals() : refusedByEngine(placed)
  }
  return { orderId: placed.conditionalId, orderLinkId: placed.clientOrderId }
}

function wholePosition(engine: Engine, slot: Slot, listing: Listing): Decimal {
  return min(positionIn(engine, slot)?.size ?? '0', listing.engine.maxQuantity)
}

function isUsed({ accountId, engine }: Handling, orderLinkId: string): boolean {
  const orders = [...engine.orders(accountId), ...engine.conditionals(accountId)]
  return orders.some((order) => order.clientOrderId === orderLinkId)
}
