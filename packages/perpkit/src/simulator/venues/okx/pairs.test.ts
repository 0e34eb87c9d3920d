import { describe, expect, test } from 'vitest'
import {
  BTC,
  held,
  lookUp,
  lookUpAlgo,
  pair,
  pending,
  placeAlgo,
  rows,
  said,
  stop,
  withLong,
} from './desk.fixture.ts'

// Two legs under one id: docs/wire/okx.md 4.4.

describe('oco', () => {
  test.each([
    ['58000', 'sl'],
    ['62000', 'tp'],
  ])('default: at %s it fires as its %s, under one algoId', async (price, actualSide) => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop({ ...pair, algoClOrdId: 'o1' }))
    expect(await pending(desk, 'oco')).toEqual([algoId])
    await desk.setPrice(price)
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      state: 'effective',
      actualSide,
      slTriggerPx: '58000',
      tpTriggerPx: '62000',
    })
    expect(await pending(desk, 'oco')).toEqual([])
    const history = await desk.get('trade/orders-history', { instType: 'SWAP' })
    expect(rows(history)[0]).toMatchObject({ algoId, algoClOrdId: 'o1' })
    expect(await held(desk)).toBe('0')
  })

  test('behavior: cancelled whole', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop(pair))
    expect(said(await desk.post('trade/cancel-algos', [{ instId: BTC, algoId }]))).toBe('0')
    await desk.setPrice('63000')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'canceled' })
    expect(await held(desk)).toBe('1')
  })

  test.each([
    [{ tpTriggerPx: undefined }, '50014 Parameter tpTriggerPx can not be empty.'],
    [{ slTriggerPx: undefined }, '50014 Parameter slTriggerPx can not be empty.'],
    [{ tpOrdKind: 'limit', tpOrdPx: '62000' }, /^51096 /],
    [{ tpOrdKind: 'limit', tpOrdPx: '62000', slTriggerPx: undefined }, /^51095 /],
    [{ tpOrdKind: 'limit', cxlOnClosePos: true }, /^51093 /],
  ])('error: %j', async (more, message) => {
    const desk = await withLong()
    expect(said(await desk.post('trade/order-algo', stop({ ...pair, ...more })))).toMatch(message)
    expect(rows(await desk.get('trade/orders-pending'))).toEqual([])
  })
})

describe('a take-profit that rests', () => {
  const resting = { ...pair, tpTriggerPx: undefined, tpOrdKind: 'limit', tpOrdPx: '62000' }
  const words = stop({ ...resting, cxlOnClosePos: true, sz: '3' })

  test('default: it stands in the book and makes its stop smaller', async () => {
    const desk = await withLong('3')
    const algoId = await placeAlgo(desk, words)
    const [order] = rows(await desk.get('trade/orders-pending'))
    expect(order).toMatchObject({
      px: '62000',
      isTpLimit: 'true',
      reduceOnly: 'true',
      linkedAlgoOrd: { algoId },
    })
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      linkedOrd: { ordId: order?.ordId },
      tpOrdPx: '62000',
      tpTriggerPx: '',
    })
    await desk.setPrice('62001')
    expect(await held(desk)).toBe('0')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'canceled' })
  })

  test.each([
    ['fires', '36'],
    ['is cancelled', '37'],
  ])('behavior: it goes when its stop %s', async (how, cancelSource) => {
    const desk = await withLong('3')
    const algoId = await placeAlgo(desk, words)
    const [order] = rows(await desk.get('trade/orders-pending'))
    if (how === 'fires') await desk.setPrice('58000')
    else await desk.post('trade/cancel-algos', [{ instId: BTC, algoId }])
    expect(await lookUp(desk, String(order?.ordId))).toMatchObject({
      state: 'canceled',
      cancelSource,
    })
  })

  test('error: its size is not amended', async () => {
    const desk = await withLong('3')
    const algoId = await placeAlgo(desk, words)
    const change = { instId: BTC, algoId, newSz: '2' }
    expect(said(await desk.post('trade/amend-algos', change))).toMatch(/^51090 /)
  })
})
