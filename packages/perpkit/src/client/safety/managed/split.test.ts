import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLess, isMultipleOf, mul, sum } from '../../../core/decimal.ts'
import { splitByShares } from './split.ts'

const rules = { stepSize: '0.001', minQuantity: '0.001' }
const half = [
  { price: '1', share: '0.5' },
  { price: '2', share: '0.5' },
]

describe('splitByShares', () => {
  it('default: halves, the last taking what rounding left', () => {
    expect(splitByShares('0.01', half, rules).map((part) => part.quantity)).toEqual([
      '0.005',
      '0.005',
    ])
    expect(splitByShares('0.011', half, rules).map((part) => part.quantity)).toEqual([
      '0.005',
      '0.006',
    ])
  })

  it('behavior: one target for all when a half would be under the minimum', () => {
    expect(splitByShares('0.001', half, rules)).toEqual([{ price: '2', quantity: '0.001' }])
  })

  it('behavior: a part under the minimum goes to the next, the last to the one before', () => {
    const thirds = [
      { price: '1', share: '0.05' },
      { price: '2', share: '0.9' },
      { price: '3', share: '0.05' },
    ]
    const parts = splitByShares('1', thirds, { stepSize: '0.1', minQuantity: '0.1' })
    expect(parts).toEqual([
      { price: '2', quantity: '0.9' },
      { price: '3', quantity: '0.1' },
    ])
  })

  it('behavior: parts are on the step, over the minimum and add up to exactly the quantity', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 })
    const steps = fc.constantFrom('0.001', '0.01', '1', '10', '0.05')
    fc.assert(
      fc.property(
        shares,
        steps,
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 5 }),
        (weights, step, size, minimum) => {
          const total = weights.reduce((a, b) => a + b, 0)
          fc.pre(10_000 % total === 0)
          const targets = weights.map((weight, i) => ({
            price: String(i + 1),
            share: String(weight / total),
          }))
          const minQuantity = mul(step, String(minimum))
          const quantity = mul(step, String(Math.max(size, minimum)))
          const parts = splitByShares(quantity, targets, { stepSize: step, minQuantity })
          expect(sum(parts.map((part) => part.quantity))).toBe(quantity)
          for (const part of parts) {
            expect(isMultipleOf(part.quantity, step)).toBe(true)
            expect(isLess(part.quantity, minQuantity)).toBe(false)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
