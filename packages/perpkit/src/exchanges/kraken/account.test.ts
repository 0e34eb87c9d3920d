import { describe, expect, it } from 'vitest'
import { getAccountInfo, getPositions } from './account.ts'
import { bitcoin, script, success } from './script.testing.ts'

// docs/wire/kraken.md 4.2
const FLEX = {
  type: 'multiCollateralMarginAccount',
  currencies: {
    USD: { quantity: 5000.0, value: 5000.0, collateral: 5000.0, available: 4200.5 },
    XBT: { quantity: 0.1, value: 8400.4, collateral: 8211.4, available: 0.1 },
  },
  balanceValue: 13400.4,
  portfolioValue: 13412.9,
  collateralValue: 13211.4,
  initialMargin: 799.5,
  pnl: 12.5,
  marginEquity: 13223.8,
  availableMargin: 12424.3,
}

describe('getAccountInfo', () => {
  const read = (accounts: unknown) =>
    getAccountInfo(script({ 'GET accounts': success({ accounts }) }).call)

  it('default: the wallet of the linear contracts, in dollars', async () => {
    const cash = { type: 'cashAccount', balances: { usd: '0.0' } }
    const { call, lines, sent } = script({
      'GET accounts': success({ accounts: { cash, flex: FLEX } }),
    })
    const info = await getAccountInfo(call)
    expect(info).toEqual({
      totalWalletBalance: '13400.4',
      availableBalance: '12424.3',
      totalUnrealizedPnl: '12.5',
      totalMarginBalance: '13223.8',
      currency: 'USD',
      assets: [
        { asset: 'USD', walletBalance: '5000', availableBalance: '4200.5', unrealizedPnl: '0' },
        { asset: 'BTC', walletBalance: '0.1', availableBalance: '0.1', unrealizedPnl: '0' },
      ],
    })
    expect(info.raw).toBe(FLEX)
    expect(lines).toEqual(['GET accounts'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { derivatives: 2 } }])
  })

  it('behavior: an account that holds nothing', async () => {
    expect(await read({ flex: { ...FLEX, currencies: {} } })).toMatchObject({ assets: [] })
  })

  it('error: an account without that wallet', async () => {
    await expect(read({ cash: {} })).rejects.toThrow('$.accounts.flex: expected an object')
  })

  it.each(['balanceValue', 'availableMargin', 'pnl', 'marginEquity', 'currencies'])(
    'error: without %s',
    async (name) => {
      await expect(read({ flex: { ...FLEX, [name]: undefined } })).rejects.toThrow(
        `$.accounts.flex.${name}: expected`,
      )
    },
  )
})

describe('getPositions', () => {
  const ROW = {
    side: 'long',
    symbol: 'PF_XBTUSD',
    price: 80000,
    fillTime: '2026-11-21T10:00:00.123Z',
    size: 0.01,
    unrealizedFunding: -0.00081,
    unrealizedPnl: 40,
    pnlCurrency: 'USD',
  }
  const TICKERS = [
    { symbol: 'in_xbtusd', last: 84000 },
    { symbol: 'PF_XBTUSD', markPrice: 84000 },
    { symbol: 'PF_ETHUSD', markPrice: 3200 },
  ]
  const read = (openPositions: unknown, tickers: unknown = TICKERS) =>
    getPositions(
      script({
        'GET openpositions': success({ openPositions }),
        'GET tickers': success({ tickers }),
      }).call,
      {},
    )

  it('default: cross margin; the mark price from the tickers, the margin from the tier', async () => {
    const [position] = await read([ROW])
    expect(position).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      side: 'LONG',
      size: '0.01',
      entryPrice: '80000',
      markPrice: '84000',
      pnl: '40',
      // 40 of 1 % of 840
      percentage: '476.19',
      leverage: 100,
      marginMode: 'CROSS',
      notional: '840',
    })
    expect(position?.raw).toBe(ROW)
  })

  it('default: what is sent, for one contract and for all', async () => {
    const answers = {
      'GET openpositions': success({ openPositions: [] }),
      'GET tickers': success({ tickers: TICKERS }),
    }
    const one = script(answers)
    expect(await getPositions(one.call, { instrument: bitcoin })).toEqual([])
    expect(one.lines).toEqual(['GET openpositions', 'GET tickers?symbol=PF_XBTUSD'])
    expect(one.sent).toEqual([
      { access: 'read', effect: 'read', cost: { derivatives: 2 } },
      { access: 'public', effect: 'read', cost: {} },
    ])
    const all = script(answers)
    await getPositions(all.call, {})
    expect(all.lines).toEqual(['GET openpositions', 'GET tickers'])
  })

  it('behavior: isolated margin at a fixed leverage', async () => {
    const [position] = await read([{ ...ROW, maxFixedLeverage: 5.0 }])
    // 40 of 20 % of 840
    expect(position).toMatchObject({ marginMode: 'ISOLATED', leverage: 5, percentage: '23.81' })
  })

  it('behavior: a short; a larger one in a higher tier', async () => {
    const [short] = await read([{ ...ROW, side: 'short', unrealizedPnl: -40 }])
    expect(short).toMatchObject({ side: 'SHORT', size: '0.01', percentage: '-476.19' })
    const [large] = await read([{ ...ROW, size: 20, unrealizedPnl: 33600 }])
    expect(large).toMatchObject({ notional: '1680000', leverage: 50, percentage: '100' })
  })

  it('behavior: older rows without profit, and markets without a mark price', async () => {
    const older = { ...ROW, unrealizedPnl: undefined }
    expect((await read([older]))[0]?.pnl).toBe('40')
    expect((await read([{ ...older, side: 'short' }]))[0]?.pnl).toBe('-40')
    expect((await read([ROW], []))[0]?.markPrice).toBe('84000')
    const short = { ...ROW, side: 'short', unrealizedPnl: -40 }
    expect((await read([short], []))[0]?.markPrice).toBe('84000')
    await expect(read([older], [])).rejects.toMatchObject({ code: 'UNREADABLE_ANSWER' })
  })

  it('behavior: only linear perpetuals, and of one contract only its own', async () => {
    const rows = [
      { ...ROW, symbol: 'PI_XBTUSD', size: 100 },
      { ...ROW, symbol: 'FF_XBTUSD_261225' },
      { ...ROW, symbol: 'PF_ETHUSD', unrealizedPnl: 1 },
      { ...ROW, symbol: 'pf_xbtusd' },
      { ...ROW, size: 0 },
    ]
    expect((await read(rows)).map(({ nativeSymbol }) => nativeSymbol)).toEqual([
      'PF_ETHUSD',
      'PF_XBTUSD',
    ])
    const { call } = script({
      'GET openpositions': success({ openPositions: rows }),
      'GET tickers': success({ tickers: TICKERS }),
    })
    expect(await getPositions(call, { instrument: bitcoin })).toMatchObject([{ symbol: 'BTCUSD' }])
  })

  it('behavior: a contract that is not listed shows no leverage', async () => {
    const [position] = await read([{ ...ROW, symbol: 'PF_ETHUSD' }])
    expect(position).toMatchObject({ symbol: 'unified PF_ETHUSD', percentage: '0' })
    expect(position).not.toHaveProperty('leverage')
  })

  it('error: a degraded answer is never flat', async () => {
    await expect(read(undefined)).rejects.toThrow('$.openPositions: expected an array')
  })

  it.each([
    ['side', 'none'],
    ['size', undefined],
    ['price', null],
    ['symbol', 7],
  ])('error: a row whose %s is %j', async (name, value) => {
    await expect(read([{ ...ROW, [name]: value }])).rejects.toThrow(
      `$.openPositions[0].${name}: expected`,
    )
  })
})
