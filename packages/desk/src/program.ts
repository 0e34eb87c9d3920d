import { Command, CommanderError } from 'commander'
import type { AddCommand, Desk } from './desk.ts'
import { DeskError, EXIT, type Failure, usageError } from './output/failure.ts'
import { refuseSecrets } from './secretArguments.ts'
import { VERSION } from './version.ts'

interface Listed {
  name: string
  alias?: string
  summary: string
  load(): Promise<AddCommand>
}

/** In the order of the help; a file is loaded only when its command is run. */
const COMMANDS: readonly Listed[] = [
  {
    name: 'keys',
    summary: 'Stored credentials, encrypted',
    load: async () => (await import('./commands/keys.ts')).addKeys,
  },
  {
    name: 'doctor',
    summary: 'Checks connection, clock, key, modes and protection, and says what to do',
    load: async () => (await import('./commands/doctor.ts')).addDoctor,
  },
  {
    name: 'account',
    summary: 'Balances of the account',
    load: async () => (await import('./commands/account.ts')).addAccount,
  },
  {
    name: 'positions',
    alias: 'pos',
    summary: 'Open positions, each with the stop that covers it',
    load: async () => (await import('./commands/positions.ts')).addPositions,
  },
  {
    name: 'ticker',
    alias: 'px',
    summary: 'Prices of one symbol or several',
    load: async () => (await import('./commands/ticker.ts')).addTicker,
  },
  {
    name: 'book',
    summary: 'The order book as it is now; perpkit watch book follows it',
    load: async () => (await import('./commands/book.ts')).addBook,
  },
  {
    name: 'klines',
    alias: 'candles',
    summary: 'Candles: as a table, a chart, lines of JSON, or into a file',
    load: async () => (await import('./commands/klines.ts')).addKlines,
  },
  {
    name: 'watch',
    summary: 'Live screens; lines of text where there is no terminal, JSON with --json',
    load: async () => (await import('./commands/watch.ts')).addWatch,
  },
  {
    name: 'order',
    summary: 'Places one order; its client order id is printed first',
    load: async () => (await import('./commands/order.ts')).addOrder,
  },
  {
    name: 'protect',
    summary: 'One stop and its targets for an open position, or for one it opens',
    load: async () => (await import('./commands/protect.ts')).addProtect,
  },
  {
    name: 'orders',
    summary: 'Open orders, plain and conditional; one of them; or those that have ended',
    load: async () => (await import('./commands/orders.ts')).addOrders,
  },
  {
    name: 'cancel',
    summary: 'Cancels an order, or all of a symbol',
    load: async () => (await import('./commands/cancel.ts')).addCancel,
  },
  {
    name: 'close',
    summary: 'Closes the position at market, and removes the orders that protected it',
    load: async () => (await import('./commands/close.ts')).addClose,
  },
  {
    name: 'stop',
    summary: 'The kill switch: hold, clear, flat; release',
    load: async () => (await import('./commands/stop.ts')).addStop,
  },
  {
    name: 'sim',
    summary: 'Starts the simulator: six exchanges on this machine, until Ctrl-C',
    load: async () => (await import('./commands/sim.ts')).addSim,
  },
  {
    name: 'demo',
    summary: 'Six exchanges at once on a simulator of its own: protected positions, no money',
    load: async () => (await import('./commands/demo.ts')).addDemo,
  },
  {
    name: 'config',
    summary: 'What holds: settings, never secrets',
    load: async () => (await import('./commands/config.ts')).addConfig,
  },
  {
    name: 'completion',
    summary: 'Prints the script that completes perpkit in a shell',
    load: async () => (await import('./commands/completion.ts')).addCompletion,
  },
]

/** Runs one command line, without the program's own name; gives the exit code. */
export async function runDesk(args: readonly string[], given: Desk): Promise<number> {
  const desk = args.includes('--no-color')
    ? { ...given, env: { ...given.env, NO_COLOR: '1' } }
    : given
  try {
    refuseSecrets(args)
    const program = await createProgram(desk, args)
    await program.parseAsync([...args], { from: 'user' })
    return EXIT.DONE
  } catch (error) {
    return endWith(error, desk, args)
  }
}

/**
 * The program with the command that `args` are for; all others are there by name, for the help and
 * for a word that is nearly one of theirs. Without `args` all of it.
 */
export async function createProgram(desk: Desk, args?: readonly string[]): Promise<Command> {
  const program = createFrame(desk)
  const words = args?.filter((arg) => !arg.startsWith('-'))
  const wanted = words?.[0] === 'help' ? words[1] : words?.[0]
  const isChosen = ({ name, alias }: Listed): boolean =>
    wanted !== undefined && (wanted === name || wanted === alias)
  const isAnswering = args !== undefined && isForCompletion(args)
  const isWhole = args === undefined || isAnswering
  // What answers for completion adds its own command of that name.
  const listed = COMMANDS.filter(({ name }) => !isAnswering || name !== 'completion')
  const adders = await Promise.all(
    listed.map((each) => (isWhole || isChosen(each) ? each.load() : undefined)),
  )
  for (const [index, { name, alias, summary }] of listed.entries()) {
    const add = adders[index]
    if (add) add(program, desk)
    else program.command(name)
    const command = program.commands.find((each) => each.name() === name)
    command?.description(summary)
    if (alias !== undefined) command?.alias(alias)
  }
  if (isWhole || !COMMANDS.some(isChosen)) {
    const { addTopics } = await import('./commands/topics.ts')
    addTopics(program, desk)
  }
  if (isAnswering) {
    const { answerCompletion } = await import('./commands/completion.ts')
    await answerCompletion(program, args)
  }
  return program
}

/** The script for a shell, or the question that script asks; both need all commands and options. */
function isForCompletion([command, shell = '']: readonly string[]): boolean {
  return command === 'complete' || (command === 'completion' && !/^(-h|--help)$/.test(shell))
}

function createFrame({ io }: Desk): Command {
  return new Command('perpkit')
    .description('Trade, watch and protect perpetual futures. Test money unless --live is given.')
    .version(VERSION, '-V, --version', 'the version')
    .helpOption('-h, --help', 'this help')
    .option('--no-color', 'no colours; NO_COLOR and FORCE_COLOR are respected too')
    .configureHelp({
      showGlobalOptions: false,
      subcommandTerm: (command) => [command.name(), ...command.aliases()].join('|'),
    })
    .showHelpAfterError('Add --help for the options and for examples.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
}

async function endWith(error: unknown, desk: Desk, args: readonly string[]): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.DONE
    // Its words are on stderr already.
    if (wantsJson(args)) {
      const message = error.message.replace(/^error: /, '').split('\n')[0] ?? ''
      const { code, remedy } = usageError(message, 'See --help.')
      printFailure(desk, { code, message, remedy })
    }
    return EXIT.USAGE
  }
  const [{ explain }, { paletteOf }] = await Promise.all([
    import('./output/explain.ts'),
    import('./output/style.ts'),
  ])
  const { exitCode, failure } = explain(error)
  const { red, dim } = paletteOf(desk.io.stderr, desk.env)
  desk.io.stderr.write(`${red('error')} ${failure.message} ${dim(`[${failure.code}]`)}\n`)
  desk.io.stderr.write(`${failure.remedy}\n`)
  if (failure.clientOrderId !== undefined) {
    desk.io.stderr.write(`client order id ${failure.clientOrderId}\n`)
  }
  const isTold = error instanceof DeskError && error.isTold
  if (wantsJson(args) && !isTold) printFailure(desk, failure)
  return exitCode
}

function printFailure({ io }: Desk, error: Failure): void {
  io.stdout.write(`${JSON.stringify({ error }, undefined, 2)}\n`)
}

function wantsJson(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--json' || arg === '--fields' || arg.startsWith('--fields='))
}
