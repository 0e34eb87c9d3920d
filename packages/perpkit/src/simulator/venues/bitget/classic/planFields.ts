import type { Decimal } from '../../../../core/decimal.ts'
import { decimalPlaces, div, isGreater, isLess, isZero } from '../../../../core/decimal.ts'
import type { Handling } from '../../../server/types.ts'
import { parameterMalformed } from '../errors.ts'
import { type Fields, readToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import type { Watched } from '../notes.ts'
import { readNumber, readPrice } from '../sizes.ts'

// Parameters that several calls for plans share: docs/wire/bitget.md 4.6 and 4.7.

const triggerTypes = ['fill_price', 'mark_price'] as const

/** What a trigger watches; the last price where it is not said. */
export function readWatched<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
): Watched {
  return readToken(handling, fields, name, triggerTypes) === 'mark_price' ? 'mark' : 'last'
}

/** A price to execute at; `0` and nothing are at market. */
export function readExecutePrice<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  listing: Listing,
): Decimal | undefined {
  const given = fields.text(name)
  if (given === undefined || isZero(readNumber(handling, name, given))) return undefined
  return readPrice(handling, listing, name, given)
}

/** A price that is attached; `''` where there is none, or `0`. */
export function readAttached<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  listing: Listing,
): string {
  return readExecutePrice(handling, fields, name, listing) ?? ''
}

/** A percentage from 0.1 to 10 with two decimals at most (docs/wire/bitget.md 4.7), as a fraction. */
export function readPercent(handling: Handling, name: string, given: string): Decimal {
  const percent = readNumber(handling, name, given)
  const isOutside = isLess(percent, '0.1') || isGreater(percent, '10')
  if (isOutside || decimalPlaces(percent) > 2) throw parameterMalformed(handling, name)
  return div(percent, '100')
}
