import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mul } from '../../core/decimal.ts'
import { Reader } from '../../core/reader.ts'
import { readContracts, toContracts } from './contracts.ts'
import { bitcoin, doge } from './script.testing.ts'

describe('toContracts', () => {
  test('default: a whole number, divided exactly', () => {
    expect(toContracts('0.005', bitcoin)).toBe('5')
    expect(toContracts('1200', doge)).toBe('12')
  })

  test.each([
    ['0.0005', bitcoin],
    ['150', doge],
  ])('error: %s is no whole number of contracts', (quantity, instrument) => {
    expect(() => toContracts(quantity, instrument)).toThrow(
      expect.objectContaining({ name: 'RequestError', code: 'OFF_STEP' }),
    )
  })

  test('behavior: there and back is the same quantity, without a float on the way', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (contracts) => {
        for (const instrument of [bitcoin, doge]) {
          const quantity = mul(String(contracts), instrument.contractMultiplier)
          const sent = toContracts(quantity, instrument)
          expect(sent).toBe(String(contracts))
          expect(readContracts(new Reader(sent), instrument)).toBe(quantity)
        }
      }),
    )
  })
})

describe('readContracts', () => {
  test('args: text or number', () => {
    expect(readContracts(new Reader('880'), bitcoin)).toBe('0.88')
    expect(readContracts(new Reader(880), bitcoin)).toBe('0.88')
  })

  test('error: neither', () => {
    expect(() => readContracts(new Reader(''), bitcoin)).toThrow('expected a decimal')
  })
})
