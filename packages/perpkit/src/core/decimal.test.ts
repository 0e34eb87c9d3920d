import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  ceilToStep,
  compare,
  decimalPlaces,
  div,
  floorToStep,
  isDecimal,
  isMultipleOf,
  mul,
  roundToStep,
  sub,
  sum,
  toDecimal,
  toFixed,
} from './decimal.ts'

/** Decimals with up to 12 places, as text and as the exact fraction they stand for. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => ({ digits, places, text: print(digits, places) }))

function print(digits: bigint, places: number): string {
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0')
  if (places === 0) return sign + text
  return `${sign}${text.slice(0, -places)}.${text.slice(-places)}`
}

describe('decimal', () => {
  it('default: sums and products are exact', () => {
    expect(add('0.1', '0.2')).toBe('0.3')
    expect(sub('1', '0.9')).toBe('0.1')
    expect(mul('0.00000001', '0.00000001')).toBe('0.0000000000000001')
    expect(sum(['0.1', '0.1', '0.1'])).toBe('0.3')
  })

  it('behavior: agrees with whole-number arithmetic on 1,000 random pairs', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const scale = 10n ** 12n
        const left = a.digits * 10n ** BigInt(12 - a.places)
        const right = b.digits * 10n ** BigInt(12 - b.places)
        expect(compare(add(a.text, b.text), print(left + right, 12))).toBe(0)
        expect(compare(mul(a.text, b.text), print(left * right, 24))).toBe(0)
        expect(compare(a.text, b.text)).toBe(left < right ? -1 : left > right ? 1 : 0)
        expect(scale).toBe(10n ** 12n)
      }),
      { numRuns: 1_000 },
    )
  })

  it('behavior: floorToStep never goes away from zero and stays within one step', () => {
    fc.assert(
      fc.property(
        decimals,
        fc.constantFrom('0.001', '0.05', '1', '10', '0.0000001', '100'),
        (a, step) => {
          const floored = floorToStep(a.text, step)
          expect(isMultipleOf(floored, step)).toBe(true)
          const rest = a.digits < 0n ? sub(floored, a.text) : sub(a.text, floored)
          expect(compare(rest, '0')).not.toBe(-1)
          expect(compare(rest, step)).toBe(-1)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('args: steps that are no powers of ten', () => {
    expect(floorToStep('332', '10')).toBe('330')
    expect(roundToStep('0.37', '0.05')).toBe('0.35')
    expect(roundToStep('0.375', '0.05')).toBe('0.4')
    expect(ceilToStep('0.31', '0.05')).toBe('0.35')
  })

  it('args: notation', () => {
    expect(toDecimal(1e-7)).toBe('0.0000001')
    expect(toDecimal('1e-7')).toBe('0.0000001')
    expect(toDecimal('1e21')).toBe('1000000000000000000000')
    expect(toDecimal('007.500')).toBe('7.5')
    expect(toDecimal('-0')).toBe('0')
    expect(toDecimal('+1.5')).toBe('1.5')
    expect(toDecimal(' 1 ')).toBe('1')
    expect(toDecimal('.5')).toBe('0.5')
    expect(isDecimal('1e5')).toBe(false)
    expect(decimalPlaces('0.0010')).toBe(3)
    expect(decimalPlaces('100')).toBe(0)
    expect(toFixed('1.005', 2)).toBe('1.00')
    expect(toFixed('2', 3)).toBe('2.000')
  })

  it.each(['', 'abc', '1,5', '0x10', '--1', '1.2.3', 'NaN', 'Infinity', '1e9999'])(
    'error: %j is not a number',
    (text) => {
      expect(toDecimal(text)).toBeUndefined()
    },
  )

  it('error: NaN and infinite numbers are not numbers', () => {
    expect(toDecimal(Number.NaN)).toBeUndefined()
    expect(toDecimal(Number.POSITIVE_INFINITY)).toBeUndefined()
  })

  it('error: division by zero throws', () => {
    expect(() => div('1', '0')).toThrow()
  })
})
