import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { assembleSimulator, type Simulator } from './assemble.ts'
import { OptionError, readOptions, type SimulatorOptions } from './options.ts'
import type { LedgerEntry } from './server/ledger.ts'
import { lastPrice, rawRequest, tinyVenue } from './tinyVenue.fixture.ts'

const registry = [tinyVenue('binance'), tinyVenue('bybit')]
let folder = ''
let file = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candles-'))
  file = join(folder, 'candles.csv')
  const rows = ['timestamp,open,high,low,close,volume', '0,40000,41000,39900,40800,1']
  await writeFile(file, `${[...rows, '60,40800,42000,40700,41900,1'].join('\n')}\n`)
})

afterAll(() => rm(folder, { recursive: true }))

const simulate = (options: SimulatorOptions): Simulator =>
  assembleSimulator({ clock: 'manual', ...options }, registry).simulator

test('default: everything has a value', () => {
  const setup = readOptions({}, registry)
  expect(setup).toMatchObject({ seed: 1, clock: 'real', port: 7070, startTime: 1_767_225_600_000 })
  expect(setup.venues.map(({ name }) => name)).toEqual(['binance', 'bybit'])
})

test('args: venues keep the order of the registry', () => {
  const { venues } = readOptions({ venues: ['bybit', 'binance', 'bybit'] }, registry)
  expect(venues.map(({ name }) => name)).toEqual(['binance', 'bybit'])
})

test('args: startPrices by base asset', async () => {
  const simulator = simulate({ startPrices: { BTC: 30_000 } })
  expect(await lastPrice(simulator, 'bybit')).toBe('30000')
})

test('behavior: the same seed gives the same bytes, another seed other keys', async () => {
  const one = simulate({ seed: 5 })
  const two = simulate({ seed: 5 })
  expect(one.credentials('binance')).toEqual(two.credentials('binance'))
  expect(await one.control.state({ venue: 'binance' })).toEqual(
    await two.control.state({ venue: 'binance' }),
  )
  expect(simulate({ seed: 6 }).credentials('binance')).not.toEqual(one.credentials('binance'))
})

test('behavior: leaving out a venue changes nothing on the other', () => {
  const both = simulate({})
  const alone = simulate({ venues: ['bybit'] })
  expect(alone.credentials('bybit')).toEqual(both.credentials('bybit'))
  expect(alone.venues).toEqual(['bybit'])
})

test('args: strict prints each new ledger entry on stderr, and onLedgerEntry is told', async () => {
  const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const told: LedgerEntry[] = []
  const simulator = simulate({ strict: true, onLedgerEntry: (entry) => told.push(entry) })
  for (let i = 0; i < 2; i++) await simulator.dispatch('binance', rawRequest('GET', '/nowhere'))
  const lines = printed.mock.calls.map(([line]) => line)
  printed.mockRestore()
  const entries = await simulator.control.ledger()
  expect(entries).toMatchObject([{ where: 'path', name: 'GET /nowhere' }])
  expect(told).toEqual(entries)
  expect(lines).toEqual([`${JSON.stringify(entries[0])}\n`])
})

describe('replay', () => {
  test('default: starts at the first open and follows the file on every venue', async () => {
    const simulator = simulate({ replay: file })
    expect(await lastPrice(simulator, 'binance')).toBe('40000')
    await simulator.control.advance({ ms: 120_000 })
    expect(await lastPrice(simulator, 'binance')).toBe('41900')
    expect(await lastPrice(simulator, 'bybit')).toBe('41900')
  })

  test('args: replaySpeed shortens the time', async () => {
    const simulator = simulate({ replay: file, replaySpeed: 60 })
    await simulator.control.advance({ ms: 2_000 })
    expect(await lastPrice(simulator, 'binance')).toBe('41900')
  })

  test('behavior: a path takes over', async () => {
    const simulator = simulate({ replay: file })
    await simulator.control.runPath({ symbol: 'BTCUSDT', points: [[0, '43000']] })
    await simulator.control.advance({ ms: 120_000 })
    expect(await lastPrice(simulator, 'binance')).toBe('43000')
  })

  test('behavior: reset begins again', async () => {
    const simulator = simulate({ replay: file })
    await simulator.control.advance({ ms: 120_000 })
    await simulator.control.reset()
    expect(await lastPrice(simulator, 'binance')).toBe('40000')
  })

  test('error: a file that is not there', () => {
    expect(() => simulate({ replay: join(folder, 'none.csv') })).toThrow('none.csv')
  })
})

test.each<[SimulatorOptions, RegExp]>([
  [{ seed: -1 }, /seed is -1: it must be a whole number 0 to 4294967295/],
  [{ seed: 1.5 }, /seed is 1.5/],
  [{ port: 70_000 }, /port is 70000/],
  [{ port: Number.NaN }, /port is NaN/],
  [{ clock: 'real', startTime: 1 }, /startTime needs clock: 'manual'/],
  [{ clock: 'manual', startTime: -1 }, /startTime is -1/],
  [{ venues: ['okx'] }, /no venue okx: there are binance, bybit/],
  [{ venues: [] }, /no venue is wanted: there are binance, bybit/],
  [{ startPrices: { FOO: '1' } }, /no base asset 'FOO': there are BTC, ETH/],
  [{ startPrices: { BTC: '0' } }, /BTC at 0 is not a price above 0/],
  [{ startPrices: { BTC: 'high' } }, /BTC at high is not a price above 0/],
  [{ replaySpeed: 2 }, /need replay/],
  [{ replay: 'a.csv', replaySpeed: 0 }, /replaySpeed is 0: it must be above 0/],
  [
    { replay: 'a.csv', replaySymbol: 'FOOUSDT' },
    /'FOOUSDT' is unknown: there are BTCUSDT, ETHUSDT/,
  ],
])('error: %o', (options, message) => {
  expect(() => readOptions(options, registry)).toThrow(OptionError)
  expect(() => readOptions(options, registry)).toThrow(message)
})

test('error: values and names that types would not let pass', () => {
  const loose: object[] = [{ clock: 'fast' }, { sede: 1 }]
  expect(() => readOptions(loose[0] ?? {}, registry)).toThrow("clock is 'fast'")
  expect(() => readOptions(loose[1] ?? {}, registry)).toThrow(
    'unknown option sede: there are seed,',
  )
})
