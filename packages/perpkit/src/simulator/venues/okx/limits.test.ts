import { describe, expect, test } from 'vitest'
import type { Answer } from '../../server/types.ts'
import {
  BTC,
  type Desk,
  joinDesk,
  limit,
  openDesk,
  order,
  placeAlgo,
  rows,
  said,
  startTime,
  stop,
  type Words,
} from './desk.fixture.ts'

// docs/wire/okx.md 7.

const ETH = 'ETH-USDT-SWAP'
const TOO_MANY = '50011 Too Many Requests'

type Call = [method: 'GET' | 'POST', path: string, fields: Words | readonly Words[]]

/** One call; what it said. */
async function call(desk: Desk, [method, path, fields]: Call): Promise<string> {
  if (method === 'POST') return said(await desk.post(path, fields))
  const query = Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)])
  const answer = await desk.get(path, Object.fromEntries(query))
  // Bars are rows that are no objects.
  return answer.at('code').value === '0' ? '0' : said(answer)
}

/** The answers of so many calls without repetitions. */
async function burst(desk: Desk, count: number, made: Call): Promise<string[]> {
  const answers = new Set<string>()
  for (let i = 0; i < count; i++) answers.add(await call(desk, made))
  return [...answers]
}

function ofContract(instId: string): Call {
  return ['POST', 'trade/order', order({ instId, sz: '0.01' })]
}

/** A batch of so many orders that cannot fill. */
function batch(instId: string, count: number, px = '59000'): Call {
  const item = limit(px, { instId, sz: '0.01' })
  return ['POST', 'trade/batch-orders', Array.from({ length: count }, () => item)]
}

const swaps = { instType: 'SWAP' }
const btc = { instId: BTC }

describe('one endpoint', () => {
  test.each<[most: number, windowMs: number, ...Call]>([
    [10, 2_000, 'GET', 'public/time', {}],
    [20, 2_000, 'GET', 'public/instruments', swaps],
    [20, 2_000, 'GET', 'account/instruments', swaps],
    [20, 2_000, 'GET', 'market/ticker', btc],
    [20, 2_000, 'GET', 'market/tickers', swaps],
    [40, 2_000, 'GET', 'market/books', btc],
    [10, 2_000, 'GET', 'market/books-full', btc],
    [20, 2_000, 'GET', 'market/books-rpi', btc],
    [40, 2_000, 'GET', 'market/candles', btc],
    [20, 2_000, 'GET', 'market/history-candles', btc],
    [20, 2_000, 'GET', 'market/mark-price-candles', btc],
    [20, 2_000, 'GET', 'market/index-candles', { instId: 'BTC-USDT' }],
    [10, 2_000, 'GET', 'market/history-index-candles', { instId: 'BTC-USDT' }],
    [100, 2_000, 'GET', 'market/trades', btc],
    [20, 2_000, 'GET', 'market/history-trades', btc],
    [10, 2_000, 'GET', 'public/mark-price', { ...swaps, ...btc }],
    [20, 2_000, 'GET', 'market/index-tickers', { instId: 'BTC-USDT' }],
    [20, 2_000, 'GET', 'public/price-limit', btc],
    [10, 2_000, 'GET', 'public/funding-rate', btc],
    [10, 2_000, 'GET', 'public/funding-rate-history', btc],
    [20, 2_000, 'GET', 'public/open-interest', { ...swaps, ...btc }],
    [10, 2_000, 'GET', 'rubik/stat/contracts/open-interest-history', btc],
    [
      10,
      2_000,
      'GET',
      'public/position-tiers',
      { ...swaps, tdMode: 'cross', instFamily: 'BTC-USDT' },
    ],
    [10, 2_000, 'GET', 'public/convert-contract-coin', { ...btc, sz: '1', type: '2' }],
    [1, 5_000, 'GET', 'system/status', {}],
    [5, 2_000, 'GET', 'account/config', {}],
    [10, 2_000, 'GET', 'account/balance', {}],
    [10, 2_000, 'GET', 'account/positions', {}],
    [10, 2_000, 'GET', 'account/positions-history', swaps],
    [20, 2_000, 'GET', 'account/leverage-info', { ...btc, mgnMode: 'cross' }],
    [20, 2_000, 'POST', 'account/set-leverage', { ...btc, mgnMode: 'cross', lever: '5' }],
    [5, 2_000, 'POST', 'account/set-position-mode', { posMode: 'net_mode' }],
    [5, 2_000, 'POST', 'account/set-account-level', { acctLv: '2' }],
    [20, 2_000, 'GET', 'account/max-size', { ...btc, tdMode: 'cross' }],
    [20, 2_000, 'GET', 'account/max-avail-size', { ...btc, tdMode: 'cross' }],
    [5, 2_000, 'GET', 'account/trade-fee', swaps],
    [5, 1_000, 'GET', 'account/bills', {}],
    [5, 2_000, 'GET', 'account/bills-archive', {}],
    [6, 1_000, 'GET', 'asset/currencies', {}],
    [60, 2_000, 'GET', 'trade/orders-pending', {}],
    [40, 2_000, 'GET', 'trade/orders-history', swaps],
    [20, 2_000, 'GET', 'trade/orders-history-archive', swaps],
    [60, 2_000, 'GET', 'trade/fills', swaps],
    [10, 2_000, 'GET', 'trade/fills-history', swaps],
    [20, 2_000, 'GET', 'trade/orders-algo-pending', { ordType: 'trigger' }],
    [20, 2_000, 'GET', 'trade/orders-algo-history', { ordType: 'trigger', state: 'canceled' }],
    [60, 2_000, ...ofContract(BTC)],
    [1, 1_000, 'POST', 'trade/cancel-all-after', { timeOut: '0' }],
    [20, 2_000, 'POST', 'trade/order-algo', stop({ sz: '0.01' })],
  ])('default: %i in %i ms, %s %s', async (most, windowMs, ...made) => {
    const desk = openDesk()
    expect(await burst(desk, most, made)).toEqual(['0'])
    expect(await call(desk, made)).toBe(TOO_MANY)
    await desk.advance(windowMs - 1)
    expect(await call(desk, made)).toBe(TOO_MANY)
    await desk.advance(1)
    expect(await burst(desk, most, made)).toEqual(['0'])
  })

  test.each<[most: number, answer: string, ...Call]>([
    [60, '51400', 'POST', 'trade/cancel-order', { ...btc, ordId: '1' }],
    [60, '51503', 'POST', 'trade/amend-order', { ...btc, ordId: '1', newSz: '1' }],
    [60, '51603', 'GET', 'trade/order', { ...btc, ordId: '1' }],
    [20, '51603', 'GET', 'trade/order-algo', { algoId: '1' }],
    [20, '51023', 'POST', 'trade/close-position', { ...btc, mgnMode: 'cross' }],
    [20, '51527', 'POST', 'trade/amend-algos', { ...btc, algoId: '1', newSz: '1' }],
    [
      20,
      '59300',
      'POST',
      'account/position/margin-balance',
      { ...btc, posSide: 'net', type: 'add', amt: '1' },
    ],
  ])(
    'behavior: what is refused counts too: %i, then not %s, %s %s',
    async (most, code, ...made) => {
      const desk = openDesk()
      const refused = await burst(desk, most, made)
      expect(refused.map((text) => text.slice(0, 5))).toEqual([code])
      expect(await call(desk, made)).toBe(TOO_MANY)
    },
  )

  test('behavior: any two seconds count, wherever they begin', async () => {
    const desk = openDesk()
    const time: Call = ['GET', 'public/time', {}]
    await burst(desk, 5, time)
    await desk.advance(1_900)
    await burst(desk, 5, time)
    await desk.advance(100)
    expect(await burst(desk, 5, time)).toEqual(['0'])
    expect(await call(desk, time)).toBe(TOO_MANY)
  })
})

describe('whose it is', () => {
  test('behavior: public endpoints count per address, with a key or without', async () => {
    const desk = openDesk()
    const other = await joinDesk(desk)
    const time = { path: '/api/v5/public/time' }
    await burst(desk, 10, ['GET', 'public/time', {}])
    expect(await call(other, ['GET', 'public/time', {}])).toBe(TOO_MANY)
    expect((await desk.send({ ...time, remoteAddress: '203.0.113.7' })).status).toBe(200)
  })

  test('behavior: signed endpoints count per account, wherever it calls from', async () => {
    const desk = openDesk()
    const other = await joinDesk(desk)
    await burst(desk, 5, ['GET', 'account/config', {}])
    const path = '/api/v5/account/config'
    const moved = { path, headers: desk.sign('GET', path), remoteAddress: '203.0.113.7' }
    expect((await desk.send(moved)).status).toBe(429)
    expect(await call(other, ['GET', 'account/config', {}])).toBe('0')
  })

  test('behavior: a wrong signature is told first, and does not count', async () => {
    const desk = openDesk()
    const path = '/api/v5/account/config'
    const wrong = { path, headers: { ...desk.sign('GET', path), 'ok-access-sign': 'x' } }
    for (let i = 0; i < 6; i++) expect((await desk.send(wrong)).status).toBe(401)
    expect(await call(desk, ['GET', 'account/config', {}])).toBe('0')
  })

  test.each<[by: string, ...Call, other: Words]>([
    ['contract', 'GET', 'public/funding-rate', btc, { instId: ETH }],
    ['type', 'GET', 'public/instruments', swaps, { instType: 'FUTURES' }],
    ['contract', ...ofContract(BTC), order({ instId: ETH, sz: '0.01' })],
    ['contract', 'POST', 'trade/order-algo', stop(), stop({ instId: ETH, slTriggerPx: '1000' })],
    ['tag', 'POST', 'trade/cancel-all-after', { timeOut: '0' }, { timeOut: '0', tag: 'a' }],
  ])('behavior: each %s by itself: %s %s', async (_by, method, path, fields, other) => {
    const desk = openDesk()
    await burst(desk, 60, [method, path, fields])
    expect(await call(desk, [method, path, fields])).toBe(TOO_MANY)
    expect(await call(desk, [method, path, other])).toBe('0')
  })

  test('behavior: placing, amending and cancelling are counted apart', async () => {
    const desk = openDesk()
    expect(await burst(desk, 61, ofContract(BTC))).toEqual(['0', TOO_MANY])
    expect(await call(desk, ['POST', 'trade/cancel-order', { ...btc, ordId: '1' }])).toMatch(
      /^51400/,
    )
    const change = { ...btc, ordId: '1', newSz: '1' }
    expect(await call(desk, ['POST', 'trade/amend-order', change])).toMatch(/^51503/)
    expect(await call(desk, ['GET', 'trade/order', { ...btc, ordId: '1' }])).toMatch(/^51603/)
  })
})

describe('batches', () => {
  test('behavior: each order counts, of each contract by itself', async () => {
    const desk = openDesk()
    expect(await burst(desk, 15, batch(BTC, 20))).toEqual(['0'])
    expect(await call(desk, batch(BTC, 2))).toBe(TOO_MANY)
    expect(await call(desk, batch(ETH, 2, '2900'))).toBe('0')
    const [, , mixed] = batch(ETH, 2, '2900')
    const items = [...(Array.isArray(mixed) ? mixed : []), limit('59000', { sz: '0.01' })]
    expect(await call(desk, ['POST', 'trade/batch-orders', items])).toBe(TOO_MANY)
    expect(rows(await desk.get('trade/orders-pending', { instId: ETH }))).toHaveLength(2)
  })

  test('behavior: they are not of the single calls, but a list of one is', async () => {
    const desk = openDesk()
    await burst(desk, 60, ofContract(BTC))
    expect(await call(desk, batch(BTC, 1))).toBe(TOO_MANY)
    expect(await call(desk, batch(BTC, 2))).toBe('0')
    const cancel = { ...btc, ordId: '1' }
    await burst(desk, 60, ['POST', 'trade/cancel-batch-orders', [cancel]])
    expect(await call(desk, ['POST', 'trade/cancel-order', cancel])).toBe(TOO_MANY)
  })

  test.each<[path: string, item: Words, code: string]>([
    ['trade/cancel-batch-orders', { ...btc, ordId: '1' }, '51400'],
    ['trade/amend-batch-orders', { ...btc, ordId: '1', newSz: '1' }, '51503'],
  ])('default: 300 orders in 2 s, POST %s', async (path, item, code) => {
    const desk = openDesk()
    const items = Array.from({ length: 20 }, (_, i) => ({ ...item, ordId: String(i + 1) }))
    const refused = await burst(desk, 15, ['POST', path, items])
    expect(refused.map((text) => text.slice(0, 5))).toEqual([code])
    expect(await call(desk, ['POST', path, items])).toBe(TOO_MANY)
  })

  test('behavior: cancelled algos count one by one, in a list of one too', async () => {
    const desk = openDesk()
    const algoIds: string[] = []
    for (let i = 0; i < 3; i++) algoIds.push(await placeAlgo(desk, stop({ sz: '0.01' })))
    const cancel = (ids: readonly string[]): Call => {
      return ['POST', 'trade/cancel-algos', ids.map((algoId) => ({ ...btc, algoId }))]
    }
    const [first = '', ...others] = algoIds
    expect(await call(desk, cancel([first]))).toBe('0')
    await call(desk, cancel(Array.from({ length: 10 }, (_, i) => String(i))))
    await call(desk, cancel(Array.from({ length: 8 }, (_, i) => String(i))))
    // One is left of 20.
    expect(await call(desk, cancel(others))).toBe(TOO_MANY)
    expect(await call(desk, cancel(others.slice(1)))).toBe('0')
  })

  test('error: a list that is too long is told so', async () => {
    const desk = openDesk()
    expect(await call(desk, batch(BTC, 301))).toMatch(/^51111 /)
    const algos = Array.from({ length: 21 }, () => ({ ...btc, algoId: '1' }))
    expect(await call(desk, ['POST', 'trade/cancel-algos', algos])).toMatch(/^51501 /)
  })
})

describe('the sub-account', () => {
  const contracts = [BTC, ETH, 'SOL-USDT-SWAP', 'XRP-USDT-SWAP']

  test('error: new and amended orders of all contracts together, 50061', async () => {
    const desk = openDesk()
    // Items without a size are refused, and count.
    const items = (instId: string): Words[] => Array.from({ length: 20 }, () => ({ instId }))
    for (const instId of contracts.slice(0, 3)) {
      await burst(desk, 15, ['POST', 'trade/batch-orders', items(instId)])
    }
    const amended = Array.from({ length: 20 }, (_, i) => ({ ...btc, ordId: String(i), newSz: '1' }))
    await burst(desk, 4, ['POST', 'trade/amend-batch-orders', amended])
    await burst(desk, 19, ofContract(BTC))
    const change: Call = ['POST', 'trade/amend-order', { ...btc, ordId: '1', newSz: '1' }]
    expect(await call(desk, change)).toMatch(/^51503 /)
    const message = "50061 You've reached the maximum order rate limit for this account."
    expect(await call(desk, change)).toBe(message)
    expect(await call(desk, ofContract(BTC))).toBe(message)
    expect(await call(desk, batch(contracts[3] ?? '', 2))).toBe(message)
    const body = JSON.stringify(order())
    const path = '/api/v5/trade/order'
    const headers = desk.sign('POST', path, body)
    const answer = await desk.send({ method: 'POST', path, body, headers })
    expect([answer.status, JSON.parse(answer.body).data]).toEqual([200, []])
    // Cancels and algos are not of it.
    expect(await call(desk, ['POST', 'trade/cancel-order', { ...btc, ordId: '1' }])).toMatch(
      /^51400/,
    )
    expect(await call(desk, ['POST', 'trade/order-algo', stop()])).toBe('0')
    await desk.advance(2_000)
    expect(await call(desk, ofContract(BTC))).toBe('0')
  })
})

describe('the refusal', () => {
  async function refused(desk: Desk): Promise<Answer> {
    await burst(desk, 5, ['GET', 'account/config', {}])
    const path = '/api/v5/account/config'
    return desk.send({ path, headers: desk.sign('GET', path) })
  }

  test('error: HTTP 429 of the gateway without data, and no header says when to come back', async () => {
    const answer = await refused(openDesk())
    expect(answer.status).toBe(429)
    expect(answer.body).toBe('{"msg":"Too Many Requests","code":"50011"}')
    expect(answer.headers).toEqual({ 'content-type': 'application/json' })
  })

  test('behavior: it is not executed, and the verdict counts it', async () => {
    const desk = openDesk()
    await burst(desk, 62, ofContract(BTC))
    const { control } = desk.simulator
    expect((await control.state({ venue: 'okx' })).orders).toHaveLength(60)
    expect((await control.verdict()).limitBreaches).toBe(2)
  })

  test('behavior: nobody is banned for going on', async () => {
    const desk = openDesk()
    const time: Call = ['GET', 'public/time', {}]
    expect(await burst(desk, 300, time)).toEqual(['0', TOO_MANY])
    await desk.advance(2_000)
    expect(await call(desk, time)).toBe('0')
    expect(desk.simulator.now()).toBe(startTime + 2_000)
  })

  test('args: rateLimits false counts and does not refuse', async () => {
    const desk = openDesk({ rateLimits: false })
    expect(await burst(desk, 12, ['GET', 'public/time', {}])).toEqual(['0'])
    expect((await desk.simulator.control.verdict()).limitBreaches).toBe(2)
  })

  test('args: the fault rateLimit says it of a read and of an order', async () => {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'rateLimit', retryAfterMs: 1_200, times: 2 })
    expect(await call(desk, ['GET', 'account/config', {}])).toBe(TOO_MANY)
    expect(await call(desk, ofContract(BTC))).toBe(TOO_MANY)
    expect(await call(desk, ofContract(BTC))).toBe('0')
  })
})
