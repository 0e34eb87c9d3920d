import { type Decimal, isZero } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'

// "Not applicable" is written '', sometimes '0' (docs/wire/okx.md 9). What each means is decided
// here.

/** A price or an amount where zero says that there is none. */
export function amountOrNone(field: Reader): Decimal | undefined {
  const amount = field.optionalDecimal()
  return amount === undefined || isZero(amount) ? undefined : amount
}

/** An amount that may stand empty but must stand there: a missing key is another answer. */
export function amountOrZero(field: Reader): Decimal {
  return field.value === '' ? '0' : field.decimal()
}

/** A time that exists only after the epoch. */
export function timeOrNone(field: Reader): number | undefined {
  return field.optionalInteger() || undefined
}

/** Asked with `true`, answered with `'true'`. */
export function readFlag(field: Reader): boolean | undefined {
  if (field.isAbsent()) return undefined
  if (field.value === true || field.value === 'true') return true
  if (field.value === false || field.value === 'false') return false
  throw new ReadError(field.path, 'true or false', field.value)
}
