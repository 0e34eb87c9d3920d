import {
  RestClientV2,
  RestClientV3,
  WebsocketClientV2,
  WebsocketClientV3,
  WS_KEY_MAP,
} from 'bitget-api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Diary, keepDiary, quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'

// The Node SDK's socket clients as they are published, V2 on a classic account and V3 on a unified
// one. Their `wsUrl` is the whole address of a client, so that each path has a client of its own.

const productType = 'USDT-FUTURES'
const symbol = 'BTCUSDT'
const EVENTS = ['open', 'reconnected', 'authenticated', 'response', 'exception', 'update']
const limit = {
  productType,
  symbol,
  marginCoin: 'USDT',
  marginMode: 'crossed',
  side: 'buy',
  orderType: 'limit',
  size: '0.01',
  price: '50000',
  force: 'gtc',
} as const
const order = { category: productType, symbol, side: 'buy', orderType: 'market' } as const

function optionsOf({ apiKey, apiSecret, passphrase = '', url }: ForeignStage, path: string) {
  const wsUrl = `${url.replace('http', 'ws')}/${path}`
  return { apiKey, apiSecret, apiPass: passphrase, wsUrl, reconnectTimeout: 10 }
}

function connectV2(
  stage: ForeignStage,
  side: 'public' | 'private',
): { client: WebsocketClientV2; diary: Diary } {
  const client = new WebsocketClientV2(optionsOf(stage, `v2/ws/${side}`), quiet)
  onTestFinished(() => client.closeAll(true))
  return { client, diary: keepDiary(client, EVENTS) }
}

function connectV3(
  stage: ForeignStage,
  side: 'public' | 'private',
): { client: WebsocketClientV3; diary: Diary } {
  const client = new WebsocketClientV3(optionsOf(stage, `v3/ws/${side}`), quiet)
  onTestFinished(() => client.closeAll(true))
  return { client, diary: keepDiary(client, EVENTS) }
}

function keyOf({ apiKey, apiSecret, passphrase = '', url }: ForeignStage) {
  return { apiKey, apiSecret, apiPass: passphrase, baseUrl: url }
}

async function setUnifiedStage(): Promise<ForeignStage> {
  const stage = await setForeignStage('bitget')
  const { control } = stage.simulator
  return { ...stage, ...(await control.createAccount({ venue: 'bitget', kind: 'unified' })) }
}

describe('sockets of bitget-api 3.2.3 on a classic account', () => {
  it('behavior: ticker, book and trade', async () => {
    const stage = await setForeignStage('bitget')
    const { client, diary } = connectV2(stage, 'public')
    for (const channel of ['ticker', 'books', 'trade'] as const)
      void client.subscribeTopic(productType, channel, symbol)
    await diary.tells('update', { arg: { channel: 'ticker' }, data: [{ instId: symbol }] })
    await diary.tells('update', { arg: { channel: 'books' }, action: 'snapshot' })
    await diary.tells('update', { arg: { channel: 'trade' }, action: 'snapshot' })
    await new RestClientV2(keyOf(stage)).futuresSubmitOrder({
      ...limit,
      size: '0.02',
      price: '60500',
    })
    const [fill] = (await stage.truth()).fills
    await diary.tells('update', {
      arg: { channel: 'trade' },
      action: 'update',
      data: [{ side: 'buy', size: Number(fill?.quantity), price: Number(fill?.price) }],
    })
    await stage.price(60_100)
    await diary.tells('update', { arg: { channel: 'books' }, action: 'update' })
  })

  it('behavior: orders, fills, plans and positions of what is placed over REST', async () => {
    const stage = await setForeignStage('bitget')
    const { client, diary } = connectV2(stage, 'private')
    for (const channel of ['orders', 'fill', 'positions', 'orders-algo']) {
      // `subscribeTopic` would do the same, but its type does not know of `fill`.
      const payload = { instType: productType, instId: 'default' }
      void client.subscribe({ topic: channel, payload }, WS_KEY_MAP.v2Private)
      await diary.tells('response', { event: 'subscribe', arg: { channel } })
    }
    const rest = new RestClientV2(keyOf(stage))
    const { orderId } = (await rest.futuresSubmitOrder(limit)).data
    await diary.tells('update', {
      arg: { channel: 'orders' },
      data: [{ orderId, status: 'live', price: '50000', size: '0.01' }],
    })
    await rest.futuresCancelOrder({ productType, symbol, orderId })
    await diary.tells('update', { data: [{ orderId, status: 'canceled' }] })
    const { force: _, price: __, ...market } = limit
    await rest.futuresSubmitOrder({ ...market, orderType: 'market', size: '0.02' })
    const { fills, positions } = await stage.truth()
    expect(positions).toMatchObject([{ side: 'LONG', size: '0.02' }])
    for (const { orderId, fillId, price } of fills) {
      await diary.tells('update', { data: [{ orderId, status: 'filled', baseVolume: '0.02' }] })
      await diary.tells('update', {
        arg: { channel: 'fill' },
        data: [{ orderId, tradeId: fillId, price: Number(price) }],
      })
    }
    await diary.tells('update', {
      arg: { channel: 'positions' },
      data: [{ instId: symbol, holdSide: 'long', total: '0.02' }],
    })
    const stop = await rest.futuresSubmitTPSLOrder({
      productType,
      symbol,
      marginCoin: 'USDT',
      planType: 'loss_plan',
      triggerPrice: '58000',
      triggerType: 'mark_price',
      holdSide: 'buy',
      size: '0.02',
    })
    const plan = stop.data.orderId
    await diary.tells('update', { data: [{ orderId: plan, status: 'live' }] })
    await stage.price(57_900)
    await diary.tells('update', { data: [{ orderId: plan, status: 'executed' }] })
  })

  it('error: an instrument that does not exist, and a login with the wrong secret', async () => {
    const nowhere = { channel: 'ticker', instType: productType, instId: 'NOPEUSDT' }
    const stage = await setForeignStage('bitget', [JSON.stringify(nowhere)])
    const market = connectV2(stage, 'public')
    void market.client.subscribeTopic(productType, 'ticker', 'NOPEUSDT')
    await market.diary.tells('exception', { event: 'error', code: 30001 })
    const stranger = connectV2({ ...stage, apiSecret: 'wrong' }, 'private')
    void stranger.client.subscribeTopic(productType, 'orders').catch(() => undefined)
    await stranger.diary.tells('exception', { event: 'error' })
  })

  it('behavior: logs in and subscribes again after its connection was cut', async () => {
    const stage = await setForeignStage('bitget')
    const { client, diary } = connectV2(stage, 'private')
    void client.subscribeTopic(productType, 'orders')
    await diary.tells('response', { event: 'subscribe' })
    diary.turnPage()
    await stage.simulator.control.inject({ venue: 'bitget', kind: 'disconnect', times: 1 })
    await diary.tells('reconnected', {})
    await diary.tells('response', { event: 'subscribe' })
    const { orderId } = (await new RestClientV2(keyOf(stage)).futuresSubmitOrder(limit)).data
    await diary.tells('update', { data: [{ orderId, status: 'live' }] })
  })
})

describe('sockets of bitget-api 3.2.3 on a unified account', () => {
  it('behavior: ticker, book and trade', async () => {
    const stage = await setUnifiedStage()
    const { client, diary } = connectV3(stage, 'public')
    const payload = { instType: 'usdt-futures', symbol } as const
    await client.subscribe(
      (['ticker', 'books', 'publicTrade'] as const).map((topic) => ({ topic, payload })),
      WS_KEY_MAP.v3Public,
    )
    await diary.tells('update', { arg: { topic: 'ticker', symbol } })
    await diary.tells('update', { arg: { topic: 'books' }, action: 'snapshot' })
    await diary.tells('update', { arg: { topic: 'publicTrade' }, action: 'snapshot' })
    await new RestClientV3(keyOf(stage)).submitNewOrder({ ...order, qty: '0.02' })
    const [fill] = (await stage.truth()).fills
    await diary.tells('update', {
      arg: { topic: 'publicTrade' },
      action: 'update',
      data: [{ S: 'buy', v: Number(fill?.quantity), p: Number(fill?.price) }],
    })
    await stage.price(60_100)
    await diary.tells('update', { arg: { topic: 'books' }, action: 'update' })
  })

  it('behavior: orders, fills, strategies and positions, also after its connection was cut', async () => {
    const stage = await setUnifiedStage()
    const { client, diary } = connectV3(stage, 'private')
    const payload = { instType: 'UTA' } as const
    const topics = ['order', 'fill', 'position', 'strategy-order'] as const
    await client.subscribe(
      topics.map((topic) => ({ topic, payload })),
      WS_KEY_MAP.v3Private,
    )
    for (const topic of topics)
      await diary.tells('response', { event: 'subscribe', arg: { topic } })
    const rest = new RestClientV3(keyOf(stage))
    await rest.submitNewOrder({ ...order, qty: '0.02' })
    const { fills, positions } = await stage.truth()
    expect(positions).toMatchObject([{ side: 'LONG', size: '0.02' }])
    for (const { orderId, fillId, price } of fills) {
      await diary.tells('update', { data: [{ orderId, orderStatus: 'filled' }] })
      await diary.tells('update', {
        arg: { topic: 'fill' },
        data: [{ orderId, execId: fillId, execPrice: Number(price) }],
      })
    }
    await diary.tells('update', {
      arg: { topic: 'position' },
      data: [{ symbol, posSide: 'long', size: '0.02' }],
    })
    diary.turnPage()
    await stage.simulator.control.inject({ venue: 'bitget', kind: 'disconnect', times: 1 })
    await diary.tells('reconnected', {})
    for (const topic of topics)
      await diary.tells('response', { event: 'subscribe', arg: { topic } })
    const stop = await rest.submitStrategyOrder({
      category: productType,
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
    const { orderId } = stop.data
    await diary.tells('update', { data: [{ orderId, status: 'pending' }] })
    await stage.price(57_900)
    await diary.tells('update', { data: [{ orderId, status: 'success' }] })
  })

  it('error: a login with the wrong passphrase', async () => {
    const stage = await setUnifiedStage()
    const { client, diary } = connectV3({ ...stage, passphrase: 'wrong' }, 'private')
    void client
      .subscribe({ topic: 'order', payload: { instType: 'UTA' } }, WS_KEY_MAP.v3Private)
      .catch(() => undefined)
    await diary.tells('exception', { event: 'error' })
  })
})
