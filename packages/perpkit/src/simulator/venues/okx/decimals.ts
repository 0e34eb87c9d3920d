import { type Decimal, div, mul, toDecimal, toFixed } from '../../../core/decimal.ts'
import type { Listing } from './instruments.ts'

// The wire counts in contracts, the engine in the base asset; here one becomes the other
// (docs/wire/okx.md 1.3). Numbers are printed without padding.

/** Contracts of a quantity in the base asset. */
export function contractsOf(listing: Listing, quantity: Decimal): Decimal {
  return div(quantity, listing.contractSize)
}

/** Quantity in the base asset of a number of contracts. */
export function quantityOf(listing: Listing, contracts: Decimal): Decimal {
  return mul(contracts, listing.contractSize)
}

/** A number without padding, rounded half-even at `places` decimals. */
export function plain(value: Decimal, places = 10): string {
  return toDecimal(toFixed(value, places)) ?? '0'
}
