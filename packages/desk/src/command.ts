import { type Command, InvalidArgumentError } from 'commander'
import type { Connection, ConnectionOptions } from './connection.ts'
import type { Desk } from './desk.ts'
import { DeskError, EXIT } from './output/failure.ts'
import { nearest } from './output/nearest.ts'
import type { PrintOptions } from './output/print.ts'

// What commands share.

export type CommonOptions = ConnectionOptions & PrintOptions

/** Which exchange, whose key, whose money. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option('-e, --exchange <name>', 'BINANCE BYBIT OKX BITGET HTX or KRAKEN')
    .option('-k, --key <name>', 'stored credentials; they know their exchange')
    .option('--base-url <url>', 'another address, such as that of a simulator')
    .option('--timeout <ms>', 'of each request (10000)', readTimeout)
    .option('--live', 'real money; never without this option')
}

/** The result for scripts. */
export function addPrintOptions(command: Command): Command {
  return command
    .option('--json', 'the result as JSON on stdout, and nothing else there')
    .option('--fields <names>', 'only these members of it, separated by commas; implies --json')
}

export interface Example {
  /** As typed: `perpkit ticker BTCUSDT`. */
  line: string
  /** The exit code it ends with. Default 0. */
  exitCode?: number
}

const examples = new WeakMap<Command, readonly Example[]>()

/** Examples under the help of a command; a test runs them all on the simulator. */
export function addExamples(command: Command, ...lines: (string | Example)[]): Command {
  const list = lines.map((line) => (typeof line === 'string' ? { line } : line))
  examples.set(command, list)
  const text = list.map(({ line }) => `  $ ${line}`).join('\n')
  return command.addHelpText('after', `\nExamples:\n${text}`)
}

export function examplesOf(command: Command): readonly Example[] {
  return examples.get(command) ?? []
}

/** Opens a connection for `task` and closes it. An unknown symbol is answered with the nearest. */
export async function withConnection<Result>(
  desk: Desk,
  options: ConnectionOptions,
  task: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await desk.connect(options)
  try {
    return await task(connection)
  } catch (error) {
    throw await withNearestSymbol(error, connection)
  } finally {
    await connection.close()
  }
}

function readTimeout(text: string): number {
  const timeout = Number(text)
  if (Number.isInteger(timeout) && timeout > 0) return timeout
  throw new InvalidArgumentError('It is a whole number of milliseconds.')
}

async function withNearestSymbol(error: unknown, { exchange }: Connection): Promise<unknown> {
  const { PerpkitError } = await import('perpkit')
  if (!PerpkitError.is(error) || error.code !== 'UNKNOWN_SYMBOL') return error
  const named = /"([^"]+)"/.exec(error.message)?.[1]
  const listed = await exchange.getInstruments().catch(() => [])
  const near =
    named &&
    nearest(
      named.toUpperCase(),
      listed.flatMap(({ symbol, nativeSymbol }) => [symbol, nativeSymbol]),
    )
  const remedy = near ? `Did you mean ${near}?` : 'Check the spelling.'
  return new DeskError(EXIT.REFUSED, error.code, error.message, remedy, { cause: error })
}
