import { RestClientV5 } from 'bybit-api'
import { describe, expect, it } from 'vitest'
import { setForeignStage } from './foreignStage.ts'

// The Node SDK as it is published, by its base-URL option alone.

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
