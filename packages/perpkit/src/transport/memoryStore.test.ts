import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../core/clock.ts'
import type { BudgetClass, Quota } from './budgetStore.ts'
import { createMemoryBudgetStore } from './memoryStore.ts'

function setUp(quota: Quota, options: { processes?: number; startsEmpty?: boolean } = {}) {
  const clock = new ManualClock(1_000_000)
  const store = createMemoryBudgetStore({ clock, ...options })
  const bucket = { key: 'w', ...quota }
  const wait = (amount = 1, budgetClass: BudgetClass = 'protect'): number =>
    store.take([{ ...bucket, amount }], budgetClass).waitMs
  return { clock, store, bucket, wait }
}

/** The most that stands in any window that ends with one of them. */
function worstWindow(taken: readonly { at: number; amount: number }[], windowMs: number): number {
  const sums = taken.map(({ at }) =>
    taken
      .filter((one) => one.at > at - windowMs && one.at <= at)
      .reduce((sum, { amount }) => sum + amount, 0),
  )
  return Math.max(0, ...sums)
}

const quotas = fc.record({
  limit: fc.integer({ min: 1, max: 60 }),
  windowMs: fc.constantFrom(1_000, 3_000, 10_000),
})
const arrivals = fc.array(
  fc.record({
    gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
    amount: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 15 })),
    isProtective: fc.boolean(),
  }),
  { minLength: 50, maxLength: 200 },
)

describe('createMemoryBudgetStore', () => {
  it('default: 8 % may go at once, then the rest trickles in', () => {
    const { clock, wait } = setUp({ limit: 50, windowMs: 1_000 })
    expect([wait(), wait(), wait(), wait()]).toEqual([0, 0, 0, 0])
    expect(wait()).toBe(2)
    clock.advance(2)
    expect(wait()).toBe(0)
    expect(wait()).toBe(22)
  })

  it('behavior: no window of any limit is ever exceeded, whatever the costs', () => {
    fc.assert(
      fc.property(quotas, arrivals, (quota, steps) => {
        const { clock, wait } = setUp(quota)
        const taken: { at: number; amount: number }[] = []
        for (const { gap, amount, isProtective } of steps) {
          clock.advance(gap)
          if (wait(amount, isProtective ? 'protect' : 'ordinary') > 0) continue
          taken.push({ at: clock.now(), amount: Math.min(amount, quota.limit) })
        }
        expect(worstWindow(taken, quota.windowMs)).toBeLessThanOrEqual(quota.limit)
      }),
      { numRuns: 300 },
    )
  })

  it('behavior: nor by processes that divide it without talking, unless one call is over its share', () => {
    const wide = fc.record({
      limit: fc.integer({ min: 45, max: 90 }),
      windowMs: fc.constant(3_000),
    })
    fc.assert(
      fc.property(wide, arrivals, (quota, steps) => {
        const clock = new ManualClock(1_000_000)
        const options = { clock, processes: 3, startsEmpty: true }
        const stores = [1, 2, 3].map(() => createMemoryBudgetStore(options))
        const taken: { at: number; amount: number }[] = []
        for (const [i, { gap, amount }] of steps.entries()) {
          clock.advance(gap)
          const waiting = stores[i % 3]?.take([{ key: 'w', ...quota, amount }], 'protect')
          if (waiting?.waitMs === 0) {
            taken.push({ at: clock.now(), amount: Math.min(amount, quota.limit) })
          }
        }
        expect(worstWindow(taken, quota.windowMs)).toBeLessThanOrEqual(quota.limit)
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    { limit: 1, windowMs: 1_000 },
    { limit: 10, windowMs: 1_000 },
    { limit: 300, windowMs: 10_000 },
    { limit: 2_400, windowMs: 60_000 },
  ])('behavior: $limit in $windowMs ms is used to 90 %', (quota) => {
    const { clock, wait } = setUp(quota)
    let taken = 0
    for (let i = 0; i < 30 * quota.windowMs; i += 5) {
      if (wait() === 0) taken += 1
      clock.advance(5)
    }
    expect(taken / (30 * quota.limit)).toBeGreaterThanOrEqual(0.9)
  })

  it('behavior: polling at full speed delays a stop by no more than one emission interval', () => {
    const { clock, wait } = setUp({ limit: 10, windowMs: 1_000 })
    const interval = 1_020 / 9.2
    for (let turn = 0; turn < 500; turn++) {
      while (wait(1, 'ordinary') === 0);
      const delay = wait(1, 'protect')
      expect(delay).toBeLessThanOrEqual(Math.ceil(interval))
      clock.advance(13)
    }
    const wide = setUp({ limit: 1_000, windowMs: 1_000 })
    while (wide.wait(1, 'ordinary') === 0);
    const reserve = Array.from({ length: 16 }, () => wide.wait(1, 'protect'))
    expect(new Set(reserve)).toEqual(new Set([0]))
  })

  it('behavior: several buckets are taken together or not at all', () => {
    const { store } = setUp({ limit: 1, windowMs: 1 })
    const a = { key: 'a', limit: 50, windowMs: 1_000 }
    const b = { key: 'b', limit: 500, windowMs: 1_000 }
    const both = [
      { ...a, amount: 1 },
      { ...b, amount: 40 },
    ]
    expect(store.take([{ ...a, amount: 4 }], 'protect').waitMs).toBe(0)
    expect(store.take(both, 'protect')).toEqual({ waitMs: 2, short: ['a'] })
    expect(store.take([{ ...b, amount: 40 }], 'protect').waitMs).toBe(0)
  })

  it('args: a call that costs the whole limit goes when nothing was owed for a window', () => {
    const { clock, wait } = setUp({ limit: 10, windowMs: 1_000 })
    expect(wait(25)).toBe(0)
    const again = wait(25)
    expect(again).toBeGreaterThan(1_000)
    clock.advance(again)
    expect(wait(25)).toBe(0)
  })

  it.each([
    { ageMs: 0, owed: true },
    { ageMs: 400, owed: false },
  ])(
    'behavior: what was counted $ageMs ms ago is held against what we had taken by then',
    ({ ageMs, owed }) => {
      const { clock, store, bucket, wait } = setUp({ limit: 100, windowMs: 1_000 })
      wait(8)
      clock.advance(1_300)
      store.report(bucket, 8, ageMs)
      expect(wait(8) > 0).toBe(owed)
    },
  )

  it('behavior: what the exchange counts more than we do becomes our debt, less never a credit', () => {
    const { clock, store, bucket, wait } = setUp({ limit: 100, windowMs: 1_000 })
    wait(5)
    store.report(bucket, 3)
    expect(wait(3)).toBe(0)
    store.report(bucket, 8)
    expect(wait(1)).toBe(wait(1))
    const before = wait(1)
    store.report(bucket, 58)
    expect(wait(1) - before).toBe(Math.round((50 * 1_020) / 92))
    store.report(bucket, 58)
    expect(wait(1) - before).toBe(Math.round((50 * 1_020) / 92))
    clock.advance(2_000)
    expect(wait(8)).toBe(0)
  })

  it('behavior: a closed bucket lets nobody through until its time, and never opens sooner', () => {
    const { clock, store, bucket, wait } = setUp({ limit: 100, windowMs: 1_000 })
    store.close([bucket], 500)
    store.close([bucket], 100)
    expect([wait(0), wait(1, 'ordinary'), wait(1, 'protect')]).toEqual([500, 500, 500])
    clock.advance(500)
    expect(wait(1)).toBe(0)
  })

  it('behavior: a clock that was set back does not shut the bucket for as long', () => {
    let now = 10_000_000
    const store = createMemoryBudgetStore({
      clock: { now: () => now, after: () => () => undefined },
    })
    const share = { key: 'w', limit: 10, windowMs: 1_000, amount: 1 }
    store.take([share], 'protect')
    now -= 3_600_000
    expect(store.take([share], 'protect').waitMs).toBeLessThan(1_300)
  })
})
