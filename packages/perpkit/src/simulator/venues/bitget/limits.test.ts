import { describe, expect, test } from 'vitest'
import type { Answer } from '../../server/types.ts'
import {
  classic,
  code,
  type Desk,
  data,
  joinDesk,
  openDesk,
  startTime,
  unified,
} from './desk.fixture.ts'

// docs/wire/bitget.md 7.

type Call = [method: 'GET' | 'POST', path: string, fields: object]

async function call(desk: Desk, [method, path, fields]: Call): Promise<string> {
  if (method === 'POST') return code(await desk.post(path, fields))
  const query = Object.entries(fields).map(([name, value]): [string, string] => [name, `${value}`])
  return code(await desk.get(path, Object.fromEntries(query)))
}

/** The codes of so many calls without repetitions. */
async function burst(desk: Desk, count: number, made: Call): Promise<string[]> {
  const codes = new Set<string>()
  for (let i = 0; i < count; i++) codes.add(await call(desk, made))
  return [...codes]
}

/** A request without a key. */
async function look(desk: Desk, remoteAddress = '127.0.0.1'): Promise<Answer> {
  return desk.send({ path: time[1], remoteAddress })
}

const product = { productType: 'USDT-FUTURES' }
const category = { category: 'USDT-FUTURES' }
const v2 = '/api/v2/mix'
const time: Call = ['GET', '/api/v2/public/time', {}]
const accounts: Call = ['GET', `${v2}/account/accounts`, product]

const classicOrder = { ...classic, marginMode: 'crossed', size: '0.001', side: 'buy' }
const marketOrder: Call = [
  'POST',
  `${v2}/order/place-order`,
  { ...classicOrder, orderType: 'market' },
]
const unifiedOrder = { ...unified, qty: '0.001', side: 'buy', orderType: 'market' }

describe('one endpoint', () => {
  const candles = { ...classic, granularity: '1m' }
  test.each<[most: number, ...Call]>([
    [20, ...time],
    [20, 'GET', `${v2}/market/contracts`, product],
    [20, 'GET', `${v2}/market/ticker`, classic],
    [20, 'GET', `${v2}/market/merge-depth`, classic],
    [20, 'GET', `${v2}/market/candles`, candles],
    [20, 'GET', `${v2}/market/fills`, classic],
    [10, 'GET', `${v2}/market/fills-history`, classic],
    [20, 'GET', `${v2}/market/symbol-price`, classic],
    [10, 'GET', `${v2}/market/query-position-lever`, classic],
    [20, 'GET', '/api/v2/spot/public/coins', {}],
    [10, ...accounts],
    [10, 'GET', `${v2}/account/account`, classic],
    [10, 'GET', `${v2}/account/bill`, product],
    [10, 'GET', '/api/v2/common/trade-rate', { symbol: 'BTCUSDT', businessType: 'mix' }],
    [5, 'GET', `${v2}/position/all-position`, classic],
    [10, 'GET', `${v2}/position/single-position`, classic],
    [20, 'GET', `${v2}/position/history-position`, product],
    [5, 'POST', `${v2}/account/set-leverage`, { ...classic, leverage: '5' }],
    [5, 'POST', `${v2}/account/set-all-leverage`, { ...product, leverage: '5' }],
    [5, 'POST', `${v2}/account/set-margin-mode`, { ...classic, marginMode: 'crossed' }],
    [5, 'POST', `${v2}/account/set-position-mode`, { ...product, posMode: 'one_way_mode' }],
    [2, 'POST', `${v2}/account/set-asset-mode`, { ...product, assetMode: 'single' }],
    [10, ...marketOrder],
    [10, 'GET', `${v2}/order/orders-pending`, product],
    [10, 'GET', `${v2}/order/orders-history`, product],
    [10, 'GET', `${v2}/order/fills`, product],
    [10, 'GET', `${v2}/order/orders-plan-pending`, { ...product, planType: 'normal_plan' }],
  ])('default: classic, %i in a second, %s %s', async (most, ...made) => {
    await expectSecond(await openDesk('classic'), most, made)
  })

  test.each<[most: number, ...Call]>([
    [20, ...time],
    [20, 'GET', '/api/v3/market/tickers', unified],
    [20, 'GET', '/api/v3/account/settings', {}],
    [20, 'GET', '/api/v3/account/assets', {}],
    [3, 'GET', '/api/v3/account/fee-rate', unified],
    [3, 'GET', '/api/v3/account/all-fee-rate', category],
    [10, 'POST', '/api/v3/account/set-hold-mode', { holdMode: 'one_way_mode' }],
    [10, 'POST', '/api/v3/account/set-leverage', { ...unified, leverage: '5' }],
    [20, 'GET', '/api/v3/position/current-position', category],
    [20, 'GET', '/api/v3/position/history-position', category],
    [20, 'GET', '/api/v3/account/financial-records', category],
    [10, 'POST', '/api/v3/trade/place-order', unifiedOrder],
    [5, 'POST', '/api/v3/trade/place-batch', [unifiedOrder]],
    [5, 'POST', '/api/v3/trade/cancel-batch', [{ ...unified, orderId: '1' }]],
    [5, 'POST', '/api/v3/trade/batch-modify-order', [{ ...unified, orderId: '1', qty: '1' }]],
    [20, 'GET', '/api/v3/trade/unfilled-orders', category],
    [20, 'GET', '/api/v3/trade/history-orders', category],
    [20, 'GET', '/api/v3/trade/fills', category],
    [20, 'GET', '/api/v3/trade/unfilled-strategy-orders', category],
    [1, 'POST', '/api/v3/trade/countdown-cancel-all', { countdown: '0' }],
  ])('default: unified, %i in a second, %s %s', async (most, ...made) => {
    await expectSecond(await openDesk('unified'), most, made)
  })

  async function expectSecond(desk: Desk, most: number, made: Call): Promise<void> {
    expect(await burst(desk, most, made)).toEqual(['00000'])
    expect(await call(desk, made)).toBe('429')
    await desk.advance(999)
    expect(await call(desk, made)).toBe('429')
    await desk.advance(1)
    expect(await burst(desk, most, made)).toEqual(['00000'])
  }

  test.each<[kind: 'classic' | 'unified', most: number, answer: string, ...Call]>([
    ['classic', 1, '22002', 'POST', `${v2}/order/close-positions`, classic],
    ['classic', 10, '40768', 'POST', `${v2}/order/cancel-order`, { ...classic, orderId: '1' }],
    ['classic', 10, '22001', 'POST', `${v2}/order/cancel-all-orders`, product],
    ['classic', 10, '40109', 'GET', `${v2}/order/detail`, { ...classic, orderId: '1' }],
    ['unified', 5, '25204', 'POST', '/api/v3/trade/cancel-symbol-order', unified],
    ['unified', 5, '25227', 'POST', '/api/v3/trade/close-positions', unified],
    ['unified', 10, '25597', 'POST', '/api/v3/trade/cancel-strategy-order', { orderId: '1' }],
    ['unified', 20, '25204', 'GET', '/api/v3/trade/order-info', { orderId: '1' }],
  ])('behavior: what is refused counts: %s, %i, %s', async (kind, most, refused, ...made) => {
    const desk = await openDesk(kind)
    expect(await burst(desk, most, made)).toEqual([refused])
    expect(await call(desk, made)).toBe('429')
  })

  test('behavior: any second counts, wherever it begins', async () => {
    const desk = await openDesk('classic')
    await burst(desk, 5, accounts)
    await desk.advance(900)
    await burst(desk, 5, accounts)
    await desk.advance(100)
    expect(await burst(desk, 5, accounts)).toEqual(['00000'])
    expect(await call(desk, accounts)).toBe('429')
  })

  test('behavior: each endpoint counts by itself', async () => {
    const desk = await openDesk('classic')
    await burst(desk, 11, marketOrder)
    const cancel: Call = ['POST', `${v2}/order/cancel-order`, { ...classic, orderId: '1' }]
    expect(await call(desk, cancel)).toBe('40768')
    expect(await call(desk, accounts)).toBe('00000')
  })

  test('behavior: a batch is one request, and a refused one is not executed', async () => {
    const desk = await openDesk('classic')
    const item = { size: '0.001', side: 'buy', orderType: 'market' }
    const batch: Call = [
      'POST',
      `${v2}/order/batch-place-order`,
      { ...classic, marginMode: 'crossed', orderList: Array.from({ length: 20 }, () => item) },
    ]
    expect(await burst(desk, 5, batch)).toEqual(['00000'])
    expect(await call(desk, batch)).toBe('429')
    const { control } = desk.simulator
    expect((await control.state({ venue: 'bitget' })).orders).toHaveLength(100)
  })
})

describe('whose it is', () => {
  test('behavior: public endpoints count per address, with a key or without', async () => {
    const desk = await openDesk('classic')
    const other = await joinDesk(desk, 'unified')
    await burst(desk, 20, time)
    expect(await call(other, time)).toBe('429')
    expect((await look(desk)).status).toBe(429)
    expect((await look(desk, '203.0.113.7')).status).toBe(200)
  })

  test('behavior: signed endpoints count per account, wherever it calls from', async () => {
    const desk = await openDesk('unified')
    const other = await joinDesk(desk, 'unified')
    const path = '/api/v3/account/assets'
    await burst(desk, 20, ['GET', path, {}])
    const moved = { path, headers: desk.sign(`GET${path}`), remoteAddress: '203.0.113.7' }
    expect((await desk.send(moved)).status).toBe(429)
    expect(await call(other, ['GET', path, {}])).toBe('00000')
  })

  test('behavior: key, kind of account and signature are told first, and do not count', async () => {
    const desk = await openDesk('unified')
    const path = '/api/v3/account/assets'
    const wrong = { path, headers: { ...desk.sign(`GET${path}`), 'access-sign': 'x' } }
    for (let i = 0; i < 21; i++) expect((await desk.send(wrong)).status).toBe(400)
    expect(await call(desk, ['GET', path, {}])).toBe('00000')
    expect(await burst(desk, 11, accounts)).toEqual(['40085'])
  })
})

describe('the refusal', () => {
  test('error: HTTP 429 in the usual envelope, without a time to come back', async () => {
    const desk = await openDesk('classic')
    await burst(desk, 20, time)
    const answer = await look(desk)
    expect(answer.status).toBe(429)
    expect(answer.body).toBe(
      `{"code":"429","msg":"Too Many Requests","requestTime":${startTime},"data":null}`,
    )
    expect(answer.headers).toEqual({
      'content-type': 'application/json;charset=UTF-8',
      'x-mbx-used-remain-limit': '0',
    })
  })

  test('behavior: the verdict counts it', async () => {
    const desk = await openDesk('classic')
    await burst(desk, 12, accounts)
    expect((await desk.simulator.control.verdict()).limitBreaches).toBe(2)
  })

  test('args: rateLimits false counts and does not refuse', async () => {
    const desk = await openDesk('classic', { rateLimits: false })
    expect(await burst(desk, 12, accounts)).toEqual(['00000'])
    expect((await desk.simulator.control.verdict()).limitBreaches).toBe(2)
  })

  test('args: the fault rateLimit says it of a read and of an order', async () => {
    const desk = await openDesk('classic')
    await desk.simulator.control.inject({ kind: 'rateLimit', retryAfterMs: 1_200, times: 2 })
    const answers = [await call(desk, time), await call(desk, marketOrder)]
    expect(answers).toEqual(['429', '429'])
    expect(await call(desk, marketOrder)).toBe('00000')
  })
})

describe('the header', () => {
  const remaining = ({ headers }: Answer): string | undefined =>
    headers?.['x-mbx-used-remain-limit']

  async function signed(desk: Desk, path: string): Promise<Answer> {
    return desk.send({ path, headers: desk.sign(`GET${path}`) })
  }

  test('default: what is left of the second of this endpoint', async () => {
    const desk = await openDesk('unified')
    expect([remaining(await look(desk)), remaining(await look(desk))]).toEqual(['19', '18'])
    expect(remaining(await signed(desk, '/api/v3/account/assets'))).toBe('19')
    await desk.advance(1_000)
    expect(remaining(await look(desk))).toBe('19')
  })

  test('behavior: refusals tell it too, but not those of the door', async () => {
    const desk = await openDesk('classic')
    const path = `${v2}/account/accounts`
    const refused = await signed(desk, path)
    expect([refused.status, remaining(refused)]).toEqual([400, '9'])
    const wrong = { path, headers: { ...desk.sign(`GET${path}`), 'access-sign': 'x' } }
    expect(remaining(await desk.send(wrong))).toBeUndefined()
  })
})

describe('the overall limit', () => {
  /** Uses up the minute of the address, by endpoints that all have room. */
  async function fill(desk: Desk): Promise<void> {
    const query = new URLSearchParams({ ...product, symbol: 'BTCUSDT' }).toString()
    const paths = ['ticker', 'symbol-price', 'open-interest', 'funding-time', 'contracts', 'fills']
    for (let second = 0; second < 50; second++) {
      for (let i = 0; i < 20; i++) {
        for (const name of paths) await desk.send({ path: `${v2}/market/${name}`, query })
      }
      await desk.advance(1_000)
    }
  }

  test('error: the 6001st of an address in a minute bars it for five minutes', async () => {
    const desk = await openDesk('classic')
    await fill(desk)
    const barred = await look(desk)
    expect(barred.status).toBe(429)
    expect(JSON.parse(barred.body)).toEqual({
      code: '429',
      msg: 'Too Many Requests',
      requestTime: startTime + 50_000,
      data: null,
    })
    // Signed calls too, from this address alone.
    expect(await call(desk, accounts)).toBe('429')
    expect((await look(desk, '203.0.113.7')).status).toBe(200)
    // The minute is over by now, and asking on does not prolong it.
    await desk.advance(299_999)
    expect(await call(desk, accounts)).toBe('429')
    await desk.advance(1)
    expect(await call(desk, accounts)).toBe('00000')
    expect((await desk.simulator.control.verdict()).limitBreaches).toBe(3)
  })

  test('behavior: a full endpoint bars nobody', async () => {
    const desk = await openDesk('classic')
    await burst(desk, 500, time)
    await desk.advance(1_000)
    expect(await call(desk, time)).toBe('00000')
    expect(data(await desk.get(`${v2}/account/account`, classic))).toMatchObject({
      marginCoin: 'USDT',
    })
  })
})
