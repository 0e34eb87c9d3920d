import { type Decimal, isPositive } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'

// "None" is written '', '0', null or left out, depending on field and age (docs/wire/htx.md 4.7).
// What each means is decided here.

/** A price where zero says that there is none, as does what lies below it. */
export function priceOrNone(field: Reader): Decimal | undefined {
  const price = field.optionalDecimal()
  return price !== undefined && isPositive(price) ? price : undefined
}

/** A time that exists only after the epoch. */
export function timeOrNone(field: Reader): number | undefined {
  return field.optionalInteger() || undefined
}

/** True or false here, 1 or 0 there; absent is no. */
export function readFlag(field: Reader): boolean {
  return typeof field.value === 'number' ? field.value === 1 : (field.optionalBoolean() ?? false)
}

/** Our word for the token that stands here; refuses one the table does not know. */
export function readToken<Ours>(field: Reader, table: Readonly<Record<string, Ours>>): Ours {
  const token = field.string()
  const ours = Object.hasOwn(table, token) ? table[token] : undefined
  if (ours === undefined) {
    throw new ReadError(field.path, `one of ${Object.keys(table).join(' ')}`, token)
  }
  return ours
}
