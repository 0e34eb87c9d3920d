import { RestClient, WebsocketAPIClient } from 'okx-api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { quiet } from './diary.ts'
import { type ForeignStage, setForeignStage } from './foreignStage.ts'
import { logIn } from './login.ts'
import { expectOrders } from './orderTruth.ts'

// The Node SDK's client for orders over a socket as it is published, by its `wsUrl` alone.

const path = '/ws/v5/private'
const instId = 'BTC-USDT-SWAP'
// Contracts of a hundredth.
const market = { tdMode: 'cross', side: 'buy', ordType: 'market', sz: '1' } as const
const limit = { ...market, ordType: 'limit', px: '50000' } as const

async function connect({
  apiKey,
  apiSecret,
  passphrase = '',
  url,
}: ForeignStage): Promise<WebsocketAPIClient> {
  const client = new WebsocketAPIClient(
    {
      accounts: [{ apiKey, apiSecret, apiPass: passphrase }],
      wsUrl: url.replace('http', 'ws') + path,
      // They write to the console.
      attachEventListeners: false,
    },
    quiet,
  )
  const socket = client.getWSClient()
  onTestFinished(() => socket.closeAll(true))
  await logIn(socket, socket.getMarketWsKey('private'))
  return client
}

/** What the socket calls the contract; the client leaves it to its caller to look that up. */
async function codeOf({ url }: ForeignStage): Promise<number> {
  const client = new RestClient({ baseUrl: url })
  const [listed] = await client.getInstruments({ instType: 'SWAP', instId })
  return Number(listed?.instIdCode)
}

describe('orders of okx-api 3.2.3 over a socket of okx', () => {
  it('behavior: a limit order is placed, amended and cancelled, a market order filled', async () => {
    const stage = await setForeignStage('okx')
    const client = await connect(stage)
    const instIdCode = await codeOf(stage)
    const [{ ordId }] = (await client.submitNewOrder({ instIdCode, ...limit })).data
    await expectOrders(stage, path, [[ordId, 'NEW', '0.01', '50000']])
    await client.amendOrder({ instIdCode, ordId, newSz: '2', newPx: '51000' })
    await expectOrders(stage, path, [[ordId, 'NEW', '0.02', '51000']])
    const cancelled = await client.cancelOrder({ instIdCode, ordId })
    expect(cancelled).toMatchObject({ op: 'cancel-order', code: '0', data: [{ ordId }] })
    const [bought] = (await client.submitNewOrder({ instIdCode, ...market })).data
    await expectOrders(stage, path, [
      [ordId, 'CANCELLED', '0.02', '51000'],
      [bought.ordId, 'FILLED', '0.01', '0'],
    ])
  })

  it('behavior: batches', async () => {
    const stage = await setForeignStage('okx')
    const client = await connect(stage)
    const instIdCode = await codeOf(stage)
    const order = { instIdCode, ...limit }
    const placed = await client.submitMultipleOrders([order, order])
    const [first = '', second = ''] = placed.data.map(({ ordId }) => ordId)
    await client.amendMultipleOrders([
      { instIdCode, ordId: first, newSz: '2' },
      { instIdCode, ordId: second, newPx: '51000' },
    ])
    await expectOrders(stage, path, [
      [first, 'NEW', '0.02', '50000'],
      [second, 'NEW', '0.01', '51000'],
    ])
    await client.cancelMultipleOrders([first, second].map((ordId) => ({ instIdCode, ordId })))
    await expectOrders(stage, path, [
      [first, 'CANCELLED', '0.02', '50000'],
      [second, 'CANCELLED', '0.01', '51000'],
    ])
  })

  // Code 2 is a partial success; the client rejects it as it rejects a failure, with the whole reply.
  it('error: batches with a refused item', async () => {
    const stage = await setForeignStage('okx')
    const client = await connect(stage)
    const instIdCode = await codeOf(stage)
    const order = { instIdCode, ...limit }
    const placed = client.submitMultipleOrders([{ ...order, sz: '9000' }, order])
    await expect(placed).rejects.toMatchObject({
      code: '2',
      data: [{ sCode: '51008' }, { sCode: '0' }],
    })
    const ordId = (await stage.truth()).orders[0]?.orderId ?? ''
    const none = { instIdCode, ordId: '1' }
    const amended = client.amendMultipleOrders([{ ...none, newPx: '51000' }])
    await expect(amended).rejects.toMatchObject({ code: '1', data: [{ sCode: '51503' }] })
    const cancelled = client.cancelMultipleOrders([{ instIdCode, ordId }, none])
    await expect(cancelled).rejects.toMatchObject({
      code: '2',
      data: [{ sCode: '0' }, { sCode: '51400' }],
    })
    await expectOrders(stage, path, [[ordId, 'CANCELLED', '0.01', '50000']])
  })

  it('error: beyond the margin, without the code of the contract, of an order or family not there', async () => {
    const stage = await setForeignStage('okx')
    const client = await connect(stage)
    const instIdCode = await codeOf(stage)
    const huge = client.submitNewOrder({ instIdCode, ...limit, sz: '9000' })
    await expect(huge).rejects.toMatchObject({ op: 'order', code: '1', data: [{ sCode: '51008' }] })
    // The client's types still allow the name alone.
    const named = client.submitNewOrder({ instId, ...limit })
    await expect(named).rejects.toMatchObject({ code: '1', data: [{ sCode: '50014' }] })
    const cancelled = client.cancelOrder({ instIdCode, ordId: '1' })
    await expect(cancelled).rejects.toMatchObject({ code: '1', data: [{ sCode: '51400' }] })
    const options = client.massCancelOrders({ instType: 'OPTION', instFamily: 'BTC-USD' })
    await expect(options).rejects.toMatchObject({ op: 'mass-cancel', code: '51010', data: [] })
    await expectOrders(stage, path, [])
  })
})
