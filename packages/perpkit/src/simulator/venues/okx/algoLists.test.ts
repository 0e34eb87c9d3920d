import { describe, expect, test } from 'vitest'
import {
  BTC,
  held,
  limit,
  lookUpAlgo,
  openDesk,
  order,
  pair,
  place,
  placeAlgo,
  row,
  rows,
  said,
  stop,
  type Words,
  withLong,
} from './desk.fixture.ts'

// Changing, finding and counting algos: docs/wire/okx.md 4.3 and 4.4.

describe('amending', () => {
  test('behavior: one leg of an oco leaves the other alone, a size is that of both', async () => {
    const desk = await withLong('3')
    const algoId = await placeAlgo(desk, stop({ ...pair, sz: '3' }))
    const legs = { newSlTriggerPx: '57000', newSlOrdPx: '56900' }
    const change = { instId: BTC, algoId, newSz: '2', ...legs, reqId: 'r1' }
    expect(row(await desk.post('trade/amend-algos', change))).toMatchObject({
      sCode: '0',
      reqId: 'r1',
    })
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      sz: '2',
      slTriggerPx: '57000',
      slOrdPx: '56900',
      tpTriggerPx: '62000',
      tpOrdPx: '-1',
    })
    await desk.setPrice('62000')
    expect(await held(desk)).toBe('1')
  })

  test('behavior: a price of 0 takes a leg off', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop(pair))
    const off = { instId: BTC, algoId, newSlTriggerPx: '0' }
    expect(said(await desk.post('trade/amend-algos', off))).toBe('0')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      state: 'live',
      slTriggerPx: '',
      tpTriggerPx: '62000',
    })
    const rest = { instId: BTC, algoId, newTpTriggerPx: '0' }
    expect(said(await desk.post('trade/amend-algos', rest))).toMatch(/^51531 /)
    await desk.setPrice('57000')
    expect(await held(desk)).toBe('1')
    await desk.setPrice('62000')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'effective', actualSide: 'tp' })
  })

  test('behavior: from a limit price to market and back', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop({ slOrdPx: '57900' }))
    const post = async (newSlOrdPx: string): Promise<unknown> => {
      await desk.post('trade/amend-algos', { instId: BTC, algoId, newSlOrdPx })
      return (await lookUpAlgo(desk, algoId)).slOrdPx
    }
    expect(await post('-1')).toBe('-1')
    expect(await post('57800')).toBe('57800')
    expect(await post('-1')).toBe('-1')
    await desk.setPrice('58000')
    expect(await held(desk)).toBe('0')
  })

  test.each([
    [{}, '51500 You must enter a price, quantity, or TP/SL.'],
    [{ newTpTriggerPx: '62000', newTpOrdPx: '-1' }, /^51526 /],
    [{ newSlTriggerPx: '0' }, /^51531 /],
    [{ newSlTriggerPx: '60000.1' }, /^51280 /],
    [{ newSlTriggerPx: '57000.05' }, /^51150 /],
    [{ newSz: '0.001' }, /^51121 /],
    [{ newSz: '12000.01' }, /^51275 /],
    [{ algoId: '1', newSz: '2' }, /^51527 /],
    [{ algoId: undefined, newSz: '2' }, /^50015 /],
  ])('error: %j', async (more, message) => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop())
    const answer = await desk.post('trade/amend-algos', { instId: BTC, algoId, ...more })
    expect(said(answer)).toMatch(message)
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'live', slTriggerPx: '58000' })
  })

  test('error: one that closes the whole position has trigger prices alone', async () => {
    const desk = await withLong()
    const algoId = await placeAlgo(desk, stop({ sz: undefined, closeFraction: '1' }))
    const post = async (more: Words): Promise<string> =>
      said(await desk.post('trade/amend-algos', { instId: BTC, algoId, ...more }))
    expect(await post({ newSz: '2' })).toMatch(/^51524 /)
    expect(await post({ newSlOrdPx: '57000' })).toMatch(/^51523 /)
    expect(await post({ newSlTriggerPx: '57000', newSlOrdPx: '-1' })).toBe('0')
  })
})

describe('ids, lists and limits', () => {
  // Section 9: `algoClOrdId` is not `clOrdId`.
  test('behavior: algoClOrdId is unique among live algos, clOrdId stands for it', async () => {
    const desk = openDesk()
    await placeAlgo(desk, stop({ clOrdId: 'x1' }))
    const again = await desk.post('trade/order-algo', stop({ algoClOrdId: 'x1' }))
    expect(said(again)).toBe('51065 algoClOrdId already exists.')
    // A space of its own, apart from orders of the book.
    await place(desk, limit('59000', { clOrdId: 'x1' }))
    const byId = await desk.get('trade/order-algo', { algoClOrdId: 'x1' })
    expect(said(byId)).toBe('0')
    const cancel = [{ instId: BTC, algoClOrdId: 'x1' }]
    expect(said(await desk.post('trade/cancel-algos', cancel))).toBe('0')
    expect(said(await desk.post('trade/cancel-algos', cancel))).toMatch(/^51400 /)
    await placeAlgo(desk, stop({ algoClOrdId: 'x1' }))
  })

  // Section 9: algo ids are a different id space.
  test('error: algos and orders are cancelled each in its own place', async () => {
    const desk = openDesk()
    const algoId = await placeAlgo(desk, stop())
    const ordId = await place(desk, limit('59000'))
    const inBook = await desk.post('trade/cancel-order', { instId: BTC, ordId: algoId })
    expect(said(inBook)).toMatch(/^51400 /)
    const outside = await desk.post('trade/cancel-algos', [{ instId: BTC, algoId: ordId }])
    expect(said(outside)).toMatch(/^51400 /)
    expect(said(await desk.post('trade/cancel-algos', [{ instId: BTC }]))).toMatch(/^51407 /)
    expect(said(await desk.post('trade/cancel-order', { instId: BTC }))).toMatch(/^51407 /)
  })

  test.each([
    [{}, '50014 Parameter ordType can not be empty.'],
    [{ ordType: 'conditional,trigger' }, '51000 Parameter ordType  error'],
    [{ ordType: 'stop' }, '51000 Parameter ordType  error'],
    [{ ordType: 'chase' }, '0'],
  ])('error: the list of %j', async (query, message) => {
    const desk = openDesk()
    expect(said(await desk.get('trade/orders-algo-pending', query))).toBe(message)
  })

  test('behavior: history reaches back three months', async () => {
    const desk = openDesk()
    const algoId = await placeAlgo(desk, stop())
    await desk.post('trade/cancel-algos', [{ instId: BTC, algoId }])
    const list = async (): Promise<number> => {
      const query = { ordType: 'conditional,oco', state: 'canceled' }
      return rows(await desk.get('trade/orders-algo-history', query)).length
    }
    await desk.advance(90 * 86_400_000)
    expect(await list()).toBe(1)
    await desk.advance(1)
    expect(await list()).toBe(0)
  })

  test('error: history without a state, and one algo without an id', async () => {
    const desk = openDesk()
    const history = await desk.get('trade/orders-algo-history', { ordType: 'oco' })
    expect(said(history)).toMatch(/^50015 /)
    expect(said(await desk.get('trade/order-algo', { instId: BTC }))).toMatch(/^50015 /)
    expect(said(await desk.get('trade/order-algo', { algoId: '1' }))).toMatch(/^51603 /)
  })

  test.each([
    ['51261', 100, stop({ sz: '0.01' })],
    ['51260', 50, order({ ordType: 'move_order_stop', callbackRatio: '0.01', sz: '0.01' })],
  ])('error: %s beyond %i of a contract', async (code, most, words) => {
    // Only 20 of a contract may be placed in 2 s.
    const desk = openDesk({ rateLimits: false })
    for (let i = 0; i < most; i++) await placeAlgo(desk, words)
    expect(said(await desk.post('trade/order-algo', words))).toMatch(new RegExp(`^${code} `))
    await placeAlgo(desk, order({ ordType: 'trigger', triggerPx: '61000', orderPx: '-1' }))
  })

  test.each([
    [{ sz: undefined }, '50015 Either parameter sz or closeFraction is required.'],
    [{ slTriggerPx: undefined }, '50015 Either parameter tpTriggerPx or slTriggerPx is required.'],
    [{ slOrdPx: undefined }, '50014 Parameter slOrdPx can not be empty.'],
    [{ sz: '12000.01' }, /^51275 /],
    [{ cxlOnClosePos: true, reduceOnly: false }, '51000 Parameter cxlOnClosePos  error'],
    [{ ordType: 'twap' }, '51000 Parameter ordType  error'],
    [{ tdMode: 'cash' }, /^51010 /],
    [{ algoClOrdId: 'a_b' }, '51000 Parameter algoClOrdId  error'],
    [{ instId: 'X' }, /^51001 /],
  ])('error: %j', async (more, message) => {
    const desk = openDesk()
    expect(said(await desk.post('trade/order-algo', stop(more)))).toMatch(message)
  })
})
