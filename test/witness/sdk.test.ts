import { USDMClient } from 'binance'
import { RestClientV5 } from 'bybit-api'
import { describe, expect, it } from 'vitest'
import { setForeignStage } from './foreignStage.ts'

// The Node SDKs as they are published, by their base-URL option alone.

describe('binance 3.6.5 on binance', () => {
  it('behavior: life of a protected position', async () => {
    const stage = await setForeignStage('binance')
    const client = new USDMClient({
      api_key: stage.apiKey,
      api_secret: stage.apiSecret,
      baseUrl: stage.url,
    })
    expect((await client.getExchangeInfo()).symbols.map(({ symbol }) => symbol)).toContain(
      'BTCUSDT',
    )
    const balances = await client.getBalanceV3()
    expect(balances.find(({ asset }) => asset === 'USDT')?.balance).toMatch(/^100000/)
    await client.setLeverage({ symbol: 'BTCUSDT', leverage: 5 })
    const bought = await client.submitNewOrder({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: 0.02,
      newOrderRespType: 'RESULT',
    })
    expect(bought.status).toBe('FILLED')
    const stop = await client.submitNewAlgoOrder({
      algoType: 'CONDITIONAL',
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.02',
      triggerPrice: '58000',
      reduceOnly: 'true',
    })
    expect(stop.algoStatus).toBe('NEW')
    const limit = await client.submitNewOrder({
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: 0.01,
      price: 63_000,
    })
    const open = await client.getAllOpenOrders({ symbol: 'BTCUSDT' })
    expect(open.map(({ orderId }) => orderId)).toEqual([limit.orderId])
    const cancelled = await client.cancelOrder({ symbol: 'BTCUSDT', orderId: limit.orderId })
    expect(cancelled.status).toBe('CANCELED')
    const [position] = await client.getPositionsV3({ symbol: 'BTCUSDT' })
    expect(Number(position?.positionAmt)).toBe(0.02)
    await stage.price(57_900)
    const { positions, conditionalOrders } = await stage.truth()
    expect(positions).toEqual([])
    expect(conditionalOrders[0]?.status).toBe('FILLED')
    const fills = await client.getAccountTrades({ symbol: 'BTCUSDT' })
    expect(fills).toHaveLength(2)
  })

  it("error: the venue's own code reaches the SDK's caller", async () => {
    const stage = await setForeignStage('binance')
    const client = new USDMClient({
      api_key: stage.apiKey,
      api_secret: stage.apiSecret,
      baseUrl: stage.url,
    })
    const stop = client.submitNewOrder({
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      stopPrice: 58_000,
      quantity: 0.02,
    })
    await expect(stop).rejects.toMatchObject({ code: -4120 })
  })
})

describe('bybit-api 4.7.7 on bybit', () => {
  it('behavior: life of a protected position', async () => {
    const stage = await setForeignStage('bybit')
    const client = new RestClientV5({
      key: stage.apiKey,
      secret: stage.apiSecret,
      baseUrl: stage.url,
    })
    const category = 'linear'
    const symbol = 'BTCUSDT'
    const listed = await client.getInstrumentsInfo({ category, symbol })
    expect(listed.result.list).toHaveLength(1)
    const wallet = await client.getWalletBalance({ accountType: 'UNIFIED' })
    expect(Number(wallet.result.list[0]?.totalWalletBalance)).toBe(100_000)
    const leverage = { category, symbol, buyLeverage: '5', sellLeverage: '5' } as const
    expect((await client.setLeverage(leverage)).retCode).toBe(0)
    expect((await client.setLeverage(leverage)).retCode).toBe(110043)
    const bought = await client.submitOrder({
      category,
      symbol,
      side: 'Buy',
      orderType: 'Market',
      qty: '0.02',
    })
    expect(bought.retCode).toBe(0)
    const stopped = await client.setTradingStop({
      category,
      symbol,
      tpslMode: 'Full',
      positionIdx: 0,
      stopLoss: '58000',
    })
    expect(stopped.retCode).toBe(0)
    const open = await client.getActiveOrders({ category, symbol, orderFilter: 'StopOrder' })
    expect(open.result.list.map(({ stopOrderType }) => stopOrderType)).toEqual(['StopLoss'])
    const positions = await client.getPositionInfo({ category, symbol })
    expect(positions.result.list[0]).toMatchObject({
      size: '0.020',
      side: 'Buy',
      stopLoss: '58000.00',
    })
    await stage.price(57_900)
    const truth = await stage.truth()
    expect(truth.positions).toEqual([])
    const fills = await client.getExecutionList({ category, symbol })
    expect(fills.result.list).toHaveLength(2)
  })

  it("error: the venue's own code reaches the SDK's caller", async () => {
    const stage = await setForeignStage('bybit')
    const client = new RestClientV5({
      key: stage.apiKey,
      secret: stage.apiSecret,
      baseUrl: stage.url,
    })
    const cancelled = await client.cancelOrder({
      category: 'linear',
      symbol: 'BTCUSDT',
      orderId: 'x',
    })
    expect(cancelled.retCode).toBe(110001)
    const stranger = new RestClientV5({ key: stage.apiKey, secret: 'wrong', baseUrl: stage.url })
    expect((await stranger.getWalletBalance({ accountType: 'UNIFIED' })).retCode).toBe(10004)
  })
})
