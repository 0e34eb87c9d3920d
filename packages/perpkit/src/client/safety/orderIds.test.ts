import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_STEP, orderIdOf, orderNumberOf, readOrderId } from './orderIds.ts'

const identity = { installation: 0xabc, epoch: 0x1234, since: 1_800_000_000 }

const anyStep = fc.record({
  number: fc.integer({ min: 0, max: MAX_STEP.number }),
  leg: fc.integer({ min: 0, max: MAX_STEP.leg }),
  generation: fc.integer({ min: 0, max: MAX_STEP.generation }),
  installation: fc.integer({ min: 0, max: 0xfff }),
  epoch: fc.integer({ min: 0, max: 0xffff }),
})

describe('orderIdOf', () => {
  it('default: the same step gives the same id, at most 26 characters of letters and digits', () => {
    const step = { number: MAX_STEP.number, leg: MAX_STEP.leg, generation: MAX_STEP.generation }
    const id = orderIdOf(identity, step, 'prefix08')
    expect(id).toBe(orderIdOf(identity, step, 'prefix08'))
    expect(id).toMatch(/^prefix08[0-9a-z]{18}$/)
  })

  it('behavior: different steps, installations and epochs never share an id', () => {
    fc.assert(
      fc.property(anyStep, anyStep, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b)
        const id = (one: typeof a): string => orderIdOf({ ...identity, ...one }, one, '')
        expect(id(a) === id(b)).toBe(same)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('orderNumberOf', () => {
  it('default: the same step gives the same number, digits only', () => {
    const step = { number: 7, leg: 1, generation: 0 }
    expect(orderNumberOf(identity, step)).toBe('3093972951586837045')
    expect(orderNumberOf(identity, step)).toBe(orderNumberOf(identity, step))
  })

  it('behavior: the smallest is 1 and the largest 2^62, so every one fits a positive 64-bit integer', () => {
    const nothing = { number: 0, leg: 0, generation: 0 }
    expect(orderNumberOf({ installation: 0, epoch: 0, since: 0 }, nothing)).toBe('1')
    expect(orderNumberOf({ installation: 0xfff, epoch: 0xffff, since: 0 }, MAX_STEP)).toBe(
      String(2n ** 62n),
    )
  })

  it('behavior: different steps, installations and epochs never share a number', () => {
    fc.assert(
      fc.property(anyStep, anyStep, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b)
        const id = (one: typeof a): string => orderNumberOf({ ...identity, ...one }, one)
        expect(id(a) === id(b)).toBe(same)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('readOrderId', () => {
  it('default: reads back whose id it is, whatever the step and the prefix', () => {
    fc.assert(
      fc.property(anyStep, fc.constantFrom('', 'p', 'prefix08'), (step, prefix) => {
        const { installation, epoch } = step
        const one = { installation, epoch, since: identity.since }
        expect(readOrderId(orderIdOf(one, step, prefix))).toEqual(one)
        expect(readOrderId(orderNumberOf(one, step))).toEqual({ installation, epoch })
      }),
    )
  })

  it.each(['', '0', 'web_1234', 'x'.repeat(27), `t00000${'z'.repeat(12)}`, '9'.repeat(19)])(
    'error: %s cannot be ours',
    (id) => expect(readOrderId(id)).toBeUndefined(),
  )
})
