import { describe, expect, test } from 'vitest'
import type { Answer, RawRequest } from '../../server/types.ts'
import { algo, bitcoin, type Desk, openDesk, order, said, startTime, stop } from './desk.fixture.ts'

// The clock starts on a whole multiple of three seconds, and of ten.

const merged: Partial<RawRequest> = {
  path: '/linear-swap-ex/market/detail/merged',
  query: 'contract_code=BTC-USDT',
}

const timestamp: Partial<RawRequest> = { path: '/api/v1/timestamp' }

const opens: Partial<RawRequest> = { path: '/v5/trade/order/opens' }

const limit = { type: 'limit', price: '50000' }

function orderRequest(): Partial<RawRequest> {
  return { method: 'POST', path: '/v5/trade/order', body: JSON.stringify(order(limit)) }
}

async function repeat(count: number, call: () => Promise<Answer>): Promise<Set<number>> {
  const statuses = new Set<number>()
  for (let index = 0; index < count; index++) statuses.add((await call()).status)
  return statuses
}

const breaches = async ({ simulator }: Desk): Promise<number> =>
  (await simulator.control.verdict()).limitBreaches

describe('calls of an account', () => {
  test('default: every private answer tells what is left', async () => {
    const desk = openDesk()
    await desk.advance(1_200)
    await desk.send(desk.signed(opens))
    expect((await desk.send(desk.signed(opens))).headers).toMatchObject({
      'ratelimit-limit': '72',
      'ratelimit-interval': '3000',
      'ratelimit-remaining': '70',
      'ratelimit-reset': '1800',
    })
    const { headers } = await desk.send(merged)
    expect(Object.keys(headers ?? {})).toEqual(['content-type'])
  })

  test('error: one more than 72 orders, not executed', async () => {
    const desk = openDesk()
    const call = (): Promise<Answer> => desk.send(desk.signed(orderRequest()))
    expect(await repeat(72, call)).toEqual(new Set([200]))
    await desk.advance(500)
    const refused = await call()
    expect(refused.status).toBe(429)
    expect(JSON.parse(refused.body)).toEqual({
      code: 1032,
      message: 'The number of access exceeded the limit.',
      data: null,
      ts: startTime + 500,
    })
    expect(refused.headers).toMatchObject({
      'ratelimit-limit': '72',
      'ratelimit-interval': '3000',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '2500',
    })
    expect(await breaches(desk)).toBe(1)
    const { orders } = await desk.simulator.control.state({ venue: 'htx' })
    expect(orders).toHaveLength(72)
  })

  test('behavior: the window frees it again', async () => {
    const desk = openDesk()
    const call = (): Promise<Answer> => desk.send(desk.signed(orderRequest()))
    await repeat(73, call)
    await desk.advance(2_999)
    expect((await call()).status).toBe(429)
    await desk.advance(1)
    expect(await repeat(72, call)).toEqual(new Set([200]))
  })

  test('behavior: reading and trading are apart, and so are accounts', async () => {
    const desk = openDesk()
    expect(await repeat(72, () => desk.send(desk.signed(opens)))).toEqual(new Set([200]))
    expect((await desk.send(desk.signed(opens))).status).toBe(429)
    expect((await desk.send(desk.signed(orderRequest()))).headers).toMatchObject({
      'ratelimit-remaining': '71',
    })
    const other = await desk.simulator.control.createAccount({ venue: 'htx' })
    expect((await desk.send(desk.signed(opens, {}, other))).headers).toMatchObject({
      'ratelimit-remaining': '71',
    })
  })

  test('behavior: what changes something counts as trading, and a batch as one', async () => {
    const desk = openDesk()
    await desk.post('/v5/position/lever', { ...bitcoin, lever_rate: 10 })
    await desk.post('/v5/algo/order', algo(stop))
    const items = JSON.stringify([order(limit), order(limit), order(limit)])
    const batch = { method: 'POST', path: '/v5/trade/batch_orders', body: items }
    expect((await desk.send(desk.signed(batch))).headers).toMatchObject({
      'ratelimit-remaining': '69',
    })
  })

  test('error: collateral of several assets, more than once in ten seconds', async () => {
    const desk = openDesk()
    const body = JSON.stringify({ assets_mode: 2 })
    const set: Partial<RawRequest> = { method: 'POST', path: '/v5/account/asset_mode', body }
    expect((await desk.send(desk.signed(set))).headers).toMatchObject({
      'ratelimit-limit': '1',
      'ratelimit-interval': '10000',
      'ratelimit-remaining': '0',
    })
    await desk.advance(3_000)
    const refused = await desk.send(desk.signed(set))
    expect(refused).toMatchObject({ status: 429, headers: { 'ratelimit-reset': '7000' } })
    await desk.advance(7_000)
    expect(said(await desk.post('/v5/account/asset_mode', { assets_mode: 2 }))).toBe('200')
  })

  test('behavior: a call with a wrong signature counts for nobody', async () => {
    const desk = openDesk()
    const wrong = desk.signed(opens, { SignatureVersion: '1' })
    await repeat(73, () => desk.send(wrong))
    expect((await desk.send(desk.signed(opens))).headers).toMatchObject({
      'ratelimit-remaining': '71',
    })
    expect(await breaches(desk)).toBe(0)
  })
})

describe('public calls of an address', () => {
  test('error: market data beyond 800 in a second', async () => {
    const desk = openDesk()
    expect(await repeat(800, () => desk.send(merged))).toEqual(new Set([200]))
    await desk.advance(250)
    const refused = await desk.send(merged)
    expect(refused).toMatchObject({ status: 429, headers: { 'ratelimit-reset': '750' } })
    expect(JSON.parse(refused.body)).toEqual({
      status: 'error',
      'err-code': 'invalid-parameter',
      'err-msg': 'request limit',
      ts: startTime + 250,
    })
    expect(await breaches(desk)).toBe(1)
    await desk.advance(750)
    expect((await desk.send(merged)).status).toBe(200)
  })

  test('error: all else beyond 240 in three seconds, in the words of its family', async () => {
    const desk = openDesk()
    const rate = { path: '/v5/market/funding_rate', query: 'contract_code=BTC-USDT' }
    expect(await repeat(120, () => desk.send(timestamp))).toEqual(new Set([200]))
    expect(await repeat(120, () => desk.send(rate))).toEqual(new Set([200]))
    const ts = startTime
    const text = 'The number of access exceeded the limit.'
    expect(JSON.parse((await desk.send(rate)).body)).toEqual({
      code: 1032,
      message: text,
      data: null,
      ts,
    })
    const refused = await desk.send(timestamp)
    expect(refused.status).toBe(429)
    expect(JSON.parse(refused.body)).toEqual({ status: 'error', err_code: 1032, err_msg: text, ts })
    expect((await desk.send(merged)).status).toBe(200)
    expect((await desk.send({ ...timestamp, remoteAddress: '10.0.0.2' })).status).toBe(200)
    expect((await desk.send(desk.signed(opens))).status).toBe(200)
  })

  test('error: the elements of contracts, more than twenty times in two seconds', async () => {
    const desk = openDesk()
    const elements = { path: '/linear-swap-api/v1/swap_query_elements' }
    expect(await repeat(20, () => desk.send(elements))).toEqual(new Set([200]))
    const refused = await desk.send(elements)
    expect(refused).toMatchObject({ status: 429, headers: { 'ratelimit-interval': '2000' } })
    await desk.advance(2_000)
    expect((await desk.send(elements)).status).toBe(200)
  })

  test('behavior: going on is refused again, and bars nobody', async () => {
    const desk = openDesk()
    await repeat(300, () => desk.send(timestamp))
    await desk.advance(3_000)
    expect((await desk.send(timestamp)).status).toBe(200)
    expect(await breaches(desk)).toBe(60)
  })

  test('behavior: not enforced, it is counted and let through', async () => {
    const desk = openDesk({ rateLimits: false })
    expect(await repeat(242, () => desk.send(timestamp))).toEqual(new Set([200]))
    expect(await breaches(desk)).toBe(2)
  })
})

test('behavior: a fault that refuses by limit tells the wait', async () => {
  const desk = openDesk()
  await desk.simulator.control.inject({ kind: 'rateLimit', retryAfterMs: 800, venue: 'htx' })
  const { headers, status } = await desk.send(desk.signed(orderRequest()))
  expect({ status, reset: headers?.['ratelimit-reset'] }).toEqual({ status: 429, reset: '800' })
})

describe('cancelling nearly all orders', () => {
  /** So many orders, all but `kept` of them cancelled at once. Unfilled, they are 10 000 away. */
  async function churn(desk: Desk, count: number, kept = 0): Promise<void> {
    const items = JSON.stringify(Array.from({ length: 25 }, () => order(limit)))
    const batch = { method: 'POST', path: '/v5/trade/batch_orders', body: items }
    for (let placed = 0; placed < count; placed += 25) {
      await desk.advance(100)
      await desk.send(desk.signed(batch))
      await desk.post('/v5/trade/cancel_all_orders', bitcoin)
    }
    if (kept > 0) await desk.advance(3_000)
    for (let index = 0; index < kept; index++) await desk.post('/v5/trade/order', order(limit))
  }

  /** To the beginning of the next slot of ten minutes. */
  async function nextSlot(desk: Desk): Promise<number> {
    await desk.advance(600_000 - (desk.simulator.now() % 600_000))
    return desk.simulator.now()
  }

  test('error: no orders for five minutes once the slot is over, with the time of the end', async () => {
    const desk = openDesk()
    await churn(desk, 3_000)
    expect(said(await desk.post('/v5/trade/order', order(limit)))).toBe('200')
    const begin = await nextSlot(desk)
    const refused = await desk.send(desk.signed(orderRequest()))
    expect(refused).toMatchObject({
      status: 200,
      headers: { 'recovery-time': String(begin + 300_000), 'ratelimit-remaining': '71' },
    })
    expect(JSON.parse(refused.body)).toEqual({
      code: 1084,
      message:
        'Your contract API is suspended, please try again after 2026-01-05 08:15:00 (GMT+8).',
      data: null,
      ts: begin,
    })
    expect(said(await desk.post('/v5/algo/order', algo(stop)))).toMatch(/^1084 /)
    expect(await breaches(desk)).toBe(2)
    await desk.advance(300_000)
    expect(said(await desk.post('/v5/trade/order', order(limit)))).toBe('200')
  })

  test('behavior: cancelling and reading stay allowed, and other accounts trade on', async () => {
    const desk = openDesk()
    await churn(desk, 3_000, 1)
    await nextSlot(desk)
    expect(said(await desk.post('/v5/trade/cancel_all_orders', bitcoin))).toBe('200')
    expect((await desk.send(desk.signed(opens))).status).toBe(200)
    const other = await desk.simulator.control.createAccount({ venue: 'htx' })
    const { body } = await desk.send(desk.signed(orderRequest(), {}, other))
    expect(JSON.parse(body)).toMatchObject({ code: 200 })
  })

  test.each([
    ['fewer than 3 000 orders', 2_975, 0],
    ['one of a hundred that stays', 2_975, 31],
  ])('behavior: %s', async (_name, count, kept) => {
    const desk = openDesk()
    await churn(desk, count, kept)
    await nextSlot(desk)
    expect(said(await desk.post('/v5/trade/order', order(limit)))).toBe('200')
  })

  test('behavior: what is cancelled after more than three seconds does not count', async () => {
    const desk = openDesk()
    await churn(desk, 2_950, 40)
    await desk.advance(3_001)
    await churn(desk, 25)
    await nextSlot(desk)
    expect(said(await desk.post('/v5/trade/order', order(limit)))).toBe('200')
  })

  test('behavior: the third within an hour lasts half an hour', async () => {
    const desk = openDesk()
    for (const minutes of [5, 5, 30]) {
      await churn(desk, 3_000)
      await nextSlot(desk)
      await desk.advance(minutes * 60_000 - 1)
      expect(said(await desk.post('/v5/trade/order', order(limit)))).toMatch(/^1084 /)
      await desk.advance(1)
      expect(said(await desk.post('/v5/trade/order', order(limit)))).toBe('200')
      await desk.post('/v5/trade/cancel_all_orders', bitcoin)
    }
  })

  test('behavior: not enforced, it is told in the verdict alone', async () => {
    const desk = openDesk({ rateLimits: false })
    await churn(desk, 3_000)
    await nextSlot(desk)
    const before = await breaches(desk)
    expect(said(await desk.post('/v5/trade/order', order(limit)))).toBe('200')
    expect((await breaches(desk)) - before).toBe(1)
  })
})
