import { parseArgs } from 'node:util'
import type { SimulatorOptions } from './options.ts'
import type { VenueName } from './server/types.ts'

export const USAGE = `Usage: perpkit-sim [options]

  --port N            control on port N (default 7070), venues on the next ones; 0: free ports
  --seed N            same seed, same run (default 1)
  --clock real|manual manual time moves by the control action 'advance' only (default real)
  --venues A,B        only these venues (default all)
  --replay FILE       CSV of candles, also .gz, that drives a price
  --replay-symbol S   whose price that is (default BTCUSDT)
  --replay-speed N    times faster than the clock (default 1)
  --no-rate-limits    count requests, refuse none for being too many
  --strict            each word not understood is a line of JSON on stderr
  --help

The first line on stdout is JSON: { control, venues: { <name>: { url, apiKey, apiSecret } } }.
`

/** What the command was asked for; `error` says what was wrong with it. */
export type Arguments = { options: SimulatorOptions } | { help: true } | { error: string }

/** Reads the words after the command's name; ranges of numbers are checked by the simulator. */
export function parseArguments(
  words: readonly string[],
  venueNames: readonly VenueName[],
): Arguments {
  try {
    const { values } = parseArgs({ args: [...words], options: FLAGS, strict: true })
    if (values.help) return { help: true }
    const options: SimulatorOptions = {}
    if (values.port !== undefined) options.port = toNumber('--port', values.port)
    if (values.seed !== undefined) options.seed = toNumber('--seed', values.seed)
    if (values.clock !== undefined) options.clock = pickWord('--clock', values.clock, CLOCKS)
    if (values.venues !== undefined) {
      const names = values.venues.split(',').map((name) => name.trim())
      options.venues = names.map((name) => pickWord('--venues', name, venueNames))
    }
    if (values.replay !== undefined) options.replay = values.replay
    if (values['replay-symbol'] !== undefined) options.replaySymbol = values['replay-symbol']
    if (values['replay-speed'] !== undefined) {
      options.replaySpeed = toNumber('--replay-speed', values['replay-speed'])
    }
    if (values['no-rate-limits']) options.rateLimits = false
    if (values.strict) options.strict = true
    return { options }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

const FLAGS = {
  port: { type: 'string' },
  seed: { type: 'string' },
  clock: { type: 'string' },
  venues: { type: 'string' },
  replay: { type: 'string' },
  'replay-symbol': { type: 'string' },
  'replay-speed': { type: 'string' },
  'no-rate-limits': { type: 'boolean' },
  strict: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const CLOCKS = ['real', 'manual'] as const

function toNumber(flag: string, value: string): number {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value)
  throw new Error(`${flag} is '${value}': it must be a number`)
}

function pickWord<Word extends string>(flag: string, value: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === value)
  if (word !== undefined) return word
  throw new Error(`${flag} is '${value}': it must be ${words.join(' or ')}`)
}
