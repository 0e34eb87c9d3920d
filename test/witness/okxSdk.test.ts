import { RestClient } from 'okx-api'
import { describe, expect, it } from 'vitest'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'

// The Node SDK as it is published, by its base-URL option alone.

const instId = 'BTC-USDT-SWAP'
const instType = 'SWAP'

function clientOf({ apiKey, apiSecret, passphrase = '', url }: ForeignStage): RestClient {
  return new RestClient({ apiKey, apiSecret, apiPass: passphrase, baseUrl: url })
}

describe('okx-api 3.2.3 on okx', () => {
  it('behavior: life of a protected position', async () => {
    const stage = await setForeignStage('okx')
    const client = clientOf(stage)
    const [listed] = await client.getInstruments({ instType, instId })
    expect(listed).toMatchObject({ instId, ctVal: '0.01' })
    const [balance] = await client.getBalance()
    expect(Number(balance?.totalEq)).toBe(100_000)
    await client.setLeverage({ instId, lever: '5', mgnMode: 'cross' })
    // 0.02 in contracts of a hundredth.
    const order = { instId, tdMode: 'cross', side: 'buy', ordType: 'market', sz: '2' } as const
    const [bought] = await client.submitOrder(order)
    expect(bought?.sCode).toBe('0')
    const [position] = await client.getPositions({ instId })
    expect(position).toMatchObject({ pos: '2', mgnMode: 'cross', posSide: 'net', lever: '5' })
    const [stop] = await client.placeAlgoOrder({
      instId,
      tdMode: 'cross',
      side: 'sell',
      ordType: 'conditional',
      sz: '2',
      reduceOnly: true,
      slTriggerPx: '58000',
      slOrdPx: '-1',
    })
    expect(stop?.sCode).toBe('0')
    const waiting = await client.getAlgoOrderList({ ordType: 'conditional', instId })
    expect(waiting).toMatchObject([{ algoId: stop?.algoId, slTriggerPx: '58000' }])
    await stage.price(57_900)
    const { positions, conditionalOrders } = await stage.truth()
    expect(positions).toEqual([])
    expect(conditionalOrders).toMatchObject([{ status: 'FILLED', quantity: '0.02' }])
    expect(await client.getFills({ instType, instId })).toHaveLength(2)
  })

  it('behavior: both sides in long/short mode, with isolated margin', async () => {
    const stage = await setForeignStage('okx')
    const client = clientOf(stage)
    await client.setPositionMode({ posMode: 'long_short_mode' })
    const order = { instId, tdMode: 'isolated', ordType: 'market', sz: '1' } as const
    await client.submitOrder({ ...order, side: 'buy', posSide: 'long' })
    await client.submitOrder({ ...order, side: 'sell', posSide: 'short' })
    const both = await client.getPositions({ instId })
    expect(both.map(({ posSide, mgnMode }) => [posSide, mgnMode]).sort()).toEqual([
      ['long', 'isolated'],
      ['short', 'isolated'],
    ])
    await client.submitOrder({ ...order, side: 'sell', posSide: 'long' })
    const { positions } = await stage.truth()
    expect(positions).toMatchObject([{ side: 'SHORT', size: '0.01', marginMode: 'ISOLATED' }])
  })

  it('behavior: a batch, an amendment and the refusal of an item', async () => {
    const stage = await setForeignStage('okx')
    const client = clientOf(stage)
    const limit = { instId, tdMode: 'cross', side: 'buy', ordType: 'limit', sz: '1' } as const
    const [first] = await client.submitMultipleOrders([
      { ...limit, px: '59000' },
      { ...limit, px: '58000' },
    ])
    expect(first?.sCode).toBe('0')
    await client.amendOrder({ instId, ordId: String(first?.ordId), newSz: '2' })
    const { orders } = await stage.truth()
    expect(orders.map(({ quantity }) => quantity)).toEqual(['0.02', '0.01'])
    const huge = client.submitOrder({ ...limit, ordType: 'market', sz: '100000' })
    await expect(huge).rejects.toMatchObject({ code: '1' })
  })
})
