import { USDMClient } from 'binance'
import { describe, expect, it } from 'vitest'
import { setForeignStage } from './foreignStage.ts'

// The Node SDK as it is published, by its base-URL option alone.

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
