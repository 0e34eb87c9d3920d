import { describe, expect, test } from 'vitest'
import { assembleSimulator, type Simulator } from '../../assemble.ts'
import type { SimulatorOptions } from '../../options.ts'
import type { Answer } from '../../server/types.ts'
import { binance } from './index.ts'
import { START, signedForm, type Words } from './wire.fixture.ts'

interface Desk {
  simulator: Simulator
  /** Signed when it is told to be. */
  ask(method: string, path: string, words?: Words): Promise<Answer>
  signed(method: string, path: string, words?: Words): Promise<Answer>
}

function openDesk(options: SimulatorOptions = {}): Desk {
  const all = { clock: 'manual', ...options } as const
  const { simulator } = assembleSimulator(all, [binance])
  const send = async (
    method: string,
    path: string,
    query: string,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const remoteAddress = '203.0.113.7'
    const request = { method, path, query, body: '', headers, remoteAddress }
    const answer = await simulator.dispatch('binance', request)
    if (!answer) throw new Error('the connection was cut')
    return answer
  }
  return {
    simulator,
    ask: (method, path, words = {}) =>
      send(method, path, new URLSearchParams(toText(words)).toString(), {}),
    signed(method, path, words = {}) {
      const { apiKey, apiSecret } = simulator.credentials('binance')
      const timestamp = simulator.now()
      const { query } = signedForm(apiSecret, { ...words, timestamp }, {})
      return send(method, path, query, { 'x-mbx-apikey': apiKey })
    },
  }
}

function toText(words: Words): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, String(value)]))
}

const BTC = { symbol: 'BTCUSDT' }
const buy = { ...BTC, side: 'BUY', type: 'MARKET', quantity: '0.001' }

describe('weights', () => {
  const public_: [string, Words, number][] = [
    ['/fapi/v1/ping', {}, 1],
    ['/fapi/v1/time', {}, 1],
    ['/fapi/v1/exchangeInfo', {}, 1],
    ['/fapi/v1/ticker/24hr', BTC, 1],
    ['/fapi/v1/ticker/24hr', {}, 40],
    ['/fapi/v2/ticker/price', {}, 2],
    ['/fapi/v1/ticker/bookTicker', BTC, 2],
    ['/fapi/v1/premiumIndex', {}, 10],
    ['/fapi/v1/depth', BTC, 10],
    ['/fapi/v1/depth', { ...BTC, limit: 50 }, 2],
    ['/fapi/v1/depth', { ...BTC, limit: 100 }, 5],
    ['/fapi/v1/depth', { ...BTC, limit: 1000 }, 20],
    ['/fapi/v1/trades', BTC, 5],
    ['/fapi/v1/aggTrades', BTC, 20],
    ['/fapi/v1/klines', { ...BTC, interval: '1m' }, 5],
    ['/fapi/v1/klines', { ...BTC, interval: '1m', limit: 99 }, 1],
    ['/fapi/v1/klines', { ...BTC, interval: '1m', limit: 100 }, 2],
    ['/fapi/v1/klines', { ...BTC, interval: '1m', limit: 1000 }, 5],
    ['/fapi/v1/klines', { ...BTC, interval: '1m', limit: 1500 }, 10],
    ['/fapi/v1/openInterest', BTC, 1],
  ]
  test.each(public_)('args: GET %s %j weighs %i', async (path, words, used) => {
    const { status, headers } = await openDesk().ask('GET', path, words)
    expect([status, headers?.['X-MBX-USED-WEIGHT-1M']]).toEqual([200, String(used)])
  })

  const signed: [string, string, Words, number][] = [
    ['GET', '/fapi/v3/account', {}, 5],
    ['GET', '/fapi/v3/positionRisk', {}, 5],
    ['GET', '/fapi/v1/positionSide/dual', {}, 30],
    ['GET', '/fapi/v1/commissionRate', BTC, 20],
    ['GET', '/fapi/v1/income', {}, 30],
    ['GET', '/fapi/v1/openOrders', {}, 40],
    ['GET', '/fapi/v1/openOrders', BTC, 1],
    ['GET', '/fapi/v1/openAlgoOrders', {}, 40],
    ['GET', '/fapi/v1/userTrades', BTC, 5],
    ['POST', '/fapi/v1/leverage', { ...BTC, leverage: 5 }, 1],
    ['DELETE', '/fapi/v1/allOpenOrders', BTC, 1],
  ]
  test.each(signed)('args: %s %s %j weighs %i', async (method, path, words, used) => {
    const { status, headers } = await openDesk().signed(method, path, words)
    expect([status, headers?.['X-MBX-USED-WEIGHT-1M']]).toEqual([200, String(used)])
  })

  test('behavior: they add up within the minute of the clock, not from the first request', async () => {
    const { simulator, ask } = openDesk()
    await simulator.control.advance({ ms: 59_000 })
    const used = async (): Promise<string | undefined> =>
      (await ask('GET', '/fapi/v1/depth', BTC)).headers?.['X-MBX-USED-WEIGHT-1M']
    expect([await used(), await used()]).toEqual(['10', '20'])
    await simulator.control.advance({ ms: 1_000 })
    expect(await used()).toBe('10')
  })

  test('behavior: refusals count, and tell it', async () => {
    const answer = await openDesk().ask('GET', '/fapi/v1/depth', { symbol: 'NOPE' })
    expect(answer).toMatchObject({ status: 400, headers: { 'X-MBX-USED-WEIGHT-1M': '10' } })
  })

  test('behavior: funding has a pool of its own that no header tells', async () => {
    const { ask } = openDesk()
    const first = await ask('GET', '/fapi/v1/fundingRate', BTC)
    expect(Object.keys(first.headers ?? {})).toEqual(['content-type'])
    for (let i = 0; i < 499; i++) await ask('GET', '/fapi/v1/fundingInfo')
    expect((await ask('GET', '/fapi/v1/fundingRate', BTC)).status).toBe(429)
    expect((await ask('GET', '/fapi/v1/ping')).headers?.['X-MBX-USED-WEIGHT-1M']).toBe('1')
  })
})

describe('orders', () => {
  test('default: no weight, one in each of two counters', async () => {
    const { signed } = openDesk()
    await signed('POST', '/fapi/v1/order', buy)
    const second = await signed('POST', '/fapi/v1/order', buy)
    expect(second).toMatchObject({
      status: 200,
      headers: {
        'X-MBX-USED-WEIGHT-1M': '-1',
        'X-MBX-ORDER-COUNT-10S': '2',
        'X-MBX-ORDER-COUNT-1M': '2',
      },
    })
  })

  test('behavior: a conditional order counts, a cancel and a test do not', async () => {
    const { signed } = openDesk()
    await signed('POST', '/fapi/v1/order', buy)
    await signed('POST', '/fapi/v1/order/test', buy)
    await signed('DELETE', '/fapi/v1/order', { ...BTC, orderId: 1 })
    const stop = { ...BTC, side: 'SELL', type: 'STOP_MARKET', triggerPrice: 58000 }
    const placed = await signed('POST', '/fapi/v1/algoOrder', {
      ...stop,
      algoType: 'CONDITIONAL',
      quantity: '0.001',
      reduceOnly: 'true',
    })
    expect(placed).toMatchObject({ status: 200, headers: { 'X-MBX-ORDER-COUNT-1M': '2' } })
  })

  test('behavior: a batch is five in ten seconds and one in a minute', async () => {
    const { signed } = openDesk()
    const batchOrders = JSON.stringify([buy, buy])
    expect(await signed('POST', '/fapi/v1/batchOrders', { batchOrders })).toMatchObject({
      headers: {
        'X-MBX-USED-WEIGHT-1M': '5',
        'X-MBX-ORDER-COUNT-10S': '5',
        'X-MBX-ORDER-COUNT-1M': '1',
      },
    })
  })

  test('error: the 301st in ten seconds is -1015, and is not executed', async () => {
    const { simulator, signed } = openDesk()
    await simulator.control.advance({ ms: 4_500 })
    for (let i = 0; i < 300; i++) await signed('POST', '/fapi/v1/order', buy)
    const refused = await signed('POST', '/fapi/v1/order', buy)
    expect(refused).toMatchObject({ status: 429, headers: { 'Retry-After': '6' } })
    expect(JSON.parse(refused.body)).toEqual({
      code: -1015,
      msg: 'Too many new orders; current limit is 300 orders per 10 SECOND.',
    })
    expect((await signed('GET', '/fapi/v3/account')).status).toBe(200)
    await simulator.control.advance({ ms: 5_500 })
    expect((await signed('POST', '/fapi/v1/order', buy)).status).toBe(200)
    const { orders } = await simulator.control.state({ venue: 'binance' })
    expect(orders).toHaveLength(301)
  })

  test('default: exchangeInfo tells the limits that are enforced', async () => {
    const { ask } = openDesk()
    const { rateLimits } = JSON.parse((await ask('GET', '/fapi/v1/exchangeInfo')).body)
    expect(rateLimits.map(({ limit }: { limit: number }) => limit)).toEqual([2_400, 1_200, 300])
  })
})

describe('too much weight', () => {
  /** Uses up the minute. */
  async function fill({ ask }: Desk): Promise<void> {
    for (let i = 0; i < 120; i++) await ask('GET', '/fapi/v1/depth', { ...BTC, limit: 1000 })
  }

  test('error: 429 -1003 with the seconds to the next minute', async () => {
    const desk = openDesk()
    await desk.simulator.control.advance({ ms: 12_345 })
    await fill(desk)
    const refused = await desk.ask('GET', '/fapi/v1/ping')
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '48', 'X-MBX-USED-WEIGHT-1M': '2400' },
    })
    expect(JSON.parse(refused.body)).toEqual({
      code: -1003,
      msg:
        'Too many requests; current limit of IP(203.0.113.7) is 2400 requests per minute. ' +
        'Please use the websocket for live updates to avoid polling the API.',
    })
    // Orders weigh nothing.
    expect((await desk.signed('POST', '/fapi/v1/order', buy)).status).toBe(200)
  })

  test('error: going on is 418 for two minutes, and the next ban is longer', async () => {
    const desk = openDesk()
    const { simulator, ask } = desk
    await fill(desk)
    for (let i = 0; i < 9; i++) expect((await ask('GET', '/fapi/v1/ping')).status).toBe(429)
    const banned = await ask('GET', '/fapi/v1/ping')
    expect(banned).toMatchObject({ status: 418, headers: { 'Retry-After': '120' } })
    expect(JSON.parse(banned.body)).toEqual({
      code: -1003,
      msg:
        `Way too many requests; IP(203.0.113.7) banned until ${START + 120_000}. ` +
        'Please use the websocket for live updates to avoid bans.',
    })
    expect((await desk.signed('POST', '/fapi/v1/order', buy)).status).toBe(418)
    await simulator.control.advance({ ms: 120_000 })
    await fill(desk)
    for (let i = 0; i < 9; i++) await ask('GET', '/fapi/v1/ping')
    expect((await ask('GET', '/fapi/v1/ping')).headers?.['Retry-After']).toBe('240')
  })

  test('args: the fault rateLimit says it of a read and of an order', async () => {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'rateLimit', retryAfterMs: 1_200, times: 2 })
    const read = await desk.ask('GET', '/fapi/v1/ping')
    const order = await desk.signed('POST', '/fapi/v1/order', buy)
    expect([read, order].map(({ status, headers }) => [status, headers?.['Retry-After']])).toEqual([
      [429, '2'],
      [429, '2'],
    ])
    expect([read, order].map(({ body }) => JSON.parse(body).code)).toEqual([-1003, -1015])
  })
})
