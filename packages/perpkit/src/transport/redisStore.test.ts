import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nextInteger, seeded } from '../core/random.ts'
import type { Share, Taking } from './budgetStore.ts'
import { hasRedis, type RedisServer, startRedis } from './redisServer.testing.ts'
import {
  createRedisBudgetStore,
  type RedisBudgetStore,
  type RedisBudgetStoreOptions,
} from './redisStore.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

let unique = 0

function shareOf(limit: number, windowMs: number, amount = 1): Share {
  unique += 1
  return { key: `bucket${unique}`, limit, windowMs, amount }
}

describe.skipIf(!hasRedis)('createRedisBudgetStore (skipped where redis-server is absent)', () => {
  let server: RedisServer
  const opened: RedisBudgetStore[] = []

  async function open(options: RedisBudgetStoreOptions = {}): Promise<RedisBudgetStore> {
    const store = await createRedisBudgetStore({ url: server.url, ...options })
    opened.push(store)
    return store
  }

  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(async () => {
    await Promise.all(opened.map((store) => store.disconnect()))
    await server.stop()
  })

  it('default: two processes see one budget, with a reserve for protection', async () => {
    const [one, two] = [await open(), await open()]
    const share = shareOf(60, 60_000)
    const taken: string[] = []
    for (let i = 0; i < 12; i++) {
      const store = i % 2 === 0 ? one : two
      const budgetClass = i < 8 ? 'ordinary' : 'protect'
      if ((await store.take([share], budgetClass)).waitMs === 0) taken.push(budgetClass)
    }
    // 8 % of 60 and 0.95 may go at once, four fifths of it for anything.
    expect(taken).toEqual(['ordinary', 'ordinary', 'ordinary', 'ordinary', 'protect'])
  })

  it('behavior: several buckets are taken together or not at all', async () => {
    const store = await open()
    const small = shareOf(1, 60_000)
    const large = shareOf(40, 60_000)
    expect((await store.take([small], 'protect')).waitMs).toBe(0)
    const refused = await store.take([large, small], 'protect')
    expect([refused.waitMs > 50_000, refused.short]).toEqual([true, [small.key]])
    const four = await store.take([{ ...large, amount: 4 }], 'protect')
    expect(four.waitMs).toBe(0)
  })

  it('behavior: no sliding window holds more than the limit, for random stores and costs', async () => {
    const stores = [await open(), await open(), await open()]
    const random = seeded(7)
    const share = shareOf(40, 400)
    const taken: { at: number; amount: number }[] = []
    const endAt = performance.now() + 3_000
    while (performance.now() < endAt) {
      const amount = nextInteger(random, 8) === 0 ? 1 + nextInteger(random, 30) : 1
      const store = stores[nextInteger(random, stores.length)]
      const before = performance.now()
      const taking = await store?.take([{ ...share, amount }], 'protect')
      if (taking?.waitMs === 0) taken.push({ at: (before + performance.now()) / 2, amount })
      else await pause(nextInteger(random, 12))
    }
    const worst = Math.max(
      ...taken.map(({ at }) =>
        taken
          .filter((one) => one.at > at - 399 && one.at <= at)
          .reduce((sum, { amount }) => sum + amount, 0),
      ),
    )
    expect(worst).toBeLessThanOrEqual(40)
    expect(worst).toBeGreaterThan(25)
  })

  it('behavior: a busy process takes lots and then answers without asking', async () => {
    const store = await open()
    const share = shareOf(60_000, 60_000)
    const answers: (Taking | Promise<Taking>)[] = []
    for (let i = 0; i < 60; i++) {
      const answer = store.take([share], 'ordinary')
      answers.push(answer)
      await answer
    }
    const asked = answers.filter((answer) => answer instanceof Promise).length
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(10)
  })

  it('behavior: a closure and a report reach the other process', async () => {
    const [one, two] = [await open(), await open()]
    const closed = shareOf(100, 10_000)
    await one.close([closed], 700)
    for (const store of [one, two]) {
      const { waitMs } = await store.take([{ ...closed, amount: 0 }], 'protect')
      expect(waitMs).toBeGreaterThan(500)
      expect(waitMs).toBeLessThanOrEqual(700)
    }
    const reported = shareOf(100, 10_000)
    await one.take([reported], 'ordinary')
    await one.report(reported, 41)
    const { waitMs } = await two.take([reported], 'protect')
    // 41 units are owed and one is wanted, 8.95 may stand; one unit is paid in 109.8 ms.
    expect(waitMs).toBeGreaterThan(3_400)
    expect(waitMs).toBeLessThan(3_640)
  })

  it('behavior: what was counted a while ago is held against what we had taken by then', async () => {
    const store = await open()
    const share = shareOf(100, 1_000)
    await store.take([{ ...share, amount: 6 }], 'ordinary')
    await pause(1_200)
    await store.report(share, 6, 800)
    expect(await store.take([{ ...share, amount: 7 }], 'ordinary')).toEqual({
      waitMs: 0,
      short: [],
    })
  })

  it('behavior: a lost Redis costs speed, not safety, and is told once', async () => {
    const own = await startRedis()
    const told: string[] = []
    const logger = { warn: (_: object, message: string) => told.push(message) }
    const store = await createRedisBudgetStore({ url: own.url, processes: 2, logger })
    const share = shareOf(100, 1_000)
    expect((await store.take([share], 'protect')).waitMs).toBe(0)
    await own.stop()
    let taken = 0
    for (const endAt = performance.now() + 1_000; performance.now() < endAt; await pause(2)) {
      if ((await store.take([share], 'protect')).waitMs === 0) taken += 1
    }
    // Half of 92 in 1 020 ms, and nothing at once.
    expect(taken).toBeGreaterThan(35)
    expect(taken).toBeLessThanOrEqual(50)
    await own.restart()
    for (const endAt = performance.now() + 2_000; performance.now() < endAt; await pause(2)) {
      await store.take([share], 'protect')
      if (told.length > 1) break
    }
    expect(told).toEqual([
      'shared request budgets: Redis does not answer, going on with our share of the limits',
      'shared request budgets: Redis answers again',
    ])
    expect((await store.take([{ ...share, amount: 9 }], 'protect')).waitMs).toBeGreaterThan(0)
    await store.disconnect()
    await own.stop()
  })
})

describe('createRedisBudgetStore', () => {
  it('behavior: an address where no Redis is gives budgets all the same', async () => {
    const store = await createRedisBudgetStore({ url: 'redis://127.0.0.1:1' })
    const share = shareOf(100, 1_000)
    const { waitMs } = await store.take([share], 'protect')
    expect(waitMs).toBeLessThan(100)
    await store.disconnect()
  })

  it('behavior: a client that never answers is one that is lost', async () => {
    const client = { sendCommand: () => new Promise<never>(() => undefined) }
    const told: object[] = []
    const logger = { warn: (record: object) => told.push(record) }
    const store = await createRedisBudgetStore({ client, logger })
    await store.take([shareOf(100, 1_000)], 'protect')
    expect(told).toEqual([{ reason: 'no answer within 250 ms', processes: 4 }])
    await store.disconnect()
  })

  it('error: neither a client nor a url, or no number of processes', async () => {
    await expect(createRedisBudgetStore({})).rejects.toThrow('a client or a url is needed')
    for (const processes of [0, 1.5, -1]) {
      await expect(createRedisBudgetStore({ processes })).rejects.toThrow(
        `whole number from 1, received ${processes}`,
      )
    }
  })
})
