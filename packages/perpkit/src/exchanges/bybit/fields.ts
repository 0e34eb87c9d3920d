import { type Decimal, isZero } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'

// "None" is written '', '0', '0.00' or null, depending on endpoint and age (docs/wire/bybit.md 9,
// trap 14). What each means is decided here.

/** A price, margin or size where zero says that there is none. */
export function amountOrNone(field: Reader): Decimal | undefined {
  const amount = field.optionalDecimal()
  return amount === undefined || isZero(amount) ? undefined : amount
}

/** A time that exists only after the epoch. */
export function timeOrNone(field: Reader): number | undefined {
  return field.optionalInteger() || undefined
}

/** An amount that may stand empty but must stand there: a missing key is another answer. */
export function amountIfFilled(field: Reader): Decimal | undefined {
  return field.value === undefined ? field.decimal() : field.optionalDecimal()
}

/** When the exchange made the answer; some answers do not tell. */
export function answerTime(answer: Reader, receivedAt: number): number {
  return answer.at('time').optionalInteger() ?? receivedAt
}
