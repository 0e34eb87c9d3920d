import { isGreater } from '../../../core/decimal.ts'
import type { Engine, EngineOrder } from '../../engine/types.ts'
import { algosOf } from './algoRecords.ts'
import { isSameLeg } from './legs.ts'
import { type Notes, readNotes } from './notes.ts'
import { spansOf } from './spans.ts'

export type OrderState = 'live' | 'partially_filled' | 'filled' | 'canceled'

/** How far an order has come: docs/wire/okx.md 5. */
export function stateOf(order: EngineOrder, notes: Notes = readNotes(order.venueData)): OrderState {
  switch (order.status) {
    case 'NEW':
      return 'live'
    case 'PARTIALLY_FILLED':
      return 'partially_filled'
    case 'FILLED':
      return 'filled'
    default:
      return notes.isAmendedDown && isGreater(order.executedQuantity, '0') ? 'filled' : 'canceled'
  }
}

/** Who or what ended an order that has not filled whole; `''` for all others. */
export function cancelSourceOf(engine: Engine, order: EngineOrder, notes: Notes): string {
  if (stateOf(order, notes) !== 'canceled') return ''
  const linked = notes.isTpLimit ? linkedSource(engine, order, notes) : undefined
  if (linked !== undefined) return linked
  switch (order.endReason) {
    case 'user':
      return '1'
    case 'noLiquidity':
      return order.type === 'LIMIT' || notes.ordType === 'optimal_limit_ioc' ? '14' : '33'
    case 'notFillable':
      return '13'
    case 'wouldTakeLiquidity':
      return '31'
    case 'reduceOnly':
      return isOvertaken(engine, order) ? '22' : '2'
    case 'positionClosed':
      return '17'
    case 'liquidation':
      return '3'
    case 'timer':
      return '20'
    case 'selfTrade':
      return '32'
    case 'insufficientMargin':
      return '9'
    default:
      return '0'
  }
}

/** A resting take-profit goes with its stop, when that has fired or was cancelled. */
function linkedSource(engine: Engine, order: EngineOrder, { link }: Notes): string | undefined {
  const stop = algosOf(engine, order.accountId).find(
    ({ notes }) => link !== '' && notes.link === link && notes.leg === 'sl',
  )
  if (stop?.state === 'effective') return '36'
  return stop?.state === 'canceled' && order.endReason === 'user' ? '37' : undefined
}

/** Whether there was a position to reduce when it ended: then a better price took its place. */
function isOvertaken(engine: Engine, order: EngineOrder): boolean {
  const fills = engine
    .fills(order.accountId)
    .filter((fill) => isSameLeg(fill, order) && fill.timestamp <= order.updatedAt)
  const span = spansOf(fills).at(-1)
  const side = order.side === 'SELL' ? 'LONG' : 'SHORT'
  return span !== undefined && span.side === side && isGreater(span.size, '0')
}
