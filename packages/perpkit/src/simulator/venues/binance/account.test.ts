import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { kindsOf, limitBuy, marketBuy, openStand, START, type Stand } from './wire.fixture.ts'

// docs/wire/binance.md 4.1 and 4.2.

let venue: Stand
beforeEach(() => {
  venue = openStand()
})
afterEach(async () => {
  expect(await venue.ledger()).toEqual([])
})

const accountSample = JSON.parse(
  '{"totalInitialMargin":"","totalMaintMargin":"","totalWalletBalance":"","totalUnrealizedProfit":"","totalMarginBalance":"","totalPositionInitialMargin":"","totalOpenOrderInitialMargin":"","totalCrossWalletBalance":"","totalCrossUnPnl":"","availableBalance":"","maxWithdrawAmount":"","assets":[{"asset":"","walletBalance":"","unrealizedProfit":"","marginBalance":"","maintMargin":"","initialMargin":"","positionInitialMargin":"","openOrderInitialMargin":"","crossWalletBalance":"","crossUnPnl":"","availableBalance":"","maxWithdrawAmount":"","updateTime":1}],"positions":[{"symbol":"","positionSide":"","positionAmt":"","unrealizedProfit":"","isolatedMargin":"","notional":"","isolatedWallet":"","initialMargin":"","maintMargin":"","updateTime":1}]}',
)
const oldAccountSample = {
  ...accountSample,
  feeTier: 0,
  feeBurn: true,
  canTrade: true,
  canDeposit: true,
  canWithdraw: true,
  updateTime: 0,
  multiAssetsMargin: false,
  tradeGroupId: -1,
  assets: [{ ...accountSample.assets[0], marginAvailable: true }],
  positions: [
    JSON.parse(
      '{"symbol":"","initialMargin":"","maintMargin":"","unrealizedProfit":"","positionInitialMargin":"","openOrderInitialMargin":"","leverage":"","isolated":false,"entryPrice":"","breakEvenPrice":"","maxNotional":"","bidNotional":"","askNotional":"","positionSide":"","positionAmt":"","updateTime":1}',
    ),
  ],
}
const riskSample = JSON.parse(
  '{"symbol":"","positionSide":"","positionAmt":"","entryPrice":"","breakEvenPrice":"","markPrice":"","unRealizedProfit":"","liquidationPrice":"","isolatedMargin":"","notional":"","marginAsset":"","isolatedWallet":"","initialMargin":"","maintMargin":"","positionInitialMargin":"","openOrderInitialMargin":"","adl":2,"bidNotional":"","askNotional":"","updateTime":1}',
)
const oldRiskSample = JSON.parse(
  '{"symbol":"","positionAmt":"","entryPrice":"","breakEvenPrice":"","markPrice":"","unRealizedProfit":"","liquidationPrice":"","leverage":"10","maxNotionalValue":"","marginType":"cross","isolatedMargin":"","isAutoAddMargin":"false","positionSide":"","notional":"","isolatedWallet":"","updateTime":1}',
)

describe('account', () => {
  test('default: a fresh account', async () => {
    const { body } = await venue.get('/fapi/v3/account')
    expect(body).toMatchObject({
      totalWalletBalance: '100000.00000000',
      availableBalance: '100000.00000000',
      totalInitialMargin: '0.00000000',
      assets: [{ asset: 'USDT', walletBalance: '100000.00000000', updateTime: 1_569_398_400_000 }],
      positions: [],
    })
  })

  test('default: keys and types of v3 and v2', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    expect(kindsOf((await venue.get('/fapi/v3/account')).body)).toEqual(kindsOf(accountSample))
    const old = await venue.get('/fapi/v2/account')
    expect(kindsOf(old.body)).toEqual(kindsOf(oldAccountSample))
    expect(old.json.at('positions').items()).toHaveLength(5)
  })

  test('behavior: figures of a position and an order follow the documented sums', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    await venue.post('/fapi/v1/order', limitBuy)
    await venue.setPrice(61_000)
    const { json } = await venue.get('/fapi/v3/account')
    const figure = (name: string): number => Number(json.at(name).string())
    expect(figure('totalPositionInitialMargin')).toBeCloseTo(610 / 20, 8)
    expect(figure('totalOpenOrderInitialMargin')).toBeCloseTo(590 / 20, 8)
    expect(figure('totalMaintMargin')).toBeCloseTo(610 * 0.004, 8)
    expect(figure('totalMarginBalance')).toBeCloseTo(
      figure('totalWalletBalance') + figure('totalUnrealizedProfit'),
      6,
    )
    expect(figure('availableBalance')).toBeCloseTo(
      figure('totalMarginBalance') - figure('totalInitialMargin'),
      6,
    )
    expect(figure('maxWithdrawAmount')).toBeCloseTo(
      figure('totalWalletBalance') - figure('totalInitialMargin'),
      6,
    )
  })

  test.each(['/fapi/v3/balance', '/fapi/v2/balance'])('default: %s', async (path) => {
    const { body } = await venue.get(path)
    expect(body).toEqual([
      {
        accountAlias: expect.stringMatching(/^[A-Za-z]{8}$/),
        asset: 'USDT',
        balance: '100000.00000000',
        crossWalletBalance: '100000.00000000',
        crossUnPnl: '0.00000000',
        availableBalance: '100000.00000000',
        maxWithdrawAmount: '100000.00000000',
        marginAvailable: true,
        updateTime: 1_569_398_400_000,
      },
    ])
  })

  test('default: flags, fees and modes', async () => {
    expect((await venue.get('/fapi/v1/accountConfig')).body).toEqual({
      feeTier: 0,
      canTrade: true,
      canDeposit: true,
      canWithdraw: true,
      dualSidePosition: false,
      updateTime: 0,
      multiAssetsMargin: false,
      tradeGroupId: -1,
    })
    expect((await venue.get('/fapi/v1/commissionRate', { symbol: 'BTCUSDT' })).body).toEqual({
      symbol: 'BTCUSDT',
      makerCommissionRate: '0.0002',
      takerCommissionRate: '0.0005',
      rpiCommissionRate: '0.00005',
    })
    expect((await venue.get('/fapi/v1/positionSide/dual')).body).toEqual({
      dualSidePosition: false,
    })
    expect((await venue.get('/fapi/v1/multiAssetsMargin')).body).toEqual({
      multiAssetsMargin: false,
    })
    expect((await venue.get('/fapi/v1/rateLimit/order')).body).toEqual([
      { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 },
    ])
    for (const path of ['/sapi/v1/capital/config/getall', '/sapi/v1/margin/allPairs']) {
      expect((await venue.get(path)).body).toEqual([])
    }
  })
})

describe('positions', () => {
  test('default: (row 20) a long, with the keys and types of the sheet', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    await venue.setPrice(61_000)
    const { body, json } = await venue.get('/fapi/v3/positionRisk', { symbol: 'BTCUSDT' })
    expect(kindsOf(body)).toEqual([kindsOf(riskSample)])
    expect(body).toMatchObject([
      {
        positionSide: 'BOTH',
        positionAmt: '0.010',
        markPrice: '61000.00000000',
        notional: '610.00000000',
        initialMargin: '30.50000000',
        maintMargin: '2.44000000',
        liquidationPrice: '0',
        openOrderInitialMargin: '0',
      },
    ])
    const row = json.at(0)
    const entry = Number(row.at('entryPrice').string())
    expect(Number(row.at('unRealizedProfit').string())).toBeCloseTo((61_000 - entry) * 0.01, 8)
    expect(Number(row.at('breakEvenPrice').string())).toBeCloseTo(entry * 1.0005, 6)
  })

  test('default: a short has a negative amount and notional', async () => {
    await venue.post('/fapi/v1/order', { ...marketBuy, side: 'SELL' })
    const { body, json } = await venue.get('/fapi/v3/positionRisk')
    expect(body).toMatchObject([{ positionAmt: '-0.010', notional: '-600.00000000' }])
    const row = json.at(0)
    expect(Number(row.at('breakEvenPrice').string())).toBeCloseTo(
      Number(row.at('entryPrice').string()) * 0.9995,
      6,
    )
  })

  test('behavior: (row 20) an open order makes a row without an amount', async () => {
    await venue.post('/fapi/v1/order', limitBuy)
    expect((await venue.get('/fapi/v3/positionRisk')).body).toMatchObject([
      { positionAmt: '0.000', entryPrice: '0', bidNotional: '590.00000000', askNotional: '0' },
    ])
  })

  test('default: v2 lists every symbol, flat or not', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    const { body, json } = await venue.get('/fapi/v2/positionRisk')
    expect(kindsOf(body)).toEqual([kindsOf(oldRiskSample)])
    expect(json.items()).toHaveLength(5)
    expect(body).toMatchObject([
      { positionAmt: '0.010', leverage: '20', marginType: 'cross', isAutoAddMargin: 'false' },
      { positionAmt: '0.000' },
      {},
      {},
      { positionAmt: '0' },
    ])
  })
})

describe('fills', () => {
  test('default: own trades in the shape of the sheet', async () => {
    const { json } = await venue.post('/fapi/v1/order', marketBuy)
    await venue.setPrice(61_000)
    await venue.post('/fapi/v1/order', { ...marketBuy, side: 'SELL', reduceOnly: 'true' })
    const { body, json: rows } = await venue.get('/fapi/v1/userTrades', { symbol: 'BTCUSDT' })
    const sample = JSON.parse(
      '[{"buyer":false,"commission":"","commissionAsset":"USDT","id":1,"maker":false,"orderId":1,"price":"","qty":"","quoteQty":"","baseQty":"0","marginAsset":"USDT","realizedPnl":"","side":"SELL","positionSide":"BOTH","symbol":"","pair":"","time":1}]',
    )
    expect(kindsOf(body)).toEqual(kindsOf(sample))
    const [first, last] = [rows.at(0), rows.at(rows.items().length - 1)]
    const price = Number(first.at('price').string())
    expect(Number(first.at('commission').string())).toBeCloseTo(price * 0.01 * 0.0005, 8)
    expect(Number(first.at('realizedPnl').string())).toBe(0)
    expect(Number(last.at('realizedPnl').string())).toBeCloseTo(
      (Number(last.at('price').string()) - price) * 0.01,
      8,
    )
    const orderId = json.at('orderId').number()
    const ofOrder = await venue.get('/fapi/v1/userTrades', { symbol: 'BTCUSDT', orderId })
    expect(ofOrder.body).toEqual([first.value])
    const fromId = last.at('id').number()
    const upward = await venue.get('/fapi/v1/userTrades', { symbol: 'BTCUSDT', fromId })
    expect(upward.body).toEqual([last.value])
    const mixed = { symbol: 'BTCUSDT', fromId, startTime: START }
    expect((await venue.get('/fapi/v1/userTrades', mixed)).body).toMatchObject({ code: -1128 })
  })

  test('default: income is what fills did to the balance', async () => {
    await venue.post('/fapi/v1/order', marketBuy)
    await venue.setPrice(61_000)
    await venue.post('/fapi/v1/order', { ...marketBuy, side: 'SELL', reduceOnly: 'true' })
    const { json } = await venue.get('/fapi/v1/income')
    const rows = json.items()
    expect(kindsOf(rows[0]?.value)).toEqual(
      kindsOf({
        symbol: '',
        incomeType: '',
        income: '',
        asset: '',
        info: '',
        time: 1,
        tranId: 1,
        tradeId: '',
      }),
    )
    const sum = rows.reduce((total, row) => total + Number(row.at('income').string()), 0)
    const account = await venue.get('/fapi/v3/account')
    expect(100_000 + sum).toBeCloseTo(Number(account.json.at('totalWalletBalance').string()), 6)
    const settled = await venue.get('/fapi/v1/income', { incomeType: 'REALIZED_PNL' })
    expect(settled.body).toMatchObject([{ incomeType: 'REALIZED_PNL' }])
    const first = await venue.get('/fapi/v1/income', { startTime: START, limit: 2, page: 1 })
    const second = await venue.get('/fapi/v1/income', { startTime: START, limit: 2, page: 2 })
    expect([...first.json.items(), ...second.json.items()].map((row) => row.value)).toEqual(
      rows.map((row) => row.value),
    )
  })
})
