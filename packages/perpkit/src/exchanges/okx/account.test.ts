import { describe, expect, test } from 'vitest'
import { getAccountInfo, getPositions } from './account.ts'
import { bitcoin, ok, script } from './script.testing.ts'

// docs/wire/okx.md 4.1
const tether = {
  ccy: 'USDT',
  eq: '99.8946',
  cashBal: '94.4261',
  availEq: '94.4261',
  availBal: '90',
  frozenBal: '5.4685',
  upl: '-0.0273',
  eqUsd: '99.8887',
  collateralEnabled: false,
}
const futuresAccount = {
  totalEq: '99.88',
  isoEq: '5.47',
  adjEq: '',
  availEq: '',
  imr: '',
  mmr: '',
  mgnRatio: '',
  upl: '',
  uTime: '1744499648556',
  details: [tether],
}

describe('getAccountInfo', () => {
  test('default: the totals are those of USDT', async () => {
    const { call, lines, sent } = script({ 'GET account/balance': ok(futuresAccount) })
    const info = await getAccountInfo(call)
    expect(info).toEqual({
      totalWalletBalance: '94.4261',
      availableBalance: '94.4261',
      totalUnrealizedPnl: '-0.0273',
      totalMarginBalance: '99.8946',
      currency: 'USDT',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '94.4261',
          availableBalance: '94.4261',
          unrealizedPnl: '-0.0273',
        },
      ],
    })
    expect(info.raw).toBe(futuresAccount)
    expect(lines).toEqual(['GET account/balance'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { 'GET account/balance': 1 } }])
  })

  test('behavior: other assets stand in the list alone', async () => {
    const bitcoins = { ccy: 'BTC', eq: '2', cashBal: '2', availEq: '', availBal: '1.5', upl: '' }
    const account = { ...futuresAccount, details: [bitcoins, tether] }
    const { call } = script({ 'GET account/balance': ok(account) })
    expect(await getAccountInfo(call)).toMatchObject({
      totalWalletBalance: '94.4261',
      assets: [
        { asset: 'BTC', walletBalance: '2', availableBalance: '1.5', unrealizedPnl: '0' },
        { asset: 'USDT' },
      ],
    })
  })

  test('behavior: an empty account has nothing', async () => {
    const account = { ...futuresAccount, details: [] }
    const { call } = script({ 'GET account/balance': ok(account) })
    expect(await getAccountInfo(call)).toEqual({
      totalWalletBalance: '0',
      availableBalance: '0',
      totalUnrealizedPnl: '0',
      totalMarginBalance: '0',
      currency: 'USDT',
      assets: [],
    })
  })

  test('behavior: in multi-currency margin the totals are in US dollars', async () => {
    const account = { ...futuresAccount, totalEq: '120', availEq: '70.5', upl: '-3' }
    const { call } = script({ 'GET account/balance': ok(account) })
    expect(await getAccountInfo(call)).toMatchObject({
      totalWalletBalance: '123',
      availableBalance: '70.5',
      totalUnrealizedPnl: '-3',
      totalMarginBalance: '120',
      currency: 'USD',
    })
  })

  test.each(['ccy', 'cashBal', 'eq'])('error: an asset without %s', async (name) => {
    const account = { ...futuresAccount, details: [{ ...tether, [name]: undefined }] }
    const { call } = script({ 'GET account/balance': ok(account) })
    await expect(getAccountInfo(call)).rejects.toThrow(`$.data[0].details[0].${name}: expected`)
  })

  test('error: an answer without assets is no empty account', async () => {
    const { call } = script({
      'GET account/balance': ok({ ...futuresAccount, details: undefined }),
    })
    await expect(getAccountInfo(call)).rejects.toThrow('$.data[0].details: expected an array')
  })
})

const short = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  posId: '2497956918703120384',
  mgnMode: 'cross',
  posSide: 'net',
  pos: '-1.5',
  availPos: '',
  avgPx: '85010.2',
  markPx: '85001.2',
  lever: '5',
  liqPx: '101234.5',
  upl: '0.135',
  uplRatio: '0.0005293',
  imr: '255.0',
  margin: '',
  notionalUsd: '1275.0',
}

describe('getPositions', () => {
  const ALL = 'GET account/positions?instType=SWAP'
  const ONE = `${ALL}&instId=BTC-USDT-SWAP`

  test('default: the sign tells the side, the size is in the base asset', async () => {
    const { call, lines, sent } = script({ [ONE]: ok(short) })
    const positions = await getPositions(call, { instrument: bitcoin })
    expect(positions).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT-SWAP',
        side: 'SHORT',
        size: '0.015',
        entryPrice: '85010.2',
        markPrice: '85001.2',
        pnl: '0.135',
        percentage: '0.05',
        leverage: 5,
        marginMode: 'CROSS',
        liquidationPrice: '101234.5',
        notional: '1275.018',
      },
    ])
    expect(positions[0]?.raw).toBe(short)
    expect(lines).toEqual([ONE])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { 'GET account/positions': 1 } }])
  })

  test('default: all of the account', async () => {
    const long = { ...short, instId: 'PEPE-USDT-SWAP', pos: '2.5', uplRatio: '-0.5', lever: '10.0' }
    const { call, lines } = script({ [ALL]: ok(short, long) })
    expect(await getPositions(call, {})).toMatchObject([
      { symbol: 'BTCUSDT', side: 'SHORT' },
      { symbol: 'PEPEUSDT', side: 'LONG', size: '25000000', percentage: '-50', leverage: 10 },
    ])
    expect(lines).toEqual([ALL])
  })

  test.each([
    ['long', 'LONG'],
    ['short', 'SHORT'],
  ])('behavior: in long/short mode %s is told by its own word', async (posSide, side) => {
    const { call } = script({ [ONE]: ok({ ...short, posSide, pos: '1.5' }) })
    expect(await getPositions(call, { instrument: bitcoin })).toMatchObject([
      { side, size: '0.015' },
    ])
  })

  test('behavior: closed positions and inverse contracts are left out', async () => {
    const closed = { ...short, pos: '0', avgPx: '', upl: '' }
    const inverse = { ...short, instId: 'BTC-USD-SWAP' }
    const { call } = script({ [ALL]: ok(closed, { ...closed, pos: '' }, inverse) })
    expect(await getPositions(call, {})).toEqual([])
  })

  test('behavior: what the exchange does not know is left out', async () => {
    const vague = { ...short, liqPx: '', lever: '', mgnMode: 'quick_margin' }
    const { call } = script({ [ONE]: ok(vague) })
    const [position] = await getPositions(call, { instrument: bitcoin })
    expect(position).toBeDefined()
    expect(Object.keys(position ?? {}).sort()).toEqual(
      'entryPrice markPrice nativeSymbol notional percentage pnl side size symbol'.split(' '),
    )
  })

  test('args: isolated margin', async () => {
    const { call } = script({
      [ONE]: ok({ ...short, mgnMode: 'isolated', imr: '', margin: '255' }),
    })
    expect(await getPositions(call, { instrument: bitcoin })).toMatchObject([
      { marginMode: 'ISOLATED' },
    ])
  })

  test.each(['instId', 'posSide', 'avgPx', 'markPx', 'upl', 'uplRatio', 'mgnMode'])(
    'error: a position without %s',
    async (name) => {
      const { call } = script({ [ONE]: ok({ ...short, [name]: undefined }) })
      await expect(getPositions(call, { instrument: bitcoin })).rejects.toThrow(
        `$.data[0].${name}: expected`,
      )
    },
  )

  test('error: a side of another word', async () => {
    const { call } = script({ [ONE]: ok({ ...short, posSide: 'both' }) })
    await expect(getPositions(call, { instrument: bitcoin })).rejects.toThrow(
      '$.data[0].posSide: expected net, long or short, received "both"',
    )
  })
})
