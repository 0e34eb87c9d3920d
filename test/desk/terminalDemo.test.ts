import { beforeAll, describe, expect, test } from 'vitest'
import {
  CTRL_C,
  hasTerminal,
  startTerminal,
} from '../../packages/desk/src/screen/terminal.testing.ts'
import { build } from '../commands/command.ts'

beforeAll(() => build('packages/desk'), 120_000)

const EXCHANGES = ['BINANCE', 'BYBIT', 'OKX', 'BITGET', 'HTX', 'KRAKEN']

describe.skipIf(!hasTerminal)('demo and sim at a pseudo-terminal', { timeout: 90_000 }, () => {
  test('default: demo plays on all six exchanges and ends flat', async () => {
    const run = startTerminal('demo --pace 20', { columns: 130, rows: 20 })
    for (const name of EXCHANGES) await run.shows(new RegExp(`^${name} .*protected$`, 'm'))
    await run.shows(/✓ 606\d\d.*stop at entry/)
    expect(run.isAlternate()).toBe(true)
    expect(await run.ended).toBe(0)
    expect(run.isAlternate()).toBe(false)
    expect(run.isCursorShown()).toBe(true)
    const lines = run.screen().split('\n')
    for (const name of EXCHANGES) {
      const line = lines.find((each) => each.startsWith(`${name} `))
      expect(line).toMatch(/✓ 606\d\d.* \+\d\.\d\d +flat, nothing left over$/)
    }
    expect(lines.at(-1)).toMatch(/^All flat\. Duplicate orders 0, orders left over 0/)
    // Losses are red as well as signed: seen while the market dipped.
    expect(run.written()).toContain('\u001B[31m-')
    expect(run.written()).toContain('\u001B[32m+')
  })

  test('behavior: Ctrl-C ends demo at once and gives the terminal back', async () => {
    const run = startTerminal('demo --pace 500', { columns: 130, rows: 20 })
    await run.shows(/^KRAKEN .*protected$/m)
    run.type(CTRL_C)
    expect(await run.ended).toBe(130)
    expect(run.isAlternate()).toBe(false)
    expect(run.isCursorShown()).toBe(true)
  })

  test('default: sim prints where its exchanges are, and Ctrl-C ends it well', async () => {
    const run = startTerminal('sim --port 0 --venues bybit,okx', { columns: 1_000 })
    const screen = await run.shows('Ctrl-C ends it')
    const { control, venues } = JSON.parse(screen.split('\n')[0] ?? '')
    expect(Object.keys(venues)).toEqual(['bybit', 'okx'])
    expect(screen).toContain(`--simulator ${control}`)
    expect((await fetch(`${control}/_control/ledger`, { method: 'POST' })).status).toBe(200)
    run.type(CTRL_C)
    expect(await run.ended).toBe(0)
  })
})
