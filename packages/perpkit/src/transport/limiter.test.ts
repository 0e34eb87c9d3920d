import { describe, expect, it } from 'vitest'
import { ManualClock } from '../core/clock.ts'
import type { BudgetClass, BudgetStore, Share, Taking } from './budgetStore.ts'
import { type Bucket, type Budget, createBudget, type Waited } from './limiter.ts'
import { createMemoryBudgetStore } from './memoryStore.ts'

const ORDERS: Bucket = { name: 'orders', limit: 10, windowMs: 1_000, scope: 'key' }
const WEIGHT: Bucket = { name: 'weight', limit: 1_000, windowMs: 1_000, scope: 'address' }
const ALGOS: Bucket = { name: 'algos', limit: 10, windowMs: 1_000, scope: 'symbol' }

/** Answers as a store on the network does: a turn later. */
function distant(store: BudgetStore): BudgetStore {
  const later =
    <Args extends unknown[], T>(act: (...args: Args) => T | Promise<T>) =>
    async (...args: Args): Promise<T> => {
      await Promise.resolve()
      return act(...args)
    }
  const take: (shares: readonly Share[], budgetClass: BudgetClass) => Promise<Taking> = later(
    (shares: readonly Share[], budgetClass: BudgetClass) => store.take(shares, budgetClass),
  )
  return { take, report: later(store.report), close: later(store.close) }
}

describe.each(['at once', 'a turn later'])('createBudget, a store that answers %s', (kind) => {
  function setUp() {
    const clock = new ManualClock(1_000_000)
    const near = createMemoryBudgetStore({ clock })
    const store = kind === 'at once' ? near : distant(near)
    const budget = (key = 'k', address = 'a'): Budget =>
      createBudget([ORDERS, WEIGHT, ALGOS], { address, key }, { store, clock })
    const ended: string[] = []
    const ask = (
      name: string,
      {
        cost = { orders: 1 },
        of = budget(),
        budgetClass = 'ordinary',
        deadline = 9_000,
        ...more
      }: {
        cost?: Record<string, number>
        of?: Budget
        budgetClass?: BudgetClass
        deadline?: number
        signal?: AbortSignal
      } = {},
    ): Promise<Waited> => {
      const wish = { budgetClass, deadline: 1_000_000 + deadline, ...more }
      const waiting = of.acquire(cost, wish)
      waiting.then(({ kind: end }) => ended.push(`${name} ${end} ${clock.now() - 1_000_000}`))
      return waiting
    }
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 60; turn++) await Promise.resolve()
    }
    const run = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed++) {
        await settle()
        clock.advance(1)
      }
      await settle()
    }
    return { clock, budget, ask, ended, run, settle }
  }

  it('default: taken at once while there is enough, then in order of arrival', async () => {
    const { ask, ended, run } = setUp()
    for (const name of ['a', 'b', 'c']) ask(name)
    await run(400)
    expect(ended).toEqual(['a taken 0', 'b taken 67', 'c taken 178'])
  })

  it('behavior: protection goes before all who came earlier', async () => {
    const { ask, ended, run } = setUp()
    for (const name of ['a', 'b', 'c']) ask(name)
    ask('stop', { budgetClass: 'protect' })
    ask('other stop', { budgetClass: 'protect' })
    await run(700)
    expect(ended.map((end) => end.replace(/ taken.*/, ''))).toEqual([
      'a',
      'stop',
      'other stop',
      'b',
      'c',
    ])
  })

  it('behavior: data polled without end delays a stop by less than one emission interval', async () => {
    const { clock, ask, ended, run } = setUp()
    for (let i = 0; i < 80; i++) ask(`poll${i}`, { deadline: 60_000 })
    for (let stop = 0; stop < 8; stop++) {
      await run(137 + stop * 41)
      const askedAt = clock.now() - 1_000_000
      ask('stop', { budgetClass: 'protect' })
      await run(112)
      const sentAt = Number(
        ended
          .findLast((end) => end.startsWith('stop'))
          ?.split(' ')
          .at(-1),
      )
      expect(sentAt - askedAt).toBeGreaterThanOrEqual(0)
      expect(sentAt - askedAt).toBeLessThanOrEqual(111)
    }
  })

  it('behavior: who waits for one bucket holds up nobody who needs another', async () => {
    const { ask, ended, run } = setUp()
    for (const name of ['a', 'b']) ask(name, { cost: { weight: 1, orders: 1 } })
    ask('data', { cost: { weight: 1 } })
    await run(1)
    expect(ended).toEqual(['a taken 0', 'data taken 0'])
  })

  it('error: a wait past the deadline ends at once, with its length', async () => {
    const { ask, settle } = setUp()
    ask('a')
    await settle()
    expect(await ask('b', { deadline: 50 })).toEqual({ kind: 'late', waitMs: 67 })
    expect(await ask('c', { deadline: 66 })).toEqual({ kind: 'late', waitMs: 67 })
  })

  it("error: the caller's signal ends the wait, and nothing is taken for him", async () => {
    const { ask, ended, run } = setUp()
    const ending = new AbortController()
    ask('a')
    ask('b', { signal: ending.signal })
    ask('c')
    await run(10)
    ending.abort()
    await run(60)
    expect(ended).toEqual(['a taken 0', 'b aborted 10', 'c taken 67'])
    expect(await ask('d', { signal: ending.signal })).toEqual({ kind: 'aborted' })
  })

  it('behavior: objects with one key share its budgets, with another one those of the address', async () => {
    const { ask, budget, ended, run } = setUp()
    ask('a', { of: budget('one') })
    ask('same key', { of: budget('one') })
    ask('other key', { of: budget('two') })
    await run(1)
    expect(ended).toEqual(['a taken 0', 'other key taken 0'])
    const rest = { cost: { weight: 64 } }
    await Promise.all([ask('b', { of: budget('one'), ...rest })])
    expect(await ask('c', { of: budget('two'), cost: { weight: 64 }, deadline: 1 })).toMatchObject({
      kind: 'late',
    })
    expect(await ask('d', { of: budget('two', 'elsewhere'), ...rest })).toEqual({ kind: 'taken' })
  })

  it('behavior: what is counted by symbol is counted apart', async () => {
    const { ask, ended, run } = setUp()
    ask('btc', { cost: { 'algos@BTC': 1 } })
    ask('btc again', { cost: { 'algos@BTC': 1 } })
    ask('eth', { cost: { 'algos@ETH': 1 } })
    await run(1)
    expect(ended).toEqual(['btc taken 0', 'eth taken 0'])
  })

  it('behavior: a closure holds everybody who needs the bucket, one of the address all', async () => {
    const { ask, budget, ended, run, settle } = setUp()
    budget().close(['orders'], 300)
    await settle()
    ask('stop', { budgetClass: 'protect' })
    ask('data', { cost: { weight: 1 } })
    await run(1)
    expect(ended).toEqual(['data taken 0'])
    budget('other').close('address', 500)
    await settle()
    ask('more data', { cost: { weight: 1 } })
    ask('free of charge', { cost: {} })
    ask('elsewhere', { cost: { weight: 1 }, of: budget('k', 'other') })
    expect(await ask('short of time', { cost: {}, deadline: 400 })).toEqual({
      kind: 'late',
      waitMs: 500,
    })
    await run(600)
    expect(ended.slice(1)).toEqual([
      'elsewhere taken 1',
      'short of time late 1',
      'stop taken 501',
      'more data taken 501',
      'free of charge taken 501',
    ])
  })

  it('behavior: without a time a bucket is closed for a tenth of its window', async () => {
    const { ask, budget, settle } = setUp()
    budget().close(['orders', 'nobody knows'], undefined)
    await settle()
    expect(await ask('a', { deadline: 1 })).toEqual({ kind: 'late', waitMs: 500 })
  })

  it('behavior: reports raise the debt; what cannot be is ignored', async () => {
    const { ask, budget, settle } = setUp()
    for (const used of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1_000]) {
      budget().report([{ name: 'orders', used }])
    }
    budget().report([
      { name: 'orders', left: 11 },
      { name: 'orders', left: -1, limit: 0 },
      { name: 'nobody knows', used: 5 },
    ])
    await settle()
    expect(await ask('a')).toEqual({ kind: 'taken' })
    budget().report([{ name: 'orders', left: 2 }])
    await settle()
    const waiting = await ask('b', { deadline: 10 })
    expect(waiting).toMatchObject({ kind: 'late' })
    expect('waitMs' in waiting && waiting.waitMs).toBeGreaterThan(700)
  })

  it('behavior: a smaller limit than the published one is kept from then on', async () => {
    const { ask, budget, ended, run } = setUp()
    const of = budget()
    of.report([{ name: 'orders', left: 5, limit: 5 }])
    for (const name of ['a', 'b', 'c']) ask(name, { of })
    await run(600)
    expect(ended).toEqual(['a taken 0', 'b taken 205', 'c taken 426'])
  })

  it('behavior: nothing left and a time to wait close the bucket', async () => {
    const { ask, budget, settle } = setUp()
    budget().report([{ name: 'orders', left: 0, limit: 10, resetInMs: 4_000 }])
    await settle()
    expect(await ask('a', { deadline: 10, budgetClass: 'protect' })).toEqual({
      kind: 'late',
      waitMs: 4_000,
    })
  })

  it('args: buckets nobody declared are free', async () => {
    const { ask } = setUp()
    expect(await ask('a', { cost: { unknown: 1_000 }, deadline: 0 })).toEqual({ kind: 'taken' })
  })
})

it('error: a store that fails is asked again until the deadline', async () => {
  const clock = new ManualClock(0)
  let asked = 0
  const store: BudgetStore = {
    take() {
      asked += 1
      return asked < 3 ? Promise.reject(new Error('down')) : { waitMs: 0, short: [] }
    },
    report: () => Promise.reject(new Error('down')),
    close() {},
  }
  const budget = createBudget([ORDERS], { address: 'a', key: 'k' }, { store, clock })
  budget.report([{ name: 'orders', used: 1 }])
  const waiting = budget.acquire({ orders: 1 }, { budgetClass: 'ordinary', deadline: 1_000 })
  for (let turn = 0; turn < 3; turn++) {
    for (let i = 0; i < 10; i++) await Promise.resolve()
    clock.advance(100)
  }
  expect(await waiting).toEqual({ kind: 'taken' })
})
