import BigJs, { type Big as BigNumber } from 'big.js'

/**
 * A decimal number as text in plain notation (`'0.001'`, `'-12.5'`, never `'1e-7'`). Every price,
 * quantity and amount in this house is one, so that no value ever passes through a binary float.
 */
export type Decimal = string

// A constructor of our own: settings here must not reach other users of the library.
const Big = BigJs()
// Divisions are rounded half-even at 40 places: far below any tick, so sums still add up.
Big.DP = 40
Big.RM = 2
// Big switches to exponents at 1e-7 by default; exchanges refuse exponents.
Big.NE = -1_000
Big.PE = 1_000

const PLAIN = /^-?(\d+)(\.\d+)?$/

/** Whether the text is a decimal number in plain notation. */
export function isDecimal(text: string): boolean {
  return PLAIN.test(text)
}

/**
 * Any finite number or decimal text (exponents allowed) in canonical plain notation: no leading
 * plus, no trailing zeros, no negative zero. Returns `undefined` for what is not a number.
 */
export function toDecimal(value: string | number): Decimal | undefined {
  const text = typeof value === 'number' ? String(value) : value.trim()
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return undefined
  const plain = new Big(text.startsWith('+') ? text.slice(1) : text).toFixed()
  return plain === '-0' ? '0' : plain
}

const text = (value: BigNumber): Decimal => {
  const plain = value.toFixed()
  return plain === '-0' ? '0' : plain
}

export function add(a: Decimal, b: Decimal): Decimal {
  return text(new Big(a).plus(b))
}

export function sub(a: Decimal, b: Decimal): Decimal {
  return text(new Big(a).minus(b))
}

export function mul(a: Decimal, b: Decimal): Decimal {
  return text(new Big(a).times(b))
}

/** `a / b`, rounded half-even at `places` decimals (default 18). Throws on division by zero. */
export function div(a: Decimal, b: Decimal, places = 18): Decimal {
  return text(new Big(a).div(b).round(places, 2))
}

/** -1, 0 or 1. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  return new Big(a).cmp(b)
}

export function equals(a: Decimal, b: Decimal): boolean {
  return new Big(a).eq(b)
}

export function isLess(a: Decimal, b: Decimal): boolean {
  return new Big(a).lt(b)
}

export function isGreater(a: Decimal, b: Decimal): boolean {
  return new Big(a).gt(b)
}

export function isZero(a: Decimal): boolean {
  return new Big(a).eq(0)
}

export function isNegative(a: Decimal): boolean {
  return new Big(a).lt(0)
}

export function isPositive(a: Decimal): boolean {
  return new Big(a).gt(0)
}

export function negate(a: Decimal): Decimal {
  return text(new Big(a).neg())
}

export function abs(a: Decimal): Decimal {
  return text(new Big(a).abs())
}

export function min(a: Decimal, b: Decimal): Decimal {
  return isLess(b, a) ? b : a
}

export function max(a: Decimal, b: Decimal): Decimal {
  return isGreater(b, a) ? b : a
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = new Big(0)
  for (const value of values) total = total.plus(value)
  return text(total)
}

/** The largest multiple of `step` that is not farther from zero than `value`. */
export function floorToStep(value: Decimal, step: Decimal): Decimal {
  return text(new Big(value).div(step).round(0, 0).times(step))
}

/** The multiple of `step` nearest to `value`; a tie goes away from zero. */
export function roundToStep(value: Decimal, step: Decimal): Decimal {
  return text(new Big(value).div(step).round(0, 1).times(step))
}

/** The smallest multiple of `step` that is not nearer to zero than `value`. */
export function ceilToStep(value: Decimal, step: Decimal): Decimal {
  return text(new Big(value).div(step).round(0, 3).times(step))
}

export function isMultipleOf(value: Decimal, step: Decimal): boolean {
  return new Big(value).mod(step).eq(0)
}

/** Rounded half-even at `places` decimals and printed with exactly that many. */
export function toFixed(value: Decimal, places: number): string {
  return new Big(value).toFixed(places, 2)
}

/** How many decimals the canonical form has: `'0.0010'` has 3, `'10'` has 0. */
export function decimalPlaces(value: Decimal): number {
  const plain = text(new Big(value))
  const point = plain.indexOf('.')
  return point === -1 ? 0 : plain.length - point - 1
}

/** For charts and columns only; never on the way to an order. */
export function toFloat(value: Decimal): number {
  return Number(value)
}
