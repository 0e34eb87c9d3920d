import { describe, expect, test } from 'vitest'
import { bitcoin, InTurn, no, ok, perp, script } from '../script.testing.ts'
import { getFeeRates, getLeverage, setLeverage } from './account.ts'
import { createUnifiedOperations } from './operations.ts'

const SETTINGS = 'GET /api/v3/account/settings'
const SET_HOLD = 'POST /api/v3/account/set-hold-mode'
const SET_LEVERAGE = 'POST /api/v3/account/set-leverage'
const POSITIONS = 'GET /api/v3/position/current-position'
const UNFILLED = 'GET /api/v3/trade/unfilled-strategy-orders'
const OPEN = 'GET /api/v3/trade/unfilled-orders'

const position = {
  symbol: 'BTCUSDT',
  posSide: 'long',
  marginMode: 'isolated',
  positionBalance: '5',
  total: '0.001',
  leverage: '20',
  avgPrice: '107410.3',
  unrealisedPnl: '0.47',
  liquidationPrice: '90000',
  markPrice: '107415.3',
}
const flat = ok({ list: null })
const held = ok({ list: [position] })
const settings = (holdMode: string) => ok({ accountMode: 'unified', holdMode })

describe('margin mode', () => {
  test('default: remembered for the orders to come; cross before', async () => {
    const { call, lines } = script({ [POSITIONS]: flat })
    const { getMarginMode, setMarginMode } = createUnifiedOperations()
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe('CROSS')
    await setMarginMode(call, { instrument: bitcoin, marginMode: 'ISOLATED' })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe('ISOLATED')
    expect(await getMarginMode(call, { instrument: perp })).toBe('CROSS')
    expect(lines.every((line) => line.startsWith('GET'))).toBe(true)
  })

  test('behavior: an open position knows better', async () => {
    const { call } = script({ [POSITIONS]: held })
    const { getMarginMode, setMarginMode } = createUnifiedOperations()
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe('ISOLATED')
    await expect(
      setMarginMode(call, { instrument: bitcoin, marginMode: 'ISOLATED' }),
    ).resolves.toBeUndefined()
  })

  test('error: a position in the other mode stands in the way', async () => {
    const { call } = script({ [POSITIONS]: held })
    const { setMarginMode } = createUnifiedOperations()
    await expect(
      setMarginMode(call, { instrument: bitcoin, marginMode: 'CROSS' }),
    ).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })
})

describe('position mode', () => {
  test.each([
    ['one_way_mode', 'ONE_WAY'],
    ['hedge_mode', 'HEDGE'],
  ])('default: %s is read as %s', async (holdMode, expected) => {
    const { call, lines } = script({ [SETTINGS]: settings(holdMode) })
    expect(await createUnifiedOperations().getPositionMode(call, { instrument: bitcoin })).toBe(
      expected,
    )
    expect(lines).toEqual([SETTINGS])
  })

  test('default: set, of the account', async () => {
    const { call, lines, sent } = script({ [SET_HOLD]: ok('success') })
    await createUnifiedOperations().setPositionMode(call, { positionMode: 'HEDGE' })
    expect(lines).toEqual([`${SET_HOLD} {"holdMode":"hedge_mode"}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
  })

  test.each(['25107', '25570'])('error: %s: positions or orders stand in the way', async (code) => {
    const { call } = script({ [SET_HOLD]: no(code), [SETTINGS]: settings('one_way_mode') })
    const { setPositionMode } = createUnifiedOperations()
    await expect(setPositionMode(call, { positionMode: 'HEDGE' })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    })
    // It is so already: done.
    await expect(setPositionMode(call, { positionMode: 'ONE_WAY' })).resolves.toBeUndefined()
  })
})

describe('the position side of a conditional order', () => {
  const strategy = {
    orderId: '7',
    clientOid: 'guard',
    symbol: 'BTCUSDT',
    qty: '0.001',
    posSide: 'long',
    type: 'tpsl',
    status: 'pending',
    stopLoss: '112000',
  }
  const open = { [UNFILLED]: ok([strategy]), [OPEN]: ok({ list: null }) }

  test('default: in hedge mode it is told', async () => {
    const { call } = script({ ...open, [SETTINGS]: settings('hedge_mode') })
    const { getOpenOrders, getOrder } = createUnifiedOperations()
    expect(await getOpenOrders(call, { instrument: bitcoin })).toMatchObject([
      { orderId: 'algo:7', positionSide: 'LONG', side: 'SELL' },
    ])
    expect(await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })).toMatchObject({
      positionSide: 'LONG',
    })
  })

  test('behavior: in one-way mode it is not; the mode is asked for once', async () => {
    const { call, lines } = script({ ...open, [SETTINGS]: settings('one_way_mode') })
    const { getOpenOrders, getOrder } = createUnifiedOperations()
    const [listed] = await getOpenOrders(call, { instrument: bitcoin })
    expect(listed).not.toHaveProperty('positionSide')
    expect(listed?.raw).toEqual(strategy)
    const read = await getOrder(call, { instrument: bitcoin, orderId: 'algo:7' })
    expect(read).not.toHaveProperty('positionSide')
    expect(lines.filter((line) => line === SETTINGS)).toHaveLength(1)
  })

  test('behavior: a mode that was set is known', async () => {
    const { call, lines } = script({ ...open, [SET_HOLD]: ok('success') })
    const { getOpenOrders, setPositionMode } = createUnifiedOperations()
    await setPositionMode(call, { positionMode: 'HEDGE' })
    expect(await getOpenOrders(call, { instrument: bitcoin })).toMatchObject([
      { positionSide: 'LONG' },
    ])
    expect(lines).not.toContain(SETTINGS)
  })

  test('behavior: without any, the mode is not asked for', async () => {
    const { call, lines } = script({ [UNFILLED]: ok(null), [OPEN]: new InTurn(flat) })
    await createUnifiedOperations().getOpenOrders(call, { instrument: bitcoin })
    expect(lines).not.toContain(SETTINGS)
  })
})

describe('leverage by mode', () => {
  test.each([
    ['CROSS', 'HEDGE', ['"leverage":"7","marginMode":"crossed"']],
    [
      'ISOLATED',
      'ONE_WAY',
      [
        '"leverage":"7","posSide":"long","marginMode":"isolated"',
        '"leverage":"7","posSide":"short","marginMode":"isolated"',
      ],
    ],
    ['ISOLATED', 'HEDGE', ['"longLeverage":"7","shortLeverage":"7","marginMode":"isolated"']],
  ] as const)('args: %s and %s', async (marginMode, positionMode, bodies) => {
    const { call, lines } = script({ [SET_LEVERAGE]: ok('success') })
    await setLeverage(call, { instrument: bitcoin, leverage: 7, marginMode, positionMode })
    expect(lines).toEqual(
      bodies.map(
        (words) => `${SET_LEVERAGE} {"category":"USDT-FUTURES","symbol":"BTCUSDT",${words}}`,
      ),
    )
  })

  test('behavior: each margin mode has its own, in hedge mode that of the longs', async () => {
    const row = { symbol: 'BTCUSDT', marginMode: 'isolated', leverage: '3' }
    const symbolConfigList = [
      { ...row, marginMode: 'crossed', leverage: '25' },
      { ...row, longLeverage: '5', shortLeverage: '9' },
    ]
    const { call } = script({ [SETTINGS]: ok({ symbolConfigList }) })
    expect(await getLeverage(call, { instrument: bitcoin, marginMode: 'ISOLATED' })).toBe(5)
    expect(await getLeverage(call, { instrument: bitcoin, marginMode: 'CROSS' })).toBe(25)
  })
})

test('default: fee rates are fractions', async () => {
  const RATE = 'GET /api/v3/account/fee-rate'
  const { call, lines, sent } = script({
    [RATE]: ok({ makerFeeRate: '0.0002', takerFeeRate: '0.0006' }),
  })
  expect(await getFeeRates(call, { instrument: perp })).toMatchObject({
    symbol: 'BTCUSDC',
    makerRate: '0.0002',
    takerRate: '0.0006',
  })
  expect(lines).toEqual([`${RATE}?category=USDC-FUTURES&symbol=BTCPERP`])
  expect(sent).toEqual([{ access: 'read', effect: 'read' }])
})
