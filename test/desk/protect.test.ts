import { createFuturesExchange } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { setDesk } from './deskRun.ts'

const BUY = 'order market BTCUSDT --side buy --quantity 0.02'

const CAN_OPEN = 'openProtectedPosition' in createFuturesExchange('BYBIT')

describe('protect', () => {
  test('default: a stop and targets on an open position, and a word that nobody stays', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    const { code, json, stderr } = await run(
      'protect BTCUSDT --stop -2% --tp 50%@+1% --tp 50%@+2.5% --json',
    )
    expect(code).toBe(0)
    expect(json).toMatchObject({
      status: 'ACTIVE',
      side: 'SELL',
      quantity: '0.02',
      stopLossOrder: { stopPrice: '58800' },
      takeProfitOrders: [{ stopPrice: '60600' }, { stopPrice: '61500' }],
    })
    expect(stderr).toContain('does not look after them')
    expect((await truth()).conditionalOrders).toHaveLength(3)
    const { stdout } = await run('positions')
    expect(stdout).toContain('1 positions · 1 covered')
  })

  test('behavior: what the plan shows is what is sent', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    const line = 'protect BTCUSDT --stop 1.5% --tp 1% --tp 2% --tp 3%'
    const plan = await run(`${line} --plan --json`)
    expect((await truth()).conditionalOrders).toEqual([])
    expect(plan.json).toMatchObject({
      addsRisk: false,
      estimate: { worstLoss: expect.stringMatching(/^18\.\d\d$/) },
      orders: [
        { what: 'stop', price: '59100', quantity: '0.02' },
        { what: 'target 1', price: '60600', quantity: '0.006' },
        { what: 'target 2', price: '61200', quantity: '0.006' },
        { what: 'target 3', price: '61800', quantity: '0.008' },
      ],
    })
    await run(line)
    const { conditionalOrders } = await truth()
    // A stop that sizes itself has no quantity of its own.
    expect(conditionalOrders.map(({ stopPrice }) => stopPrice)).toEqual([
      '59100',
      '60600',
      '61200',
      '61800',
    ])
    const targets = conditionalOrders.slice(1)
    expect(targets.map(({ quantity }) => quantity)).toEqual(['0.006', '0.006', '0.008'])
  })

  test('behavior: --watch follows the position until it is over, a line of JSON a change', async () => {
    const { run, simulator, truth } = await setDesk()
    await run(BUY)
    const watching = run('protect BTCUSDT --stop 2% --tp 1% --watch --json')
    // Asking gives the other command its turn.
    while ((await truth()).conditionalOrders.length < 2) await run('ticker BTCUSDT')
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '61000' })
    const { code, stdout, stderr } = await watching
    expect(code).toBe(0)
    expect(stderr).toContain('Looking after it')
    const lines = stdout.trim().split('\n')
    const states: unknown[] = lines.map((line) => JSON.parse(line))
    expect(states.at(-1)).toMatchObject({ status: 'COMPLETED', symbol: 'BTCUSDT' })
  })

  test('args: shares that are not 100% are refused with their sum', async () => {
    const { run } = await setDesk()
    const { code, stderr } = await run('protect BTCUSDT --stop 2% --tp 50%@1% --tp 40%@2%')
    expect(code).toBe(2)
    expect(stderr).toContain('90%')
  })

  test('error: a stop on the wrong side of the market is refused', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    const stop = await run('protect BTCUSDT --stop +2% --json')
    expect(stop.code).toBe(1)
    expect(stop.json).toMatchObject({ error: { code: 'WOULD_TRIGGER_IMMEDIATELY' } })
    const target = await run('protect BTCUSDT --stop 2% --tp -1% --json')
    expect(target.json).toMatchObject({ error: { code: 'WOULD_TRIGGER_IMMEDIATELY' } })
    expect((await truth()).conditionalOrders).toEqual([])
  })

  test('error: without a position there is nothing to protect', async () => {
    const { run } = await setDesk()
    const { code, json } = await run('protect BTCUSDT --stop 2% --json')
    expect(code).toBe(1)
    expect(json).toMatchObject({ error: { code: 'NO_POSITION' } })
  })

  test('behavior: --entry plans the position with its stop', async () => {
    const { run } = await setDesk()
    const line = 'protect BTCUSDT --entry market --side sell --quantity 0.01 --stop 2% --tp 3%'
    const { json } = await run(`${line} --plan --json`)
    expect(json).toMatchObject({
      addsRisk: true,
      orders: [
        { what: 'entry', side: 'SELL', quantity: '0.01' },
        { what: 'stop', side: 'BUY', price: '61200' },
        { what: 'target 1', side: 'BUY', price: '58200' },
      ],
      request: { method: 'openProtectedPosition', order: { entry: { type: 'MARKET' } } },
    })
  })

  test('behavior: --entry opens and protects in one step, where the client can', async () => {
    const { run, truth } = await setDesk()
    const line = 'protect BTCUSDT --entry market --side buy --quantity 0.02 --stop 2% --tp 3%'
    const { code, json } = await run(`${line} --json`)
    if (!CAN_OPEN) {
      expect([code, json]).toMatchObject([4, { error: { code: 'UNSUPPORTED' } }])
      expect((await truth()).orders).toEqual([])
      return
    }
    expect(code).toBe(0)
    expect(json).toMatchObject({ status: 'ACTIVE', stopLossOrder: { stopPrice: '58800' } })
    const positions = await run('positions --json')
    expect(positions.json).toMatchObject([{ size: '0.02', coverage: 'COVERED' }])
    const again = await run(`${line} --json`)
    expect(again.json).toMatchObject({ error: { code: 'POSITION_OPEN' } })
  })

  test('default: close leaves neither the position nor its orders', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    await run('protect BTCUSDT --stop 2% --tp 1%')
    const { code, json } = await run('close BTCUSDT --json')
    expect(code).toBe(0)
    expect(json).toMatchObject({ closed: true, order: { executedQty: '0.02' } })
    const { positions, conditionalOrders } = await truth()
    expect(positions).toEqual([])
    expect(conditionalOrders.filter(({ status }) => status === 'PENDING')).toEqual([])
    expect((await run('close BTCUSDT --json')).json).toEqual({ symbol: 'BTCUSDT', closed: false })
  })
})
