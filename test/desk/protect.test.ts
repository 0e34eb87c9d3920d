import { join } from 'node:path'
import { openStore } from '@perpkit/store'
import { describe, expect, test } from 'vitest'
import { createInterrupts } from '../../packages/desk/src/interrupts.ts'
import { runLine, setDesk } from './deskRun.ts'

const BUY = 'order market BTCUSDT --side buy --quantity 0.02'

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
    expect(stderr).toContain('On BYBIT the stop sizes itself')
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

  test('behavior: where a stop has a quantity of its own, that is said', async () => {
    const { run } = await setDesk('HTX')
    await run(BUY)
    const { code, stderr } = await run('protect BTCUSDT --stop 2% --tp 1% --break-even')
    expect(code).toBe(0)
    expect(stderr).toContain('nobody sizes the stop down')
    expect(stderr).toContain('Nobody moves the stop to the entry price')
    expect(stderr).not.toContain('sizes itself')
  })

  test('behavior: --watch looks after it until it is over, a line of JSON a change', async () => {
    const { run, simulator, truth } = await setDesk()
    await run(BUY)
    const watching = run(
      'protect BTCUSDT --stop 2% --tp 50%@1% --tp 50%@3% --break-even --watch --json',
    )
    // Asking gives the other command its turn.
    const turn = (): Promise<unknown> => run('ticker BTCUSDT')
    const stop = async (): Promise<string | undefined> =>
      (await truth()).conditionalOrders.find(
        ({ type, status }) => type === 'STOP_MARKET' && status === 'PENDING',
      )?.stopPrice
    while ((await truth()).conditionalOrders.length < 3) await turn()
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '60700' })
    while ((await stop()) === '58800') await turn()
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '59500' })
    const { code, stdout, stderr } = await watching
    expect(code).toBe(0)
    expect(stderr).toContain('Looking after it')
    const changes = stdout
      .trim()
      .split('\n')
      .map((line): { status: string; reason: string } => JSON.parse(line))
    expect(changes[0]).toMatchObject({ reason: 'CURRENT', status: 'ACTIVE', symbol: 'BTCUSDT' })
    expect(changes.map(({ reason }) => reason)).toContain('TAKE_PROFIT_FILLED')
    expect(changes.at(-1)).toMatchObject({ status: 'COMPLETED' })
    const { positions, conditionalOrders } = await truth()
    expect(positions).toEqual([])
    expect(conditionalOrders.filter(({ status }) => status === 'PENDING')).toEqual([])
  })

  test('behavior: Ctrl-C leaves stop and targets at the exchange, and says so', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    const interrupts = createInterrupts()
    const watching = run('protect BTCUSDT --stop 2% --tp 1% --watch', { interrupts })
    while ((await truth()).conditionalOrders.length < 2) await run('ticker BTCUSDT')
    interrupts.press()
    expect((await watching).stderr).toContain('Left; nobody looks after it from here on.')
    const { conditionalOrders } = await truth()
    expect(conditionalOrders.map(({ status }) => status)).toEqual(['PENDING', 'PENDING'])
  })

  test('behavior: --resume takes up under a stored key what an earlier command left', async () => {
    const { simulator, venue, env, truth } = await setDesk('HTX')
    const { PERPKIT_HOME = '', PERPKIT_BASE_URL = '' } = env
    const stored = { PERPKIT_HOME, PERPKIT_STORE_KEY_FILE: join(PERPKIT_HOME, 'store.key') }
    const input = JSON.stringify(simulator.credentials(venue))
    const run = (line: string): ReturnType<typeof runLine> =>
      runLine(`${line} --key main`, { env: stored })
    const add = `keys add main --exchange htx --stdin --base-url ${PERPKIT_BASE_URL}`
    await runLine(add, { env: stored, input })
    expect((await run('protect --resume --json')).json).toEqual([])
    await run(BUY)
    const left = await run('protect BTCUSDT --stop 2% --tp 50%@1% --tp 50%@3%')
    expect(left.stderr).toContain('perpkit protect --resume --watch --key main')
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '60700' })
    const before = (await truth()).requests.length
    expect((await run('protect --resume --plan --json')).json).toMatchObject([{ exchange: 'HTX' }])
    expect((await truth()).requests).toHaveLength(before)
    const resumed = await run('protect --resume --json')
    expect([resumed.code, resumed.json]).toMatchObject([
      0,
      [{ status: 'ACTIVE', stopLossOrder: { quantity: '0.01' } }],
    ])
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '58000' })
    const watched = await run('protect --resume --watch --json')
    expect([watched.code, watched.json]).toMatchObject([0, { status: 'COMPLETED' }])
    expect((await truth()).positions).toEqual([])
    expect((await run('protect --resume')).stdout).toContain('Nothing in the journal')
  })

  test('error: what cannot be taken up is told, and nobody leaves the rest alone for it', async () => {
    const { simulator, venue, env } = await setDesk()
    const { PERPKIT_HOME = '', PERPKIT_BASE_URL = '' } = env
    const keyFile = join(PERPKIT_HOME, 'store.key')
    const stored = { PERPKIT_HOME, PERPKIT_STORE_KEY_FILE: keyFile }
    const input = JSON.stringify(simulator.credentials(venue))
    const add = `keys add main --exchange bybit --stdin --base-url ${PERPKIT_BASE_URL}`
    await runLine(add, { env: stored, input })
    const store = await openStore({ url: `file:${join(PERPKIT_HOME, 'perpkit.db')}`, keyFile })
    const entry = { id: 'of-tomorrow', exchange: 'BYBIT', isFinal: false, record: {} } as const
    await store.journal('main').saveManaged(entry)
    await store.close()
    const line = 'protect --resume --key main'
    const once = await runLine(`${line} --json`, { env: stored })
    expect([once.code, once.json]).toMatchObject([1, { error: { code: 'PROTECTION_FAILED' } }])
    const interrupts = createInterrupts()
    interrupts.press()
    const watched = await runLine(`${line} --watch`, { env: stored, interrupts })
    expect([watched.code, watched.stderr]).toEqual([
      1,
      expect.stringContaining('All others are looked after, unseen, until Ctrl-C.'),
    ])
  })

  test('error: --resume needs a journal that lasts, and nothing else beside it', async () => {
    const { run } = await setDesk()
    const lines = ['protect --resume', 'protect BTCUSDT --resume', 'protect --resume --stop 2%']
    for (const line of [...lines, 'protect --stop 2%']) {
      const { code, stdout } = await run(line)
      expect([line, code, stdout]).toEqual([line, 2, ''])
    }
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

  test('behavior: --entry opens and protects in one step', async () => {
    const { run } = await setDesk()
    const line = 'protect BTCUSDT --entry market --side buy --quantity 0.02 --stop 2% --tp 3%'
    const { code, json } = await run(`${line} --json`)
    expect([code, json]).toMatchObject([
      0,
      { status: 'ACTIVE', entryOrder: { status: 'FILLED' }, stopLossOrder: { stopPrice: '58800' } },
    ])
    const positions = await run('positions --json')
    expect(positions.json).toMatchObject([{ size: '0.02', coverage: 'COVERED' }])
    const again = await run(`${line} --json`)
    expect(again.json).toMatchObject({ error: { code: 'POSITION_OPEN' } })
  })

  test('error: an entry that waits is not left alone: its protection comes when it fills', async () => {
    const { run, truth } = await setDesk()
    const line = 'protect BTCUSDT --entry 59000 --side buy --quantity 0.02 --stop 58000'
    const { code, stderr } = await run(line)
    expect([code, stderr]).toEqual([2, expect.stringContaining('--watch')])
    expect((await truth()).orders).toEqual([])
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
