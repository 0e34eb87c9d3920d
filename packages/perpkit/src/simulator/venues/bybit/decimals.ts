import { type Decimal, decimalPlaces, toDecimal, toFixed } from '../../../core/decimal.ts'
import type { Listing } from './instruments.ts'

// How this venue prints its numbers: docs/wire/bybit.md 3 (padding) and the samples of 4.

/** A price with the decimals of the contract: `'60000.00'`. */
export function priceText(listing: Listing, price: Decimal): string {
  return toFixed(price, listing.priceScale)
}

/** A quantity with the decimals of the step: `'0.010'`. */
export function quantityText(listing: Listing, quantity: Decimal): string {
  return toFixed(quantity, decimalPlaces(listing.engine.stepSize))
}

/** A number without padding, rounded half-even at `places` decimals. */
export function plain(value: Decimal, places = 8): string {
  return toDecimal(toFixed(value, places)) ?? '0'
}

/** A whole number of units of 10^-`places`, as the venue prints numbers in its error texts. */
export function scaled(value: Decimal, places: number): string {
  return toFixed(value, places)
    .replace('.', '')
    .replace(/^(-?)0+(?=\d)/, '$1')
}
