import {
  add,
  type Decimal,
  decimalPlaces,
  isDecimal,
  isGreater,
  isLess,
  isMultipleOf,
  isNegative,
  isPositive,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { EngineSide } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { parameterMalformed, refused, tooManyDecimals } from './errors.ts'
import { type Listing, priceLimitRatio } from './instruments.ts'

// Prices and sizes as the venue takes them: docs/wire/bitget.md 3.1 and 6.1.

/** A decimal number as sent, not below zero. */
export function readNumber(handling: Handling, name: string, given: string): Decimal {
  if (!isDecimal(given) || isNegative(given)) throw parameterMalformed(handling, name)
  return given
}

/** Precision first: too many decimals, then the tick. */
export function readPrice(
  handling: Handling,
  listing: Listing,
  name: string,
  given: string,
): Decimal {
  const price = readNumber(handling, name, given)
  if (!isPositive(price)) throw parameterMalformed(handling, name)
  const { pricePlace } = listing
  if (decimalPlaces(price) > pricePlace) throw tooManyDecimals(handling, name, given, pricePlace)
  if (!isMultipleOf(price, listing.engine.tickSize)) throw refused(handling, 'offTick')
  return price
}

/** Precision of a size; {@link checkQuantity} holds it against the limits. */
export function readQuantity(
  handling: Handling,
  listing: Listing,
  name: string,
  given: string,
): Decimal {
  const quantity = readNumber(handling, name, given)
  const { volumePlace } = listing
  if (decimalPlaces(quantity) > volumePlace) {
    throw tooManyDecimals(handling, name, given, volumePlace)
  }
  if (!isMultipleOf(quantity, listing.engine.stepSize)) throw refused(handling, 'offStep')
  return quantity
}

/** The numbers of an order about to be held against the limits. */
export interface OrderNumbers {
  side: EngineSide
  quantity: Decimal
  /** Absent at market. */
  price: Decimal | undefined
  isClosing: boolean
}

export function checkQuantity(handling: Handling, listing: Listing, order: OrderNumbers): void {
  const { maxMarketQuantity, maxQuantity, minNotional, minQuantity, symbol } = listing.engine
  const { isClosing, price, quantity } = order
  if (isLess(quantity, minQuantity)) throw refused(handling, 'sizeTooSmall')
  const most = price === undefined ? maxMarketQuantity : maxQuantity
  if (isGreater(quantity, most)) throw refused(handling, 'sizeTooLarge')
  if (isClosing) return
  const notional = mul(quantity, price ?? handling.engine.prices(symbol).mark)
  if (isLess(notional, minNotional)) throw refused(handling, 'notionalTooSmall')
}

/** A limit price too far on the side that would trade. */
export function checkBand(handling: Handling, listing: Listing, order: OrderNumbers): void {
  const { price, side } = order
  if (price === undefined) return
  const { mark } = handling.engine.prices(listing.engine.symbol)
  if (side === 'BUY') {
    const highest = mul(mark, add('1', priceLimitRatio))
    if (isGreater(price, highest)) throw refused(handling, 'priceTooHigh')
    return
  }
  if (isLess(price, mul(mark, sub('1', priceLimitRatio)))) throw refused(handling, 'priceTooLow')
}
