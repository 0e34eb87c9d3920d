import {
  type Decimal,
  isDecimal,
  isGreater,
  isLess,
  isMultipleOf,
  isPositive,
} from '../../../core/decimal.ts'
import { quantityOf } from './decimals.ts'
import { type Code, parameterError, Refused } from './errors.ts'
import type { Listing } from './instruments.ts'

// Sizes and prices as the venue takes them: docs/wire/okx.md 4.6.

/** What a size may not exceed, and how that is refused. */
export interface SizeLimit {
  most: Decimal
  code: Code
  figures?: readonly string[]
}

/** Quantity in the base asset of a size in contracts. */
export function readSize(listing: Listing, name: string, given: string, limit: SizeLimit): Decimal {
  if (!isDecimal(given) || !isPositive(given)) throw parameterError(name)
  if (!isMultipleOf(given, listing.lotSize)) throw new Refused('51121')
  if (isLess(given, listing.lotSize)) throw new Refused('51020')
  if (isGreater(given, limit.most)) throw new Refused(limit.code, ...(limit.figures ?? []))
  return quantityOf(listing, given)
}

/** A price above zero and on the tick. */
export function readPrice(listing: Listing, name: string, given: string): Decimal {
  if (!isDecimal(given) || !isPositive(given)) throw parameterError(name)
  if (isGreater(given, listing.maxPrice)) throw new Refused('51116', listing.maxPrice)
  if (!isMultipleOf(given, listing.engine.tickSize)) throw new Refused('51150')
  return given
}

/** The price of a leg; `undefined` for `"-1"`, which is a market order. */
export function readLegPrice(listing: Listing, name: string, given: string): Decimal | undefined {
  return given === '-1' ? undefined : readPrice(listing, name, given)
}

/** Shape of every client id here: 1 to 32 letters and digits. */
export function readClientId(name: string, given: string | undefined): string {
  if (given !== undefined && !/^[A-Za-z0-9]{1,32}$/.test(given)) throw parameterError(name)
  return given ?? ''
}

/** Shape of a tag. */
export function readTag(given: string | undefined): string {
  if (given !== undefined && !/^[A-Za-z0-9]{1,16}$/.test(given)) throw parameterError('tag')
  return given ?? ''
}
