import { type Decimal, toDecimal, toFixed } from '../../../core/decimal.ts'

// How this venue prints its numbers: docs/wire/bitget.md 3 and the samples of 4.

/** A number without padding, rounded half-even at `places` decimals. */
export function plain(value: Decimal, places = 12): string {
  return toDecimal(toFixed(value, places)) ?? '0'
}

/** An amount of money with the eight decimals of a balance at most. */
export function money(value: Decimal): string {
  return plain(value, 8)
}
