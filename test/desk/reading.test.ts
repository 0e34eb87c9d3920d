import { describe, expect, test } from 'vitest'
import { runLine, setDesk } from './deskRun.ts'

describe('reading commands', () => {
  test('default: prices of several symbols, points under each other', async () => {
    const { run } = await setDesk()
    const { code, stdout, stderr } = await run('ticker BTCUSDT ETHUSDT')
    expect(code).toBe(0)
    expect(stderr).toBe('')
    const [head, btc, eth] = stdout.split('\n')
    expect(head).toMatch(/^symbol +last +bid +ask +mark/)
    expect(btc?.indexOf('.')).toBe(eth?.indexOf('.'))
  })

  test('behavior: --json is the result and nothing else', async () => {
    const { run } = await setDesk()
    const ran = await run('account --json')
    expect(ran.json).toMatchObject({ totalWalletBalance: '100000', currency: 'USD' })
    expect(ran.stderr).toBe('')
  })

  test('args: --fields chooses members', async () => {
    const { run } = await setDesk()
    expect((await run('ticker BTCUSDT --fields symbol')).json).toEqual([{ symbol: 'BTCUSDT' }])
    const wrong = await run('ticker BTCUSDT --fields symbl')
    expect(wrong.code).toBe(2)
    expect(wrong.json).toMatchObject({ error: { code: 'USAGE' } })
  })

  test('error: an unknown symbol is answered with the nearest', async () => {
    const { run } = await setDesk()
    const { code, stderr, stdout } = await run('ticker BTCUSTD')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('Did you mean BTCUSDT?')
  })

  test('error: a mistyped command is answered with the nearest', async () => {
    const { code, stderr, stdout } = await runLine('tikcer BTCUSDT')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Did you mean ticker?')
  })

  test('error: no command named', async () => {
    const { code, stdout, stderr } = await runLine('')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: perpkit')
  })

  test('error: no exchange named', async () => {
    const { code, stderr } = await runLine('account', { env: { PERPKIT_HOME: '/nowhere' } })
    expect(code).toBe(2)
    expect(stderr).toContain('--exchange')
  })
})
