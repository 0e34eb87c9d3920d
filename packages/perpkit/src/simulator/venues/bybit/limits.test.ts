import { describe, expect, test } from 'vitest'
import type { Answer, RawRequest, VenueCredentials } from '../../server/types.ts'
import { bitcoin, type Desk, openDesk, order, place, rows, startTime } from './desk.fixture.ts'

const limit = { orderType: 'Limit', price: '50000', qty: '0.001' }

const time: Partial<RawRequest> = { path: '/v5/market/time' }

function createRequest(desk: Desk, key?: VenueCredentials): Partial<RawRequest> {
  const body = JSON.stringify(order(limit))
  return { method: 'POST', path: '/v5/order/create', body, headers: desk.sign(body, key) }
}

/** A batch of so many limit orders. */
async function batch(desk: Desk, count: number, path = '/v5/order/create-batch'): Promise<Said> {
  const { category: _, ...item } = order(limit)
  const request = Array.from({ length: count }, () => item)
  const body = JSON.stringify({ category: 'linear', request })
  return read(await desk.send({ method: 'POST', path, body, headers: desk.sign(body) }))
}

interface Said {
  headers: Record<string, string>
  code: number
  items: { code: number; msg: string }[]
}

function read({ body, headers = {} }: Answer): Said {
  const { retCode, retExtInfo } = JSON.parse(body)
  return { headers, code: retCode, items: retExtInfo.list ?? [] }
}

async function repeat(count: number, call: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index++) await call()
}

const breaches = async ({ simulator }: Desk): Promise<number> =>
  (await simulator.control.verdict()).limitBreaches

describe('calls of an account', () => {
  test('default: every answer tells what is left', async () => {
    const desk = openDesk()
    expect((await desk.send(createRequest(desk))).headers).toMatchObject({
      'X-Bapi-Limit': '10',
      'X-Bapi-Limit-Status': '9',
      'X-Bapi-Limit-Reset-Timestamp': String(startTime),
    })
    await desk.advance(300)
    const { headers } = await desk.send(createRequest(desk))
    expect(headers?.['X-Bapi-Limit-Status']).toBe('8')
    expect(headers?.['X-Bapi-Limit-Reset-Timestamp']).toBe(String(startTime + 300))
  })

  test('error: the eleventh order of a second, not executed', async () => {
    const desk = openDesk()
    await repeat(10, () => place(desk, limit))
    await desk.advance(400)
    const answer = await desk.send(createRequest(desk))
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({
      retCode: 10006,
      retMsg: 'Too many visits!',
      result: {},
      retExtInfo: {},
      time: startTime + 400,
    })
    expect(answer.headers).toMatchObject({
      'X-Bapi-Limit': '10',
      'X-Bapi-Limit-Status': '0',
      'X-Bapi-Limit-Reset-Timestamp': String(startTime + 1_000),
    })
    expect(await breaches(desk)).toBe(1)
    const open = await desk.get('/v5/order/realtime', { ...bitcoin, limit: 50 })
    expect(rows(open)).toHaveLength(10)
  })

  test('behavior: the second slides, and a refused call takes nothing of it', async () => {
    const desk = openDesk()
    await repeat(5, () => place(desk, limit))
    await desk.advance(600)
    await repeat(5, () => place(desk, limit))
    await repeat(3, () => desk.send(createRequest(desk)))
    await desk.advance(399)
    expect(read(await desk.send(createRequest(desk))).code).toBe(10006)
    await desk.advance(1)
    await repeat(5, () => place(desk, limit))
    expect(read(await desk.send(createRequest(desk))).code).toBe(10006)
  })

  test('behavior: each call has its own, and so has each account', async () => {
    const desk = openDesk()
    await repeat(11, () => desk.send(createRequest(desk)))
    const cancel = await desk.post('/v5/order/cancel-all', bitcoin)
    expect(cancel.at('retCode').number()).toBe(0)
    const other = await desk.simulator.control.createAccount({ venue: 'bybit' })
    const { headers } = read(await desk.send(createRequest(desk, other)))
    expect(headers['X-Bapi-Limit-Status']).toBe('9')
    expect(await breaches(desk)).toBe(1)
  })

  test.each([
    ['/v5/account/fee-rate', 5, bitcoin],
    ['/v5/account/transaction-log', 25, {}],
    ['/v5/position/list', 50, bitcoin],
  ] as const)('error: %s, more than %i times', async (path, most, query) => {
    const desk = openDesk()
    const call = (): ReturnType<Desk['get']> => desk.get(path, query)
    for (let index = 0; index < most; index++) {
      expect((await call()).at('retCode').number()).toBe(0)
    }
    expect((await call()).at('retCode').number()).toBe(10006)
  })

  test('behavior: a call that fails at the door counts for nobody, and tells nothing', async () => {
    const desk = openDesk()
    const wrong = { ...createRequest(desk), headers: desk.sign('something else') }
    await repeat(11, () => desk.send(wrong))
    const { headers } = await desk.send(wrong)
    expect(Object.keys(headers ?? {})).not.toContain('X-Bapi-Limit')
    expect(read(await desk.send(createRequest(desk))).headers['X-Bapi-Limit-Status']).toBe('9')
  })
})

describe('batches', () => {
  test('default: every order counts, beside those sent alone', async () => {
    const desk = openDesk()
    await repeat(10, () => place(desk, limit))
    const { headers, items } = await batch(desk, 4)
    expect(headers).toMatchObject({ 'X-Bapi-Limit': '10', 'X-Bapi-Limit-Status': '6' })
    expect(items.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    expect(await breaches(desk)).toBe(0)
  })

  test('error: what is over the limit fails item by item', async () => {
    const desk = openDesk()
    await batch(desk, 8)
    const { code, headers, items } = await batch(desk, 4)
    expect(code).toBe(0)
    expect(items).toEqual([
      { code: 0, msg: 'OK' },
      { code: 0, msg: 'OK' },
      { code: 10006, msg: 'Too many visits!' },
      { code: 10006, msg: 'Too many visits!' },
    ])
    expect(headers['X-Bapi-Limit-Status']).toBe('0')
    expect(await breaches(desk)).toBe(1)
    const open = await desk.get('/v5/order/realtime', { ...bitcoin, limit: 50 })
    expect(rows(open)).toHaveLength(10)
  })

  test('error: with nothing left the call is refused', async () => {
    const desk = openDesk()
    expect((await batch(desk, 20)).items.filter(({ code }) => code === 0)).toHaveLength(10)
    expect((await batch(desk, 1)).code).toBe(10006)
    expect((await batch(desk, 1, '/v5/order/cancel-batch')).code).toBe(0)
    await desk.advance(1_000)
    expect((await batch(desk, 10)).items.every(({ code }) => code === 0)).toBe(true)
  })

  test('behavior: unenforced, all of it is executed and still a breach', async () => {
    const desk = openDesk({ rateLimits: false })
    expect((await batch(desk, 20)).items.every(({ code }) => code === 0)).toBe(true)
    expect(await breaches(desk)).toBe(1)
  })
})

describe('requests of an address', () => {
  test('default: 600 in five seconds, public ones and refused ones alike', async () => {
    const desk = openDesk()
    await repeat(300, () => desk.send(time))
    await repeat(300, () => desk.send({ ...time, path: '/v5/account/info' }))
    expect((await desk.send({ ...time, remoteAddress: '10.0.0.2' })).status).toBe(200)
    const refused = await desk.send(time)
    expect(refused.status).toBe(403)
    expect(refused.body).toBe('access too frequent')
    expect(await breaches(desk)).toBe(1)
  })

  test('behavior: the window slides', async () => {
    const desk = openDesk()
    await repeat(600, () => desk.send(time))
    await desk.advance(5_000)
    expect((await desk.send(time)).status).toBe(200)
  })

  test('error: one too many bars the address for ten minutes, signed calls too', async () => {
    const desk = openDesk()
    await repeat(601, () => desk.send(time))
    await desk.advance(599_999)
    expect(await desk.send(createRequest(desk))).toMatchObject({
      status: 403,
      body: 'access too frequent',
    })
    await desk.advance(1)
    expect((await desk.send(time)).status).toBe(200)
    expect(await breaches(desk)).toBe(2)
  })

  test('behavior: not enforced, it is counted and let through', async () => {
    const desk = openDesk({ rateLimits: false })
    await repeat(602, () => desk.send(time))
    expect((await desk.send(time)).status).toBe(200)
    expect(await breaches(desk)).toBe(3)
  })
})

test('behavior: a fault that refuses by limit speaks of the account where it can', async () => {
  const desk = openDesk()
  const { control } = desk.simulator
  await control.inject({ kind: 'rateLimit', retryAfterMs: 700, venue: 'bybit' })
  const { headers, code } = read(await desk.send(createRequest(desk)))
  expect(code).toBe(10006)
  expect(headers['X-Bapi-Limit-Reset-Timestamp']).toBe(String(startTime + 700))
})
