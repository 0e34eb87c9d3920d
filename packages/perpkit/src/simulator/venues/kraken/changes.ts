import type { Decimal } from '../../../core/decimal.ts'
import { isRecord } from '../../../core/reader.ts'
import type { EngineConditional, EngineOrder } from '../../engine/types.ts'

// What an order was before its owner changed it. The engine keeps orders as they are; the history
// tells how they were, so that is kept with them.

/** An order as it was until a change at `at`. */
export interface PastState {
  at: number
  quantity: Decimal
  /** `'0'` for a market order. */
  price: Decimal
  /** Executed by then; `'0'` for a trigger. */
  filled: Decimal
  /** `'0'` for a plain order. */
  triggerPrice: Decimal
}

/** Of a plain order, oldest first. */
export function pastOf({ venueData }: EngineOrder): PastState[] {
  return read(venueData.past)
}

/** Of a trigger, oldest first. */
export function triggerPastOf({ venueData }: EngineConditional): PastState[] {
  return read(venueData.triggerPast)
}

/** What is kept with an order about to be changed. */
export function withPast(order: EngineOrder, at: number): Record<string, unknown> {
  const { executedQuantity: filled, price = '0', quantity, venueData } = order
  const state: PastState = { at, quantity, price, filled, triggerPrice: '0' }
  return { ...venueData, past: [...pastOf(order), state] }
}

/** What is kept with a trigger about to be changed; the order it becomes does not look at it. */
export function withTriggerPast(
  conditional: EngineConditional,
  at: number,
): Record<string, unknown> {
  const { price = '0', quantity, triggerPrice, venueData } = conditional
  const state: PastState = { at, quantity, price, filled: '0', triggerPrice }
  return { ...venueData, triggerPast: [...triggerPastOf(conditional), state] }
}

function read(kept: unknown): PastState[] {
  return Array.isArray(kept) ? kept.filter(isPastState) : []
}

function isPastState(value: unknown): value is PastState {
  return (
    isRecord(value) &&
    typeof value.at === 'number' &&
    ['quantity', 'price', 'filled', 'triggerPrice'].every((name) => typeof value[name] === 'string')
  )
}
