import { describe, expect, test } from 'vitest'
import { setDesk } from './deskRun.ts'

const BUY = 'order market BTCUSDT --side buy --quantity 0.01'

describe('orders', () => {
  test('default: a market order tells its id first, then its fill', async () => {
    const { run, truth } = await setDesk()
    const { code, json, stderr } = await run(`${BUY} --json`)
    expect(code).toBe(0)
    expect(json).toMatchObject({ status: 'FILLED', executedQty: '0.01', replayed: false })
    const [id] = /client order id (\S+)/.exec(stderr)?.slice(1) ?? []
    const { orders } = await truth()
    expect(orders.map(({ clientOrderId }) => clientOrderId)).toEqual([id])
  })

  test('behavior: --plan shows request and worst loss, and sends nothing', async () => {
    const { run, truth } = await setDesk()
    const before = (await truth()).requests.length
    const { code, json, stderr } = await run(`${BUY} --plan --json`)
    expect([code, stderr]).toEqual([0, ''])
    expect(json).toMatchObject({
      place: 'LOCAL',
      addsRisk: true,
      estimate: { currency: 'USDT', notional: '600', worstLoss: '600.00', leverage: 10 },
      request: {
        method: 'createMarketOrder',
        symbol: 'BTCUSDT',
        side: 'BUY',
        quantity: '0.01',
        options: {},
      },
    })
    const { orders, requests } = await truth()
    expect(orders).toEqual([])
    const asked = requests.slice(before)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('behavior: a repeated --id sends nothing twice', async () => {
    const { run, truth } = await setDesk()
    const first = await run(`${BUY} --id mine1 --json`)
    const second = await run(`${BUY} --id mine1 --json`)
    expect([first.code, second.code]).toEqual([0, 0])
    expect(first.stderr).toContain('client order id mine1')
    expect(second.json).toMatchObject({ clientOrderId: 'mine1', replayed: true })
    expect((await truth()).orders).toHaveLength(1)
  })

  test('error: the id of another order is refused', async () => {
    const { run, truth } = await setDesk()
    await run(`${BUY} --id mine2`)
    const other = await run('order market BTCUSDT --side sell --quantity 0.01 --id mine2 --json')
    expect(other.code).toBe(1)
    expect(other.json).toMatchObject({ error: { code: 'DUPLICATE_CLIENT_ORDER_ID' } })
    expect((await truth()).orders).toHaveLength(1)
  })

  test('args: an offset is shown as a price before it is sent', async () => {
    const { run, truth } = await setDesk()
    const { code, stderr } = await run(
      'order limit BTCUSDT --side buy --quantity 0.01 --price -5% --tif gtx',
    )
    expect(code).toBe(0)
    expect(stderr.indexOf('57000')).toBeLessThan(stderr.indexOf('client order id'))
    expect((await truth()).orders).toMatchObject([{ price: '57000', status: 'NEW' }])
  })

  test('args: a typed price off the tick is refused with the nearest one', async () => {
    const { run } = await setDesk()
    const { code, stderr } = await run(
      'order limit BTCUSDT --side buy --quantity 0.01 --price 57000.123',
    )
    expect(code).toBe(1)
    expect(stderr).toContain('The nearest price is 57000.1.')
  })

  test('args: a stop takes side and size from the position', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    const stop = await run('order stop-loss BTCUSDT --stop 2% --json')
    expect(stop.json).toMatchObject({ side: 'SELL', quantity: '0.01', stopPrice: '58800' })
    const target = await run('order take-profit BTCUSDT --tp +3% --quantity 0.005 --json')
    expect(target.json).toMatchObject({ side: 'SELL', quantity: '0.005', stopPrice: '61800' })
    expect((await truth()).conditionalOrders).toHaveLength(2)
  })

  test('error: what an order lacks is said', async () => {
    const { run } = await setDesk()
    const missing = [
      await run('order market BTCUSDT --quantity 0.01'),
      await run('order market BTCUSDT --side up --quantity 0.01'),
      await run('order market BTCUSDT --side buy --quantity lots'),
      await run('order limit BTCUSDT --side buy --quantity 0.01'),
      await run('order stop-loss BTCUSDT --stop 2%'),
    ]
    expect(missing.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2])
    expect(missing.map(({ stdout }) => stdout)).toEqual(['', '', '', '', ''])
  })

  test('error: a refusal carries code, remedy and the native code', async () => {
    const { run } = await setDesk()
    const { code, json } = await run('order market BTCUSDT --side buy --quantity 90 --json')
    expect(code).toBe(1)
    expect(json).toMatchObject({
      error: {
        code: 'INSUFFICIENT_MARGIN',
        remedy: expect.any(String),
        nativeCode: expect.any(String),
      },
    })
  })

  test('error: a quantity under the minimum is refused before anything is sent', async () => {
    const { run, truth } = await setDesk()
    const { code, json } = await run('order market BTCUSDT --side buy --quantity 0.0001 --json')
    expect(code).toBe(1)
    expect(json).toMatchObject({ error: { code: 'BELOW_MINIMUM' } })
    expect((await truth()).requests.filter(({ method }) => method === 'POST')).toEqual([])
  })
})
