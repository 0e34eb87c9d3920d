import { type Command, Option } from 'commander'
import { addExamples, withConnection } from '../command.ts'
import type { Desk } from '../desk.ts'
import {
  addSendingOptions,
  needed,
  positionSideOption,
  quantityOption,
  sideOption,
  triggerOption,
} from '../orderOptions.ts'
import { usageError } from '../output/failure.ts'
import { tell } from '../output/print.ts'
import type { ProtectOptions } from '../plan/planProtect.ts'

export function addProtect(parent: Command, desk: Desk): void {
  const command = parent
    .command('protect')
    .argument('[symbol]', 'needed without --resume')
    .option('--stop <price>', '58000, -2% from the entry price, or be for the entry price')
    .option('--tp <target>', '62000, +1%, or 50%@+1% for half; several times', collect)
    .option(
      '--break-even',
      'moves the stop to the entry price after the first target; with --watch',
    )
    .option('--watch', 'stays and looks after it until all is done')
    .option('--resume', 'takes up what was protected under --key and is not done')
    .option('--entry <how>', 'opens the position first: market, or a price for a limit order')
    .addOption(sideOption())
    .addOption(quantityOption('of the entry; without one, default: all of the position'))
    .addOption(triggerOption())
    .addOption(positionSideOption())
    .addOption(
      new Option('--on-unprotected <what>', 'when no stop can be placed: close it, or report it')
        .choices(['close', 'report'])
        .default('close'),
    )
    .action(
      (
        symbol: string | undefined,
        options: Omit<ProtectOptions, 'onUnprotected'> & { onUnprotected: string },
      ) => {
        const onUnprotected = options.onUnprotected === 'report' ? 'REPORT' : 'CLOSE'
        return protect(desk, symbol, { ...options, onUnprotected })
      },
    )
  addSendingOptions(command)
  addExamples(
    command,
    'perpkit protect BTCUSDT --stop -2% --tp 50%@+1% --tp 50%@+2.5% --plan',
    'perpkit protect BTCUSDT --stop -2% --tp 50%@+1% --tp 50%@+2.5%',
    'perpkit protect ETHUSDT --entry market --side buy --quantity 0.1 --stop 2% --tp 3% --plan',
    'perpkit protect --resume --watch --key main',
  )
}

async function protect(
  desk: Desk,
  symbol: string | undefined,
  options: ProtectOptions,
): Promise<void> {
  if (options.resume) {
    requireNothingElse(symbol, options)
    const { resumeProtection } = await import('../protect/resume.ts')
    return resumeProtection(desk, options)
  }
  const [{ carryOut }, { planProtect }, { followManaged, leftAlone, printManaged }] =
    await Promise.all([
      import('../plan/carryOut.ts'),
      import('../plan/planProtect.ts'),
      import('../protect/follow.ts'),
    ])
  const wanted = needed(symbol, 'a symbol, or --resume,')
  await withConnection(desk, options, async (connection) => {
    const plan = await planProtect(connection, wanted, options)
    const result = await carryOut(desk, connection, options, plan)
    if (result?.kind !== 'MANAGED') return
    const { managed } = result
    if (options.watch) return followManaged(desk, options, connection, [managed])
    await printManaged(desk, options, managed)
    tell(desk, leftAlone(connection, managed, options))
  })
}

function requireNothingElse(symbol: string | undefined, options: ProtectOptions): void {
  const { stop, tp, entry, quantity, breakEven } = options
  const given = [symbol, stop, tp, entry, quantity, breakEven]
  if (given.every((value) => value === undefined)) return
  throw usageError(
    '--resume takes up what the journal of the key has, and nothing else',
    'perpkit protect --resume --watch --key NAME',
  )
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}
