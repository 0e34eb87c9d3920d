import { type Command, Option } from 'commander'
import type { FuturesOrder, ManagedOrders } from 'perpkit'
import { addExamples, withConnection } from '../command.ts'
import type { Connection } from '../connection.ts'
import type { Desk } from '../desk.ts'
import {
  addSendingOptions,
  positionSideOption,
  quantityOption,
  sideOption,
  triggerOption,
} from '../orderOptions.ts'
import { DeskError, EXIT } from '../output/failure.ts'
import { orderColumns } from '../output/orders.ts'
import { printLine, printResult, tell } from '../output/print.ts'
import { paletteOf } from '../output/style.ts'
import { table } from '../output/table.ts'
import { withIsoTimes } from '../output/times.ts'
import type { ProtectOptions } from '../plan/planProtect.ts'

export function addProtect(parent: Command, desk: Desk): void {
  const command = parent
    .command('protect')
    .description('One stop and its targets for an open position, or for one it opens')
    .argument('<symbol>')
    .option('--stop <price>', '58000, -2% from the entry price, or be for the entry price')
    .option('--tp <target>', '62000, +1%, or 50%@+1% for half; several times', collect)
    .option(
      '--break-even',
      'moves the stop to the entry price after the first target; with --watch',
    )
    .option('--watch', 'stays and keeps the stop in size until all is done')
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
        symbol: string,
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
  )
}

async function protect(desk: Desk, symbol: string, options: ProtectOptions): Promise<void> {
  const [{ carryOut }, { planProtect }] = await Promise.all([
    import('../plan/carryOut.ts'),
    import('../plan/planProtect.ts'),
  ])
  await withConnection(desk, options, async (connection) => {
    const plan = await planProtect(connection, symbol, options)
    const result = await carryOut(desk, connection, options, plan)
    if (result?.kind !== 'MANAGED') return
    const { managed } = result
    if (!options.watch) {
      await printResult(desk, options, stateOf(managed), (palette) =>
        table(orderColumns(desk.clock.now()), legsOf(managed), palette),
      )
      tell(desk, leftAlone(connection, options))
      return
    }
    await follow(desk, options, managed)
  })
}

/** Prints each change until all is done, or Ctrl-C; the orders stay where they are then. */
async function follow(desk: Desk, options: ProtectOptions, managed: ManagedOrders): Promise<void> {
  const { signal } = desk.interrupts
  const palette = paletteOf(desk.io.stdout, desk.env)
  tell(desk, 'Looking after it; Ctrl-C leaves stop and targets at the exchange.')
  let last: ManagedShape = managed
  try {
    for await (const state of managed.watch({ signal })) {
      last = state
      if (options.json || options.fields !== undefined) {
        printLine(desk, options, stateOf({ ...idOf(managed), ...state }))
        continue
      }
      const legs = await table(orderColumns(desk.clock.now()), legsOf(state), palette)
      desk.io.stdout.write(`${palette.bold(state.status)}\n${legs}\n`)
    }
  } catch (error) {
    if (!signal.aborted) throw error
    tell(desk, 'Left; nobody keeps the stop in size from here on.')
  }
  if (last.status === 'UNPROTECTED') throw unprotected(managed.symbol)
}

/** What of managed orders is shown; a stop may be absent before an entry has filled. */
interface ManagedShape {
  status: ManagedOrders['status']
  stopLossOrder?: FuturesOrder | undefined
  takeProfitOrders: readonly FuturesOrder[]
}

function idOf({
  id,
  symbol,
  side,
  quantity,
}: ManagedOrders): Pick<ManagedOrders, 'id' | 'symbol' | 'side' | 'quantity'> {
  return { id, symbol, side, quantity }
}

function stateOf(
  state: ManagedShape & Pick<ManagedOrders, 'id' | 'symbol' | 'side' | 'quantity'>,
): Record<string, unknown> {
  const { id, symbol, side, quantity, status, stopLossOrder, takeProfitOrders } = state
  return {
    id,
    symbol,
    side,
    quantity,
    status,
    stopLossOrder: stopLossOrder ? withIsoTimes(stopLossOrder) : null,
    takeProfitOrders: takeProfitOrders.map(withIsoTimes),
  }
}

function legsOf({ stopLossOrder, takeProfitOrders }: ManagedShape): FuturesOrder[] {
  return [...(stopLossOrder ? [stopLossOrder] : []), ...takeProfitOrders]
}

function leftAlone({ exchange }: Connection, { tp = [], breakEven }: ProtectOptions): string {
  const words = [
    'Stop and targets rest at the exchange; perpkit has ended and does not look after them.',
  ]
  if (tp.length > 0) {
    words.push(
      `When a target fills, nobody sizes the stop down on ${exchange.exchangeName}: it can only close what is left.`,
    )
  }
  if (breakEven) words.push('Nobody moves the stop to the entry price: that needs --watch.')
  return words.join('\n')
}

function unprotected(symbol: string): DeskError {
  return new DeskError(
    EXIT.REFUSED,
    'PROTECTION_FAILED',
    `the position of ${symbol} stands without a stop`,
    `perpkit protect ${symbol} --stop … places one, perpkit close ${symbol} closes it.`,
  )
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}
