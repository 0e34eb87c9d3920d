import { describe, expect, test } from 'vitest'
import { bitcoin, no, ok, perp, script } from '../script.testing.ts'
import { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'

const MIX = '/api/v2/mix'
const read = { access: 'read', effect: 'read' }

describe('getAccountInfo', () => {
  // docs/wire/bitget.md 4.1
  const row = {
    marginCoin: 'USDT',
    locked: '0.3',
    available: '10575.26735771',
    crossedMaxAvailable: '10580.56434289',
    isolatedMaxAvailable: '10580.56434289',
    accountEquity: '10582.5',
    usdtEquity: '10582.5',
    unrealizedPL: '',
    crossedUnrealizedPL: '-2.5',
    isolatedUnrealizedPL: '0',
    assetMode: 'single',
  }

  function account(usdt: unknown, usdc: unknown = ok([])) {
    return script({
      [`GET ${MIX}/account/accounts?productType=USDT-FUTURES`]: usdt,
      [`GET ${MIX}/account/accounts?productType=USDC-FUTURES`]: usdc,
    })
  }

  test('default: the equity without open profit is the wallet', async () => {
    const { call, lines, sent } = account(ok([row]))
    const info = await getAccountInfo(call)
    expect(info).toEqual({
      totalWalletBalance: '10585',
      availableBalance: '10580.56434289',
      totalUnrealizedPnl: '-2.5',
      totalMarginBalance: '10582.5',
      currency: 'USDT',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '10585',
          availableBalance: '10580.56434289',
          unrealizedPnl: '-2.5',
        },
      ],
    })
    expect(info.raw).toEqual([[row], []])
    expect(lines).toHaveLength(2)
    expect(sent).toEqual([read, read])
  })

  test('behavior: what backs contracts in USDC is listed, not added', async () => {
    const usdc = { ...row, marginCoin: 'USDC', accountEquity: '10', crossedUnrealizedPL: '0' }
    const info = await getAccountInfo(account(ok([row]), ok([usdc])).call)
    expect(info.totalMarginBalance).toBe('10582.5')
    expect(info.assets.map(({ asset, walletBalance }) => [asset, walletBalance])).toEqual([
      ['USDT', '10585'],
      ['USDC', '10'],
    ])
  })

  test.each([[[]], [null]])('behavior: %j is an account that was never used', async (data) => {
    expect(await getAccountInfo(account(ok(data), ok(null)).call)).toEqual({
      totalWalletBalance: '0',
      availableBalance: '0',
      totalUnrealizedPnl: '0',
      totalMarginBalance: '0',
      currency: 'USDT',
      assets: [],
    })
  })

  test.each([
    [{ crossedUnrealizedPL: '1', isolatedUnrealizedPL: '2' }, '3'],
    [{ crossedUnrealizedPL: '1', isolatedUnrealizedPL: '' }, '1'],
    [{ crossedUnrealizedPL: undefined, isolatedUnrealizedPL: undefined }, '0'],
    [{ crossedUnrealizedPL: undefined, isolatedUnrealizedPL: undefined, unrealizedPL: '4' }, '4'],
  ])('args: open profit in %j', async (changes, pnl) => {
    const { call } = account(ok([{ ...row, ...changes }]))
    expect((await getAccountInfo(call)).totalUnrealizedPnl).toBe(pnl)
  })

  test.each(['accountEquity', 'crossedMaxAvailable', 'marginCoin'])(
    'error: %s is needed',
    async (name) => {
      const { call } = account(ok([{ ...row, [name]: undefined }]))
      await expect(getAccountInfo(call)).rejects.toThrow(`$.data[0].${name}`)
    },
  )
})

describe('getPositions', () => {
  // docs/wire/bitget.md 4.2
  const row = {
    marginCoin: 'USDT',
    symbol: 'BTCUSDT',
    holdSide: 'short',
    openDelegateSize: '0',
    marginSize: '12.5',
    available: '0.01',
    total: '0.010',
    leverage: '20',
    openPriceAvg: '25000',
    marginMode: 'crossed',
    posMode: 'one_way_mode',
    unrealizedPL: '-1',
    liquidationPrice: '26144.11',
    markPrice: '25100',
    totalFee: '',
    takeProfit: '',
    cTime: '1691382137448',
  }
  const SINGLE = `GET ${MIX}/position/single-position`

  function position(changes: object) {
    const { call } = script({ [SINGLE]: ok([{ ...row, ...changes }]) })
    return getPositions(call, { instrument: bitcoin })
  }

  test('default: of one symbol', async () => {
    const { call, lines, sent } = script({ [SINGLE]: ok([row]) })
    const positions = await getPositions(call, { instrument: bitcoin })
    expect(lines).toEqual([`${SINGLE}?productType=USDT-FUTURES&symbol=BTCUSDT&marginCoin=USDT`])
    expect(sent).toEqual([read])
    expect(positions).toEqual([
      {
        symbol: 'unified BTCUSDT',
        nativeSymbol: 'BTCUSDT',
        side: 'SHORT',
        size: '0.01',
        entryPrice: '25000',
        markPrice: '25100',
        pnl: '-1',
        percentage: '-8',
        leverage: 20,
        marginMode: 'CROSS',
        liquidationPrice: '26144.11',
        notional: '251',
      },
    ])
    expect(positions[0]?.raw).toBe(row)
  })

  test('args: all of both families', async () => {
    const all = `GET ${MIX}/position/all-position`
    const { call, lines } = script({
      [`${all}?productType=USDT-FUTURES&marginCoin=USDT`]: ok([row]),
      [`${all}?productType=USDC-FUTURES&marginCoin=USDC`]: ok([
        { ...row, symbol: 'BTCPERP', holdSide: 'long' },
      ]),
    })
    expect(await getPositions(call, {})).toMatchObject([
      { nativeSymbol: 'BTCUSDT', side: 'SHORT' },
      { nativeSymbol: 'BTCPERP', side: 'LONG' },
    ])
    expect(lines).toHaveLength(2)
  })

  test.each([[null], [[]]])('behavior: %j is flat', async (data) => {
    const { call } = script({ [SINGLE]: ok(data) })
    expect(await getPositions(call, { instrument: perp })).toEqual([])
  })

  test('behavior: a flat row is no position', async () => {
    expect(await position({ total: '0', holdSide: '' })).toEqual([])
  })

  test.each(['0', '-1', '', null])('behavior: liquidation price %j is none', async (price) => {
    const [read] = await position({ liquidationPrice: price })
    expect(read).not.toHaveProperty('liquidationPrice')
  })

  test('behavior: leverage as number, margin unknown, mode under another name', async () => {
    const changes = { leverage: 20, marginSize: '', marginMode: 'isolated' }
    expect(await position(changes)).toMatchObject([
      { leverage: 20, percentage: '-7.97', marginMode: 'ISOLATED' },
    ])
    expect(await position({ marginMode: 'cross' })).toMatchObject([{ marginMode: 'CROSS' }])
  })

  test.each(['holdSide', 'total', 'openPriceAvg', 'markPrice', 'unrealizedPL', 'symbol'])(
    'error: %s is needed',
    async (name) => {
      await expect(position({ [name]: undefined })).rejects.toThrow(`$.data[0].${name}: expected`)
    },
  )
})

describe('leverage', () => {
  const ACCOUNT = `GET ${MIX}/account/account`
  const account = {
    marginCoin: 'USDT',
    crossedMarginLeverage: 20,
    isolatedLongLever: 10,
    isolatedShortLever: 10,
    marginMode: 'crossed',
    posMode: 'one_way_mode',
  }

  test.each([
    ['a number', {}, 20],
    ['a text', { crossedMarginLeverage: '25' }, 25],
    ['of isolated margin', { marginMode: 'isolated' }, 10],
  ])('default: read as %s', async (_what, changes, leverage) => {
    const { call, lines, sent } = script({ [ACCOUNT]: ok({ ...account, ...changes }) })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(leverage)
    expect(lines).toEqual([`${ACCOUNT}?productType=USDT-FUTURES&symbol=BTCUSDT&marginCoin=USDT`])
    expect(sent).toEqual([read])
  })

  test('error: an answer without it', async () => {
    const { call } = script({ [ACCOUNT]: ok({ marginMode: 'crossed' }) })
    await expect(getLeverage(call, { instrument: bitcoin })).rejects.toThrow(
      '$.data.crossedMarginLeverage',
    )
  })

  const SET = `POST ${MIX}/account/set-leverage`

  test('default: set, as a text', async () => {
    const { call, lines, sent } = script({ [SET]: ok({ symbol: 'BTCPERP' }) })
    await setLeverage(call, { instrument: perp, leverage: 7 })
    expect(lines).toEqual([
      `${SET} {"symbol":"BTCPERP","productType":"USDC-FUTURES","marginCoin":"USDC","leverage":"7"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent' }])
  })

  test.each(['40814', '45054', '22020'])('behavior: %s: it was so already', async (code) => {
    const { call } = script({ [SET]: no(code) })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 7 })).resolves.toBeUndefined()
  })

  test('error: more than there is', async () => {
    const { call } = script({ [SET]: no('45045', 'leverage') })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 500 })).rejects.toMatchObject({
      code: 'LEVERAGE_REFUSED',
    })
  })
})
