import { describe, expect, test } from 'vitest'
import {
  BTC,
  type Desk,
  limit,
  lookUp,
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
} from './desk.fixture.ts'

// Long/short mode: docs/wire/okx.md 4.1, 4.2 and 4.4.

async function hedged(): Promise<Desk> {
  const desk = openDesk()
  await desk.post('account/set-position-mode', { posMode: 'long_short_mode' })
  return desk
}

const long = { posSide: 'long' }
const short = { side: 'sell', posSide: 'short' }
const closeLong = { side: 'sell', posSide: 'long' }

/** Three contracts long, two short. */
async function withBoth(): Promise<Desk> {
  const desk = await hedged()
  await place(desk, order({ sz: '3', ...long }))
  await desk.advance(1000)
  await place(desk, order({ sz: '2', ...short }))
  return desk
}

async function sizes(desk: Desk): Promise<string[]> {
  const list = rows(await desk.get('account/positions', { instType: 'SWAP' }))
  return list.map(({ mgnMode, pos, posSide }) => `${mgnMode} ${posSide} ${pos}`)
}

/** A stop of the long position, without a word of reducing. */
const longStop = (more: Words = {}): Words =>
  stop({ ...closeLong, reduceOnly: undefined, sz: '3', ...more })

describe('the mode', () => {
  test('default: switched and read', async () => {
    const desk = openDesk()
    const answer = await desk.post('account/set-position-mode', { posMode: 'long_short_mode' })
    expect(row(answer)).toEqual({ posMode: 'long_short_mode' })
    expect(row(await desk.get('account/config')).posMode).toBe('long_short_mode')
    const again = await desk.post('account/set-position-mode', { posMode: 'long_short_mode' })
    expect(said(again)).toBe('0')
    await desk.post('account/set-position-mode', { posMode: 'net_mode' })
    expect(row(await desk.get('account/config')).posMode).toBe('net_mode')
  })

  test.each<[string, (desk: Desk) => Promise<unknown>]>([
    ['a position', (desk) => place(desk, order(long))],
    ['an order', (desk) => place(desk, limit('59000', long))],
    ['an algo', (desk) => placeAlgo(desk, longStop())],
  ])('error: %s in the way, for the present mode too', async (_, open) => {
    const desk = await hedged()
    await open(desk)
    for (const posMode of ['net_mode', 'long_short_mode']) {
      const answer = await desk.post('account/set-position-mode', { posMode })
      expect(said(answer)).toMatch(/^59000 /)
    }
    expect(row(await desk.get('account/config')).posMode).toBe('long_short_mode')
  })

  // Section 9: 51000 without `posSide` in long/short mode.
  test.each([
    ['trade/order', order()],
    ['trade/order', order({ posSide: 'net' })],
    ['trade/order-algo', stop()],
    ['trade/order-algo', order({ ordType: 'move_order_stop', callbackRatio: '0.01' })],
    ['trade/close-position', { instId: BTC, mgnMode: 'cross' }],
  ])('error: %s without a side: %j', async (path, words) => {
    const desk = await hedged()
    expect(said(await desk.post(path, words))).toBe('51000 Parameter posSide  error')
  })

  test('error: in a list the row alone is refused', async () => {
    const desk = await hedged()
    const answer = await desk.post('trade/batch-orders', [
      limit('59000', long),
      limit('59000'),
      limit('61000', short),
    ])
    expect(answer.at('code').string()).toBe('2')
    expect(rows(answer).map(({ sCode }) => sCode)).toEqual(['0', '51000', '0'])
  })
})

describe('both sides of a contract', () => {
  test('default: two rows, sizes positive, the newest first', async () => {
    const desk = await withBoth()
    expect(await sizes(desk)).toEqual(['cross short 2', 'cross long 3'])
    await desk.setPrice('61000')
    const [shorted, longed] = rows(await desk.get('account/positions', { instId: BTC }))
    expect(longed).toMatchObject({ avgPx: '60000.1', upl: '29.997', availPos: '' })
    expect(shorted).toMatchObject({ avgPx: '60000', upl: '-20' })
    expect(longed?.posId).not.toBe(shorted?.posId)
    expect(await desk.unknownWords()).toEqual([])
  })

  test('default: orders and fills name the side; subType tells opening from closing', async () => {
    const desk = await withBoth()
    const ordId = await place(desk, order({ ...closeLong, sz: '1' }))
    await place(desk, order({ side: 'buy', posSide: 'short', sz: '1' }))
    expect(await sizes(desk)).toEqual(['cross short 1', 'cross long 2'])
    expect(await lookUp(desk, ordId)).toMatchObject({ posSide: 'long', reduceOnly: 'false' })
    const fills = rows(await desk.get('trade/fills', { instType: 'SWAP' }))
    expect(fills.map(({ posSide, side, subType }) => `${posSide} ${side} ${subType}`)).toEqual([
      'short buy 6',
      'long sell 5',
      'short sell 4',
      'long buy 3',
    ])
  })

  test('default: histories of the two are apart', async () => {
    const desk = await withBoth()
    await place(desk, order({ ...closeLong, sz: '3' }))
    const history = { instType: 'SWAP' }
    expect(row(await desk.get('account/positions-history', history))).toMatchObject({
      posSide: 'long',
      direction: 'long',
      type: '2',
      closeTotalPos: '3',
    })
    await desk.advance(1000)
    await place(desk, order({ side: 'buy', posSide: 'short', sz: '1' }))
    const [partly] = rows(await desk.get('account/positions-history', history))
    expect(partly).toMatchObject({ posSide: 'short', type: '1', closeTotalPos: '1' })
  })

  // Section 9: reduceOnly ignored in hedge; oversize shrunk in hedge.
  test('behavior: reduceOnly is ignored', async () => {
    const desk = await hedged()
    await place(desk, order({ ...long, reduceOnly: true }))
    expect(await sizes(desk)).toEqual(['cross long 1'])
  })

  test('behavior: a closing order of any size is cut to the position', async () => {
    const desk = await withBoth()
    const ordId = await place(desk, order({ ...closeLong, sz: '100' }))
    expect(await lookUp(desk, ordId)).toMatchObject({ state: 'filled', accFillSz: '3' })
    expect(await sizes(desk)).toEqual(['cross short 2'])
  })

  test('behavior: the worst-priced closers are made smaller, then cancelled', async () => {
    const desk = await withBoth()
    const far = await place(desk, limit('61700', { ...closeLong, sz: '1' }))
    const near = await place(desk, limit('61500', { ...closeLong, sz: '2' }))
    await place(desk, limit('61000', { ...closeLong, sz: '2' }))
    expect(await lookUp(desk, near)).toMatchObject({ state: 'live', sz: '1' })
    expect(await lookUp(desk, far)).toMatchObject({ state: 'canceled', cancelSource: '22' })
  })

  test('error: nothing to close on that side, or nothing left of it', async () => {
    const desk = await hedged()
    expect(said(await desk.post('trade/order', order(closeLong)))).toMatch(/^51169 /)
    await place(desk, order(long))
    await place(desk, limit('61000', closeLong))
    expect(said(await desk.post('trade/order', limit('61500', closeLong)))).toMatch(/^51112 /)
  })

  test('error: protection attached to what closes', async () => {
    const desk = await withBoth()
    const attachAlgoOrds = [{ slTriggerPx: '61000', slOrdPx: '-1' }]
    const answer = await desk.post('trade/order', order({ ...closeLong, attachAlgoOrds }))
    expect(said(answer)).toMatch(/^51333 /)
  })

  test('behavior: attached protection belongs to the side of its entry', async () => {
    const desk = await hedged()
    const attachAlgoOrds = [{ slTriggerPx: '61000', slOrdPx: '-1', attachAlgoClOrdId: 'sl1' }]
    await place(desk, order({ ...short, attachAlgoOrds }))
    const algo = row(await desk.get('trade/order-algo', { algoClOrdId: 'sl1' }))
    expect(algo).toMatchObject({ side: 'buy', posSide: 'short', reduceOnly: 'true' })
    await desk.setPrice('61100')
    expect(await sizes(desk)).toEqual([])
  })

  test('default: one side is closed by name, its closers cancelled first', async () => {
    const desk = await withBoth()
    const resting = await place(desk, limit('61000', closeLong))
    const close = { instId: BTC, mgnMode: 'cross', posSide: 'long' }
    expect(said(await desk.post('trade/close-position', close))).toMatch(/^51115 /)
    const answer = await desk.post('trade/close-position', { ...close, autoCxl: true })
    expect(row(answer)).toMatchObject({ instId: BTC, posSide: 'long' })
    expect(await lookUp(desk, resting)).toMatchObject({ state: 'canceled' })
    expect(await sizes(desk)).toEqual(['cross short 2'])
    expect(said(await desk.post('trade/close-position', close))).toMatch(/^51023 /)
  })
})

describe('algos of a side', () => {
  test('default: a stop closes its side alone and is cut to it', async () => {
    const desk = await withBoth()
    const algoId = await placeAlgo(desk, longStop({ sz: '5' }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ posSide: 'long', reduceOnly: 'true' })
    await desk.setPrice('57900')
    expect(await sizes(desk)).toEqual(['cross short 2'])
    const fired = await lookUpAlgo(desk, algoId)
    expect(fired).toMatchObject({ state: 'effective', actualSide: 'sl', actualSz: '3' })
  })

  test('behavior: with nothing left on its side it fails', async () => {
    const desk = await hedged()
    const algoId = await placeAlgo(desk, longStop())
    await desk.setPrice('57900')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      state: 'order_failed',
      failCode: '51169',
    })
    expect(await sizes(desk)).toEqual([])
  })

  test('behavior: with its position it goes where it was bound to it', async () => {
    const desk = await withBoth()
    const algoId = await placeAlgo(desk, longStop({ cxlOnClosePos: true }))
    const other = await placeAlgo(desk, longStop({ slTriggerPx: '57000' }))
    await place(desk, order({ ...closeLong, sz: '3' }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'canceled' })
    expect(await lookUpAlgo(desk, other)).toMatchObject({ state: 'live' })
  })

  test('behavior: conditional with both legs keeps both', async () => {
    const desk = await withBoth()
    const algoId = await placeAlgo(desk, longStop({ ...pair, ordType: 'conditional' }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      ordType: 'conditional',
      tpTriggerPx: '62000',
      slTriggerPx: '58000',
    })
    await desk.setPrice('62100')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'effective', actualSide: 'tp' })
    expect(await sizes(desk)).toEqual(['cross short 2'])
  })

  test('behavior: a whole side is closed without reduceOnly, each side once', async () => {
    const desk = await withBoth()
    const whole = longStop({ sz: undefined, closeFraction: '1' })
    await placeAlgo(desk, whole)
    expect(said(await desk.post('trade/order-algo', whole))).toMatch(/^51088 /)
    const shortStop = { side: 'buy', posSide: 'short', slTriggerPx: '62000' }
    await placeAlgo(desk, { ...whole, ...shortStop })
    const opening = await desk.post('trade/order-algo', { ...whole, posSide: 'short' })
    expect(said(opening)).toMatch(/^51331 /)
    await desk.setPrice('57900')
    expect(await sizes(desk)).toEqual(['cross short 2'])
    const [left] = rows(await desk.get('account/positions'))
    expect(left?.closeOrderAlgo).toMatchObject([{ slTriggerPx: '62000', closeFraction: '1' }])
  })

  test('default: a trailing stop and a triggered entry', async () => {
    const desk = await withBoth()
    const trailing = await placeAlgo(
      desk,
      order({ ...closeLong, sz: '3', ordType: 'move_order_stop', callbackRatio: '0.01' }),
    )
    await placeAlgo(
      desk,
      order({ ...short, ordType: 'trigger', triggerPx: '60500', orderPx: '-1', reduceOnly: true }),
    )
    await desk.setPrice('61000')
    expect(await sizes(desk)).toEqual(['cross short 3', 'cross long 3'])
    await desk.setPrice('60300')
    expect(await lookUpAlgo(desk, trailing)).toMatchObject({ state: 'effective', posSide: 'long' })
    expect(await sizes(desk)).toEqual(['cross short 3'])
  })

  test('error: bound to the position without closing it', async () => {
    const desk = await withBoth()
    const answer = await desk.post(
      'trade/order-algo',
      longStop({ posSide: 'short', cxlOnClosePos: true }),
    )
    expect(said(answer)).toBe('51000 Parameter cxlOnClosePos  error')
  })
})

describe('leverage', () => {
  const read = async (desk: Desk, mgnMode: string): Promise<string[]> => {
    const list = rows(await desk.get('account/leverage-info', { instId: BTC, mgnMode }))
    return list.map(({ lever, posSide }) => `${posSide} ${lever}`)
  }

  // Section 9: hedge: leverage-info returns two rows.
  test('default: two rows; of cross margin they are one', async () => {
    const desk = await hedged()
    expect(await read(desk, 'cross')).toEqual(['long 3', 'short 3'])
    const set = { instId: BTC, lever: '5', mgnMode: 'cross' }
    expect(row(await desk.post('account/set-leverage', set)).posSide).toBe('')
    expect(await read(desk, 'cross')).toEqual(['long 5', 'short 5'])
    expect(await read(desk, 'isolated')).toEqual(['long 3', 'short 3'])
  })

  test('default: of isolated margin each side has its own', async () => {
    const desk = await hedged()
    const set = { instId: BTC, lever: '7', mgnMode: 'isolated' }
    const answer = await desk.post('account/set-leverage', { ...set, posSide: 'short' })
    expect(row(answer)).toEqual({ ...set, posSide: 'short' })
    expect(await read(desk, 'isolated')).toEqual(['long 3', 'short 7'])
    expect(said(await desk.post('account/set-leverage', set))).toBe(
      '51000 Parameter posSide  error',
    )
  })
})
