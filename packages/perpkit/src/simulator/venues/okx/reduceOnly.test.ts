import { describe, expect, test } from 'vitest'
import {
  BTC,
  type Desk,
  held,
  limit,
  lookUp,
  openDesk,
  order,
  place,
  said,
} from './desk.fixture.ts'

// Net mode: docs/wire/okx.md 4.2, "Oversized closing".

const reducing = { side: 'sell', reduceOnly: true }

async function withLong(sz = '3'): Promise<Desk> {
  const desk = openDesk()
  await place(desk, order({ sz }))
  return desk
}

describe('reduce-only orders', () => {
  test('default: one closes the position', async () => {
    const desk = await withLong()
    const ordId = await place(desk, order({ ...reducing, sz: '3' }))
    expect(await lookUp(desk, ordId)).toMatchObject({ reduceOnly: 'true', state: 'filled' })
    expect(await held(desk)).toBe('0')
  })

  test.each([
    ['without a position', '0', { ...reducing }, '51169'],
    ['in the direction of the position', '3', { side: 'buy', reduceOnly: true }, '51170'],
    ['larger than the position', '3', { ...reducing, sz: '3.01' }, '51112'],
  ])('error: one %s', async (_, sz, more, code) => {
    const desk = sz === '0' ? openDesk() : await withLong(sz)
    expect(said(await desk.post('trade/order', order(more)))).toMatch(new RegExp(`^${code} `))
  })

  // Section 9: oversize rejected whole in net.
  test('error: with those ahead of it, one may not exceed the position', async () => {
    const desk = await withLong()
    await place(desk, limit('61000', { ...reducing, sz: '2' }))
    const behind = limit('61500', { ...reducing, sz: '1.01' })
    expect(said(await desk.post('trade/order', behind))).toMatch(/^51112 /)
    expect(said(await desk.post('trade/order', { ...behind, sz: '1' }))).toBe('0')
  })

  test('behavior: a better price overtakes those that no longer fit', async () => {
    const desk = await withLong()
    const overtaken = await place(desk, limit('61500', { ...reducing, sz: '3' }))
    await place(desk, limit('61000', { ...reducing, sz: '2' }))
    expect(await lookUp(desk, overtaken)).toMatchObject({ state: 'canceled', cancelSource: '22' })
  })

  test('behavior: those that rest go with the position', async () => {
    const desk = await withLong()
    const resting = await place(desk, limit('61500', { ...reducing, sz: '1' }))
    await place(desk, order({ side: 'sell', sz: '3' }))
    expect(await lookUp(desk, resting)).toMatchObject({ state: 'canceled', cancelSource: '2' })
  })

  test('error: a plain order may not turn the position over while they rest', async () => {
    const desk = await withLong()
    const resting = await place(desk, limit('61500', { ...reducing, sz: '1' }))
    expect(said(await desk.post('trade/order', order({ side: 'sell', sz: '4' })))).toMatch(
      /^51206 /,
    )
    await desk.post('trade/cancel-order', { instId: BTC, ordId: resting })
    await place(desk, order({ side: 'sell', sz: '4' }))
    expect(await held(desk)).toBe('-1')
  })

  test('error: one is not amended beyond the position', async () => {
    const desk = await withLong()
    const ordId = await place(desk, limit('61000', { ...reducing, sz: '3' }))
    const change = { instId: BTC, ordId }
    const tooLarge = { ...change, newSz: '3.01' }
    expect(said(await desk.post('trade/amend-order', tooLarge))).toMatch(/^51171 /)
    expect(said(await desk.post('trade/amend-order', { ...change, newPx: '61100' }))).toBe('0')
    expect(await lookUp(desk, ordId)).toMatchObject({ sz: '3', px: '61100', state: 'live' })
  })
})

describe('amending', () => {
  test.each([
    [{}, '51500 You must enter a price, quantity, or TP/SL.'],
    [{ newSz: '0.001' }, '51121 Order quantity must be a multiple of the lot size.'],
    [
      { newPx: '59000.05' },
      '51150 The precision of the number of trades or the price exceeds the limit.',
    ],
    [{ newPx: '62000' }, /^51006 /],
    [{ newSz: '2', reqId: 'a-b' }, '51000 Parameter reqId  error'],
    [{ newSz: '600' }, /^51008 /],
    [
      { newSz: '2', instId: 'ETH-USDT-SWAP' },
      '51503 Your order has already been filled or canceled.',
    ],
    [{ newSz: '2', ordId: '1' }, '51503 Your order has already been filled or canceled.'],
    [{ newSz: '2', ordId: '' }, '51003 Either client order ID or order ID is required.'],
  ])('error: %j', async (more, message) => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59000'))
    const answer = await desk.post('trade/amend-order', { instId: BTC, ordId, ...more })
    expect(said(answer)).toMatch(message)
    expect(await lookUp(desk, ordId)).toMatchObject({ px: '59000', sz: '1', state: 'live' })
  })

  test('behavior: a price beyond the band is moved to its edge where that is asked for', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('61000', { side: 'sell' }))
    const change = { instId: BTC, ordId, newPx: '58000', pxAmendType: '1' }
    expect(said(await desk.post('trade/amend-order', change))).toBe('0')
    expect(await lookUp(desk, ordId)).toMatchObject({ px: '58200', state: 'filled' })
  })

  test('behavior: cxlOnFail cancels what could not be amended', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59000'))
    const change = { instId: BTC, ordId, newSz: '600', cxlOnFail: true }
    expect(said(await desk.post('trade/amend-order', change))).toMatch(/^51008 /)
    expect(await lookUp(desk, ordId)).toMatchObject({ state: 'canceled' })
  })
})

describe('closing a position', () => {
  test('default: the whole position, at market', async () => {
    const desk = await withLong()
    const answer = await desk.post('trade/close-position', {
      instId: BTC,
      mgnMode: 'cross',
      clOrdId: 'c1',
    })
    expect(answer.value).toEqual({
      code: '0',
      msg: '',
      data: [{ instId: BTC, posSide: 'net', clOrdId: 'c1', tag: '' }],
    })
    expect(await held(desk)).toBe('0')
  })

  test('default: a short position too', async () => {
    const desk = openDesk()
    await place(desk, order({ side: 'sell', sz: '2' }))
    const words = { instId: BTC, mgnMode: 'cross', posSide: 'net', tag: 't1' }
    expect(said(await desk.post('trade/close-position', words))).toBe('0')
    expect(await held(desk)).toBe('0')
  })

  // Section 9: 51115 as HTTP 429 is no rate limit.
  test('error: no position, and close orders that rest', async () => {
    const words = { instId: BTC, mgnMode: 'cross' }
    const desk = openDesk()
    expect(said(await desk.post('trade/close-position', words))).toBe(
      "51023 Position doesn't exist.",
    )
    await place(desk, order())
    await place(desk, limit('61000', reducing))
    const path = '/api/v5/trade/close-position'
    const body = JSON.stringify(words)
    const answer = await desk.send({
      method: 'POST',
      path,
      body,
      headers: desk.sign('POST', path, body),
    })
    expect(answer).toMatchObject({ status: 429, body: expect.stringContaining('"51115"') })
    expect(said(await desk.post('trade/close-position', { ...words, autoCxl: true }))).toBe('0')
    expect(await held(desk)).toBe('0')
  })
})
