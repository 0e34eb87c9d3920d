import type { EngineSide, MarginMode, PositionSide } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { listings } from './contracts.ts'

// Which position a row is about, in this venue's words: docs/wire/htx.md 4.2 to 4.4.

/** Whether the account has two sides: a mode of all its contracts at once. */
export function isHedged({ accountId, engine }: Pick<Handling, 'accountId' | 'engine'>): boolean {
  const [first] = listings
  return first !== undefined && engine.positionMode(accountId, first.engine.symbol) === 'hedge'
}

/** What an order, a fill or a conditional order says of its position. */
interface Sided {
  side: EngineSide
  positionSide?: PositionSide
  marginMode: MarginMode
}

/** `position_side` and `margin_mode` of a row. */
export function sideFields(row: Pick<Sided, 'positionSide' | 'marginMode'>): {
  position_side: 'both' | 'long' | 'short'
  margin_mode: 'cross' | 'isolated'
} {
  return { position_side: sideWord(row.positionSide), margin_mode: modeWord(row.marginMode) }
}

export function sideWord(side: PositionSide | undefined): 'both' | 'long' | 'short' {
  if (side === undefined) return 'both'
  return side === 'LONG' ? 'long' : 'short'
}

export function modeWord(mode: MarginMode): 'cross' | 'isolated' {
  return mode === 'CROSS' ? 'cross' : 'isolated'
}

/** Whether an order of the hedge mode closes: its two sides alone say so. */
export function closesHedge(order: Pick<Sided, 'side' | 'positionSide'>): boolean {
  return (
    order.positionSide !== undefined && (order.positionSide === 'LONG') === (order.side === 'SELL')
  )
}

/** `reduce_only` as it reads back; a closing order of the hedge mode has it without asking. */
export function readsReduceOnly(order: Sided & { reduceOnly: boolean }): boolean {
  return order.reduceOnly || closesHedge(order)
}

/** The side of an order as a part of an engine's request. */
export function sidePart(side: PositionSide | undefined): { positionSide?: PositionSide } {
  return side === undefined ? {} : { positionSide: side }
}
