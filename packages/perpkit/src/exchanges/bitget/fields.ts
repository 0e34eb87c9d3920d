import { type Decimal, div, isPositive, isZero, mul } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'

// "None" is written '', '0', null or a negative price, depending on field and age. What each means
// is decided here.

/** A price, margin or size where zero, or less, says that there is none. */
export function amountOrNone(field: Reader): Decimal | undefined {
  const amount = field.optionalDecimal()
  return amount !== undefined && isPositive(amount) ? amount : undefined
}

/** A time that exists only after the epoch. */
export function timeOrNone(field: Reader): number | undefined {
  return field.optionalInteger() || undefined
}

/** An amount that may stand empty but must stand there: a missing key is another answer. */
export function amountIfFilled(field: Reader): Decimal | undefined {
  return field.value === undefined ? field.decimal() : field.optionalDecimal()
}

/** Rows of a list that is `null` when there are none (docs/wire/bitget.md 9, trap 4). */
export function rowsOf(list: Reader): Reader[] {
  return list.value === null ? [] : list.items()
}

/** Rows under `name`; everything above the list may be `null` too. */
export function rowsIn(data: Reader, name: string): Reader[] {
  return data.value === null ? [] : rowsOf(data.at(name))
}

/** In percent, two decimals; `'0'` of nothing. */
export function percentOf(part: Decimal, whole: Decimal): Decimal {
  return isZero(whole) ? '0' : div(mul(part, '100'), whole, 2)
}

/** Whether a key is bound to addresses, of a list in one text; `undefined` where it is not told. */
export function isBound(addresses: Reader): boolean | undefined {
  return addresses.value === undefined ? undefined : addresses.optionalString() !== undefined
}
