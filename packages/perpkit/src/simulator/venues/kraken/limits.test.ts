import { describe, expect, test } from 'vitest'
import type { Answer, RawRequest, VenueCredentials } from '../../server/types.ts'
import { signatureOf } from './auth.ts'
import { base, type Desk, openDesk, rows, startTime } from './desk.fixture.ts'

const accounts = get(`${base}/accounts`)

const sendOrder = post(
  'sendorder',
  'orderType=lmt&symbol=PF_XBTUSD&side=buy&size=0.01&limitPrice=50000',
)

const orders = get('/api/history/v3/orders')

function get(path: string, query = ''): Partial<RawRequest> {
  return { path, query }
}

function post(path: string, body = ''): Partial<RawRequest> {
  return { method: 'POST', path: `${base}/${path}`, body }
}

/** A batch of so many cancellations of an order nobody has. */
function batch(count: number): Partial<RawRequest> {
  const item = { order: 'cancel', order_id: 'cb4e34f6-4eb3-4d4b-9724-4c3035b99d47' }
  const json = JSON.stringify({ batchOrder: Array.from({ length: count }, () => item) })
  return post('batchorder', `json=${encodeURIComponent(json)}`)
}

/** How often the request is let through before it is refused. */
async function countOf(desk: Desk, request: Partial<RawRequest>): Promise<number> {
  for (let count = 0; count <= 500; count++) {
    if (isRefused(await desk.send(request))) return count
  }
  return Number.POSITIVE_INFINITY
}

function isRefused({ body, status }: Answer): boolean {
  return status === 429 || body.includes('"error":"apiLimitExceeded"')
}

function signedBy(key: VenueCredentials, request: Partial<RawRequest>): Partial<RawRequest> {
  const whole = { method: 'GET', path: '/', query: '', body: '', remoteAddress: '127.0.0.1' }
  const authent = signatureOf(key.apiSecret, { ...whole, headers: {}, ...request })
  return { ...request, headers: { apikey: key.apiKey, authent } }
}

const breaches = async ({ simulator }: Desk): Promise<number> =>
  (await simulator.control.verdict()).limitBreaches

describe('the trading pool', () => {
  test('default: fifty orders in ten seconds, then HTTP 200 with one word', async () => {
    const desk = openDesk()
    expect(await countOf(desk, sendOrder)).toBe(50)
    const refused = await desk.send(sendOrder)
    expect(refused.status).toBe(200)
    expect(JSON.parse(refused.body)).toEqual({
      result: 'error',
      error: 'apiLimitExceeded',
      serverTime: new Date(startTime).toISOString(),
    })
    expect(refused.headers).toEqual({ 'content-type': 'application/json; charset=utf-8' })
    expect(await breaches(desk)).toBe(2)
    await desk.advance(10_000)
    const open = await desk.get('/openorders')
    expect(rows(open.at('openOrders'))).toHaveLength(50)
  })

  test('behavior: the ten seconds slide', async () => {
    const desk = openDesk()
    for (let index = 0; index < 30; index++) await desk.send(sendOrder)
    await desk.advance(6_000)
    expect(await countOf(desk, sendOrder)).toBe(20)
    await desk.advance(3_999)
    expect(isRefused(await desk.send(accounts))).toBe(true)
    await desk.advance(1)
    expect(await countOf(desk, sendOrder)).toBe(30)
  })

  test.each([
    ['orders/status', post('orders/status'), 500],
    ['accounts', accounts, 250],
    ['fills', get(`${base}/fills`), 250],
    ['older fills', get(`${base}/fills`, 'lastFillTime=2026-01-05T00%3A00%3A00.000Z'), 20],
    ['feeschedules/volumes', get(`${base}/feeschedules/volumes`), 250],
    ['cancelallorders', post('cancelallorders'), 20],
    ['cancelallordersafter', post('cancelallordersafter', 'timeout=60'), 20],
    ['a batch of one', batch(1), 50],
    ['a batch of 41', batch(41), 10],
    ['a batch that cannot be read', post('batchorder', 'json=%7B'), 55],
    ['leveragepreferences', get(`${base}/leveragepreferences`), 250],
    [
      'a leverage preference',
      { ...post('leveragepreferences', 'symbol=PF_XBTUSD'), method: 'PUT' },
      50,
    ],
  ])('args: %s', async (_name, request, most) => {
    expect(await countOf(openDesk(), request)).toBe(most)
  })

  test('error: a batch that is larger than the pool', async () => {
    const desk = openDesk()
    expect(await countOf(desk, batch(492))).toBe(0)
    expect(await countOf(desk, batch(491))).toBe(1)
  })

  test('behavior: it is of an account, whatever address it calls from', async () => {
    const desk = openDesk()
    await countOf(desk, sendOrder)
    expect(isRefused(await desk.send({ ...sendOrder, remoteAddress: '10.0.0.2' }))).toBe(true)
    const other = await desk.simulator.control.createAccount({ venue: 'kraken' })
    expect(isRefused(await desk.send(signedBy(other, sendOrder)))).toBe(false)
  })

  test('behavior: public calls, the check of a key and wrong signatures cost nothing', async () => {
    const desk = openDesk()
    const free = [
      get(`${base}/tickers/PF_XBTUSD`),
      get('/api/charts/v1/trade/PF_XBTUSD/1h'),
      get('/api/auth/v1/api-keys/v3/check'),
      { ...sendOrder, headers: { apikey: 'x', authent: 'y' } },
    ]
    for (let index = 0; index < 10; index++) {
      for (const request of free) await desk.send(request)
    }
    expect(await countOf(desk, sendOrder)).toBe(50)
  })

  test('behavior: not enforced, it is counted and let through', async () => {
    const desk = openDesk({ rateLimits: false })
    for (let index = 0; index < 52; index++) {
      expect(isRefused(await desk.send(sendOrder))).toBe(false)
    }
    expect(await breaches(desk)).toBe(2)
  })
})

describe('the pool of the history', () => {
  test('default: a hundred, then HTTP 429 in plain text with the wait in seconds', async () => {
    const desk = openDesk()
    expect(await countOf(desk, orders)).toBe(100)
    await desk.advance(1_500)
    expect(await desk.send(orders)).toEqual({
      status: 429,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'rate-limit-reset': '5' },
      body: 'Too many requests',
    })
    expect(await breaches(desk)).toBe(2)
  })

  test('behavior: one comes back in six seconds', async () => {
    const desk = openDesk()
    await countOf(desk, orders)
    await desk.advance(5_999)
    expect(await countOf(desk, orders)).toBe(0)
    await desk.advance(1)
    expect(await countOf(desk, orders)).toBe(1)
    await desk.advance(60_000)
    expect(await countOf(desk, orders)).toBe(10)
    await desk.advance(3_600_000)
    expect(await countOf(desk, orders)).toBe(100)
  })

  test.each([
    ['positions', get('/api/history/v3/positions'), 100],
    ['executions of the older version', get('/api/history/v2/executions'), 100],
    ['a log of 25 rows', get('/api/history/v3/account-log', 'count=25'), 100],
    ['of 50', get('/api/history/v3/account-log', 'count=50'), 50],
    ['of 500, untold', get('/api/history/v3/account-log'), 33],
    ['of 1 001', get('/api/history/v3/account-log', 'count=1001'), 16],
    ['of 5 001', get('/api/history/v3/account-log', 'count=5001'), 10],
  ])('args: %s', async (_name, request, most) => {
    expect(await countOf(openDesk(), request)).toBe(most)
  })

  test('behavior: it is apart from trading', async () => {
    const desk = openDesk()
    await countOf(desk, orders)
    expect(await countOf(desk, sendOrder)).toBe(50)
  })

  test('behavior: the trades of everybody cost nothing', async () => {
    const desk = openDesk()
    const trades = get('/api/history/v3/market/PF_XBTUSD/executions')
    for (let index = 0; index < 101; index++) await desk.send(trades)
    expect(await breaches(desk)).toBe(0)
    expect(await countOf(desk, orders)).toBe(100)
  })
})

test('behavior: a fault that refuses by limit, in each pool and at the edge', async () => {
  const desk = openDesk()
  const { control } = desk.simulator
  await control.inject({ kind: 'rateLimit', retryAfterMs: 2_500, venue: 'kraken', times: 3 })
  expect((await desk.send(sendOrder)).body).toMatch(/"apiLimitExceeded"/)
  for (const request of [orders, get(`${base}/tickers`)]) {
    expect(await desk.send(request)).toMatchObject({
      status: 429,
      headers: { 'rate-limit-reset': '3' },
    })
  }
})
