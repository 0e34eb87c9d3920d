import { type Decimal, isZero } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'

/** Milliseconds. */
export const HOUR = 3_600_000

/** An ISO-8601 time in UTC with up to microseconds, as milliseconds. */
export function readTime(field: Reader): number {
  const text = field.string()
  const time = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new ReadError(field.path, 'an ISO-8601 time in UTC', field.value)
  return time
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/

export function readOptionalTime(field: Reader): number | undefined {
  return field.isAbsent() ? undefined : readTime(field)
}

/** A price where zero says that there is none. */
export function priceOrNone(field: Reader): Decimal | undefined {
  const price = field.optionalDecimal()
  return price === undefined || isZero(price) ? undefined : price
}
