import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine, plain, readCsvLine } from './candle.ts'

describe('plain', () => {
  test.each([
    [1e-7, '0.0000001'],
    [-1.25e-9, '-0.00000000125'],
    [1e21, '1000000000000000000000'],
    [1.5e22, '15000000000000000000000'],
    [60_000.1, '60000.1'],
    [0, '0'],
  ])('default: %s', (value, text) => expect(plain(value)).toBe(text))

  test('behavior: every number is read back as it was, without an exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plain(value)
        expect(text).toMatch(/^-?\d+(\.\d+)?$/)
        expect(Number(text)).toBe(value === 0 ? 0 : value)
      }),
    )
  })
})

describe('lines of CSV', () => {
  test('default: written and read back', () => {
    const candle = { timestamp: 1, open: 2.5, high: 3, low: 1e-8, close: 2, volume: 0 }
    expect(csvLine(candle)).toBe('1,2.5,3,0.00000001,2,0')
    expect(readCsvLine(csvLine(candle))).toEqual(candle)
  })

  test.each(['', '1,2,3,4,5', '1,2,3,4,5,', '1,2,3,4,5,6,7', '1,2,x,4,5,6', '1,2,Infinity,4,5,6'])(
    'error: %j is none',
    (line) => expect(readCsvLine(line)).toBeUndefined(),
  )
})
