import { expect, test } from 'vitest'
import { ManualClock } from '../core/clock.ts'
import { createMemoryBudgetStore } from '../transport/memoryStore.ts'
import { budgetOf } from './budgets.ts'
import type { ExchangeDefinition } from './definition.ts'
import type { RateLimitOptions } from './options.ts'

const definition: Pick<ExchangeDefinition, 'name' | 'limits'> = {
  name: 'BYBIT',
  limits: [
    { name: 'address', limit: 1, windowMs: 60_000, scope: 'address' },
    { name: 'orders', limit: 1, windowMs: 60_000, scope: 'key' },
  ],
}

const transport = { send: () => Promise.reject(new Error('none')), close: () => Promise.resolve() }

function setUp(clock = new ManualClock(1)) {
  return async (
    bucket: 'address' | 'orders',
    {
      rateLimit,
      apiKey,
      origin = 'https://one.test',
      way,
    }: {
      rateLimit?: RateLimitOptions
      apiKey?: string
      origin?: string
      way?: typeof transport
    } = {},
  ): Promise<string | undefined> => {
    const credentials = apiKey === undefined ? undefined : { apiKey, apiSecret: 's' }
    const parts = { origin, credentials, clock, transport: way }
    const budget = budgetOf(definition, rateLimit, parts)
    const waited = await budget?.acquire({ [bucket]: 1 }, { budgetClass: 'protect', deadline: 2 })
    return waited?.kind
  }
}

test('default: objects of one process share the address of an exchange and the key', async () => {
  const take = setUp()
  expect(await take('address')).toBe('taken')
  expect(await take('address', { apiKey: 'a' })).toBe('late')
  expect(await take('address', { origin: 'https://two.test' })).toBe('taken')
  expect(await take('orders', { apiKey: 'a' })).toBe('taken')
  expect(await take('orders', { apiKey: 'a' })).toBe('late')
  expect(await take('orders', { apiKey: 'b' })).toBe('taken')
})

test('args: an account may be named, and the way out', async () => {
  const take = setUp()
  const rateLimit = { account: 'main', address: 'left' }
  expect(await take('orders', { apiKey: 'a', rateLimit })).toBe('taken')
  expect(await take('orders', { apiKey: 'b', rateLimit })).toBe('late')
  expect(await take('address', { rateLimit })).toBe('taken')
  expect(await take('address', { rateLimit: { address: 'right' } })).toBe('taken')
  expect(await take('address', { rateLimit })).toBe('late')
})

test('args: another store or another way to the wire counts apart', async () => {
  const clock = new ManualClock(1)
  const take = setUp(clock)
  expect(await take('address')).toBe('taken')
  expect(await take('address', { way: transport })).toBe('taken')
  expect(await take('address', { way: transport })).toBe('late')
  const store = createMemoryBudgetStore({ clock })
  expect(await take('address', { rateLimit: { store } })).toBe('taken')
})

test('args: false switches the budgets off', () => {
  const parts = {
    origin: 'https://one.test',
    credentials: undefined,
    clock: new ManualClock(1),
    transport: undefined,
  }
  expect(budgetOf(definition, false, parts)).toBeUndefined()
})

test('behavior: keys of buckets never hold the API key', async () => {
  const clock = new ManualClock(1)
  const store = createMemoryBudgetStore({ clock })
  await setUp(clock)('orders', { apiKey: 'key-canary', rateLimit: { store } })
  const keys = store.buckets().map(({ key }) => key)
  expect(keys).toHaveLength(2)
  expect(JSON.stringify(keys)).not.toContain('canary')
})
