import { EXCHANGE_REGISTRY } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { runLine, setDesk } from './deskRun.ts'

// Without a terminal: one line for each change. Live screens are in terminalWatch.test.ts.

const STREAMED = EXCHANGE_REGISTRY.flatMap(({ name, streams }) => (streams ? [name] : []))
const BUY = 'order limit BTCUSDT --side buy --quantity 0.01'

describe('watch without a terminal', () => {
  test('default: a line of text for each change', async () => {
    const { run } = await setDesk()
    const { code, stdout } = await run('watch ticker BTCUSDT --count 1')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT\S+Z BTCUSDT last 60000 bid \S+ ask \S+ mark \S+\n$/)
  })

  test('args: --json is a line of JSON for each change', async () => {
    const { run } = await setDesk()
    const { code, stdout, stderr } = await run('watch book BTCUSDT --depth 2 --json --count 1')
    expect([code, stderr]).toEqual([0, ''])
    const book = JSON.parse(stdout)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect([book.symbol, book.bids.length, book.asks.length]).toEqual(['BTCUSDT', 2, 2])
    expect(book.timestamp).toMatch(/Z$/)
  })

  test('behavior: watch orders begins with those that are open, of the symbol alone', async () => {
    const { run } = await setDesk()
    await run(`${BUY} --price 50000`)
    await run('order limit ETHUSDT --side buy --quantity 0.1 --price 2000')
    await run(`${BUY} --price 51000`)
    const { code, stdout } = await run(
      'watch orders BTC/USDT --json --fields symbol,price,status --count 2',
    )
    expect(code).toBe(0)
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.sort((a, b) => a.price.localeCompare(b.price))).toEqual([
      { symbol: 'BTCUSDT', price: '50000', status: 'NEW' },
      { symbol: 'BTCUSDT', price: '51000', status: 'NEW' },
    ])
  })

  test('behavior: watch positions tells their cover', async () => {
    const { run } = await setDesk()
    await run('order market BTCUSDT --side buy --quantity 0.01')
    await run('order stop-loss BTCUSDT --side sell --quantity 0.01 --stop 58000')
    const { code, stdout } = await run('watch positions --count 1')
    expect(code).toBe(0)
    // Not called naked before the stops are known.
    expect(stdout).toMatch(/^\S+ BTCUSDT LONG 0\.01 entry 6000\d.* COVERED by 58000\n$/)
  })

  test.each(STREAMED)('behavior: %s is watched with the same words', async (name) => {
    const { run } = await setDesk(name)
    const symbol = name === 'KRAKEN' ? 'BTCUSD' : 'BTCUSDT'
    await run('order market BTC/USDT --side buy --quantity 0.01')
    await run('order limit BTC/USDT --side buy --quantity 0.01 --price 50000')
    const lines = [
      'watch ticker BTC/USDT --fields symbol --count 1',
      'watch book BTC/USDT --depth 3 --fields symbol --count 1',
      'watch orders BTC/USDT --fields symbol --count 1',
      'watch positions BTC/USDT --fields symbol --count 1',
    ]
    const results = await Promise.all(lines.map((line) => run(line)))
    for (const { code, json } of results) expect([code, json]).toEqual([0, { symbol }])
  })

  test('error: private screens need a key', async () => {
    const { env } = await setDesk()
    const { code, stderr } = await runLine('watch orders', {
      env: { ...env, PERPKIT_API_KEY: '', PERPKIT_API_SECRET: '' },
    })
    expect([code, stderr]).toEqual([1, expect.stringContaining('MISSING_CREDENTIALS')])
  })

  test.each([
    ['watch', 'Usage'],
    ['watch order', 'Did you mean orders?'],
    ['watch book', 'symbol'],
    ['watch ticker BTCUSDT --count 0', 'above 0'],
  ])('error: %s is a usage error', async (line, word) => {
    const { code, stdout, stderr } = await runLine(line)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(word)
  })
})
