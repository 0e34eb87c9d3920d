import {
  ceilToStep,
  type Decimal,
  floorToStep,
  isMultipleOf,
  isPositive,
  toFixed,
} from '../../../core/decimal.ts'

// How this venue prints numbers and times: docs/wire/kraken.md 3 and 4.

/** A JSON number, which is what most answers carry; `places` decimals at most. */
export function num(value: Decimal, places = 12): number {
  return Number(toFixed(value, places))
}

/** `'2026-11-22T05:00:00.123Z'`. */
export function iso(timestamp: number): string {
  return new Date(timestamp).toISOString()
}

/** Rounded to the tick below (or above, `'up'`). */
export function toTick(value: Decimal, tick: Decimal, direction: 'down' | 'up'): Decimal {
  return direction === 'down' ? floorToStep(value, tick) : ceilToStep(value, tick)
}

/** Whether a price or size lies on the grid of `step` and above zero. */
export function isOnGrid(value: Decimal, step: Decimal): boolean {
  return isPositive(value) && isMultipleOf(value, step)
}
