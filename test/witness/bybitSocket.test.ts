import { RestClientV5, WebsocketClient, type WSClientConfigurableOptions } from 'bybit-api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Diary, keepDiary, quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'

// The Node SDK's socket client as it is published. Its `wsUrl` is the whole address of a client, so
// that each path has a client of its own.

const category = 'linear'
const symbol = 'BTCUSDT'

function connect(
  { apiKey, apiSecret, url }: ForeignStage,
  path: 'public/linear' | 'private',
  options: Partial<WSClientConfigurableOptions> = {},
): { client: WebsocketClient; diary: Diary } {
  const client = new WebsocketClient(
    {
      key: apiKey,
      secret: apiSecret,
      wsUrl: `${url.replace('http', 'ws')}/v5/${path}`,
      reconnectTimeout: 10,
      ...options,
    },
    quiet,
  )
  onTestFinished(() => client.closeAll(true))
  const events = ['open', 'reconnected', 'authenticated', 'response', 'exception', 'update']
  return { client, diary: keepDiary(client, events) }
}

function restOf({ apiKey, apiSecret, url }: ForeignStage): RestClientV5 {
  return new RestClientV5({ key: apiKey, secret: apiSecret, baseUrl: url })
}

describe('sockets of bybit-api 4.7.7 on bybit', () => {
  it('behavior: ticker, book and trade', async () => {
    const stage = await setForeignStage('bybit')
    const { client, diary } = connect(stage, 'public/linear')
    client.subscribeV5(
      [`tickers.${symbol}`, `orderbook.50.${symbol}`, `publicTrade.${symbol}`],
      category,
    )
    await diary.tells('update', { topic: `tickers.${symbol}`, type: 'snapshot', data: { symbol } })
    await diary.tells('update', {
      topic: `orderbook.50.${symbol}`,
      type: 'snapshot',
      data: { s: symbol },
    })
    await restOf(stage).submitOrder({
      category,
      symbol,
      side: 'Buy',
      orderType: 'Market',
      qty: '0.02',
    })
    const [fill] = (await stage.truth()).fills
    await diary.tells('update', {
      topic: `publicTrade.${symbol}`,
      data: [{ s: symbol, S: 'Buy', v: Number(fill?.quantity), p: Number(fill?.price) }],
    })
    await stage.price(60_100)
    await diary.tells('update', { topic: `orderbook.50.${symbol}`, type: 'delta' })
  })

  it('behavior: orders, executions and positions of what is placed over REST', async () => {
    const stage = await setForeignStage('bybit')
    const { client, diary } = connect(stage, 'private')
    client.subscribeV5(['order', 'execution', 'position', 'wallet'], category)
    await diary.tells('response', { op: 'subscribe', success: true })
    const rest = restOf(stage)
    const limit = { category, symbol, side: 'Buy', orderType: 'Limit', qty: '0.01' } as const
    const placed = await rest.submitOrder({ ...limit, price: '50000' })
    const { orderId } = placed.result
    await diary.tells('update', {
      topic: 'order',
      data: [{ orderId, orderStatus: 'New', price: '50000.00', qty: '0.010' }],
    })
    await rest.cancelOrder({ category, symbol, orderId })
    await diary.tells('update', {
      topic: 'order',
      data: [{ orderId, orderStatus: 'Cancelled' }],
    })
    await rest.submitOrder({ category, symbol, side: 'Buy', orderType: 'Market', qty: '0.02' })
    const { fills, positions } = await stage.truth()
    expect(positions).toMatchObject([{ side: 'LONG', size: '0.02' }])
    for (const { orderId, quantity, price } of fills)
      await diary.tells('update', {
        topic: 'execution',
        data: [{ orderId, execQty: Number(quantity), execPrice: Number(price) }],
      })
    await diary.tells('update', { topic: 'position', data: [{ side: 'Buy', size: '0.020' }] })
    await diary.tells('update', { topic: 'wallet', data: [{ accountType: 'UNIFIED' }] })
  })

  it('error: a topic that does not exist, and a login with the wrong secret', async () => {
    const stage = await setForeignStage('bybit', [`orderbook.500.${symbol}`])
    const market = connect(stage, 'public/linear')
    market.client.subscribeV5(`orderbook.500.${symbol}`, category)
    await market.diary.tells('exception', {
      op: 'subscribe',
      success: false,
      ret_msg: `error:handler not found,topic:orderbook.500.${symbol}`,
    })
    const stranger = connect(stage, 'private', { secret: 'wrong' })
    stranger.client.subscribeV5('order', category)
    await stranger.diary.tells('exception', { op: 'auth', success: false })
  })

  it('behavior: logs in and subscribes again after its connection was cut', async () => {
    const stage = await setForeignStage('bybit')
    const { client, diary } = connect(stage, 'private')
    client.subscribeV5('order', category)
    await diary.tells('response', { op: 'subscribe', success: true })
    diary.turnPage()
    await stage.simulator.control.inject({ venue: 'bybit', kind: 'disconnect', times: 1 })
    await diary.tells('reconnected', {})
    await diary.tells('response', { op: 'subscribe', success: true })
    const limit = { category, symbol, side: 'Buy', orderType: 'Limit', qty: '0.01' } as const
    const placed = await restOf(stage).submitOrder({ ...limit, price: '50000' })
    await diary.tells('update', { topic: 'order', data: [{ orderId: placed.result.orderId }] })
  })
})
