import { WebsocketAPIClient } from 'binance'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keepDiary, quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { expectOrders } from './orderTruth.ts'

// The Node SDK's client for orders over a socket as it is published, by its `wsUrl`, an origin. It
// takes the time of a request from its caller. The exchange has no batches here. The client cannot
// cancel a stop: its types call the id `algoid`, which the exchange calls `algoId`.

const path = '/ws-fapi/v1'
const symbol = 'BTCUSDT'
const market = { symbol, side: 'BUY', type: 'MARKET', quantity: '0.01' } as const
const limit = { ...market, type: 'LIMIT', timeInForce: 'GTC', price: '50000' } as const

function make({ apiKey, url }: ForeignStage, secret: string): WebsocketAPIClient {
  const client = new WebsocketAPIClient(
    {
      api_key: apiKey,
      api_secret: secret,
      wsUrl: url.replace('http', 'ws'),
      reconnectTimeout: 10,
      // They write to the console.
      attachEventListeners: false,
    },
    quiet,
  )
  onTestFinished(() => client.getWSClient().closeAll(true))
  return client
}

/** Signs each request, as one must whose key has a secret. */
function connectSigning(stage: ForeignStage): WebsocketAPIClient {
  const client = make(stage, stage.apiSecret)
  client.getWSClient().setAuthOnConnect(false).setAuthEveryRequest(true)
  return client
}

/** Logs in with an Ed25519 key, whose seed is the secret (docs/wire/binance.md 8.7), and signs no more. */
function connectLoggingIn(stage: ForeignStage): WebsocketAPIClient {
  const key = Buffer.from(`302e020100300506032b657004220420${stage.apiSecret}`, 'hex')
  const pem = `-----BEGIN PRIVATE KEY-----\n${key.toString('base64')}\n-----END PRIVATE KEY-----`
  return make(stage, pem)
}

describe.each([
  { manner: 'signing each request', open: connectSigning },
  { manner: 'after a login with Ed25519', open: connectLoggingIn },
])('orders of binance 3.6.5 over a socket of binance $manner', ({ open }) => {
  it('behavior: a limit order is placed, amended and cancelled, a market order filled', async () => {
    const stage = await setForeignStage('binance')
    const client = open(stage)
    const timestamp = Date.now()
    const placed = await client.submitNewFuturesOrder('usdm', { ...limit, timestamp })
    const { orderId } = placed.result
    const id = String(orderId)
    await expectOrders(stage, path, [[id, 'NEW', '0.01', '50000']])
    await client.modifyFuturesOrder('usdm', {
      symbol,
      orderId,
      side: 'BUY',
      quantity: '0.02',
      price: '51000',
      timestamp,
    })
    await expectOrders(stage, path, [[id, 'NEW', '0.02', '51000']])
    const named = { symbol, orderId, timestamp }
    await client.cancelFuturesOrder('usdm', named)
    const told = await client.getFuturesOrderStatus('usdm', named)
    expect(told.result).toMatchObject({ orderId, status: 'CANCELED', origQty: '0.020' })
    const bought = await client.submitNewFuturesOrder('usdm', { ...market, timestamp })
    await expectOrders(stage, path, [
      [id, 'CANCELLED', '0.02', '51000'],
      [String(bought.result.orderId), 'FILLED', '0.01', '0'],
    ])
  })

  it('behavior: a stop is placed', async () => {
    const stage = await setForeignStage('binance')
    const client = open(stage)
    const { result } = await client.submitNewFuturesAlgoOrder({
      algoType: 'CONDITIONAL',
      symbol,
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.01',
      triggerPrice: '58000',
      timestamp: Date.now(),
    })
    expect((await stage.truth()).conditionalOrders).toMatchObject([
      { orderId: String(result.algoId), status: 'PENDING', side: 'SELL', quantity: '0.01' },
    ])
    await expectOrders(stage, path, [])
  })

  it('error: an order beyond the margin, and a cancellation of none', async () => {
    const stage = await setForeignStage('binance')
    const client = open(stage)
    const timestamp = Date.now()
    const huge = client.submitNewFuturesOrder('usdm', { ...limit, quantity: '90', timestamp })
    await expect(huge).rejects.toMatchObject({ status: 400, error: { code: -2019 } })
    const cancelled = client.cancelFuturesOrder('usdm', { symbol, orderId: 1, timestamp })
    await expect(cancelled).rejects.toMatchObject({ status: 400, error: { code: -2011 } })
    await expectOrders(stage, path, [])
  })
})

describe('orders of binance 3.6.5 over a socket of binance', () => {
  it('behavior: logs in again after its connection was cut', async () => {
    const stage = await setForeignStage('binance')
    const client = connectLoggingIn(stage)
    const diary = keepDiary(client.getWSClient(), ['reconnected'])
    const timestamp = Date.now()
    const { result } = await client.submitNewFuturesOrder('usdm', { ...limit, timestamp })
    await stage.simulator.control.inject({ venue: 'binance', kind: 'disconnect', times: 1 })
    await diary.tells('reconnected', {})
    await client.cancelFuturesOrder('usdm', { symbol, orderId: result.orderId, timestamp })
    await expectOrders(stage, path, [[String(result.orderId), 'CANCELLED', '0.01', '50000']])
    const { requests } = await stage.truth()
    const logins = requests.filter(({ socket }) => socket === `${path} session.logon`)
    expect(logins.map(({ status }) => status)).toEqual([200, 200])
  })

  it('error: a wrong signature', async () => {
    const stage = await setForeignStage('binance')
    const client = connectSigning({ ...stage, apiSecret: `0000${stage.apiSecret.slice(4)}` })
    const order = client.submitNewFuturesOrder('usdm', { ...limit, timestamp: Date.now() })
    await expect(order).rejects.toMatchObject({ status: 400, error: { code: -1022 } })
    await expectOrders(stage, path, [])
  })
})
