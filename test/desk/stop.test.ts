import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runLine, setDesk } from './deskRun.ts'

const BUY = 'order market BTCUSDT --side buy --quantity 0.02'

describe('kill switch', () => {
  test('default: hold refuses what adds risk and lets protection through', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    expect((await run('stop hold')).code).toBe(0)
    const held = await run(`${BUY} --json`)
    expect(held.code).toBe(1)
    expect(held.json).toMatchObject({ error: { code: 'HELD' } })
    const limit = await run('order limit BTCUSDT --side buy --quantity 0.02 --price -1%')
    expect(limit.code).toBe(1)
    const passed = [
      await run('protect BTCUSDT --stop 2%'),
      await run('order market BTCUSDT --side sell --quantity 0.01 --reduce-only'),
      await run('close BTCUSDT'),
    ]
    expect(passed.map(({ code }) => code)).toEqual([0, 0, 0])
    expect((await truth()).orders).toHaveLength(3)
  })

  test('behavior: only a person releases it', async () => {
    const { run } = await setDesk()
    await run('stop hold')
    expect((await run('stop release')).code).toBe(2)
    expect((await run('stop release', { answers: ['no'] })).code).toBe(4)
    expect((await run(BUY)).code).toBe(1)
    const { code, stdout } = await run('stop release', { answers: ['release'] })
    expect([code, stdout]).toEqual([0, 'Released: everything.\n'])
    expect((await run(BUY)).code).toBe(0)
  })

  test('args: a hold on another exchange does not stand in the way', async () => {
    const { run } = await setDesk()
    await run('stop hold --exchange huobi')
    expect((await run('stop status --json')).json).toMatchObject([{ scope: 'exchange:HTX' }])
    expect((await run(BUY)).code).toBe(0)
    await run('stop hold --exchange bybit')
    expect((await run(BUY)).code).toBe(1)
  })

  test('default: clear cancels entries and keeps stops', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    await run('protect BTCUSDT --stop 2% --tp 2%')
    await run('order limit BTCUSDT --side buy --quantity 0.02 --price -5%')
    await run('order limit ETHUSDT --side sell --quantity 0.1 --price +5%')
    const { code, json } = await run('stop clear --json')
    expect(code).toBe(0)
    expect(json).toMatchObject([{ cancelled: 2, closed: 0, left: [] }])
    const { conditionalOrders, positions } = await truth()
    expect(conditionalOrders.map(({ status }) => status)).toEqual(['PENDING', 'PENDING'])
    expect(positions).toHaveLength(1)
  })

  test('default: flat leaves nothing, and holds', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    await run('order market ETHUSDT --side sell --quantity 0.1')
    await run('protect BTCUSDT --stop 2% --tp 2%')
    await run('order limit BTCUSDT --side buy --quantity 0.02 --price -5%')
    const plan = await run('stop flat --plan --json')
    expect(plan.json).toEqual([{ account: 'BYBIT', positions: 2, orders: 3 }])
    const { code, json } = await run('stop flat --json')
    expect(code).toBe(0)
    expect(json).toMatchObject([{ account: 'BYBIT', closed: 2, left: [] }])
    const { positions, orders, conditionalOrders } = await truth()
    expect(positions).toEqual([])
    const open = [...orders, ...conditionalOrders].filter(({ status }) =>
      ['NEW', 'PENDING', 'PARTIALLY_FILLED'].includes(status),
    )
    expect(open).toEqual([])
    expect((await run(BUY)).code).toBe(1)
  })

  test('args: --all sweeps every stored key side by side, and leaves real money out', async () => {
    const { simulator, env } = await setDesk()
    const { PERPKIT_HOME = '' } = env
    const stored = { PERPKIT_HOME, PERPKIT_STORE_KEY_FILE: join(PERPKIT_HOME, 'store.key') }
    for (const venue of ['bybit', 'okx'] as const) {
      const input = JSON.stringify(simulator.credentials(venue))
      const line = `keys add my-${venue} --exchange ${venue} --stdin --base-url ${simulator.url(venue)}`
      expect((await runLine(line, { env: stored, input })).code).toBe(0)
      const bought = await runLine(`${BUY} --key my-${venue}`, { env: stored })
      expect(bought.code).toBe(0)
    }
    const input = JSON.stringify(simulator.credentials('kraken'))
    await runLine('keys add real --exchange kraken --live --stdin', { env: stored, input })
    const { code, json, stderr } = await runLine('stop flat --all --json', { env: stored })
    expect(code).toBe(0)
    expect(stderr).toContain('1 keys are left out: they are for real money.')
    expect(json).toMatchObject([
      { account: 'my-bybit', closed: 1, left: [] },
      { account: 'my-okx', closed: 1, left: [] },
    ])
    for (const venue of ['bybit', 'okx'] as const) {
      expect((await simulator.control.state({ venue })).positions).toEqual([])
    }
  })

  test('error: what could not be made flat is told, once', async () => {
    const { run, simulator, venue } = await setDesk()
    await run(BUY)
    await simulator.control.inject({
      venue,
      operation: 'createOrder',
      kind: 'rejectWith',
      reason: 'marketClosed',
    })
    const { code, json, stderr } = await run('stop flat --json')
    expect(code).toBe(1)
    expect(json).toMatchObject([{ account: 'BYBIT', error: expect.any(String) }])
    expect(stderr).toContain('NOT_FLAT')
  })

  test('error: holds nobody can read hold everything', async () => {
    const { run, env } = await setDesk()
    writeFileSync(join(env.PERPKIT_HOME ?? '', 'holds'), 'no folder')
    const { code, json } = await run(`${BUY} --json`)
    expect(code).toBe(1)
    expect(json).toMatchObject({ error: { code: 'HOLDS_UNREADABLE' } })
    expect((await run('close BTCUSDT')).code).toBe(0)
    await run('stop hold --exchange bybit')
    expect((await run('stop status --json')).json).toMatchObject([{ scope: 'ALL' }])
  })

  test('behavior: a hold keeps its time, and one that was cut short holds as well', async () => {
    const { run, env } = await setDesk()
    const first = await run('stop hold --key main --json')
    const second = await run('stop hold --key main --json')
    expect((await run('stop status --json')).json).toEqual([first.json])
    expect(second.code).toBe(0)
    writeFileSync(join(env.PERPKIT_HOME ?? '', 'holds', 'ALL'), '')
    expect((await run(BUY)).code).toBe(1)
    await run('stop release --key main --yes')
    expect((await run('stop status --json')).json).toMatchObject([{ scope: 'ALL' }])
    await run('stop release --yes')
    expect((await run('stop status --json')).json).toEqual([])
  })

  test('error: a hold that cannot be written is told in capitals', async () => {
    const { run } = await setDesk()
    const { code, stderr } = await run('stop hold', { env: { PERPKIT_HOME: '/dev/null/nowhere' } })
    expect(code).toBe(1)
    expect(stderr).toContain('NOTHING IS HELD')
  })
})
