import {
  add,
  type Decimal,
  isGreater,
  isPositive,
  isZero,
  max,
  min,
  sub,
  sum,
} from '../../../core/decimal.ts'
import {
  type EngineOrder,
  type EngineSide,
  type EngineTimeInForce,
  isRefusal,
  type MarginMode,
  type PositionLeg,
  type PositionSide,
  type PositionView,
} from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { clientIdOf } from './clientIds.ts'
import { refused, refusedByEngine } from './errors.ts'
import type { Generation } from './generation.ts'
import { type Listing, listingOf } from './instruments.ts'
import { positionOf } from './legs.ts'
import { isOnLeg, legOf } from './modes.ts'
import { keepNotes, type Notes } from './notes.ts'
import { checkBand, checkQuantity } from './sizes.ts'

/** A plain order as both generations understand it. */
export interface Draft {
  listing: Listing
  /** Direction of the trade, in both position modes. */
  side: EngineSide
  /** Hedge mode only. */
  positionSide: PositionSide | undefined
  marginMode: MarginMode
  type: 'MARKET' | 'LIMIT'
  quantity: Decimal
  price: Decimal | undefined
  timeInForce: EngineTimeInForce
  /** It only closes: reduce-only in one-way mode, against its position side in hedge mode. */
  isClosing: boolean
  clientOid: string
  /** Its receive window has passed: it is accepted, and cancelled before it meets the book. */
  isStale?: boolean
  notes: Partial<Notes>
}

export interface Placed {
  clientOid: string
  orderId: string
  /** It took the place of older reduce-only orders; then its answer carries no order id. */
  hasDisplaced: boolean
}

/** Limits, position and margin, in this order, and the order itself: docs/wire/bitget.md 6.1. */
export function place(handling: Handling, draft: Draft): Placed {
  const { accountId, engine } = handling
  const { clientOid, isClosing, listing, marginMode, positionSide, price } = draft
  checkQuantity(handling, listing, draft)
  checkBand(handling, listing, draft)
  if (isTaken(handling, clientOid)) throw refused(handling, 'duplicateClientId')
  const fit = isClosing ? fitClosing(handling, draft) : { quantity: draft.quantity, displaced: [] }
  const placed = engine.placeOrder(accountId, {
    ...legOf(listing.engine.symbol, marginMode, positionSide),
    clientOrderId: clientOid,
    side: draft.side,
    type: draft.type,
    quantity: fit.quantity,
    ...(price === undefined ? {} : { price }),
    timeInForce: draft.timeInForce,
    reduceOnly: isClosing,
    ...(draft.isStale && { isStale: true }),
    venueData: keepNotes(draft.notes),
  })
  if (isRefusal(placed)) throw refusedByEngine(handling, placed)
  for (const { orderId } of fit.displaced) engine.cancelOrder(accountId, orderId)
  return {
    clientOid: clientIdOf(placed),
    orderId: placed.orderId,
    hasDisplaced: positionSide === undefined && fit.displaced.length > 0,
  }
}

/** A market order that closes the whole position. */
export function closingDraft(position: PositionView, generation: Generation): Draft {
  const { isHedged, marginMode, side, size, symbol } = position
  return {
    listing: listingOf(symbol),
    side: side === 'LONG' ? 'SELL' : 'BUY',
    positionSide: isHedged ? side : undefined,
    marginMode,
    type: 'MARKET',
    quantity: size,
    price: undefined,
    timeInForce: 'IOC',
    isClosing: true,
    clientOid: '',
    notes: { generation },
  }
}

/** Whether an open order goes by that client id. */
export function isTaken({ accountId, engine }: Handling, clientOid: string): boolean {
  if (clientOid === '') return false
  return engine.openOrders(accountId).some((order) => clientIdOf(order) === clientOid)
}

interface Fit {
  quantity: Decimal
  /** Resting orders that give way, oldest first. */
  displaced: readonly EngineOrder[]
}

/** Holds a closing order against its position: docs/wire/bitget.md 4.4. */
function fitClosing(handling: Handling, draft: Draft): Fit {
  const { accountId, engine } = handling
  const { listing, marginMode, positionSide, side } = draft
  const leg = legOf(listing.engine.symbol, marginMode, positionSide)
  const position = positionOf(engine, accountId, leg)
  if (!position || (position.side === 'LONG') === (side === 'BUY')) throw refused(handling, 'flat')
  const resting = closingOrders(handling, leg, side)
  return positionSide === undefined
    ? { quantity: draft.quantity, displaced: displacedBy(resting, draft.quantity, position.size) }
    : fitHedged(handling, draft, resting, position.size)
}

function closingOrders(handling: Handling, leg: PositionLeg, side: EngineSide): EngineOrder[] {
  return handling.engine
    .openOrders(handling.accountId)
    .filter((order) => isOnLeg(order, leg) && order.side === side && order.reduceOnly)
}

/** One-way: older reduce-only orders that no longer fit beside the new one. */
function displacedBy(
  resting: readonly EngineOrder[],
  quantity: Decimal,
  size: Decimal,
): EngineOrder[] {
  let excess = sub(add(sum(resting.map(restOf)), min(quantity, size)), size)
  const displaced: EngineOrder[] = []
  for (const order of resting) {
    if (!isPositive(excess)) break
    displaced.push(order)
    excess = sub(excess, restOf(order))
  }
  return displaced
}

/**
 * Hedge: resting closes hold their part of the position. What goes beyond the rest is refused at a
 * limit; at market the rest is closed, and where there is none the resting closes give way.
 */
function fitHedged(
  handling: Handling,
  { quantity, type }: Draft,
  resting: readonly EngineOrder[],
  size: Decimal,
): Fit {
  const available = max(sub(size, sum(resting.map(restOf))), '0')
  if (!isGreater(quantity, available)) return { quantity, displaced: [] }
  if (type === 'LIMIT' || isGreater(quantity, size)) throw refused(handling, 'closeTooLarge')
  if (isZero(available)) return { quantity, displaced: resting }
  return { quantity: available, displaced: [] }
}

function restOf(order: EngineOrder): Decimal {
  return sub(order.quantity, order.executedQuantity)
}
