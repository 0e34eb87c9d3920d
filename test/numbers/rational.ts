// Exact arithmetic that shares nothing with the decimals under test.

export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Of a plain decimal text; anything else is an error. */
export function rational(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new TypeError(`not in plain notation: ${JSON.stringify(text)}`)
  const [, sign = '', whole = '', fraction = ''] = match
  const digits = BigInt(whole + fraction)
  return {
    numerator: sign === '-' ? -digits : digits,
    denominator: 10n ** BigInt(fraction.length),
  }
}

/** How many whole steps are in it; both are above zero. */
export function wholeSteps(value: Rational, step: Rational): bigint {
  return (value.numerator * step.denominator) / (value.denominator * step.numerator)
}

/** The nearest number of steps, a half going up. */
export function nearestSteps(value: Rational, step: Rational): bigint {
  const numerator = value.numerator * step.denominator
  const denominator = value.denominator * step.numerator
  return (2n * numerator + denominator) / (2n * denominator)
}

export function times(step: Rational, count: bigint): Rational {
  return { numerator: step.numerator * count, denominator: step.denominator }
}

export function isEqual(a: Rational, b: Rational): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator
}
