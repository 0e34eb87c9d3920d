import { WebsocketAPIClient, WS_KEY_MAP } from 'bybit-api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keepDiary, quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { logIn } from './login.ts'
import { expectOrders } from './orderTruth.ts'

// The Node SDK's client for orders over a socket as it is published, by its `wsUrl` alone.

const path = '/v5/trade'
const category = 'linear'
const symbol = 'BTCUSDT'
const market = { symbol, side: 'Buy', orderType: 'Market', qty: '0.01' } as const
const limit = { ...market, orderType: 'Limit', price: '50000' } as const
const huge = { ...limit, qty: '90' }

async function connect({ apiKey, apiSecret, url }: ForeignStage): Promise<WebsocketAPIClient> {
  const client = new WebsocketAPIClient(
    {
      key: apiKey,
      secret: apiSecret,
      wsUrl: url.replace('http', 'ws') + path,
      reconnectTimeout: 10,
      // They write to the console.
      attachEventListeners: false,
    },
    quiet,
  )
  const socket = client.getWSClient()
  onTestFinished(() => socket.closeAll(true))
  await logIn(socket, WS_KEY_MAP.v5PrivateTrade)
  return client
}

describe('orders of bybit-api 4.7.7 over a socket of bybit', () => {
  it('behavior: a limit order is placed, amended and cancelled, a market order filled', async () => {
    const stage = await setForeignStage('bybit')
    const client = await connect(stage)
    const { orderId } = (await client.submitNewOrder({ category, ...limit })).data
    await expectOrders(stage, path, [[orderId, 'NEW', '0.01', '50000']])
    await client.amendOrder({ category, symbol, orderId, qty: '0.02', price: '51000' })
    await expectOrders(stage, path, [[orderId, 'NEW', '0.02', '51000']])
    const cancelled = await client.cancelOrder({ category, symbol, orderId })
    expect(cancelled).toMatchObject({ op: 'order.cancel', retCode: 0, data: { orderId } })
    const bought = await client.submitNewOrder({ category, ...market })
    await expectOrders(stage, path, [
      [orderId, 'CANCELLED', '0.02', '51000'],
      [bought.data.orderId, 'FILLED', '0.01', '0'],
    ])
  })

  it('behavior: batches, each with a refused item', async () => {
    const stage = await setForeignStage('bybit')
    const client = await connect(stage)
    const placed = await client.batchSubmitOrders(category, [limit, huge, limit])
    expect(placed.retExtInfo.list.map(({ code }) => code)).toEqual([0, 110007, 0])
    const [first = '', , third = ''] = placed.data.list.map(({ orderId }) => orderId)
    const amended = await client.batchAmendOrder(category, [
      { symbol, orderId: 'none', price: '51000' },
      { symbol, orderId: third, price: '51000' },
    ])
    expect(amended.retExtInfo.list.map(({ code }) => code)).toEqual([110001, 0])
    const cancelled = await client.batchCancelOrder(category, [
      { symbol, orderId: first },
      { symbol, orderId: 'none' },
    ])
    expect(cancelled.retExtInfo.list.map(({ code }) => code)).toEqual([0, 110001])
    await expectOrders(stage, path, [
      [first, 'CANCELLED', '0.01', '50000'],
      [third, 'NEW', '0.01', '51000'],
    ])
  })

  it('error: an order beyond the margin, and a cancellation of none', async () => {
    const stage = await setForeignStage('bybit')
    const client = await connect(stage)
    const refused = client.submitNewOrder({ category, ...huge })
    await expect(refused).rejects.toMatchObject({ op: 'order.create', retCode: 110007 })
    const cancelled = client.cancelOrder({ category, symbol, orderId: 'none' })
    await expect(cancelled).rejects.toMatchObject({ op: 'order.cancel', retCode: 110001 })
    await expectOrders(stage, path, [])
  })

  it('behavior: logs in again after its connection was cut', async () => {
    const stage = await setForeignStage('bybit')
    const client = await connect(stage)
    const { orderId } = (await client.submitNewOrder({ category, ...limit })).data
    const diary = keepDiary(client.getWSClient(), ['authenticated'])
    await stage.simulator.control.inject({ venue: 'bybit', kind: 'disconnect', times: 1 })
    await diary.tells('authenticated', {})
    await client.cancelOrder({ category, symbol, orderId })
    await expectOrders(stage, path, [[orderId, 'CANCELLED', '0.01', '50000']])
  })
})
