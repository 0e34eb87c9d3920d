import { describe, expect, test } from 'vitest'
import { add, compare, div, fixed, mul, readDecimal, sub } from './numbers.ts'

describe('numbers', () => {
  test('default: sums, products and quotients are exact', () => {
    expect(add('0.1', '0.2')).toBe('0.3')
    expect(sub('0.3', '0.4')).toBe('-0.1')
    expect(mul('60000.1', '0.001')).toBe('60.0001')
    expect(div('1', '3')).toBe('0.333333333333333333')
    expect(compare('10', '9.99')).toBe(1)
    expect(compare('1.0', '1')).toBe(0)
  })

  test.each([
    ['1.005', 2, '1.01'],
    ['-1.005', 2, '-1.01'],
    ['0.004', 2, '0.00'],
    ['-0.004', 2, '0.00'],
    ['1999.999', 2, '2000.00'],
    ['2.5', 0, '3'],
  ])('default: %s at %i places is %s', (value, places, shown) => {
    expect(fixed(value, places)).toBe(shown)
  })

  test.each([
    ['  58000.50 ', '58000.5'],
    ['+1', '1'],
    ['-0', '0'],
  ])('args: %j is read as %s', (text, value) => {
    expect(readDecimal(text)).toBe(value)
  })

  test.each(['', '1e5', '0x10', '1,5', 'NaN', '1.', '.5', '--1', '1 2'])('error: %j', (text) => {
    expect(readDecimal(text)).toBeUndefined()
  })
})
