import { describe, expect, test } from 'vitest'
import {
  held,
  lookUp,
  lookUpAlgo,
  openDesk,
  order,
  pending,
  place,
  placeAlgo,
  profit,
  rows,
  said,
  stop,
  type Words,
  withLong,
} from './desk.fixture.ts'

// Stops, take-profits and what closes a position whole: docs/wire/okx.md 4.4.

describe('stops and take-profits', () => {
  test('default: a stop waits, fires and fills under an order id of its own', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop({ algoClOrdId: 's1', slTriggerPxType: 'mark' }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      algoId,
      algoClOrdId: 's1',
      clOrdId: '',
      ordId: '',
      ordIdList: [],
      ordType: 'conditional',
      state: 'live',
      side: 'sell',
      posSide: 'net',
      sz: '1',
      closeFraction: '',
      reduceOnly: 'true',
      slTriggerPx: '58000',
      slTriggerPxType: 'mark',
      slOrdPx: '-1',
      tpTriggerPx: '',
      triggerPx: '',
      actualSz: '0',
      actualSide: '',
      triggerTime: '',
      failCode: '',
      last: '60000.1',
    })
    expect(await pending(desk, 'conditional,oco')).toEqual([algoId])
    expect(rows(await desk.get('trade/orders-pending'))).toEqual([])
    await desk.setPrice('58000.1')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'live' })
    await desk.setPrice('58000')
    const fired = await lookUpAlgo(desk, algoId)
    expect(fired).toMatchObject({ state: 'effective', actualSide: 'sl', actualSz: '1' })
    expect(fired.ordIdList).toEqual([fired.ordId])
    expect(await lookUp(desk, String(fired.ordId))).toMatchObject({
      ordType: 'market',
      state: 'filled',
      clOrdId: '',
      algoId,
      algoClOrdId: 's1',
      source: '7',
      reduceOnly: 'true',
    })
    expect(await held(desk)).toBe('0')
    expect(await pending(desk, 'conditional')).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a take-profit fires above, as a limit order where it has a price', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop({ ...profit, tpOrdPx: '62500' }))
    await desk.setPrice('62000')
    const { ordId } = await lookUpAlgo(desk, algoId)
    expect(await lookUp(desk, String(ordId))).toMatchObject({
      ordType: 'limit',
      px: '62500',
      state: 'live',
    })
    expect(await held(desk)).toBe('1')
  })

  test.each([
    ['sell', { slTriggerPx: '60000', slOrdPx: '-1' }, '51280'],
    ['sell', { tpTriggerPx: '60000', tpOrdPx: '-1' }, '51279'],
    ['buy', { slTriggerPx: '60000', slOrdPx: '-1' }, '51278'],
    ['buy', { tpTriggerPx: '60000', tpOrdPx: '-1' }, '51277'],
    ['sell', { slTriggerPx: '60001', slOrdPx: '-1', slTriggerPxType: 'mark' }, '51304'],
    ['sell', { tpTriggerPx: '59999', tpOrdPx: '-1', tpTriggerPxType: 'mark' }, '51303'],
    ['buy', { slTriggerPx: '59999', slOrdPx: '-1', slTriggerPxType: 'mark' }, '51302'],
    ['buy', { tpTriggerPx: '60001', tpOrdPx: '-1', tpTriggerPxType: 'mark' }, '51300'],
    ['sell', { slTriggerPx: '60001', slOrdPx: '-1', slTriggerPxType: 'index' }, '51308'],
    ['sell', { tpTriggerPx: '59999', tpOrdPx: '-1', tpTriggerPxType: 'index' }, '51307'],
    ['buy', { slTriggerPx: '59999', slOrdPx: '-1', slTriggerPxType: 'index' }, '51306'],
    ['buy', { tpTriggerPx: '60001', tpOrdPx: '-1', tpTriggerPxType: 'index' }, '51305'],
  ])('error: %s %j would fire at once', async (side, legs, code) => {
    const desk = openDesk()
    const words = order({ side, ordType: 'conditional', ...legs })
    expect(said(await desk.post('trade/order-algo', words))).toMatch(new RegExp(`^${code} `))
  })

  // Section 9: `conditional` with TP and SL keeps only SL.
  test('behavior: conditional with both legs executes the stop alone', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop({ tpTriggerPx: '62000', tpOrdPx: '-1' }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ slTriggerPx: '58000', tpTriggerPx: '' })
    await desk.setPrice('62500')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'live' })
  })

  test('behavior: one larger than what is left is cut to it', async () => {
    const desk = await withLong('3')
    const algoId = await placeAlgo(desk, stop({ sz: '3' }))
    await place(desk, order({ side: 'sell', sz: '2', reduceOnly: true }))
    await desk.setPrice('57900')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ sz: '3', actualSz: '1' })
    expect(await held(desk)).toBe('0')
  })

  test('behavior: with nothing left a closing one fails, an open one turns the position', async () => {
    const desk = openDesk()
    const closing = await placeAlgo(desk, stop())
    const opening = await placeAlgo(desk, stop({ reduceOnly: false }))
    await desk.setPrice('58000')
    expect(await lookUpAlgo(desk, closing)).toMatchObject({
      state: 'order_failed',
      failCode: '51169',
      ordId: '',
    })
    expect(await lookUpAlgo(desk, opening)).toMatchObject({ state: 'effective' })
    expect(await held(desk)).toBe('-1')
  })

  test('behavior: the position gone, one stays, unless it was to go with it', async () => {
    const desk = await withLong()
    const stays = await placeAlgo(desk, stop())
    const goes = await placeAlgo(desk, stop({ cxlOnClosePos: true }))
    await place(desk, order({ side: 'sell', reduceOnly: true }))
    expect(await pending(desk, 'conditional')).toEqual([stays])
    expect(await lookUpAlgo(desk, goes)).toMatchObject({ state: 'canceled' })
  })

  test('behavior: several stand side by side and each sees what the one before left', async () => {
    const desk = await withLong('3')
    await placeAlgo(desk, stop({ sz: '3' }))
    const nearer = await placeAlgo(desk, stop({ sz: '3', slTriggerPx: '59000' }))
    await desk.setPrice('57000')
    expect(await lookUpAlgo(desk, nearer)).toMatchObject({ actualSz: '3' })
    const failed = await desk.get('trade/orders-algo-history', {
      ordType: 'conditional',
      state: 'order_failed',
    })
    expect(rows(failed)).toHaveLength(1)
    expect(await held(desk)).toBe('0')
  })
})

describe('closeFraction', () => {
  const whole: Words = { sz: undefined, closeFraction: '1' }

  test('default: closes whatever the position is by then', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop(whole))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ sz: '', closeFraction: '1' })
    const [position] = rows(await desk.get('account/positions'))
    expect(position?.closeOrderAlgo).toEqual([
      {
        algoId,
        slTriggerPx: '58000',
        slTriggerPxType: 'last',
        tpTriggerPx: '',
        tpTriggerPxType: '',
        closeFraction: '1',
      },
    ])
    await place(desk, order({ sz: '4' }))
    await desk.setPrice('58000')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'effective', actualSz: '5' })
    expect(await held(desk)).toBe('0')
  })

  test('behavior: goes with its position', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop(whole))
    await place(desk, order({ side: 'sell', reduceOnly: true }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'canceled' })
  })

  test('error: while flat, a second one, and what it cannot be', async () => {
    const desk = openDesk()
    expect(said(await desk.post('trade/order-algo', stop(whole)))).toMatch(/^51058 /)
    await place(desk, order())
    await placeAlgo(desk, stop(whole))
    const post = async (more: Words): Promise<string> =>
      said(await desk.post('trade/order-algo', stop({ ...whole, ...more })))
    expect(await post({})).toMatch(/^51088 /)
    expect(await post({ ...profit })).toMatch(/^51088 /)
    expect(await post({ closeFraction: '0.5' })).toBe('51000 Parameter closeFraction  error')
    expect(await post({ slOrdPx: '57000' })).toMatch(/^51330 /)
    expect(await post({ reduceOnly: false })).toMatch(/^51328 /)
  })
})
