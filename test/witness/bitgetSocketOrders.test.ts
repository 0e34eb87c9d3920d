import { WebsocketAPIClient, WS_KEY_MAP } from 'bitget-api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { logIn } from './login.ts'
import { expectOrders } from './orderTruth.ts'

// The Node SDK's client for orders over a socket as it is published, by its `wsUrl` alone. It is for
// unified accounts: for classic ones there is none (`sendWSAPIRequest` of its V2 client sends
// nothing), so that the socket of those has no foreign witness of orders. It does not amend either.

const path = '/v3/ws/private'
const category = 'usdt-futures'
const symbol = 'BTCUSDT'
const market = { symbol, side: 'buy', orderType: 'market', qty: '0.01' } as const
const limit = { ...market, orderType: 'limit', price: '50000' } as const
const huge = { ...limit, qty: '90' }

async function setUnifiedStage(): Promise<ForeignStage> {
  const stage = await setForeignStage('bitget')
  const { control } = stage.simulator
  return { ...stage, ...(await control.createAccount({ venue: 'bitget', kind: 'unified' })) }
}

async function connect({
  apiKey,
  apiSecret,
  passphrase = '',
  url,
}: ForeignStage): Promise<WebsocketAPIClient> {
  const client = new WebsocketAPIClient(
    {
      apiKey,
      apiSecret,
      apiPass: passphrase,
      wsUrl: url.replace('http', 'ws') + path,
      // They write to the console.
      attachEventListeners: false,
    },
    quiet,
  )
  const socket = client.getWSClient()
  onTestFinished(() => socket.closeAll(true))
  await logIn(socket, WS_KEY_MAP.v3Private)
  return client
}

describe('orders of bitget-api 3.2.3 over a socket of a unified account', () => {
  it('behavior: a limit order is placed and cancelled, a market order filled', async () => {
    const stage = await setUnifiedStage()
    const client = await connect(stage)
    const [{ orderId }] = (await client.submitNewOrder(category, limit)).args
    await expectOrders(stage, path, [[orderId, 'NEW', '0.01', '50000']])
    const cancelled = await client.cancelOrder(category, { orderId })
    expect(cancelled).toMatchObject({ event: 'trade', code: '0', args: [{ orderId }] })
    const [bought] = (await client.submitNewOrder(category, market)).args
    await expectOrders(stage, path, [
      [orderId, 'CANCELLED', '0.01', '50000'],
      [bought.orderId, 'FILLED', '0.01', '0'],
    ])
  })

  it('behavior: batches, each with a refused item', async () => {
    const stage = await setUnifiedStage()
    const client = await connect(stage)
    const { args } = await client.placeBatchOrders(category, [limit, huge, limit])
    expect(args).toMatchObject([{ code: '0' }, { code: '40762' }, { code: '0' }])
    const [first = '', , third = ''] = args.map(({ orderId }) => orderId)
    const none = { orderId: '1' }
    const cancelled = await client.cancelBatchOrders(category, [none, { orderId: third }])
    expect(cancelled.args).toMatchObject([{ code: '25204' }, { code: '0', orderId: third }])
    await expectOrders(stage, path, [
      [first, 'NEW', '0.01', '50000'],
      [third, 'CANCELLED', '0.01', '50000'],
    ])
  })

  it('error: an order beyond the margin, and a cancellation of none', async () => {
    const stage = await setUnifiedStage()
    const client = await connect(stage)
    const refused = client.submitNewOrder(category, huge)
    await expect(refused).rejects.toMatchObject({ event: 'error', code: '40762' })
    const cancelled = client.cancelOrder(category, { orderId: '1' })
    await expect(cancelled).rejects.toMatchObject({ event: 'error', code: '25204' })
    await expectOrders(stage, path, [])
  })
})
