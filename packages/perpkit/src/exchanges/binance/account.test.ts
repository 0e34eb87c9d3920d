import { describe, expect, test } from 'vitest'
import { getAccountInfo, getFeeRates, getPositions } from './account.ts'
import { readCapture } from './captures.testing.ts'
import { bitcoin, script } from './script.testing.ts'

const usdt = {
  asset: 'USDT',
  walletBalance: '103.12345678',
  unrealizedProfit: '0.76427700',
  marginBalance: '103.88773378',
  initialMargin: '0.61571385',
  crossWalletBalance: '103.12345678',
  availableBalance: '103.27201993',
  updateTime: 1_720_736_417_660,
}
const account = {
  totalInitialMargin: '0.61571385',
  totalWalletBalance: '103.12345678',
  totalUnrealizedProfit: '0.76427700',
  totalMarginBalance: '103.88773378',
  availableBalance: '103.27201993',
  assets: [usdt],
  positions: [],
}

function decodeAccount(answer: unknown) {
  return getAccountInfo(script({ 'GET /fapi/v3/account': answer }).call)
}

describe('getAccountInfo', () => {
  test('default', async () => {
    const { call, lines, sent } = script({ 'GET /fapi/v3/account': account })
    const info = await getAccountInfo(call)
    expect(info).toEqual({
      totalWalletBalance: '103.12345678',
      availableBalance: '103.27201993',
      totalUnrealizedPnl: '0.764277',
      totalMarginBalance: '103.88773378',
      currency: 'USDT',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '103.12345678',
          availableBalance: '103.27201993',
          unrealizedPnl: '0.764277',
        },
      ],
    })
    expect(info.raw).toBe(account)
    expect(lines).toEqual(['GET /fapi/v3/account'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { weight: 5 } }])
  })

  test('behavior: totals of several assets are in USD', async () => {
    const bnb = { ...usdt, asset: 'BNB', walletBalance: '0.5' }
    const info = await decodeAccount({
      ...account,
      totalWalletBalance: '403.1',
      assets: [usdt, bnb],
    })
    expect(info.currency).toBe('USD')
    expect(info.assets.map(({ asset }) => asset)).toEqual(['USDT', 'BNB'])
  })

  test('behavior: an account that never held anything shows empty texts', async () => {
    const empty = {
      totalWalletBalance: '',
      totalUnrealizedProfit: '',
      totalMarginBalance: '',
      availableBalance: '',
      assets: [],
    }
    expect(await decodeAccount(empty)).toMatchObject({
      totalWalletBalance: '0',
      availableBalance: '0',
      totalUnrealizedPnl: '0',
      totalMarginBalance: '0',
      currency: 'USDT',
    })
  })

  test.each([
    ['$.totalWalletBalance', { ...account, totalWalletBalance: undefined }],
    ['$.availableBalance', { ...account, availableBalance: null }],
    ['$.totalMarginBalance', { ...account, totalMarginBalance: 'much' }],
    ['$.assets', { ...account, assets: undefined }],
    ['$.assets[0].asset', { ...account, assets: [{ ...usdt, asset: 7 }] }],
  ])('error: %s is needed', async (path, answer) => {
    await expect(decodeAccount(answer)).rejects.toMatchObject({ name: 'ReadError', path })
  })

  const recorded = readCapture('account_info_v2.json')
  test.skipIf(recorded === undefined)(
    'behavior: a recorded answer decodes (skipped where captures/ is not present)',
    async () => {
      expect(await decodeAccount(recorded)).toMatchObject({
        totalWalletBalance: '23.72469206',
        currency: 'USDT',
      })
    },
  )
})

const ada = {
  symbol: 'ADAUSDT',
  positionSide: 'BOTH',
  positionAmt: '-30',
  entryPrice: '0.385',
  breakEvenPrice: '0.385077',
  markPrice: '0.41047590',
  unRealizedProfit: '-0.76427700',
  liquidationPrice: '0',
  notional: '-12.31427700',
  initialMargin: '1.61571385',
  positionInitialMargin: '0.61571385',
  openOrderInitialMargin: '1.00000000',
  updateTime: 1_720_736_417_660,
}
const settings = [
  { symbol: 'BTCUSDT', marginType: 'ISOLATED', isAutoAddMargin: false, leverage: 7 },
  { symbol: 'ADAUSDT', marginType: 'CROSSED', isAutoAddMargin: false, leverage: 20 },
]

function decodePositions(positions: unknown, config: unknown = settings) {
  const { call } = script({
    'GET /fapi/v3/positionRisk': positions,
    'GET /fapi/v1/symbolConfig': config,
  })
  return getPositions(call, {})
}

describe('getPositions', () => {
  test('default: a short, with leverage and margin mode from the symbol settings', async () => {
    const { call, lines, sent } = script({
      'GET /fapi/v3/positionRisk': [ada],
      'GET /fapi/v1/symbolConfig': settings,
    })
    const positions = await getPositions(call, {})
    expect(positions).toEqual([
      {
        symbol: 'unified ADAUSDT',
        nativeSymbol: 'ADAUSDT',
        side: 'SHORT',
        size: '30',
        entryPrice: '0.385',
        markPrice: '0.4104759',
        pnl: '-0.764277',
        // Of the position's own margin, not that of resting orders.
        percentage: '-124.13',
        leverage: 20,
        marginMode: 'CROSS',
        notional: '12.314277',
      },
    ])
    expect(positions[0]?.raw).toBe(ada)
    expect(lines).toEqual(['GET /fapi/v3/positionRisk', 'GET /fapi/v1/symbolConfig'])
    expect(sent.map(({ cost }) => cost)).toEqual([{ weight: 5 }, { weight: 5 }])
  })

  test('args: one symbol', async () => {
    const { call, lines } = script({
      'GET /fapi/v3/positionRisk': [],
      'GET /fapi/v1/symbolConfig': [],
    })
    expect(await getPositions(call, { instrument: bitcoin })).toEqual([])
    expect(lines).toEqual([
      'GET /fapi/v3/positionRisk?symbol=BTCUSDT',
      'GET /fapi/v1/symbolConfig?symbol=BTCUSDT',
    ])
  })

  test('behavior: rows of resting orders alone are no positions', async () => {
    const rows = [{ ...ada, positionAmt: '0.000' }, { ...ada, positionAmt: '0' }, ada]
    expect(await decodePositions(rows)).toHaveLength(1)
  })

  test('behavior: a long with a liquidation price', async () => {
    const long = { ...ada, symbol: 'BTCUSDT', positionAmt: '0.010', liquidationPrice: '54321.50' }
    expect((await decodePositions([long]))[0]).toMatchObject({
      side: 'LONG',
      size: '0.01',
      liquidationPrice: '54321.5',
      marginMode: 'ISOLATED',
      leverage: 7,
    })
  })

  test('behavior: without margin there is no percentage, without a setting no leverage', async () => {
    const [position] = await decodePositions([{ ...ada, positionInitialMargin: '0' }], [])
    expect(position?.percentage).toBe('0')
    expect(position).not.toHaveProperty('leverage')
    expect(position).not.toHaveProperty('marginMode')
  })

  test('behavior: in hedge mode both sides of a symbol, the amount of the short negative', async () => {
    const long = { ...ada, positionSide: 'LONG', positionAmt: '12', notional: '4.9257' }
    const short = { ...ada, positionSide: 'SHORT', positionAmt: '-30' }
    const positions = await decodePositions([long, short])
    expect(positions).toMatchObject([
      { symbol: 'unified ADAUSDT', side: 'LONG', size: '12', notional: '4.9257', leverage: 20 },
      { symbol: 'unified ADAUSDT', side: 'SHORT', size: '30', marginMode: 'CROSS', leverage: 20 },
    ])
  })

  test.each([
    ['$[0].positionAmt', [{ ...ada, positionAmt: undefined }], settings],
    ['$[0].unRealizedProfit', [{ ...ada, unRealizedProfit: undefined }], settings],
    ['$[0].positionInitialMargin', [{ ...ada, positionInitialMargin: '' }], settings],
    ['$[0].marginType', [ada], [{ symbol: 'ADAUSDT', marginType: 'cross', leverage: 1 }]],
    ['$', { symbol: 'ADAUSDT' }, settings],
  ])('error: %s is refused', async (path, positions, config) => {
    await expect(decodePositions(positions, config)).rejects.toMatchObject({
      name: 'ReadError',
      path,
    })
  })
})

const rates = {
  symbol: 'BTCUSDT',
  makerCommissionRate: '-0.000050',
  takerCommissionRate: '0.000400',
  rpiCommissionRate: '0.000100',
}

describe('getFeeRates', () => {
  test('default: fractions, a rebate negative', async () => {
    const { call, lines, sent } = script({ 'GET /fapi/v1/commissionRate': rates })
    const fees = await getFeeRates(call, { instrument: bitcoin })
    expect(fees).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      makerRate: '-0.00005',
      takerRate: '0.0004',
    })
    expect(fees.raw).toBe(rates)
    expect(lines).toEqual(['GET /fapi/v1/commissionRate?symbol=BTCUSDT'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { weight: 20 } }])
  })

  test.each(['makerCommissionRate', 'takerCommissionRate'])('error: %s is needed', async (name) => {
    const { call } = script({ 'GET /fapi/v1/commissionRate': { ...rates, [name]: '' } })
    await expect(getFeeRates(call, { instrument: bitcoin })).rejects.toMatchObject({
      path: `$.${name}`,
    })
  })
})
