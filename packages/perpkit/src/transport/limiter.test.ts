import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../core/clock.ts'
import { createMemoryBudget } from './limiter.ts'

describe('createMemoryBudget', () => {
  it('default: 40 % may go at once, then the rest trickles in', () => {
    const clock = new ManualClock()
    const budget = createMemoryBudget([{ name: 'orders', limit: 10, windowMs: 1_000 }], clock)
    const take = (): number => budget.take({ orders: 1 }, 'protect')
    expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 0])
    const wait = take()
    expect(wait).toBe(167)
    clock.advance(wait)
    expect(take()).toBe(0)
  })

  it('behavior: no window of the limit is ever exceeded', () => {
    const arrivals = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 400 }), cost: fc.integer({ min: 1, max: 3 }) }),
      {
        minLength: 50,
        maxLength: 200,
      },
    )
    fc.assert(
      fc.property(arrivals, (steps) => {
        const clock = new ManualClock()
        const budget = createMemoryBudget([{ name: 'w', limit: 20, windowMs: 1_000 }], clock)
        const taken: { at: number; cost: number }[] = []
        for (const { gap, cost } of steps) {
          clock.advance(gap)
          if (budget.take({ w: cost }, 'protect') === 0) taken.push({ at: clock.now(), cost })
        }
        for (const { at } of taken) {
          const inWindow = taken.filter((one) => one.at >= at && one.at < at + 1_000)
          expect(inWindow.reduce((total, one) => total + one.cost, 0)).toBeLessThanOrEqual(20)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('behavior: ordinary calls leave a reserve that protection can still use', () => {
    const budget = createMemoryBudget(
      [{ name: 'w', limit: 100, windowMs: 1_000 }],
      new ManualClock(),
    )
    let ordinary = 0
    while (budget.take({ w: 1 }, 'ordinary') === 0) ordinary += 1
    let protect = 0
    while (budget.take({ w: 1 }, 'protect') === 0) protect += 1
    expect([ordinary, protect]).toEqual([32, 8])
  })

  it('behavior: several buckets are taken together or not at all', () => {
    const clock = new ManualClock()
    const budget = createMemoryBudget(
      [
        { name: 'a', limit: 10, windowMs: 1_000 },
        { name: 'b', limit: 100, windowMs: 1_000 },
      ],
      clock,
    )
    expect(budget.take({ a: 4 }, 'protect')).toBe(0)
    expect(budget.take({ a: 1, b: 40 }, 'protect')).toBeGreaterThan(0)
    expect(budget.take({ b: 40 }, 'protect')).toBe(0)
  })

  it('args: a call that costs more than may stand at once goes when nothing is owed', () => {
    const clock = new ManualClock()
    const budget = createMemoryBudget([{ name: 'w', limit: 10, windowMs: 1_000 }], clock)
    expect(budget.take({ w: 10 }, 'ordinary')).toBe(0)
    const wait = budget.take({ w: 1 }, 'ordinary')
    expect(wait).toBeGreaterThan(0)
  })

  it('args: buckets nobody declared are free', () => {
    const budget = createMemoryBudget([], new ManualClock())
    expect(budget.take({ unknown: 1_000 }, 'ordinary')).toBe(0)
  })
})
