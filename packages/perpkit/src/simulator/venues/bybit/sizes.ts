import {
  type Decimal,
  floorToStep,
  isDecimal,
  isGreater,
  isLess,
  isMultipleOf,
  isPositive,
  isZero,
  mul,
} from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import {
  notionalTooSmall,
  quantityInvalid,
  quantityTooLarge,
  quantityTooSmall,
  quantityTruncated,
} from './errors.ts'
import type { Listing } from './instruments.ts'

// Prices and quantities as the venue takes them: docs/wire/bybit.md 4.4, 4.7 and 6.

/** A price above zero, on the tick and inside the contract's limits; else `undefined`. */
export function readPrice(listing: Listing, given: string | undefined): Decimal | undefined {
  if (given === undefined || !isDecimal(given) || !isPositive(given)) return undefined
  const isAllowed =
    isMultipleOf(given, listing.engine.tickSize) && !isGreater(given, listing.maxPrice)
  return isAllowed ? given : undefined
}

/** A quantity, truncated to the step. `most` is absent for closing orders, which the venue splits. */
export function readQuantity(
  listing: Listing,
  given: string | undefined,
  most: Decimal | undefined,
): Decimal {
  const { minQuantity, stepSize } = listing.engine
  if (given === undefined || !isDecimal(given) || !isPositive(given)) throw quantityInvalid()
  const quantity = floorToStep(given, stepSize)
  if (isZero(quantity)) throw quantityTruncated()
  if (isLess(quantity, minQuantity)) throw quantityTooSmall()
  if (most !== undefined && isGreater(quantity, most)) throw quantityTooLarge(quantity, most)
  return quantity
}

/** Value of an order by its limit price, or by mark price where it has none. */
export function refuseSmallNotional(
  engine: Engine,
  listing: Listing,
  quantity: Decimal,
  price: Decimal | undefined,
): void {
  const { minNotional, quoteAsset, symbol } = listing.engine
  const notional = mul(quantity, price ?? engine.prices(symbol).mark)
  if (isLess(notional, minNotional)) throw notionalTooSmall(minNotional, quoteAsset)
}
