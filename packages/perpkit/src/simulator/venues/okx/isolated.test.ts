import { describe, expect, test } from 'vitest'
import {
  BTC,
  type Desk,
  limit,
  lookUp,
  lookUpAlgo,
  openDesk,
  order,
  place,
  placeAlgo,
  row,
  rows,
  said,
  stop,
  type Words,
} from './desk.fixture.ts'

// Isolated margin, said with each order: docs/wire/okx.md 4.1.

const isolated = { tdMode: 'isolated' }

async function withIsolated(sz = '10'): Promise<Desk> {
  const desk = openDesk()
  await place(desk, order({ sz, ...isolated }))
  return desk
}

async function detail(desk: Desk): Promise<Record<string, unknown>> {
  const [first] = Object(row(await desk.get('account/balance'))).details
  return first
}

function setLeverage(desk: Desk, lever: string, more: Words = {}): ReturnType<Desk['post']> {
  return desk.post('account/set-leverage', { instId: BTC, lever, mgnMode: 'isolated', ...more })
}

function move(desk: Desk, type: string, amt: string, more: Words = {}): ReturnType<Desk['post']> {
  const words = { instId: BTC, posSide: 'net', type, amt, ...more }
  return desk.post('account/position/margin-balance', words)
}

describe('positions', () => {
  test('default: margin is set aside, imr is empty', async () => {
    const desk = await withIsolated()
    await desk.setPrice('61000')
    expect(row(await desk.get('account/positions', { instId: BTC }))).toMatchObject({
      mgnMode: 'isolated',
      posSide: 'net',
      pos: '10',
      imr: '',
      // 6000.01 ÷ 3.
      margin: '2000.00333333',
      lever: '3',
      upl: '99.99',
      // (margin + upl) ÷ mmr of 24.4.
      mgnRatio: '86.06530055',
      liqPx: expect.stringMatching(/^40\d{3}/),
    })
  })

  test('behavior: what is set aside is no cash', async () => {
    const desk = await withIsolated()
    await desk.setPrice('61000')
    expect(await detail(desk)).toMatchObject({
      eq: '100096.989995',
      cashBal: '97996.99666167',
      availEq: '97996.99666167',
      isoEq: '2099.99333333',
      isoUpl: '99.99',
      upl: '99.99',
      imr: '0',
      mmr: '0',
      mgnRatio: '',
    })
    expect(row(await desk.get('account/balance'))).toMatchObject({ isoEq: '2099.99333333' })
  })

  test('behavior: cross and isolated stand side by side, and close apart', async () => {
    const desk = await withIsolated('2')
    await desk.advance(1000)
    await place(desk, order({ side: 'sell', sz: '3' }))
    const modes = async (): Promise<string[]> =>
      rows(await desk.get('account/positions')).map(({ mgnMode, pos }) => `${mgnMode} ${pos}`)
    expect(await modes()).toEqual(['cross -3', 'isolated 2'])
    const reduce = order({ side: 'sell', reduceOnly: true })
    expect(said(await desk.post('trade/order', reduce))).toMatch(/^51170 /)
    const ordId = await place(desk, { ...reduce, ...isolated })
    expect(await lookUp(desk, ordId)).toMatchObject({ tdMode: 'isolated', state: 'filled' })
    expect(await modes()).toEqual(['cross -3', 'isolated 1'])
    await desk.post('trade/close-position', { instId: BTC, mgnMode: 'isolated' })
    expect(await modes()).toEqual(['cross -3'])
    const history = { mgnMode: 'isolated' }
    expect(row(await desk.get('account/positions-history', history)).mgnMode).toBe('isolated')
    const closed = rows(await desk.get('account/bills', history))
    expect(closed.map(({ mgnMode }) => mgnMode)).toEqual(['isolated', 'isolated', 'isolated'])
  })

  test('behavior: a liquidation takes what was set aside and no more', async () => {
    const desk = openDesk()
    await setLeverage(desk, '100')
    await place(desk, order({ sz: '100', ...isolated }))
    await place(desk, order({ instId: 'ETH-USDT-SWAP' }))
    await desk.setPrice('59000')
    const left = rows(await desk.get('account/positions'))
    expect(left.map(({ instId }) => instId)).toEqual(['ETH-USDT-SWAP'])
    // 100 contracts are 60 000.1: a hundredth was at stake, and fees.
    expect(Number((await detail(desk)).eq)).toBeGreaterThan(99_300)
    const [closed] = rows(await desk.get('account/positions-history'))
    expect(closed).toMatchObject({ mgnMode: 'isolated', type: '3' })
  })

  test('behavior: an algo closes the position of its own margin mode', async () => {
    const desk = await withIsolated('1')
    await place(desk, order({ sz: '1' }))
    const algoId = await placeAlgo(desk, stop(isolated))
    await desk.setPrice('57900')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'effective', tdMode: 'isolated' })
    expect(row(await desk.get('account/positions'))).toMatchObject({ mgnMode: 'cross', pos: '1' })
  })

  // Section 4.1: closable contracts in long/short isolated.
  test('behavior: availPos is told in long/short mode alone', async () => {
    const desk = openDesk()
    await desk.post('account/set-position-mode', { posMode: 'long_short_mode' })
    await place(desk, order({ ...isolated, posSide: 'long', sz: '3' }))
    const close = { ...isolated, side: 'sell', posSide: 'long' }
    await place(desk, limit('61000', { ...close, sz: '1' }))
    expect(row(await desk.get('account/positions'))).toMatchObject({
      availPos: '2',
      posSide: 'long',
      pos: '3',
    })
  })

  test('error: more than the account has free', async () => {
    const desk = openDesk()
    const answer = await desk.post('trade/order', order({ ...isolated, sz: '600' }))
    expect(said(answer)).toMatch(/^51008 /)
  })
})

describe('margin of a position', () => {
  test('default: added and taken back', async () => {
    const desk = await withIsolated()
    expect(row(await move(desk, 'add', '500', { ccy: 'USDT' }))).toEqual({
      instId: BTC,
      posSide: 'net',
      type: 'add',
      amt: '500',
      ccy: 'USDT',
      leverage: '',
    })
    const margin = async (): Promise<unknown> => row(await desk.get('account/positions')).margin
    expect(await margin()).toBe('2500.00333333')
    expect(said(await move(desk, 'reduce', '400', { posSide: undefined }))).toBe('0')
    expect(await margin()).toBe('2100.00333333')
    expect(await desk.unknownWords()).toEqual([])
  })

  test.each([
    ['reduce', '500', {}, '59301 Margin adjustment failed for exceeding the max limit.'],
    ['add', '200000', {}, '51008 Order failed. Insufficient USDT margin in account'],
    ['add', '5', { instId: 'ETH-USDT-SWAP' }, '59300 Margin call failed. Position does not exist.'],
    ['add', '5', { posSide: 'long' }, '51000 Parameter posSide  error'],
    ['more', '5', {}, '51000 Parameter type  error'],
    ['add', '0', {}, '51000 Parameter amt  error'],
    ['add', '5', { ccy: 'BTC' }, '51000 Parameter ccy  error'],
    ['add', '', {}, '50014 Parameter amt can not be empty.'],
  ])('error: %s %s %j', async (type, amt, more, message) => {
    const desk = await withIsolated()
    const before = row(await desk.get('account/positions')).margin
    expect(said(await move(desk, type, amt, more))).toBe(message)
    expect(row(await desk.get('account/positions')).margin).toBe(before)
  })

  test('error: a cross position has none', async () => {
    const desk = openDesk()
    await place(desk, order())
    expect(said(await move(desk, 'add', '5'))).toMatch(/^59300 /)
  })
})

describe('leverage', () => {
  // Section 9: leverage per mgnMode.
  test('default: kept apart from that of cross margin', async () => {
    const desk = openDesk()
    const answer = await setLeverage(desk, '10')
    expect(row(answer)).toEqual({ instId: BTC, lever: '10', mgnMode: 'isolated', posSide: 'net' })
    const read = async (mgnMode: string): Promise<unknown> =>
      row(await desk.get('account/leverage-info', { instId: BTC, mgnMode })).lever
    expect([await read('isolated'), await read('cross')]).toEqual(['10', '3'])
    const ordId = await place(desk, order(isolated))
    expect(await lookUp(desk, ordId)).toMatchObject({ lever: '10' })
  })

  test('behavior: what is pending in the other margin mode is not in the way', async () => {
    const desk = openDesk()
    await placeAlgo(desk, stop())
    await place(desk, limit('59000'))
    expect(said(await setLeverage(desk, '5'))).toBe('0')
    await placeAlgo(desk, stop(isolated))
    expect(said(await setLeverage(desk, '5'))).toMatch(/^59668 /)
    await place(desk, limit('59000', isolated))
    expect(said(await setLeverage(desk, '5'))).toMatch(/^59101 /)
  })

  test('behavior: a lower one puts more aside', async () => {
    const desk = await withIsolated()
    await setLeverage(desk, '2')
    expect(row(await desk.get('account/positions'))).toMatchObject({
      lever: '2',
      margin: '3000.005',
    })
  })

  test('error: less than the margin allows', async () => {
    const desk = openDesk()
    await setLeverage(desk, '50')
    await place(desk, order({ sz: '5000', ...isolated }))
    expect(said(await setLeverage(desk, '5'))).toMatch(/^59103 /)
  })

  test('default: how much can be ordered', async () => {
    const desk = openDesk()
    await setLeverage(desk, '6')
    const size = { instId: BTC, ...isolated }
    const { maxBuy } = row(await desk.get('account/max-size', size))
    // 100 000 ÷ (600 × (1 ÷ 6 + 0.0005)).
    expect(maxBuy).toBe('997')
    expect(said(await desk.get('account/max-size', { ...size, tdMode: 'cash' }))).toMatch(/^51010 /)
  })
})
