import { describe, expect, test } from 'vitest'
import type { Simulator } from '../assemble.ts'
import { rawRequest, START, signedRequest, simulateLimited } from '../tinyVenue.fixture.ts'
import type { Answer, VenueCredentials } from './types.ts'

interface Said {
  status: number
  headers: Record<string, string>
  body: Record<string, unknown>
}

function read(answer: Answer | undefined): Said {
  return {
    status: answer?.status ?? 0,
    headers: answer?.headers ?? {},
    body: JSON.parse(answer?.body ?? '{}'),
  }
}

/** A public request that takes one of the address. */
async function look(simulator: Simulator, remoteAddress = '127.0.0.1'): Promise<Said> {
  const request = rawRequest('GET', '/price/last', { remoteAddress })
  return read(await simulator.dispatch('binance', request))
}

async function order(
  simulator: Simulator,
  credentials: VenueCredentials = simulator.credentials('binance'),
  more: Record<string, unknown> = {},
): Promise<Said> {
  const body = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', ...more }
  return read(await simulator.dispatch('binance', signedRequest(credentials, '/order', body)))
}

async function times(count: number, call: () => Promise<Said>): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await call()).status)
  return statuses
}

const breaches = async (simulator: Simulator): Promise<number> =>
  (await simulator.control.verdict()).limitBreaches

describe('counters of addresses', () => {
  test('default: as many as there are, then a refusal that tells how long to wait', async () => {
    const simulator = simulateLimited()
    await simulator.control.advance({ ms: 300 })
    expect(await times(10, () => look(simulator))).toEqual(Array(10).fill(200))
    const refused = await look(simulator)
    expect(refused).toMatchObject({ status: 429, body: { no: 'too many requests', wait: 700 } })
    await simulator.control.advance({ ms: 700 })
    expect((await look(simulator)).status).toBe(200)
  })

  test('behavior: each address has its own', async () => {
    const simulator = simulateLimited()
    await times(11, () => look(simulator))
    expect((await look(simulator, '10.0.0.2')).status).toBe(200)
  })

  test('behavior: taken before key and signature, and before parameters are read', async () => {
    const simulator = simulateLimited()
    const wrong = { ...simulator.credentials('binance'), apiSecret: 'wrong' }
    expect(await times(5, () => order(simulator, wrong))).toEqual(Array(5).fill(401))
    const unreadable = rawRequest('POST', '/order', { body: '{' })
    for (let i = 0; i < 5; i++) await simulator.dispatch('binance', unreadable)
    expect((await look(simulator)).status).toBe(429)
  })

  test('behavior: a path nobody has takes nothing', async () => {
    const simulator = simulateLimited()
    for (let i = 0; i < 20; i++) await simulator.dispatch('binance', rawRequest('GET', '/none'))
    expect((await look(simulator)).headers['x-requests']).toBe('1')
  })

  test('behavior: a free request passes and tells what is used', async () => {
    const simulator = simulateLimited()
    await times(10, () => look(simulator))
    const free = read(await simulator.dispatch('binance', rawRequest('GET', '/time')))
    expect(free).toMatchObject({ status: 200, headers: { 'x-requests': '10' } })
  })
})

describe('counters of accounts', () => {
  test('default: refused before anything is executed, and not counted', async () => {
    const simulator = simulateLimited()
    expect(await times(3, () => order(simulator))).toEqual([200, 200, 200])
    await simulator.control.advance({ ms: 20_000 })
    expect(await order(simulator)).toMatchObject({
      status: 429,
      headers: { 'x-orders': '3', 'x-requests': '1' },
      body: { no: 'too many orders', wait: 40_000 },
    })
    expect((await simulator.control.state({ venue: 'binance' })).orders).toHaveLength(3)
    await simulator.control.advance({ ms: 40_000 })
    expect((await order(simulator)).headers['x-orders']).toBe('1')
  })

  test('behavior: each account has its own, from the same address', async () => {
    const simulator = simulateLimited()
    const other = await simulator.control.createAccount({ venue: 'binance' })
    await times(4, () => order(simulator))
    expect(await order(simulator, other)).toMatchObject({
      status: 200,
      headers: { 'x-orders': '1', 'x-requests': '5' },
    })
  })

  test('behavior: what the door refuses takes nothing', async () => {
    const simulator = simulateLimited()
    const wrong = { ...simulator.credentials('binance'), apiSecret: 'wrong' }
    await times(3, () => order(simulator, wrong))
    expect((await order(simulator)).headers['x-orders']).toBe('1')
  })

  test('behavior: a refusal by the venue itself has taken', async () => {
    const simulator = simulateLimited()
    const tooMuch = { side: 'SELL', reduceOnly: true }
    expect(await order(simulator, undefined, tooMuch)).toMatchObject({
      status: 400,
      headers: { 'x-orders': '1' },
    })
  })
})

describe('breaches and bans', () => {
  test('default: a breach is in the log of requests and in the verdict', async () => {
    const simulator = simulateLimited()
    await times(12, () => look(simulator))
    const { requests } = await simulator.control.state({ venue: 'binance' })
    expect(requests.map(({ breach }) => breach === true)).toEqual([
      ...Array(10).fill(false),
      true,
      true,
    ])
    const { limitBreaches, venues } = await simulator.control.verdict()
    expect([limitBreaches, venues.binance?.limitBreaches]).toEqual([2, 2])
    expect(venues.bybit?.limitBreaches).toBe(0)
  })

  test('behavior: who goes on is banned, longer the second time', async () => {
    const simulator = simulateLimited()
    expect(await times(13, () => look(simulator))).toEqual([
      ...Array(10).fill(200),
      ...Array(3).fill(429),
    ])
    expect(await look(simulator)).toMatchObject({ status: 418, body: { until: START + 30_000 } })
    await simulator.control.advance({ ms: 29_999 })
    expect((await order(simulator)).body).toEqual({ no: 'banned', until: START + 30_000 })
    expect((await look(simulator, '10.0.0.2')).status).toBe(200)
    await simulator.control.advance({ ms: 1 })
    expect((await look(simulator)).status).toBe(200)
    await times(12, () => look(simulator))
    expect((await look(simulator)).body).toEqual({ no: 'banned', until: START + 90_000 })
  })

  test('behavior: refusals that lie too far apart ban nobody', async () => {
    const simulator = simulateLimited()
    for (let round = 0; round < 6; round++) {
      expect((await times(11, () => look(simulator))).at(-1)).toBe(429)
      await simulator.control.advance({ ms: 2_000 })
    }
    expect(await breaches(simulator)).toBe(6)
  })

  test('behavior: refusals by counters of the account ban nobody', async () => {
    const simulator = simulateLimited()
    expect(await times(9, () => order(simulator))).not.toContain(418)
    expect(await breaches(simulator)).toBe(6)
  })

  test('args: rateLimits false counts and tells, and refuses nothing', async () => {
    const simulator = simulateLimited({ rateLimits: false })
    expect(await times(30, () => look(simulator))).toEqual(Array(30).fill(200))
    expect((await look(simulator)).headers['x-requests']).toBe('31')
    expect(await breaches(simulator)).toBe(21)
  })

  test('behavior: a request beyond two limits at once is one breach', async () => {
    const simulator = simulateLimited({ rateLimits: false })
    await times(11, () => order(simulator))
    expect(await breaches(simulator)).toBe(8)
  })

  test('behavior: reset opens the counters, lifts bans and forgets breaches', async () => {
    const simulator = simulateLimited()
    await times(14, () => look(simulator))
    await simulator.control.reset()
    expect((await look(simulator)).headers['x-requests']).toBe('1')
    expect(await breaches(simulator)).toBe(0)
  })
})

describe('the fault rateLimit', () => {
  test('default: the refusal of the venue, whatever the counters say; nothing is executed', async () => {
    const simulator = simulateLimited()
    await simulator.control.inject({
      kind: 'rateLimit',
      venue: 'binance',
      operation: 'createOrder',
      retryAfterMs: 1_500,
      times: 1,
    })
    expect((await look(simulator)).status).toBe(200)
    expect(await order(simulator)).toMatchObject({
      status: 429,
      body: { no: 'too many requests', wait: 1_500 },
    })
    expect((await order(simulator)).status).toBe(200)
    expect((await simulator.control.state({ venue: 'binance' })).orders).toHaveLength(1)
  })

  test('behavior: it is no breach, and takes nothing', async () => {
    const simulator = simulateLimited()
    await simulator.control.inject({
      kind: 'rateLimit',
      venue: 'binance',
      retryAfterMs: 10,
      times: 5,
    })
    expect(await times(5, () => look(simulator))).toEqual(Array(5).fill(429))
    expect((await look(simulator)).headers['x-requests']).toBe('1')
    expect(await breaches(simulator)).toBe(0)
  })

  test('args: account aims it at one key', async () => {
    const simulator = simulateLimited()
    const other = await simulator.control.createAccount({ venue: 'binance' })
    await simulator.control.inject({
      kind: 'rateLimit',
      venue: 'binance',
      account: other.apiKey,
      retryAfterMs: 10,
    })
    expect((await order(simulator)).status).toBe(200)
    expect((await order(simulator, other)).status).toBe(429)
  })

  test('behavior: a path nobody has stays one', async () => {
    const simulator = simulateLimited()
    await simulator.control.inject({ kind: 'rateLimit', venue: 'binance', retryAfterMs: 10 })
    const answer = await simulator.dispatch('binance', rawRequest('GET', '/none'))
    expect(answer?.status).toBe(404)
  })
})
