import { describe, expect, test } from 'vitest'
import { bitcoin, InTurn, no, ok, perp, script } from '../script.testing.ts'
import { getFeeRates, getLeverage, getPositions, setLeverage } from './account.ts'
import { getMarginMode, getPositionMode, setMarginMode, setPositionMode } from './modes.ts'

const ACCOUNT = 'GET /api/v2/mix/account/account'
const SET_MARGIN = 'POST /api/v2/mix/account/set-margin-mode'
const SET_MODE = 'POST /api/v2/mix/account/set-position-mode'
const SET_LEVERAGE = 'POST /api/v2/mix/account/set-leverage'
const account = { marginMode: 'isolated', posMode: 'hedge_mode', isolatedLongLever: 5 }

describe('margin mode', () => {
  test.each([
    ['crossed', 'CROSS'],
    ['isolated', 'ISOLATED'],
  ])('default: %s is read as %s', async (marginMode, expected) => {
    const { call, lines, sent } = script({ [ACCOUNT]: ok({ ...account, marginMode }) })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe(expected)
    expect(lines).toEqual([`${ACCOUNT}?productType=USDT-FUTURES&symbol=BTCUSDT&marginCoin=USDT`])
    expect(sent).toEqual([{ access: 'read', effect: 'read' }])
  })

  test('default: set, of the symbol', async () => {
    const { call, lines, sent } = script({ [SET_MARGIN]: ok({ marginMode: 'isolated' }) })
    await setMarginMode(call, { instrument: perp, marginMode: 'ISOLATED' })
    expect(lines).toEqual([
      `${SET_MARGIN} {"symbol":"BTCPERP","productType":"USDC-FUTURES","marginCoin":"USDC","marginMode":"isolated"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
  })

  test('behavior: locked, but as wanted: done', async () => {
    const { call, lines } = script({ [SET_MARGIN]: no('45117'), [ACCOUNT]: ok(account) })
    await setMarginMode(call, { instrument: bitcoin, marginMode: 'ISOLATED' })
    expect(lines).toHaveLength(2)
  })

  test('error: locked', async () => {
    const { call } = script({ [SET_MARGIN]: no('45117'), [ACCOUNT]: ok(account) })
    await expect(
      setMarginMode(call, { instrument: bitcoin, marginMode: 'CROSS' }),
    ).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  test('error: any other refusal is not asked about', async () => {
    const { call, lines } = script({ [SET_MARGIN]: no('40014') })
    await expect(
      setMarginMode(call, { instrument: bitcoin, marginMode: 'CROSS' }),
    ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(lines).toHaveLength(1)
  })
})

describe('position mode', () => {
  test('default: of the family of the symbol', async () => {
    const { call, lines } = script({ [ACCOUNT]: ok(account) })
    expect(await getPositionMode(call, { instrument: perp })).toBe('HEDGE')
    expect(await getPositionMode(call, {})).toBe('HEDGE')
    expect(lines).toEqual([
      `${ACCOUNT}?productType=USDC-FUTURES&symbol=BTCPERP&marginCoin=USDC`,
      `${ACCOUNT}?productType=USDT-FUTURES&symbol=BTCUSDT&marginCoin=USDT`,
    ])
  })

  test('error: a mode of another name', async () => {
    const { call } = script({ [ACCOUNT]: ok({ ...account, posMode: 'both' }) })
    await expect(getPositionMode(call, {})).rejects.toThrow('$.data.posMode')
  })

  test('default: set for both families', async () => {
    const { call, lines, sent } = script({ [SET_MODE]: ok({ posMode: 'hedge_mode' }) })
    await setPositionMode(call, { positionMode: 'HEDGE' })
    expect(lines).toEqual([
      `${SET_MODE} {"productType":"USDT-FUTURES","posMode":"hedge_mode"}`,
      `${SET_MODE} {"productType":"USDC-FUTURES","posMode":"hedge_mode"}`,
    ])
    expect(sent[0]).toEqual({ access: 'trade', effect: 'idempotent' })
  })

  test('behavior: locked, but as wanted: done', async () => {
    const { call } = script({ [SET_MODE]: new InTurn(no('40920'), ok({})), [ACCOUNT]: ok(account) })
    await expect(setPositionMode(call, { positionMode: 'HEDGE' })).resolves.toBeUndefined()
  })

  test('error: positions stand in the way, the other family is left alone', async () => {
    const { call, lines } = script({ [SET_MODE]: no('40920'), [ACCOUNT]: ok(account) })
    await expect(setPositionMode(call, { positionMode: 'ONE_WAY' })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    })
    expect(lines.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })
})

describe('leverage by mode', () => {
  test.each([
    ['CROSS', 'ONE_WAY', '"leverage":"7"'],
    ['CROSS', 'HEDGE', '"leverage":"7"'],
    ['ISOLATED', 'ONE_WAY', '"leverage":"7"'],
    ['ISOLATED', 'HEDGE', '"longLeverage":"7","shortLeverage":"7"'],
  ] as const)('args: %s and %s', async (marginMode, positionMode, words) => {
    const { call, lines } = script({ [SET_LEVERAGE]: ok({}) })
    await setLeverage(call, { instrument: bitcoin, leverage: 7, marginMode, positionMode })
    expect(lines).toEqual([
      `${SET_LEVERAGE} {"symbol":"BTCUSDT","productType":"USDT-FUTURES","marginCoin":"USDT",${words}}`,
    ])
  })

  test('behavior: of the longs where both sides are apart', async () => {
    const { call } = script({ [ACCOUNT]: ok({ ...account, isolatedShortLever: 9 }) })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(5)
  })
})

test('default: both legs of a hedge are positions', async () => {
  const leg = {
    symbol: 'BTCUSDT',
    holdSide: 'long',
    total: '0.02',
    openPriceAvg: '25000',
    markPrice: '25100',
    unrealizedPL: '2',
    leverage: '10',
    marginSize: '50',
    marginMode: 'isolated',
    liquidationPrice: '22600',
  }
  const { call } = script({
    'GET /api/v2/mix/position/single-position': ok([leg, { ...leg, holdSide: 'short' }]),
  })
  expect(await getPositions(call, { instrument: bitcoin })).toMatchObject([
    { side: 'LONG', marginMode: 'ISOLATED', leverage: 10, liquidationPrice: '22600' },
    { side: 'SHORT', marginMode: 'ISOLATED' },
  ])
})

describe('getFeeRates', () => {
  const RATE = 'GET /api/v2/common/trade-rate'

  test('default: fractions', async () => {
    const { call, lines, sent } = script({
      [RATE]: ok({ makerFeeRate: '-0.0001', takerFeeRate: '0.00060' }),
    })
    expect(await getFeeRates(call, { instrument: bitcoin })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      makerRate: '-0.0001',
      takerRate: '0.0006',
    })
    expect(lines).toEqual([`${RATE}?symbol=BTCUSDT&businessType=mix`])
    expect(sent).toEqual([{ access: 'read', effect: 'read' }])
  })

  test('error: one is missing', async () => {
    const { call } = script({ [RATE]: ok({ makerFeeRate: '0.0002' }) })
    await expect(getFeeRates(call, { instrument: bitcoin })).rejects.toThrow('$.data.takerFeeRate')
  })
})
