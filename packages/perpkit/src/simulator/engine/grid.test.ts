import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, mul } from '../../core/decimal.ts'
import {
  ceilCount,
  floorCount,
  fromCount,
  makeGrid,
  nearestCount,
  productGrid,
  toCount,
} from './grid.ts'

describe('grid', () => {
  test.each([
    ['0.10', '60000.1', 600_001],
    ['0.10', '60000.10', 600_001],
    ['0.001', '0.012', 12],
    ['0.0000001', '0.01', 100_000],
    ['100', '16000000', 160_000],
    ['0.05', '1.15', 23],
    ['1', '7', 7],
  ])('default: in steps of %s, %s counts %i', (step, value, count) => {
    const grid = makeGrid(step)
    expect(toCount(value, grid)).toBe(count)
    expect(compare(fromCount(count, grid), value)).toBe(0)
  })

  test('default: decimals come back in plain form', () => {
    expect(fromCount(600_000, makeGrid('0.10'))).toBe('60000')
    expect(fromCount(5, makeGrid('0.001'))).toBe('0.005')
    expect(fromCount(0, makeGrid('0.001'))).toBe('0')
    expect(fromCount(3, makeGrid('100'))).toBe('300')
  })

  test.each([
    ['0.1', '60000.15'],
    ['100', '50'],
    ['0.001', '1e-3'],
    ['0.001', 'much'],
    ['1', '9007199254740993'],
  ])('error: %s steps cannot count %s', (step, value) => {
    expect(() => toCount(value, makeGrid(step))).toThrow(RangeError)
  })

  test('default: values beside the grid are rounded down, up or to the nearest', () => {
    const grid = makeGrid('0.1')
    expect([floorCount('5.17', grid), ceilCount('5.11', grid)]).toEqual([51, 52])
    expect([nearestCount('5.14', grid), nearestCount('5.15', grid)]).toEqual([51, 52])
  })

  test('behavior: counting and printing undo each other', () => {
    const steps = fc.constantFrom('0.1', '0.05', '0.0000001', '25', '100', '0.001')
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 1e9 }), (step, count) => {
        const grid = makeGrid(step)
        expect(toCount(fromCount(count, grid), grid)).toBe(count)
        expect(fromCount(count, grid)).toBe(mul(step, String(count)))
      }),
    )
  })

  test('behavior: products of ticks and steps are exact beyond 2^53', () => {
    const products = productGrid(makeGrid('0.0000001'), makeGrid('100'))
    expect(fromCount(9_007_199_254_740_991, products)).toBe('90071992547.40991')
    const turnover = productGrid(makeGrid('0.1'), makeGrid('0.001'))
    expect(fromCount(600_001 * 500, turnover)).toBe('30000.05')
  })
})
