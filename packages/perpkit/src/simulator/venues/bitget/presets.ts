import { isLess, min } from '../../../core/decimal.ts'
import { type Engine, type EngineOrder, isRefusal, type PositionView } from '../../engine/types.ts'
import { type LegTerms, nextGroup, placeLeg, positionOf, wholeLeg } from './legs.ts'
import { type Notes, readNotes } from './notes.ts'

/**
 * Take-profit and stop that came with an entry, once it has filled. V2: those of the position,
 * replacing the ones there are (docs/wire/bitget.md 4.4); V3: one row over what has filled so far
 * (12.5).
 */
export function applyPreset(engine: Engine, order: EngineOrder): void {
  const { accountId, side } = order
  const notes = readNotes(order.venueData)
  const terms = presetTerms(notes)
  const position = positionOf(engine, accountId, order)
  if (terms.length === 0 || !position) return
  // An entry that only made an opposite position smaller has opened nothing to protect.
  if ((position.side === 'LONG') !== (side === 'BUY')) return
  if (notes.generation === 3) growRow(engine, order, position, terms)
  else for (const leg of terms) setWholeLeg(engine, order, position, leg)
}

function presetTerms(notes: Notes): LegTerms[] {
  const legs: LegTerms[] = []
  if (notes.takeProfit !== '') {
    legs.push({
      goal: 'takeProfit',
      trigger: notes.takeProfit,
      watched: notes.takeBy,
      limitPrice: notes.takeLimit === '' ? undefined : notes.takeLimit,
    })
  }
  if (notes.stopLoss !== '') {
    legs.push({
      goal: 'stopLoss',
      trigger: notes.stopLoss,
      watched: notes.stopBy,
      limitPrice: notes.stopLimit === '' ? undefined : notes.stopLimit,
    })
  }
  return legs
}

function setWholeLeg(
  engine: Engine,
  order: EngineOrder,
  position: PositionView,
  terms: LegTerms,
): void {
  const { accountId, orderId: entryOrderId } = order
  const present = wholeLeg(engine, position, terms.goal)
  const isDone = engine.conditionals(accountId).some((row) => {
    const made = readNotes(row.venueData)
    const isTake = made.planType === 'pos_profit'
    return made.entryOrderId === entryOrderId && isTake === (terms.goal === 'takeProfit')
  })
  // Only the first fill sets it.
  if (isDone) return
  if (present) engine.cancelConditional(accountId, present.conditionalId)
  placeLeg(engine, position, terms, {
    quantity: undefined,
    notes: { generation: 2, entryOrderId },
    firesAtOnce: true,
  })
}

function growRow(
  engine: Engine,
  order: EngineOrder,
  position: PositionView,
  terms: readonly LegTerms[],
): void {
  const { accountId, orderId: entryOrderId } = order
  const quantity = min(order.executedQuantity, position.size)
  const legs = engine
    .conditionals(accountId)
    .filter((row) => readNotes(row.venueData).entryOrderId === entryOrderId)
  for (const { conditionalId, quantity: covered, status } of legs) {
    if (status === 'WAITING' && isLess(covered, quantity)) {
      engine.amendConditional(accountId, conditionalId, { quantity, firesAtOnce: true })
    }
  }
  if (legs.length === 0) placeRow(engine, position, terms, { quantity, entryOrderId })
}

/** Legs that are one row: the first to fire ends the other. */
function placeRow(
  engine: Engine,
  position: PositionView,
  terms: readonly LegTerms[],
  { entryOrderId, quantity }: { quantity: string; entryOrderId: string },
): void {
  const group = terms.length > 1 ? { group: nextGroup(engine, position.accountId) } : {}
  let strategyId = ''
  for (const leg of terms) {
    const placed = placeLeg(engine, position, leg, {
      quantity,
      ...group,
      notes: { generation: 3, entryOrderId, strategyId },
      firesAtOnce: true,
    })
    if (!isRefusal(placed)) strategyId ||= placed.conditionalId
  }
}
