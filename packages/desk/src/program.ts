import { Command, CommanderError } from 'commander'
import type { AddCommand, Desk } from './desk.ts'
import { DeskError, EXIT, type Failure, usageError } from './output/failure.ts'
import { paletteOf } from './output/style.ts'
import { refuseSecrets } from './secretArguments.ts'
import { VERSION } from './version.ts'

/** In the order of the help; a file is loaded only when its command is run, or all are listed. */
const COMMANDS: readonly { names: readonly string[]; load: () => Promise<AddCommand> }[] = [
  { names: ['keys'], load: async () => (await import('./commands/keys.ts')).addKeys },
  { names: ['doctor'], load: async () => (await import('./commands/doctor.ts')).addDoctor },
  { names: ['account'], load: async () => (await import('./commands/account.ts')).addAccount },
  {
    names: ['positions', 'pos'],
    load: async () => (await import('./commands/positions.ts')).addPositions,
  },
  { names: ['ticker', 'px'], load: async () => (await import('./commands/ticker.ts')).addTicker },
  { names: ['book'], load: async () => (await import('./commands/book.ts')).addBook },
  {
    names: ['klines', 'candles'],
    load: async () => (await import('./commands/klines.ts')).addKlines,
  },
  { names: ['watch'], load: async () => (await import('./commands/watch.ts')).addWatch },
  { names: ['order'], load: async () => (await import('./commands/order.ts')).addOrder },
  { names: ['protect'], load: async () => (await import('./commands/protect.ts')).addProtect },
  { names: ['orders'], load: async () => (await import('./commands/orders.ts')).addOrders },
  { names: ['cancel'], load: async () => (await import('./commands/cancel.ts')).addCancel },
  { names: ['close'], load: async () => (await import('./commands/close.ts')).addClose },
  { names: ['stop'], load: async () => (await import('./commands/stop.ts')).addStop },
  { names: ['sim'], load: async () => (await import('./commands/sim.ts')).addSim },
  { names: ['demo'], load: async () => (await import('./commands/demo.ts')).addDemo },
  { names: ['config'], load: async () => (await import('./commands/config.ts')).addConfig },
  { names: [], load: async () => (await import('./commands/topics.ts')).addTopics },
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

/** The program with the command that `args` begin with, or with all of them. */
export async function createProgram(desk: Desk, args: readonly string[]): Promise<Command> {
  const program = createFrame(desk)
  const chosen = COMMANDS.filter(({ names }) => names.includes(args[0] ?? ''))
  if (isVersion(args)) return program
  const adders = await Promise.all(
    (chosen.length > 0 ? chosen : COMMANDS).map(({ load }) => load()),
  )
  for (const add of adders) add(program, desk)
  if (chosen.length > 0) return program
  const { addCompletion } = await import('./commands/completion.ts')
  await addCompletion(program, args)
  return program
}

function createFrame({ io }: Desk): Command {
  return new Command('perpkit')
    .description('Trade, watch and protect perpetual futures. Test money unless --live is given.')
    .version(VERSION, '-V, --version', 'the version')
    .helpOption('-h, --help', 'this help')
    .option('--no-color', 'no colours; NO_COLOR and FORCE_COLOR are respected too')
    .configureHelp({ showGlobalOptions: false })
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

function isVersion(args: readonly string[]): boolean {
  return args[0] === '--version' || args[0] === '-V'
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
  const { explain } = await import('./output/explain.ts')
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
