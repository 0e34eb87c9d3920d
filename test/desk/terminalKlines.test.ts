import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSimulator } from 'perpkit/simulator'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  CTRL_C,
  hasTerminal,
  startTerminal,
} from '../../packages/desk/src/screen/terminal.testing.ts'
import { build } from '../commands/command.ts'
import { setDesk, temporaryHome } from './deskRun.ts'

beforeAll(() => build('packages/desk'), 120_000)

describe.skipIf(!hasTerminal)('candles at a pseudo-terminal', { timeout: 60_000 }, () => {
  test('default: a chart in 256 colours', async () => {
    const env = await setCandles()
    const run = startTerminal('klines BTCUSDT --interval 1m --limit 5 --height 6 --chart', {
      env,
      columns: 40,
      rows: 20,
    })
    expect(await run.ended).toBe(0)
    expect(run.screen().split('\n').slice(0, 9)).toEqual(CHART)
    // Rising green, falling red.
    expect([run.colourAt(2, 3), run.colourAt(4, 3)]).toEqual([35, 167])
  })

  test('behavior: a download shows its progress, stops at Ctrl-C, and goes on from there', async () => {
    const { env, simulator, run: command } = await setDesk()
    const folder = temporaryHome()
    const [file, whole] = [join(folder, 'btc.csv'), join(folder, 'whole.csv')]
    const line = `klines BTCUSDT --interval 1h --since 2025-11-01 --until 2026-11-01`
    await simulator.control.inject({
      venue: 'bybit',
      operation: 'marketData',
      kind: 'delay',
      ms: 250,
    })
    const first = startTerminal(`${line} --out ${file}`, { env })
    await first.shows(/█.* [67]\d{3}\/8761 candles/)
    first.type(CTRL_C)
    expect(await first.ended).toBe(130)
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, true])

    await simulator.control.clearFaults()
    const second = startTerminal(`${line} --out ${file}`, { env })
    expect(await second.ended).toBe(0)
    expect(second.screen()).toMatch(/Going on after \d+ candles\./)
    expect(second.screen()).toContain('8761 candles from 2025-11-01T00:00 to 2026-11-01T00:00.')
    expect(existsSync(`${file}.part`)).toBe(false)
    await command(`${line} --out ${whole}`)
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(whole, 'utf8'))
  })
})

/** Five minutes of a market that goes where it is told, the last of them still open. */
async function setCandles(): Promise<Record<string, string>> {
  const simulator = await startSimulator({
    port: 0,
    clock: 'manual',
    startPrices: { BTC: 60_000 },
    rateLimits: false,
  })
  onTestFinished(() => simulator.close())
  const { control } = simulator
  const minutes = [
    [60_000, 60_100],
    [60_100, 60_300],
    [60_300, 60_200],
    [60_200, 60_000],
    [60_000, 60_400],
  ] as const
  for (const [index, prices] of minutes.entries()) {
    for (const price of prices) await control.setPrice({ symbol: 'BTCUSDT', price })
    if (index < minutes.length - 1) await control.advance({ ms: 60_000 })
  }
  return {
    PERPKIT_HOME: temporaryHome(),
    PERPKIT_EXCHANGE: 'BYBIT',
    PERPKIT_BASE_URL: simulator.url('bybit'),
  }
}

// Six lines are twelve half steps of 36.4 each: 60100 is step 8 from the top, 60300 step 3, 60200
// step 6. The third and the fourth candle fall.
const CHART = [
  'BTCUSDT 1m  60400  ▲ +0.67%',
  '5 candles',
  '        █ ◂60400',
  '  ▄ ▄   █',
  '  █ █   █',
  '  █ ▀ █ █',
  '█ ▀   █ █',
  '█     █ █  60000',
  '',
]
