import { USDMClient, WebsocketClient } from 'binance'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Diary, keepDiary, quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'

// The Node SDK's socket client as it is published. Its `wsUrl` is an origin: the paths of the three
// routes are its own, and so is the request for a listen key.

const symbol = 'BTCUSDT'
const limit = {
  symbol,
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: 0.01,
  price: 50_000,
} as const

function connect({ apiKey, apiSecret, url }: ForeignStage): {
  client: WebsocketClient
  diary: Diary
} {
  const client = new WebsocketClient(
    {
      api_key: apiKey,
      api_secret: apiSecret,
      wsUrl: url.replace('http', 'ws'),
      restOptions: { baseUrl: url },
      reconnectTimeout: 10,
    },
    quiet,
  )
  onTestFinished(() => client.closeAll(true))
  const events = ['open', 'reconnecting', 'reconnected', 'response', 'exception', 'message']
  return { client, diary: keepDiary(client, events) }
}

function restOf({ apiKey, apiSecret, url }: ForeignStage): USDMClient {
  return new USDMClient({ api_key: apiKey, api_secret: apiSecret, baseUrl: url })
}

describe('sockets of binance 3.6.5 on binance', () => {
  it('behavior: best prices, book and trade', async () => {
    const stage = await setForeignStage('binance')
    const { client, diary } = connect(stage)
    // Two routes: the SDK chooses by the name of the stream.
    await client.subscribe(
      ['btcusdt@bookTicker', 'btcusdt@depth@100ms', 'btcusdt@aggTrade', 'btcusdt@markPrice@1s'],
      'usdm',
    )
    await diary.tells('message', { e: 'bookTicker', s: symbol })
    await diary.tells('response', { result: null, wsKey: 'usdmPublic' })
    await diary.tells('response', { result: null, wsKey: 'usdmMarket' })
    await restOf(stage).submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.02 })
    const [fill] = (await stage.truth()).fills
    await diary.tells('message', {
      e: 'aggTrade',
      s: symbol,
      q: Number(fill?.quantity),
      p: Number(fill?.price),
      m: false,
    })
    await stage.price(60_100)
    await diary.tells('message', { e: 'depthUpdate', s: symbol })
    await diary.tells('message', { e: 'markPriceUpdate', s: symbol })
  })

  it('behavior: orders, stops and positions of what is placed over REST', async () => {
    const stage = await setForeignStage('binance')
    const { client, diary } = connect(stage)
    await client.subscribeUsdFuturesUserDataStream()
    const rest = restOf(stage)
    const { orderId } = await rest.submitNewOrder(limit)
    await diary.tells('message', {
      e: 'ORDER_TRADE_UPDATE',
      o: { i: orderId, x: 'NEW', X: 'NEW', q: '0.010' },
    })
    await rest.cancelOrder({ symbol, orderId })
    await diary.tells('message', { o: { i: orderId, x: 'CANCELED', X: 'CANCELED' } })
    await rest.submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.02 })
    const { fills, positions } = await stage.truth()
    expect(positions).toMatchObject([{ side: 'LONG', size: '0.02' }])
    for (const { orderId, quantity, price } of fills)
      await diary.tells('message', {
        e: 'ORDER_TRADE_UPDATE',
        o: { i: Number(orderId), x: 'TRADE', X: 'FILLED', l: Number(quantity), L: Number(price) },
      })
    await diary.tells('message', {
      e: 'ACCOUNT_UPDATE',
      a: { m: 'ORDER', P: [{ s: symbol, pa: 0.02 }] },
    })
    const stop = await rest.submitNewAlgoOrder({
      algoType: 'CONDITIONAL',
      symbol,
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.02',
      triggerPrice: '58000',
      reduceOnly: 'true',
    })
    await diary.tells('message', { e: 'ALGO_UPDATE', o: { aid: stop.algoId, X: 'NEW' } })
    await stage.price(57_900)
    await diary.tells('message', { e: 'ALGO_UPDATE', o: { aid: stop.algoId, X: 'FINISHED' } })
    await diary.tells('message', { e: 'ACCOUNT_UPDATE', a: { P: [{ s: symbol, pa: '0' }] } })
  })

  it('error: a misspelt stream is acknowledged like any other; a listen key for an unknown key', async () => {
    const stage = await setForeignStage('binance', ['btcusdt@nope'])
    const market = connect(stage)
    await market.client.subscribe('btcusdt@nope', 'usdm')
    await market.diary.tells('response', { result: null })
    const { client, diary } = connect({ ...stage, apiKey: 'nobody' })
    await client.subscribeUsdFuturesUserDataStream()
    await diary.tells('exception', {
      functionRef: 'subscribeUsdFuturesUserDataStream()',
      error: { code: -2015 },
    })
  })

  it('behavior: asks for the listen key and connects again after its connection was cut', async () => {
    const stage = await setForeignStage('binance')
    const { client, diary } = connect(stage)
    await client.subscribeUsdFuturesUserDataStream()
    await stage.simulator.control.inject({ venue: 'binance', kind: 'disconnect', times: 1 })
    await diary.tells('reconnected', {})
    const { orderId } = await restOf(stage).submitNewOrder(limit)
    await diary.tells('message', { e: 'ORDER_TRADE_UPDATE', o: { i: orderId, X: 'NEW' } })
  })
})
