import { type Command, InvalidArgumentError, Option } from 'commander'
import type { SimulatorOptions, VenueName } from 'perpkit/simulator'
import { addExamples } from '../command.ts'
import type { Desk } from '../desk.ts'
import { DeskError, EXIT, usageError } from '../output/failure.ts'
import { tell } from '../output/print.ts'
import { untilAborted } from '../screen/pause.ts'

interface SimOptions {
  port: number
  seed: number
  clock: 'real' | 'manual'
  venues?: string
  replay?: string
  replaySymbol?: string
  replaySpeed?: number
  rateLimits: boolean
  strict?: boolean
}

export function addSim(parent: Command, desk: Desk): void {
  const command = parent
    .command('sim')
    .option(
      '--port <number>',
      'of its control; exchanges on the next ones; 0: free ports',
      readNumber,
      7070,
    )
    .option('--seed <number>', 'same seed, same run', readNumber, 1)
    .addOption(
      new Option('--clock <kind>', 'manual time moves on command alone')
        .choices(['real', 'manual'])
        .default('real'),
    )
    .option('--venues <names>', 'only these, separated by commas')
    .option('--replay <file>', 'a CSV of candles that drives a price, such as klines --out writes')
    .option('--replay-symbol <symbol>', 'whose price that is; default: BTCUSDT')
    .option('--replay-speed <factor>', 'times faster than the clock; default: 1', readNumber)
    .option('--no-rate-limits', 'counts requests, and refuses none for being too many')
    .option('--strict', 'each word not understood is a line of JSON on stderr')
    .action((options: SimOptions) => runSim(desk, options))
  addExamples(
    command,
    'perpkit sim',
    'perpkit sim --port 0 --seed 7',
    'perpkit sim --port 0 --replay btc.csv --replay-speed 60',
  )
  command.addHelpText(
    'after',
    '\nThe first line on stdout is JSON: { control, venues: { <name>: { url, apiKey, apiSecret } } }.',
  )
}

async function runSim(desk: Desk, options: SimOptions): Promise<void> {
  const { OptionError, startSimulator } = await import('perpkit/simulator')
  const given = simulatorOptions(options)
  const simulator = await startSimulator(given).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof OptionError) throw usageError(message, 'See perpkit sim --help.')
    throw new DeskError(
      EXIT.REFUSED,
      'NO_START',
      message,
      'Choose another --port (0: free ones), or mend what it names.',
      {
        cause: error,
      },
    )
  })
  const venues = simulator.venues.map((name) => [
    name,
    { url: simulator.url(name), ...simulator.credentials(name) },
  ])
  const line = { control: simulator.controlUrl, venues: Object.fromEntries(venues) }
  desk.io.stdout.write(`${JSON.stringify(line)}\n`)
  tell(
    desk,
    `Ctrl-C ends it. In another terminal: perpkit keys add sim --exchange BYBIT --simulator ${simulator.controlUrl}`,
  )
  desk.interrupts.expect()
  await untilAborted(desk.interrupts.signal)
  await simulator.close()
}

function simulatorOptions(options: SimOptions): SimulatorOptions {
  const { port, seed, clock, rateLimits, replay, replaySymbol, replaySpeed, strict } = options
  return {
    port,
    seed,
    clock,
    rateLimits,
    ...(options.venues !== undefined && { venues: readVenues(options.venues) }),
    ...(replay !== undefined && { replay }),
    ...(replaySymbol !== undefined && { replaySymbol }),
    ...(replaySpeed !== undefined && { replaySpeed }),
    ...(strict && { strict }),
  }
}

const VENUES: readonly VenueName[] = ['binance', 'bybit', 'okx', 'bitget', 'htx', 'kraken']

function readVenues(text: string): VenueName[] {
  return text.split(',').map((word) => {
    const venue = VENUES.find((name) => name === word.trim().toLowerCase())
    if (venue) return venue
    throw usageError(
      `there is no exchange ${JSON.stringify(word.trim())} in the simulator`,
      `They are ${VENUES.join(', ')}.`,
    )
  })
}

function readNumber(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number from 0.')
}
