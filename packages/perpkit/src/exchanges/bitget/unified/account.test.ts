import { describe, expect, test } from 'vitest'
import { bitcoin, no, ok, perp, script } from '../script.testing.ts'
import { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'

const read = { access: 'read', effect: 'read' }

describe('getAccountInfo', () => {
  const ASSETS = 'GET /api/v3/account/assets'
  // docs/wire/bitget.md 12.3
  const coin = {
    coin: 'USDT',
    equity: '105.5',
    usdValue: '105.4',
    balance: '100',
    available: '90',
    debt: '0',
    locked: '0',
  }
  const account = {
    accountEquity: '110.1',
    usdtEquity: '110.5',
    unrealisedPnl: '5.4',
    usdtUnrealisedPnl: '5.5',
    btcUnrealizedPnl: '0',
    effEquity: '104.5',
    mmr: '0',
    imr: '14.5',
    assets: [coin, { ...coin, coin: 'BTC', equity: '0.1', balance: '0.1', available: '-0.2' }],
  }

  test('default: totals in USDT, what is free over all assets', async () => {
    const { call, lines, sent } = script({ [ASSETS]: ok(account) })
    const info = await getAccountInfo(call)
    expect(lines).toEqual([ASSETS])
    expect(sent).toEqual([read])
    expect(info).toEqual({
      totalWalletBalance: '105',
      availableBalance: '90',
      totalUnrealizedPnl: '5.5',
      totalMarginBalance: '110.5',
      currency: 'USDT',
      assets: [
        { asset: 'USDT', walletBalance: '100', availableBalance: '90', unrealizedPnl: '5.5' },
        { asset: 'BTC', walletBalance: '0.1', availableBalance: '0', unrealizedPnl: '0' },
      ],
    })
    expect(info.raw).toBe(account)
  })

  test('behavior: more margin in use than equity leaves nothing', async () => {
    const { call } = script({ [ASSETS]: ok({ ...account, imr: '200', assets: null }) })
    expect(await getAccountInfo(call)).toMatchObject({ availableBalance: '0', assets: [] })
  })

  test.each(['usdtEquity', 'usdtUnrealisedPnl', 'effEquity', 'imr', 'assets'])(
    'error: %s is needed',
    async (name) => {
      const { call } = script({ [ASSETS]: ok({ ...account, [name]: undefined }) })
      await expect(getAccountInfo(call)).rejects.toThrow(`$.data.${name}`)
    },
  )

  test('error: an asset without a balance', async () => {
    const { call } = script({ [ASSETS]: ok({ ...account, assets: [{ ...coin, balance: '' }] }) })
    await expect(getAccountInfo(call)).rejects.toThrow('$.data.assets[0].balance')
  })
})

describe('getPositions', () => {
  const POSITIONS = 'GET /api/v3/position/current-position'
  const row = {
    category: 'USDT-FUTURES',
    symbol: 'BTCUSDT',
    marginCoin: 'USDT',
    holdMode: 'one_way_mode',
    posSide: 'long',
    marginMode: 'crossed',
    positionBalance: '5.435199',
    available: '0.001',
    total: '0.001',
    leverage: '20',
    avgPrice: '107410.3',
    positionStatus: 'normal',
    unrealisedPnl: '0.47',
    liquidationPrice: '0',
    profitRate: '0.0008647337475591',
    markPrice: '107415.3',
  }

  test('default: of one symbol', async () => {
    const { call, lines, sent } = script({ [POSITIONS]: ok({ list: [row] }) })
    const positions = await getPositions(call, { instrument: bitcoin })
    expect(lines).toEqual([`${POSITIONS}?category=USDT-FUTURES&symbol=BTCUSDT`])
    expect(sent).toEqual([read])
    expect(positions).toEqual([
      {
        symbol: 'unified BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side: 'LONG',
        size: '0.001',
        entryPrice: '107410.3',
        markPrice: '107415.3',
        pnl: '0.47',
        percentage: '8.65',
        leverage: 20,
        marginMode: 'CROSS',
        notional: '107.4153',
      },
    ])
    expect(positions[0]?.raw).toBe(row)
  })

  test('args: all of both categories', async () => {
    const { call, lines } = script({
      [`${POSITIONS}?category=USDT-FUTURES`]: ok({ list: null }),
      [`${POSITIONS}?category=USDC-FUTURES`]: ok({ list: [{ ...row, posSide: 'short' }] }),
    })
    expect(await getPositions(call, {})).toMatchObject([{ side: 'SHORT' }])
    expect(lines).toHaveLength(2)
  })

  test('behavior: a flat row is no position', async () => {
    const { call } = script({ [POSITIONS]: ok({ list: [{ ...row, total: '0', posSide: '' }] }) })
    expect(await getPositions(call, { instrument: bitcoin })).toEqual([])
  })

  test.each(['posSide', 'total', 'avgPrice', 'markPrice', 'unrealisedPnl'])(
    'error: %s is needed',
    async (name) => {
      const { call } = script({ [POSITIONS]: ok({ list: [{ ...row, [name]: undefined }] }) })
      await expect(getPositions(call, { instrument: bitcoin })).rejects.toThrow(
        `$.data.list[0].${name}`,
      )
    },
  )

  test('error: a list that is missing is not an empty one', async () => {
    const { call } = script({ [POSITIONS]: ok({}) })
    await expect(getPositions(call, { instrument: bitcoin })).rejects.toThrow('$.data.list')
  })
})

describe('leverage', () => {
  const SETTINGS = 'GET /api/v3/account/settings'
  const row = {
    category: 'USDT-FUTURES',
    symbol: 'BTCUSDT',
    marginMode: 'crossed',
    leverage: '25',
  }

  function leverage(...symbolConfigList: object[]) {
    const { call } = script({ [SETTINGS]: ok({ accountMode: 'unified', symbolConfigList }) })
    return getLeverage(call, { instrument: bitcoin })
  }

  test('default: of the symbol in cross margin', async () => {
    const isolated = { ...row, marginMode: 'isolated', leverage: '3' }
    expect(await leverage({ ...row, symbol: 'ETHUSDT', leverage: '9' }, isolated, row)).toBe(25)
  })

  test.each([
    ['a number', { leverage: 25 }],
    ['a list', { leverage: ['25', '25'] }],
    ['one for each side', { leverage: undefined, longLeverage: '25', shortLeverage: '25' }],
  ])('args: written as %s', async (_what, changes) => {
    expect(await leverage({ ...row, ...changes })).toBe(25)
  })

  test('behavior: what was never set is 20', async () => {
    expect(await leverage()).toBe(20)
    expect(await leverage({ ...row, marginMode: 'isolated' })).toBe(20)
  })

  test('error: a row without any', async () => {
    await expect(leverage({ ...row, leverage: '' })).rejects.toThrow(
      '$.data.symbolConfigList[0].longLeverage',
    )
  })

  const SET = 'POST /api/v3/account/set-leverage'

  test('default: set, for cross margin', async () => {
    const { call, lines, sent } = script({ [SET]: ok('success') })
    await setLeverage(call, { instrument: perp, leverage: 7 })
    expect(lines).toEqual([
      `${SET} {"category":"USDC-FUTURES","symbol":"BTCPERP","leverage":"7","marginMode":"crossed"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
  })

  test('behavior: it was so already', async () => {
    const { call } = script({ [SET]: no('40814') })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 7 })).resolves.toBeUndefined()
  })

  test.each([
    ['25223', 'LEVERAGE_REFUSED'],
    ['25228', 'INSUFFICIENT_MARGIN'],
  ])('error: %s', async (code, expected) => {
    const { call } = script({ [SET]: no(code) })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 150 })).rejects.toMatchObject({
      code: expected,
    })
  })
})
