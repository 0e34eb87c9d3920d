import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runLine } from './deskRun.ts'

const EXCHANGES = ['BINANCE', 'BYBIT', 'OKX', 'BITGET', 'HTX', 'KRAKEN']

describe('demo and sim without a terminal', () => {
  // Both at once: much of it is waiting for budgets.
  test.concurrent('default: demo tells its steps as lines and ends flat', async () => {
    const { code, stdout, stderr } = await runLine('demo')
    expect(code).toBe(0)
    for (const name of EXCHANGES) {
      const lines = stdout.split('\n').filter((line) => line.startsWith(`${name} `))
      expect(lines).toHaveLength(3)
      expect(lines[0]).toMatch(/bought 0\.02 at 6\d{4}(\.\d)?; stop 588\d\d(\.\d)?, targets 606/)
      expect(lines[1]).toMatch(/first target filled; stop now 0\.01 at 6000\d/)
      expect(lines[2]).toMatch(/flat, nothing left over, \+\d\.\d\d after fees/)
    }
    expect(stderr).toMatch(/^All flat\. Duplicate orders 0, orders left over 0/)
    expect(stdout + stderr).not.toContain('\u001B')
  }, 60_000)

  test.concurrent('args: demo --json is one result', async () => {
    const { code, json } = await runLine('demo --json --fields exchange,isFlat')
    expect([code, json]).toEqual([0, EXCHANGES.map((exchange) => ({ exchange, isFlat: true }))])
  }, 60_000)

  test('error: sim says which port is taken', async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    onTestFinished(() => void server.close())
    const { code, stdout, stderr } = await runLine(`sim --port ${port}`)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(String(port))
  })

  test.each([
    ['sim --venues ftx', 'binance, bybit'],
    ['sim --port many', 'port'],
    ['sim --clock slow', 'real, manual'],
    ['sim --seed 1.5', 'seed'],
    ['demo --pace fast', 'pace'],
  ])('error: %s is a usage error', async (line, word) => {
    const { code, stdout, stderr } = await runLine(line)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(word)
  })
})
