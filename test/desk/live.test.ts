import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runLine, setDesk, temporaryHome } from './deskRun.ts'

const BUY = 'order market BTCUSDT --side buy --quantity 0.01'

describe('real money', () => {
  test('error: without a terminal and without --yes nothing is sent', async () => {
    const { run, truth } = await setDesk()
    const { code, json, stderr } = await run(`${BUY} --live --json`)
    expect(code).toBe(2)
    expect(json).toMatchObject({ error: { code: 'CONFIRMATION_NEEDED' } })
    expect(stderr).toContain('REAL MONEY')
    expect(stderr).toContain('worst loss')
    expect((await truth()).orders).toEqual([])
  })

  test('behavior: the symbol is typed, after the plan was shown', async () => {
    const { run, truth } = await setDesk()
    const wrong = await run(`${BUY} --live`, { answers: ['ETHUSDT'] })
    expect(wrong.code).toBe(4)
    const none = await run(`${BUY} --live`, { answers: [] })
    expect(none.code).toBe(4)
    expect((await truth()).orders).toEqual([])
    const right = await run(`${BUY} --live`, { answers: ['btcusdt'] })
    expect(right.code).toBe(0)
    expect(right.stderr.indexOf('worst loss')).toBeLessThan(right.stderr.indexOf('type BTCUSDT'))
    expect((await truth()).orders).toHaveLength(1)
  })

  test('args: --yes answers beforehand, and --plan never asks', async () => {
    const { run, truth } = await setDesk()
    expect((await run(`${BUY} --live --plan`)).code).toBe(0)
    expect((await truth()).orders).toEqual([])
    expect((await run(`${BUY} --live --yes`)).code).toBe(0)
    expect((await truth()).orders).toHaveLength(1)
  })

  test('behavior: taking a stop away and going flat ask too', async () => {
    const { run, truth } = await setDesk()
    await run(BUY)
    await run('protect BTCUSDT --stop 2%')
    expect((await run('cancel BTCUSDT --all --live')).code).toBe(2)
    expect((await run('close BTCUSDT --live')).code).toBe(2)
    expect((await run('stop flat --live')).code).toBe(2)
    const { positions, conditionalOrders } = await truth()
    expect([positions.length, conditionalOrders.length]).toEqual([1, 1])
    expect((await run('stop flat --live', { answers: ['flat'] })).code).toBe(0)
    expect((await truth()).positions).toEqual([])
  })

  test('error: an address that may lead to real money needs --live', async () => {
    const env = { PERPKIT_HOME: temporaryHome() }
    for (const url of [
      'https://fapi.binance.com',
      'http://192.0.2.1:7071',
      'https://127.0.0.1.example.com',
    ]) {
      const { code, json } = await runLine(
        `ticker BTCUSDT --exchange BINANCE --base-url ${url} --json`,
        { env },
      )
      expect([url, code]).toEqual([url, 2])
      expect(json).toMatchObject({ error: { code: 'LIVE_NOT_ALLOWED' } })
    }
  })

  test('error: a key is used on its own side of the line', async () => {
    const { run, env } = await setDesk()
    const store = { PERPKIT_STORE_KEY_FILE: join(env.PERPKIT_HOME ?? '', 'store.key') }
    expect((await run('keys add real --exchange bybit --live', { env: store })).code).toBe(0)
    expect((await run('keys add play --exchange bybit', { env: store })).code).toBe(0)
    const use = { env: { ...store, PERPKIT_EXCHANGE: '' } }
    expect((await run('account --key real --json', use)).json).toMatchObject({
      error: { code: 'LIVE_NOT_ALLOWED' },
    })
    expect((await run('account --key play --live --json', use)).json).toMatchObject({
      error: { code: 'NOT_A_LIVE_KEY' },
    })
    expect((await run('account --key play', use)).code).toBe(0)
    expect((await run('protect --resume --key real --live --json', use)).json).toMatchObject({
      error: { code: 'CONFIRMATION_NEEDED' },
    })
    expect(env.PERPKIT_BASE_URL).toContain('127.0.0.1')
  })
})
