import { describe, expect, test } from 'vitest'
import { getAccountInfo, getPositions } from './account.ts'
import { bitcoin, done, script } from './script.testing.ts'

const BALANCE = 'GET /v5/account/balance'
const POSITIONS = 'GET /v5/trade/position/opens'

const detail = {
  currency: 'USDT',
  equity: '174.2166',
  available: '170',
  available_margin: '160.5',
  withdraw_available: '160.5',
  profit_unreal: '4.2166',
  initial_margin: '13.7166',
  isolated_equity: '0',
  created_time: 1770293270932,
}
const balance = {
  state: 'normal',
  equity: '174.2166',
  initial_margin: '13.7166',
  profit_unreal: '4.2166',
  available_margin: '160.5',
  voucher_value: '0',
  created_time: 1770293268881,
  details: [detail],
}

describe('getAccountInfo', () => {
  test('default: the wallet is the equity without open profit', async () => {
    const { call, lines, sent } = script({ [BALANCE]: done(balance) })
    const info = await getAccountInfo(call)
    expect(info).toEqual({
      totalWalletBalance: '170',
      availableBalance: '160.5',
      totalUnrealizedPnl: '4.2166',
      totalMarginBalance: '174.2166',
      currency: 'USDT',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '170',
          availableBalance: '160.5',
          unrealizedPnl: '4.2166',
        },
      ],
    })
    expect(info.raw).toMatchObject({ state: 'normal' })
    expect(lines).toEqual([BALANCE])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { read: 1 } }])
  })

  test('behavior: several assets as collateral: totals are the account’s own', async () => {
    const coin = { ...detail, currency: 'BTC', equity: '0.01', profit_unreal: '0' }
    const answer = { ...balance, equity: '774.2166', details: [coin, detail] }
    const { call } = script({ [BALANCE]: done(answer) })
    const info = await getAccountInfo(call)
    expect(info.totalMarginBalance).toBe('774.2166')
    expect(info.assets.map(({ asset, walletBalance }) => [asset, walletBalance])).toEqual([
      ['BTC', '0.01'],
      ['USDT', '170'],
    ])
  })

  test('behavior: totals that stand empty are read from the asset', async () => {
    const answer = { ...balance, equity: '0', available_margin: '0', profit_unreal: '0' }
    const { call } = script({ [BALANCE]: done(answer) })
    expect(await getAccountInfo(call)).toMatchObject({
      totalMarginBalance: '174.2166',
      availableBalance: '160.5',
    })
  })

  test('behavior: an account without funds', async () => {
    const zeros = { equity: '0', available_margin: '0', profit_unreal: '0' }
    const { call } = script({ [BALANCE]: done({ ...balance, ...zeros, details: [] }) })
    expect(await getAccountInfo(call)).toMatchObject({ totalWalletBalance: '0', assets: [] })
  })

  test.each([
    ['no details', { ...balance, details: undefined }, '$.data.details'],
    ['no equity', { ...balance, equity: undefined }, '$.data.equity'],
    [
      'an asset without available margin',
      { ...balance, details: [{ ...detail, available_margin: '' }] },
      '$.data.details[0].available_margin',
    ],
  ])('error: %s', async (_what, data, path) => {
    const { call } = script({ [BALANCE]: done(data) })
    await expect(getAccountInfo(call)).rejects.toMatchObject({ name: 'ReadError', path })
  })
})

const long = {
  contract_code: 'BTC-USDT',
  position_side: 'both',
  direction: 'buy',
  margin_mode: 'cross',
  open_avg_price: '63204.5',
  volume: '20',
  available: '20',
  lever_rate: 20,
  adl_risk_percent: null,
  liquidation_price: '-110163.844268282697306843',
  margin: '63.1655',
  initial_margin: '63.1655',
  maintenance_margin: '4.295254',
  profit_unreal: '-0.78',
  profit_rate: '-0.0123',
  mark_price: '63165.5',
  last_price: '63163.3',
  created_time: '1780903703234',
}

describe('getPositions', () => {
  test('default: sizes in the base asset, the side from the direction', async () => {
    const { call, lines } = script({ [POSITIONS]: done([long]) })
    const positions = await getPositions(call, { instrument: bitcoin })
    expect(positions).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT',
        side: 'LONG',
        size: '0.02',
        entryPrice: '63204.5',
        markPrice: '63165.5',
        pnl: '-0.78',
        percentage: '-1.23',
        leverage: 20,
        marginMode: 'CROSS',
        notional: '1263.31',
      },
    ])
    expect(positions[0]?.raw).toMatchObject({ adl_risk_percent: null })
    expect(lines).toEqual([`${POSITIONS}?contract_code=BTC-USDT`])
  })

  test('behavior: a short, with a liquidation price and a leverage told as text', async () => {
    const short = {
      ...long,
      direction: 'sell',
      lever_rate: '5',
      liquidation_price: '90000.5',
      margin_mode: 'isolated',
      initial_margin: '',
    }
    const { call, lines } = script({ [POSITIONS]: done([short]) })
    expect(await getPositions(call, {})).toMatchObject([
      {
        side: 'SHORT',
        leverage: 5,
        liquidationPrice: '90000.5',
        marginMode: 'ISOLATED',
        percentage: '-0.31',
      },
    ])
    expect(lines).toEqual([POSITIONS])
  })

  test('behavior: both legs of hedge mode, and an isolated position beside a cross one', async () => {
    const rows = [
      { ...long, position_side: 'long' },
      { ...long, position_side: 'short', direction: 'sell', volume: '3' },
      { ...long, position_side: 'long', margin_mode: 'isolated', lever_rate: 3, volume: '1' },
    ]
    const { call } = script({ [POSITIONS]: done(rows) })
    const positions = await getPositions(call, { instrument: bitcoin })
    expect(
      positions.map(({ side, size, marginMode, leverage }) => [side, size, marginMode, leverage]),
    ).toEqual([
      ['LONG', '0.02', 'CROSS', 20],
      ['SHORT', '0.003', 'CROSS', 20],
      ['LONG', '0.001', 'ISOLATED', 3],
    ])
  })

  test('behavior: flat rows and contracts with a delivery date are no positions of ours', async () => {
    const rows = [
      { ...long, volume: '0' },
      { ...long, contract_code: 'BTC-USDT-260327' },
    ]
    const { call } = script({ [POSITIONS]: done(rows) })
    expect(await getPositions(call, {})).toEqual([])
  })

  test.each([
    ['volume', undefined],
    ['direction', 'both'],
    ['position_side', 'flat'],
    ['mark_price', ''],
    ['profit_unreal', null],
    ['margin_mode', 'other'],
    ['open_avg_price', undefined],
    ['lever_rate', ''],
  ])('error: %s is %j', async (name, value) => {
    const { call } = script({ [POSITIONS]: done([{ ...long, [name]: value }]) })
    await expect(getPositions(call, {})).rejects.toMatchObject({
      name: 'ReadError',
      path: `$.data[0].${name}`,
    })
  })
})
