import { add, type Decimal, isGreater, isZero, min, sub, sum } from '../../../core/decimal.ts'
import {
  type EngineOrder,
  type EngineSide,
  type EngineTimeInForce,
  isRefusal,
} from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { clientIdOf } from './clientIds.ts'
import { refused, refusedByEngine } from './errors.ts'
import type { Listing } from './instruments.ts'
import { positionOf } from './legs.ts'
import { keepNotes, type Notes } from './notes.ts'
import { checkBand, checkQuantity } from './sizes.ts'

/** A plain order as both generations understand it. */
export interface Draft {
  listing: Listing
  side: EngineSide
  type: 'MARKET' | 'LIMIT'
  quantity: Decimal
  price: Decimal | undefined
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  clientOid: string
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
  const { clientOid, listing, price, reduceOnly } = draft
  const numbers = { ...draft, isClosing: reduceOnly }
  checkQuantity(handling, listing, numbers)
  checkBand(handling, listing, numbers)
  if (isTaken(handling, clientOid)) throw refused(handling, 'duplicateClientId')
  const displaced = reduceOnly ? displacedBy(handling, draft) : []
  const placed = engine.placeOrder(accountId, {
    clientOrderId: clientOid,
    symbol: listing.engine.symbol,
    side: draft.side,
    type: draft.type,
    quantity: draft.quantity,
    ...(price === undefined ? {} : { price }),
    timeInForce: draft.timeInForce,
    reduceOnly,
    venueData: keepNotes(draft.notes),
  })
  if (isRefusal(placed)) throw refusedByEngine(handling, placed)
  for (const { orderId } of displaced) engine.cancelOrder(accountId, orderId)
  return {
    clientOid: clientIdOf(placed),
    orderId: placed.orderId,
    hasDisplaced: displaced.length > 0,
  }
}

/** Whether an open order goes by that client id. */
export function isTaken({ accountId, engine }: Handling, clientOid: string): boolean {
  if (clientOid === '') return false
  return engine.openOrders(accountId).some((order) => clientIdOf(order) === clientOid)
}

/**
 * Older reduce-only orders that no longer fit beside the new one, oldest first: docs/wire/bitget.md
 * 4.4. Refuses where there is nothing to reduce.
 */
function displacedBy(handling: Handling, draft: Draft): EngineOrder[] {
  const { accountId, engine } = handling
  const { symbol } = draft.listing.engine
  const position = positionOf(engine, accountId, symbol)
  if (!position || (position.side === 'LONG') === (draft.side === 'BUY')) {
    throw refused(handling, 'flat')
  }
  const resting = engine
    .openOrders(accountId)
    .filter((order) => order.symbol === symbol && order.side === draft.side && order.reduceOnly)
  const rest = (order: EngineOrder): Decimal => sub(order.quantity, order.executedQuantity)
  let excess = sub(add(sum(resting.map(rest)), min(draft.quantity, position.size)), position.size)
  const displaced: EngineOrder[] = []
  for (const order of resting) {
    if (!isGreater(excess, '0') || isZero(excess)) break
    displaced.push(order)
    excess = sub(excess, rest(order))
  }
  return displaced
}
