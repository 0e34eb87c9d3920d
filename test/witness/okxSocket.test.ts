import { RestClient, WebsocketClient, type WSClientConfigurableOptions } from 'okx-api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Diary, keepDiary, quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'

// The Node SDK's socket client as it is published. Its `wsUrl` is the whole address of a client, so
// that each of OKX's three sockets has a client of its own.

const instId = 'BTC-USDT-SWAP'
const instType = 'SWAP'
const limit = {
  instId,
  tdMode: 'cross',
  side: 'buy',
  ordType: 'limit',
  sz: '1',
  px: '50000',
} as const

function connect(
  { apiKey, apiSecret, passphrase = '', url }: ForeignStage,
  path: 'public' | 'private' | 'business',
  options: Partial<WSClientConfigurableOptions> = {},
): { client: WebsocketClient; diary: Diary } {
  const account = { apiKey, apiSecret, apiPass: passphrase }
  const client = new WebsocketClient(
    {
      accounts: [account],
      wsUrl: `${url.replace('http', 'ws')}/ws/v5/${path}`,
      reconnectTimeout: 10,
      ...options,
    },
    quiet,
  )
  onTestFinished(() => client.closeAll(true))
  const events = ['open', 'reconnected', 'authenticated', 'response', 'exception', 'update']
  return { client, diary: keepDiary(client, events) }
}

function restOf({ apiKey, apiSecret, passphrase = '', url }: ForeignStage): RestClient {
  return new RestClient({ apiKey, apiSecret, apiPass: passphrase, baseUrl: url })
}

describe('sockets of okx-api 3.2.3 on okx', () => {
  it('behavior: ticker, book, candle and trade', async () => {
    const stage = await setForeignStage('okx')
    const { client, diary } = connect(stage, 'public')
    client.subscribe([
      { channel: 'tickers', instId },
      { channel: 'books', instId },
      { channel: 'trades', instId },
    ])
    const business = connect(stage, 'business')
    business.client.subscribe({ channel: 'candle1m', instId })
    await diary.tells('update', { arg: { channel: 'tickers', instId }, data: [{ instId }] })
    await diary.tells('update', {
      arg: { channel: 'books' },
      action: 'snapshot',
      data: [{ prevSeqId: -1 }],
    })
    await business.diary.tells('response', { event: 'subscribe', arg: { channel: 'candle1m' } })
    await diary.tells('response', { event: 'subscribe', arg: { channel: 'trades', instId } })
    // 0.02 in contracts of a hundredth.
    const order = { instId, tdMode: 'cross', side: 'buy', ordType: 'market', sz: '2' } as const
    await restOf(stage).submitOrder(order)
    const [fill] = (await stage.truth()).fills
    await diary.tells('update', {
      arg: { channel: 'trades' },
      data: [{ instId, sz: '2', side: 'buy', px: Number(fill?.price) }],
    })
    await stage.price(60_100)
    await diary.tells('update', { arg: { channel: 'books' }, action: 'update' })
    await business.diary.tells('update', { arg: { channel: 'candle1m', instId } })
    expect(fill?.quantity).toBe('0.02')
  })

  it('behavior: orders, stops and positions of what is placed over REST', async () => {
    const stage = await setForeignStage('okx')
    const { client, diary } = connect(stage, 'private')
    client.subscribe([
      { channel: 'orders', instType },
      { channel: 'positions', instType },
      { channel: 'balance_and_position' },
    ])
    const business = connect(stage, 'business')
    business.client.subscribe({ channel: 'orders-algo', instType })
    await diary.tells('response', { event: 'subscribe', arg: { channel: 'orders' } })
    await diary.tells('update', { arg: { channel: 'balance_and_position' } })
    await business.diary.tells('response', { event: 'subscribe', arg: { channel: 'orders-algo' } })
    const rest = restOf(stage)
    const [placed] = await rest.submitOrder(limit)
    const ordId = String(placed?.ordId)
    await diary.tells('update', {
      arg: { channel: 'orders' },
      data: [{ ordId, state: 'live', px: '50000', sz: '1' }],
    })
    await rest.cancelOrder({ instId, ordId })
    await diary.tells('update', { data: [{ ordId, state: 'canceled' }] })
    await rest.submitOrder({ instId, tdMode: 'cross', side: 'buy', ordType: 'market', sz: '2' })
    const { fills, positions } = await stage.truth()
    expect(positions).toMatchObject([{ side: 'LONG', size: '0.02' }])
    for (const { orderId, price } of fills)
      await diary.tells('update', {
        data: [{ ordId: orderId, state: 'filled', fillSz: '2', fillPx: Number(price) }],
      })
    await diary.tells('update', {
      arg: { channel: 'positions' },
      data: [{ pos: '2', posSide: 'net' }],
    })
    const [stop] = await rest.placeAlgoOrder({
      instId,
      tdMode: 'cross',
      side: 'sell',
      ordType: 'conditional',
      sz: '2',
      reduceOnly: true,
      slTriggerPx: '58000',
      slOrdPx: '-1',
    })
    const algoId = String(stop?.algoId)
    await business.diary.tells('update', { data: [{ algoId, state: 'live' }] })
    await stage.price(57_900)
    await business.diary.tells('update', { data: [{ algoId, state: 'effective' }] })
    await diary.tells('update', { arg: { channel: 'positions' }, data: [{ pos: '0' }] })
  })

  it('error: a channel that does not exist, and a login with the wrong secret', async () => {
    const nowhere = { channel: 'tickers', instId: 'NOPE-USDT-SWAP' } as const
    const stage = await setForeignStage('okx', [JSON.stringify(nowhere)])
    const market = connect(stage, 'public')
    market.client.subscribe(nowhere)
    await market.diary.tells('exception', { event: 'error', code: '60018' })
    const { apiKey, passphrase = '' } = stage
    const accounts = [{ apiKey, apiSecret: 'wrong', apiPass: passphrase }]
    const stranger = connect(stage, 'private', { accounts })
    stranger.client.subscribe({ channel: 'orders', instType })
    await stranger.diary.tells('exception', { event: 'error', code: '60007' })
  })

  it('behavior: logs in and subscribes again after its connection was cut', async () => {
    const stage = await setForeignStage('okx')
    const { client, diary } = connect(stage, 'private')
    client.subscribe({ channel: 'orders', instType })
    await diary.tells('response', { event: 'subscribe' })
    diary.turnPage()
    await stage.simulator.control.inject({ venue: 'okx', kind: 'disconnect', times: 1 })
    await diary.tells('reconnected', {})
    await diary.tells('response', { event: 'subscribe' })
    const [placed] = await restOf(stage).submitOrder(limit)
    await diary.tells('update', { data: [{ ordId: String(placed?.ordId), state: 'live' }] })
  })
})
