import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_STEP, orderIdOf } from './orderIds.ts'

const identity = { installation: 0xabc, epoch: 0x1234, since: 1_800_000_000 }

describe('orderIdOf', () => {
  it('default: the same step gives the same id, at most 26 characters of letters and digits', () => {
    const step = { number: MAX_STEP.number, leg: MAX_STEP.leg, generation: MAX_STEP.generation }
    const id = orderIdOf(identity, step, 'prefix08')
    expect(id).toBe(orderIdOf(identity, step, 'prefix08'))
    expect(id).toMatch(/^prefix08[0-9a-z]{18}$/)
  })

  it('behavior: different steps, installations and epochs never share an id', () => {
    const step = fc.record({
      number: fc.integer({ min: 0, max: MAX_STEP.number }),
      leg: fc.integer({ min: 0, max: MAX_STEP.leg }),
      generation: fc.integer({ min: 0, max: MAX_STEP.generation }),
      installation: fc.integer({ min: 0, max: 0xfff }),
      epoch: fc.integer({ min: 0, max: 0xffff }),
    })
    fc.assert(
      fc.property(step, step, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b)
        const id = (one: typeof a): string => orderIdOf({ ...identity, ...one }, one, '')
        expect(id(a) === id(b)).toBe(same)
      }),
      { numRuns: 2_000 },
    )
  })
})
