import { RestClientV2, RestClientV3 } from 'bitget-api'
import { describe, expect, it } from 'vitest'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'

// The Node SDK as it is published, by its base-URL option alone: its V2 client on a classic account,
// its V3 client on a unified one.

const productType = 'USDT-FUTURES'
const symbol = 'BTCUSDT'
const marginCoin = 'USDT'

function keyOf({ apiKey, apiSecret, passphrase = '', url }: ForeignStage) {
  return { apiKey, apiSecret, apiPass: passphrase, baseUrl: url }
}

describe('bitget-api 3.2.3 on a classic account', () => {
  it('behavior: life of a protected position', async () => {
    const stage = await setForeignStage('bitget')
    const client = new RestClientV2(keyOf(stage))
    const account = await client.getFuturesAccountAsset({ productType, symbol, marginCoin })
    expect(Number(account.data.accountEquity)).toBe(100_000)
    await client.setFuturesLeverage({ productType, symbol, marginCoin, leverage: '5' })
    const bought = await client.futuresSubmitOrder({
      productType,
      symbol,
      marginCoin,
      marginMode: 'crossed',
      side: 'buy',
      orderType: 'market',
      size: '0.02',
    })
    expect(bought.data.orderId).toMatch(/^\d+$/)
    const position = await client.getFuturesPosition({ productType, symbol, marginCoin })
    expect(position.data[0]).toMatchObject({ holdSide: 'long', total: '0.02' })
    await client.futuresSubmitTPSLOrder({
      productType,
      symbol,
      marginCoin,
      planType: 'loss_plan',
      triggerPrice: '58000',
      triggerType: 'mark_price',
      // One-way mode: the direction of the position.
      holdSide: 'buy',
      size: '0.02',
    })
    await stage.price(57_900)
    const { positions, conditionalOrders } = await stage.truth()
    expect(positions).toEqual([])
    expect(conditionalOrders).toMatchObject([{ status: 'FILLED', quantity: '0.02' }])
  })

  it('behavior: both sides in hedge mode, the side being that of the position', async () => {
    const stage = await setForeignStage('bitget')
    const client = new RestClientV2(keyOf(stage))
    await client.setFuturesPositionMode({ productType, posMode: 'hedge_mode' })
    const order = {
      productType,
      symbol,
      marginCoin,
      marginMode: 'crossed',
      orderType: 'market',
      size: '0.01',
    } as const
    await client.futuresSubmitOrder({ ...order, side: 'buy', tradeSide: 'open' })
    await client.futuresSubmitOrder({ ...order, side: 'sell', tradeSide: 'open' })
    expect((await stage.truth()).positions.map(({ side }) => side).sort()).toEqual([
      'LONG',
      'SHORT',
    ])
    await client.futuresSubmitOrder({ ...order, side: 'buy', tradeSide: 'close' })
    expect((await stage.truth()).positions.map(({ side }) => side)).toEqual(['SHORT'])
  })

  it('error: a unified call of a classic account', async () => {
    const stage = await setForeignStage('bitget')
    const client = new RestClientV3(keyOf(stage))
    await expect(client.getBalances()).rejects.toMatchObject({ body: { code: '40084' } })
  })
})

describe('bitget-api 3.2.3 on a unified account', () => {
  it('behavior: life of a protected position', async () => {
    const classic = await setForeignStage('bitget')
    const { simulator } = classic
    const credentials = await simulator.control.createAccount({ venue: 'bitget', kind: 'unified' })
    const client = new RestClientV3(keyOf({ ...classic, ...credentials }))
    const balances = await client.getBalances()
    expect(Number(balances.data.usdtEquity)).toBe(100_000)
    const category = productType
    const bought = await client.submitNewOrder({
      category,
      symbol,
      side: 'buy',
      orderType: 'market',
      qty: '0.02',
    })
    expect(bought.data.orderId).toMatch(/^\d+$/)
    const stop = await client.submitStrategyOrder({
      category,
      symbol,
      type: 'tpsl',
      tpslMode: 'partial',
      qty: '0.02',
      side: 'sell',
      reduceOnly: 'yes',
      stopLoss: '58000',
      slTriggerBy: 'mark',
      slOrderType: 'market',
    })
    expect(stop.data.orderId).toMatch(/^\d+$/)
    const waiting = await client.getUnfilledStrategyOrders({ category })
    expect(waiting.data).toMatchObject([{ orderId: stop.data.orderId, stopLoss: '58000' }])
    await classic.price(57_900)
    const { positions, conditionalOrders } = await classic.truth()
    expect(positions).toEqual([])
    expect(conditionalOrders).toMatchObject([{ status: 'FILLED' }])
  })
})
