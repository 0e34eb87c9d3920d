import { isLess, min } from '../../../core/decimal.ts'
import {
  type Engine,
  type EngineOrder,
  isRefusal,
  type PositionView,
  type Refusal,
} from '../../engine/types.ts'
import { type LegOrigin, nextGroup, placeLeg, setFullLeg } from './legs.ts'
import { type OrderNotes, readNotes } from './notes.ts'
import type { LegTerms } from './protection.ts'
import { indexOf, positionIn, sideOf, slotOf } from './slots.ts'
import { type TriggerBy, triggerSources } from './triggers.ts'

/**
 * Take-profit and stop-loss that were attached to an entry, once it has filled: they become those of
 * the position (Full), or a pair of their own that grows with the entry (Partial).
 * docs/wire/bybit.md 4.5.
 */
export function applyAttached(engine: Engine, order: EngineOrder): void {
  const { accountId, symbol } = order
  const notes = readNotes(order.venueData)
  const terms = attachedTerms(notes)
  const position = positionIn(engine, { accountId, symbol, index: indexOf(order) })
  if (terms.length === 0 || !position) return
  // An entry that only made an opposite position smaller has opened nothing to protect.
  if ((position.side === 'LONG') !== (order.side === 'BUY')) return
  const origin = { entryOrderId: order.orderId, parentOrderLinkId: order.clientOrderId }
  if (notes.tpslMode === 'Partial') {
    growPair(engine, position, terms, { ...origin, quantity: covered(order, position) })
    return
  }
  for (const leg of terms) {
    closeIfPassed(engine, position, setFullLeg(engine, position, leg, origin).refused, origin)
  }
}

/** The attached values as they stand in an order's notes. */
function attachedTerms(notes: OrderNotes): LegTerms[] {
  const legs: LegTerms[] = []
  if (notes.takeProfit !== '') {
    legs.push({
      goal: 'takeProfit',
      trigger: notes.takeProfit,
      triggerBy: sourceOf(notes.tpTriggerBy),
      limitPrice: notes.tpLimitPrice === '' ? undefined : notes.tpLimitPrice,
    })
  }
  if (notes.stopLoss !== '') {
    legs.push({
      goal: 'stopLoss',
      trigger: notes.stopLoss,
      triggerBy: sourceOf(notes.slTriggerBy),
      limitPrice: notes.slLimitPrice === '' ? undefined : notes.slLimitPrice,
    })
  }
  return legs
}

type PairOrigin = LegOrigin & { quantity: string; entryOrderId: string }

function growPair(
  engine: Engine,
  position: PositionView,
  terms: readonly LegTerms[],
  origin: PairOrigin,
): void {
  const { accountId } = position
  const legs = engine
    .conditionals(accountId)
    .filter((row) => readNotes(row.venueData).entryOrderId === origin.entryOrderId)
  if (legs.length === 0) {
    const group = nextGroup(engine, accountId)
    for (const leg of terms) {
      const placed = placeLeg(engine, position, leg, { ...origin, group })
      closeIfPassed(engine, position, isRefusal(placed) ? placed : undefined, origin)
    }
    return
  }
  for (const { conditionalId, quantity, status } of legs) {
    if (status === 'WAITING' && isLess(quantity, origin.quantity)) {
      engine.amendConditional(accountId, conditionalId, { quantity: origin.quantity })
    }
  }
}

/** A leg whose trigger the market has passed by the time of the fill fires at once. */
function closeIfPassed(
  engine: Engine,
  position: PositionView,
  refused: Refusal | undefined,
  origin: LegOrigin,
): void {
  if (refused?.refused !== 'wouldTriggerImmediately') return
  engine.placeOrder(position.accountId, {
    clientOrderId: '',
    symbol: position.symbol,
    ...sideOf(slotOf(position)),
    side: position.side === 'LONG' ? 'SELL' : 'BUY',
    type: 'MARKET',
    quantity: origin.quantity ?? position.size,
    timeInForce: 'IOC',
    reduceOnly: true,
  })
}

function covered(order: EngineOrder, position: PositionView): string {
  return min(order.executedQuantity, position.size)
}

function sourceOf(text: string): TriggerBy {
  return triggerSources.find((source) => source === text) ?? 'LastPrice'
}
