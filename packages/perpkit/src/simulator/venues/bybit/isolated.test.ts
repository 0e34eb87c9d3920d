import { describe, expect, test } from 'vitest'
import type { Reader } from '../../../core/reader.ts'
import { bitcoin, type Desk, openDesk, order, place, row, rows, said } from './desk.fixture.ts'

// Margin of its own for each position, account-wide: docs/wire/bybit.md 4.1 and 4.2.

function setMode(desk: Desk, setMarginMode: string): Promise<Reader> {
  return desk.post('/v5/account/set-margin-mode', { setMarginMode })
}

async function openIsolated(): Promise<Desk> {
  const desk = openDesk()
  expect((await setMode(desk, 'ISOLATED_MARGIN')).at('result').value).toEqual({ reasons: [] })
  return desk
}

async function position(desk: Desk): Promise<Record<string, unknown>> {
  return row(await desk.get('/v5/position/list', bitcoin))
}

async function addMargin(desk: Desk, margin: unknown, positionIdx = 0): Promise<Reader> {
  return desk.post('/v5/position/add-margin', { ...bitcoin, margin, positionIdx })
}

describe('the mode', () => {
  test('default: one for the account (trap 27), read in account/info', async () => {
    const desk = await openIsolated()
    const info = await desk.get('/v5/account/info')
    expect(info.at('result').at('marginMode').value).toBe('ISOLATED_MARGIN')
    expect(said(await setMode(desk, 'ISOLATED_MARGIN'))).toBe('0 Request accepted')
    expect(said(await setMode(desk, 'REGULAR_MARGIN'))).toBe('0 Request accepted')
    const back = await desk.get('/v5/account/info')
    expect(back.at('result').at('marginMode').value).toBe('REGULAR_MARGIN')
  })

  test.each(['position', 'order'])('error: it stays while there is a %s', async (what) => {
    const desk = openDesk()
    await place(desk, what === 'order' ? { orderType: 'Limit', price: '59000' } : {})
    expect((await setMode(desk, 'ISOLATED_MARGIN')).value).toEqual({
      retCode: 3400045,
      retMsg: 'Set margin mode failed',
      result: { reasons: [{ reasonCode: '110073', reasonMsg: 'Set margin mode failed' }] },
    })
    expect(said(await setMode(desk, 'REGULAR_MARGIN'))).toBe('0 Request accepted')
    const info = await desk.get('/v5/account/info')
    expect(info.at('result').at('marginMode').value).toBe('REGULAR_MARGIN')
  })

  test('behavior: leverage stays through the change', async () => {
    const desk = openDesk()
    const leverage = { ...bitcoin, buyLeverage: '7', sellLeverage: '7' }
    await desk.post('/v5/position/set-leverage', leverage)
    await setMode(desk, 'ISOLATED_MARGIN')
    expect(await position(desk)).toMatchObject({ leverage: '7' })
    expect(said(await desk.post('/v5/position/set-leverage', leverage))).toBe(
      '110043 leverage not modified',
    )
  })

  test('error: a pre-check is not for isolated margin', async () => {
    const desk = await openIsolated()
    expect(said(await desk.post('/v5/order/pre-check', order()))).toBe(
      '10001 Request parameter error.',
    )
  })
})

describe('leverage of two sides', () => {
  test('behavior: in hedge mode long and short have one each', async () => {
    const desk = await openIsolated()
    await desk.post('/v5/position/switch-mode', { ...bitcoin, mode: 3 })
    const two = { ...bitcoin, buyLeverage: '5', sellLeverage: '20' }
    expect(said(await desk.post('/v5/position/set-leverage', two))).toBe('0 OK')
    expect(said(await desk.post('/v5/position/set-leverage', two))).toBe(
      '110043 leverage not modified',
    )
    await place(desk, { positionIdx: 1, qty: '0.1' })
    await place(desk, { positionIdx: 2, qty: '0.1', side: 'Sell' })
    const [long, short] = rows(await desk.get('/v5/position/list', bitcoin))
    expect(long).toMatchObject({ leverage: '5', positionIM: '1200', positionBalance: '1200' })
    expect(short).toMatchObject({ leverage: '20' })
    expect(Number(short?.positionIM)).toBeCloseTo((Number(short?.avgPrice) * 0.1) / 20, 6)
    expect(rows(await desk.get('/v5/position/symbol-info', bitcoin))).toMatchObject([
      { leverage: '5', positionIdx: 1 },
      { leverage: '20', positionIdx: 2 },
    ])
  })

  test('error: when one side is not covered, neither changes', async () => {
    const desk = await openIsolated()
    await desk.post('/v5/position/switch-mode', { ...bitcoin, mode: 3 })
    await place(desk, { positionIdx: 1, qty: '0.1' })
    await place(desk, { positionIdx: 2, qty: '8', side: 'Sell' })
    const before = rows(await desk.get('/v5/position/list', bitcoin))
    const two = { ...bitcoin, buyLeverage: '5', sellLeverage: '2' }
    expect(said(await desk.post('/v5/position/set-leverage', two))).toMatch(/^110007 /)
    expect(rows(await desk.get('/v5/position/list', bitcoin))).toEqual(before)
    const one = { ...bitcoin, buyLeverage: '5', sellLeverage: '10' }
    expect(said(await desk.post('/v5/position/set-leverage', one))).toBe('0 OK')
  })

  test('error: in one-way mode they must be equal', async () => {
    const desk = await openIsolated()
    const two = { ...bitcoin, buyLeverage: '5', sellLeverage: '20' }
    expect(said(await desk.post('/v5/position/set-leverage', two))).toBe('10001 leverage invalid')
  })
})

describe('an isolated position', () => {
  test('default: its margin, its liquidation price, and a wallet without account totals', async () => {
    const desk = await openIsolated()
    await place(desk, { qty: '0.1' })
    const open = await position(desk)
    expect(open).toMatchObject({
      size: '0.100',
      tradeMode: 0,
      autoAddMargin: 0,
      positionBalance: '600',
      positionIM: '600',
    })
    expect(Number(open.liqPrice)).toBeGreaterThan(54_000)
    expect(Number(open.liqPrice)).toBeLessThan(55_000)
    const wallet = row(await desk.get('/v5/account/wallet-balance', { accountType: 'UNIFIED' }))
    expect(wallet).toMatchObject({
      totalWalletBalance: '99996.7',
      totalEquity: '99996.7',
      totalAvailableBalance: '',
      totalMarginBalance: '',
      totalInitialMargin: '',
      accountIMRate: '',
    })
    expect(wallet.coin).toMatchObject([
      { walletBalance: '99996.7', totalPositionIM: '600', totalOrderIM: '0' },
    ])
  })

  test('behavior: margin is added and taken back; the row comes with the answer', async () => {
    const desk = await openIsolated()
    await place(desk, { qty: '0.1' })
    const before = await position(desk)
    const more = await addMargin(desk, '100.5')
    expect(said(more)).toBe('0 OK')
    expect(more.at('result').value).toMatchObject({
      category: 'linear',
      symbol: 'BTCUSDT',
      positionIdx: 0,
      positionBalance: '700.5',
    })
    const after = await position(desk)
    expect(Number(after.liqPrice)).toBeLessThan(Number(before.liqPrice))
    expect(said(await addMargin(desk, '-100.5'))).toBe('0 OK')
    expect(await position(desk)).toMatchObject({ positionBalance: '600' })
    expect(said(await addMargin(desk, '-1'))).toMatch(/^110011 /)
    expect(said(await addMargin(desk, '1000000'))).toBe('110044 Available margin is insufficient')
    expect(await position(desk)).toMatchObject({ positionBalance: '600' })
  })

  test.each([
    ['0.00001', 0, '10001 params error: margin invalid'],
    ['ten', 0, '10001 params error: margin invalid'],
    ['', 0, '10001 Request parameter error.'],
    [10, 0, '10001 Request parameter error.'],
    ['0', 0, '110027 Margin is not modified'],
    ['10', 1, '10001 position idx not match position mode'],
  ])('error: margin %j for slot %i', async (margin, slot, message) => {
    const desk = await openIsolated()
    await place(desk, {})
    expect(said(await addMargin(desk, margin, slot))).toBe(message)
  })

  test('error: margin for a position that is not there', async () => {
    const desk = await openIsolated()
    expect(said(await addMargin(desk, '10'))).toBe(
      "110033 You can't set margin without an open position",
    )
  })

  test('behavior: auto-add-margin is kept, and shown while margin is isolated', async () => {
    const desk = await openIsolated()
    const set = async (autoAddMargin: number): Promise<string> =>
      said(await desk.post('/v5/position/set-auto-add-margin', { ...bitcoin, autoAddMargin }))
    expect(await set(1)).toBe('0 OK')
    expect(await position(desk)).toMatchObject({ autoAddMargin: 1 })
    await setMode(desk, 'REGULAR_MARGIN')
    expect(await position(desk)).toMatchObject({ autoAddMargin: 0 })
    await setMode(desk, 'ISOLATED_MARGIN')
    expect(await set(0)).toBe('0 OK')
    expect(await position(desk)).toMatchObject({ autoAddMargin: 0 })
    expect(await set(2)).toBe('10001 params error: autoAddMargin invalid')
    const none = await desk.post('/v5/position/set-auto-add-margin', bitcoin)
    expect(said(none)).toBe('10001 Request parameter error.')
    expect(await desk.unknownWords()).toEqual(['value autoAddMargin'])
  })

  test('behavior: a lower leverage puts more aside, or is refused', async () => {
    const desk = await openIsolated()
    await place(desk, { qty: '10' })
    const set = async (leverage: string): Promise<string> => {
      const both = { ...bitcoin, buyLeverage: leverage, sellLeverage: leverage }
      return said(await desk.post('/v5/position/set-leverage', both))
    }
    expect(await set('1')).toBe('110007 ab not enough for new order')
    expect(await position(desk)).toMatchObject({ leverage: '10' })
    const before = Number((await position(desk)).positionBalance)
    expect(await set('8')).toBe('0 OK')
    const after = await position(desk)
    expect(after.leverage).toBe('8')
    expect(Number(after.positionBalance)).toBeGreaterThan(before)
  })

  test('behavior: it is liquidated alone, and can lose no more than its margin', async () => {
    const desk = await openIsolated()
    await place(desk, { qty: '0.1' })
    await place(desk, { symbol: 'ETHUSDT', qty: '1' })
    await desk.setPrice('53000')
    expect(await position(desk)).toMatchObject({ size: '0', side: '' })
    const ether = { category: 'linear', symbol: 'ETHUSDT' }
    expect(row(await desk.get('/v5/position/list', ether))).toMatchObject({ side: 'Buy' })
    const wallet = row(await desk.get('/v5/account/wallet-balance', { accountType: 'UNIFIED' }))
    expect(Number(wallet.totalWalletBalance)).toBeGreaterThan(100_000 - 610)
    const bust = await desk.get('/v5/execution/list', { ...bitcoin, execType: 'BustTrade' })
    expect(row(bust)).toMatchObject({ side: 'Sell', execQty: '0.100' })
  })
})
