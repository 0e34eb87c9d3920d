import { beforeAll, describe, expect, test } from 'vitest'
import {
  CTRL_C,
  hasTerminal,
  startTerminal,
} from '../../packages/desk/src/screen/terminal.testing.ts'
import { build } from '../commands/command.ts'
import { setDesk } from './deskRun.ts'

beforeAll(() => build('packages/desk'), 120_000)

describe.skipIf(!hasTerminal)(
  'live screens, where there is a pseudo-terminal',
  { timeout: 60_000 },
  () => {
    test('default: watch ticker redraws in place, and Ctrl-C gives the terminal back', async () => {
      const { env, simulator } = await setDesk()
      const run = startTerminal('watch ticker BTCUSDT', { env, columns: 100, rows: 12 })
      const before = await run.shows(/BTCUSDT +60000 /)
      expect(before.split('\n')[0]).toMatch(
        /^BYBIT ticker · simulator · ● live · \d\d:\d\d:\d\d UTC/,
      )
      expect(run.isAlternate()).toBe(true)
      expect(run.isCursorShown()).toBe(false)
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price: 61234.5 })
      const after = await run.shows(/BTCUSDT +▲ +61234.5 /)
      expect(after.match(/BTCUSDT/g)).toHaveLength(1)
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price: 59000 })
      await run.shows(/BTCUSDT +▼ +59000 /)
      run.type(CTRL_C)
      expect(await run.ended).toBe(130)
      expect(run.isAlternate()).toBe(false)
      expect(run.isCursorShown()).toBe(true)
      // The last picture stays.
      expect(run.screen()).toMatch(
        /^BYBIT ticker · simulator · ended · \S+ UTC\n\n.*\n.*BTCUSDT +▼ +59000 /,
      )
    })

    test('behavior: watch positions shows what covers each, its profit, and when it is closed', async () => {
      const { env, simulator, run: command } = await setDesk()
      const run = startTerminal('watch positions', { env: { ...env, NO_COLOR: '1' }, columns: 120 })
      await run.shows('No open positions.')
      await command('order market BTCUSDT --side buy --quantity 0.01')
      await run.shows(/BTCUSDT +LONG +0\.01 .*NAKED/)
      await run.shows('1 NOT covered')
      await command('order stop-loss BTCUSDT --side sell --quantity 0.01 --stop 58000')
      await run.shows(/BTCUSDT +LONG .* 58000 +COVERED/)
      await run.shows('all covered')
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price: 61000 })
      await run.shows(/profit \+(9|10)\.\d\d/)
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price: 59000 })
      await run.shows(/profit -(9|10)\.\d\d/)
      await command('close BTCUSDT')
      await run.shows('No open positions.')
      run.type(CTRL_C)
      expect(await run.ended).toBe(130)
    })

    test('behavior: watch orders begins with what is open, outlives a lost connection, and tells ends', async () => {
      const { env, simulator, run: command } = await setDesk()
      await command('order limit BTCUSDT --side buy --quantity 0.01 --price 50000')
      const run = startTerminal('watch orders', { env: { ...env, NO_COLOR: '1' }, columns: 140 })
      await run.shows(/LIMIT +BUY +0\.01 +50000 .*NEW/)
      await simulator.control.inject({ venue: 'bybit', kind: 'disconnect', times: 1 })
      await command('order limit BTCUSDT --side buy --quantity 0.02 --price 51000')
      const screen = await run.shows(/● live(.*\n)+.*LIMIT +BUY +0\.02 +51000 .*NEW/)
      expect(screen.match(/LIMIT/g)).toHaveLength(2)
      await command('cancel BTCUSDT --all')
      await run.shows('No open orders.')
      await run.shows(/ended\n(.*\n)+.*CANCEL/)
      run.type(CTRL_C)
      expect(await run.ended).toBe(130)
    })

    test('behavior: watch book keeps to the size of the terminal; --live is said in so many words', async () => {
      const { env } = await setDesk()
      const run = startTerminal('watch book BTCUSDT --depth 10 --live', {
        env,
        columns: 100,
        rows: 30,
      })
      await run.shows(/^BYBIT .* · {2}REAL MONEY {2}· /)
      const wide = await run.shows(/bid .*▆/)
      expect(wide.match(/^(ask|bid)/gm)).toHaveLength(20)
      run.resize(50, 12)
      const small = await run.shows((text) => text.includes('bid') && !text.includes('▆'))
      const lines = small.split('\n')
      expect(lines.length).toBeLessThanOrEqual(12)
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50)
      const sides = lines.flatMap((line) => /^(ask|bid)/.exec(line)?.[1] ?? [])
      expect(sides).toEqual(['ask', 'ask', 'bid', 'bid'])
      run.type(CTRL_C)
      expect(await run.ended).toBe(130)
    })

    test('error: a symbol that is not listed ends it with the terminal as it was', async () => {
      const { env } = await setDesk()
      const run = startTerminal('watch ticker BTCUSTD', { env })
      expect(await run.ended).toBe(1)
      expect(run.screen()).toContain('Did you mean BTCUSDT?')
      expect(run.isAlternate()).toBe(false)
      expect(run.isCursorShown()).toBe(true)
    })
  },
)
