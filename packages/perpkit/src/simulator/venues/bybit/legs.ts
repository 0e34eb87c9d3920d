import { type Decimal, equals, isZero } from '../../../core/decimal.ts'
import {
  type Engine,
  type EngineConditional,
  isRefusal,
  type PositionView,
  type Refusal,
} from '../../engine/types.ts'
import { keepNotes, readNotes } from './notes.ts'
import type { Goal, LegTerms } from './protection.ts'
import { isOf, type Slot, sideOf, slotOf } from './slots.ts'
import { priceKindOf, triggerByOf } from './triggers.ts'

// Legs: conditional orders that belong to a position and end with it (docs/wire/bybit.md 4.5).

/** Where a leg came from and what it covers. */
export interface LegOrigin {
  /** Absent: the whole position, and as it changes (Full). */
  quantity?: Decimal
  /** Legs of one group end together. */
  group?: string
  entryOrderId?: string
  parentOrderLinkId?: string
}

/** Conditional orders that wait, of one slot. */
export function waiting(engine: Engine, slot: Slot): EngineConditional[] {
  return engine.openConditionals(slot.accountId).filter((row) => isOf(slot, row))
}

/** The waiting leg of that `stopOrderType`, where there can be but one. */
export function legOf(
  engine: Engine,
  slot: Slot,
  stopOrderType: 'TakeProfit' | 'StopLoss' | 'TrailingStop',
): EngineConditional | undefined {
  return waiting(engine, slot).find(
    (row) => readNotes(row.venueData).stopOrderType === stopOrderType,
  )
}

/** Waiting Partial legs with that goal. */
export function partialLegs(engine: Engine, slot: Slot, goal: Goal): EngineConditional[] {
  return waiting(engine, slot).filter(
    (row) => readNotes(row.venueData).stopOrderType === `Partial${typeOf(goal)}`,
  )
}

/** Makes the Full leg of a position so; says whether that changed anything. */
export function setFullLeg(
  engine: Engine,
  position: PositionView,
  terms: LegTerms,
  origin: LegOrigin = {},
): { isChanged: boolean; refused?: Refusal } {
  const { accountId } = position
  const leg = legOf(engine, slotOf(position), typeOf(terms.goal))
  if (isZero(terms.trigger)) {
    if (leg) engine.cancelConditional(accountId, leg.conditionalId)
    return { isChanged: leg !== undefined }
  }
  if (!leg) {
    const placed = placeLeg(engine, position, terms, origin)
    return isRefusal(placed) ? { isChanged: false, refused: placed } : { isChanged: true }
  }
  const isSame =
    equals(leg.triggerPrice, terms.trigger) && triggerByOf(leg.triggerSource) === terms.triggerBy
  if (isSame) return { isChanged: false }
  const amended = engine.amendConditional(accountId, leg.conditionalId, {
    triggerPrice: terms.trigger,
    triggerSource: priceKindOf(terms.triggerBy),
    venueData: { ...leg.venueData, ...legNotes(terms, origin) },
  })
  return isRefusal(amended) ? { isChanged: false, refused: amended } : { isChanged: true }
}

export function placeLeg(
  engine: Engine,
  position: PositionView,
  terms: LegTerms,
  origin: LegOrigin,
): EngineConditional | Refusal {
  const isLong = position.side === 'LONG'
  const { limitPrice } = terms
  return engine.placeConditional(position.accountId, {
    clientOrderId: '',
    symbol: position.symbol,
    ...sideOf(slotOf(position)),
    side: isLong ? 'SELL' : 'BUY',
    kind: terms.goal === 'takeProfit' ? 'takeProfit' : 'stop',
    orderType: limitPrice === undefined ? 'MARKET' : 'LIMIT',
    quantity: origin.quantity ?? '0',
    ...(limitPrice === undefined ? {} : { price: limitPrice }),
    timeInForce: limitPrice === undefined ? 'IOC' : 'GTC',
    reduceOnly: true,
    closePosition: origin.quantity === undefined,
    endsWithPosition: true,
    triggerPrice: terms.trigger,
    triggerSource: priceKindOf(terms.triggerBy),
    triggerDirection: isLong === (terms.goal === 'takeProfit') ? 'rise' : 'fall',
    ...(origin.group === undefined ? {} : { group: origin.group }),
    venueData: keepNotes({
      ...legNotes(terms, origin),
      lastPriceOnCreated: engine.prices(position.symbol).last,
    }),
  })
}

/** `'TakeProfit'`, `'StopLoss'`: how the venue begins its words for a goal. */
function typeOf(goal: Goal): 'TakeProfit' | 'StopLoss' {
  return goal === 'takeProfit' ? 'TakeProfit' : 'StopLoss'
}

/** A name for a new group of legs. */
export function nextGroup(engine: Engine, accountId: string): string {
  return `pair ${engine.conditionals(accountId).length + 1}`
}

function legNotes(terms: LegTerms, origin: LegOrigin): Record<string, unknown> {
  const isFull = origin.quantity === undefined
  const stopOrderType = isFull ? typeOf(terms.goal) : `Partial${typeOf(terms.goal)}`
  return {
    stopOrderType,
    createType: `CreateBy${stopOrderType}`,
    tpslMode: isFull ? 'Full' : 'Partial',
    triggerBy: terms.triggerBy,
    closeOnTrigger: true,
    entryOrderId: origin.entryOrderId ?? '',
    parentOrderLinkId: origin.parentOrderLinkId ?? '',
  }
}
