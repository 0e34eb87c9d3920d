import { isLess, min } from '../../../core/decimal.ts'
import type { Engine, EngineOrder } from '../../engine/types.ts'
import { type Goal, type Leg, placeLegs } from './legs.ts'
import { readNotes } from './notes.ts'
import { positionOf } from './positionOf.ts'
import { sidePart } from './sides.ts'

/**
 * Take-profit and stop-loss that were attached to an entry, once it has filled: one conditional
 * order that grows with it (docs/wire/htx.md 4.11). One whose trigger has been passed fires at once.
 */
export function applyAttached(engine: Engine, order: EngineOrder): void {
  const { accountId, conditionalId, executedQuantity, marginMode, orderId, side, symbol } = order
  const legs = attachedLegs(order)
  if (conditionalId !== undefined || legs.length === 0) return
  const leg = { marginMode, ...sidePart(order.positionSide) }
  const position = positionOf(engine, accountId, { symbol, ...leg })
  // An entry that only made an opposite position smaller has opened nothing to protect.
  if (!position || (position.side === 'LONG') !== (side === 'BUY')) return
  const quantity = min(executedQuantity, position.size)
  const placed = engine
    .conditionals(accountId)
    .filter((row) => readNotes(row.venueData).entryOrderId === orderId)
  if (placed.length === 0) {
    placeLegs(engine, {
      accountId,
      symbol,
      side: side === 'BUY' ? 'SELL' : 'BUY',
      ...leg,
      quantity,
      legs,
      clientId: '',
      entryOrderId: orderId,
    })
    return
  }
  for (const row of placed) {
    if (row.status === 'WAITING' && isLess(row.quantity, quantity)) {
      engine.amendConditional(accountId, row.conditionalId, { quantity, firesAtOnce: true })
    }
  }
}

function attachedLegs(order: EngineOrder): Leg[] {
  const notes = readNotes(order.venueData)
  const goals: readonly Goal[] = ['tp', 'sl']
  return goals.flatMap((goal): Leg[] => {
    const { orderPrice, source, trigger, type } = notes[goal]
    if (trigger === '') return []
    return [
      {
        goal,
        trigger,
        type: types.find((known) => known === type) ?? 'market',
        orderPrice: type === 'limit' ? orderPrice : undefined,
        source: source === 'mark' ? 'mark' : 'last',
      },
    ]
  })
}

const types = ['market', 'limit', 'optimal_5', 'optimal_10', 'optimal_20'] as const
