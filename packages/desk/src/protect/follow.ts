import type { FuturesOrder, ManagedOrders, ManagedOrdersState } from 'perpkit'
import type { Connection } from '../connection.ts'
import type { Desk } from '../desk.ts'
import { DeskError, EXIT } from '../output/failure.ts'
import { orderColumns } from '../output/orders.ts'
import { type PrintOptions, printLine, printResult, tell } from '../output/print.ts'
import { paletteOf } from '../output/style.ts'
import { table } from '../output/table.ts'
import { withIsoTimes } from '../output/times.ts'

/** Stop and targets as they are now. */
export async function printManaged(
  desk: Desk,
  options: PrintOptions,
  managed: ManagedOrders,
): Promise<void> {
  await printResult(desk, options, rowOf(managed, managed), (palette) =>
    table(orderColumns(desk.clock.now()), legsOf(managed), palette),
  )
}

/** The same of several. */
export async function printAllManaged(
  desk: Desk,
  options: PrintOptions,
  all: readonly ManagedOrders[],
): Promise<void> {
  const rows = all.map((managed) => rowOf(managed, managed))
  await printResult(desk, options, rows, (palette) =>
    all.length === 0
      ? 'Nothing in the journal is to be looked after.'
      : table(orderColumns(desk.clock.now()), all.flatMap(legsOf), palette),
  )
}

/** Prints each change until all is done, or Ctrl-C; the orders stay where they are then. */
export async function followManaged(
  desk: Desk,
  options: PrintOptions,
  connection: Pick<Connection, 'key' | 'flags'>,
  all: readonly ManagedOrders[],
): Promise<void> {
  tell(desk, 'Looking after it; Ctrl-C leaves stop and targets at the exchange.')
  await Promise.all(all.map((managed) => follow(desk, options, managed)))
  if (desk.interrupts.signal.aborted) {
    tell(desk, `Left; nobody looks after it from here on.${wayBack(connection)}`)
  }
  requireProtected(all)
}

/** What nobody does once the command has ended, and what is right by itself. */
export function leftAlone(
  connection: Connection,
  { stopLossOrder, takeProfitOrders }: ManagedOrders,
  { breakEven }: { breakEven?: boolean },
): string {
  const { exchangeName } = connection.exchange
  const words = [
    'Stop and targets rest at the exchange; perpkit has ended and does not look after them.',
  ]
  if (stopLossOrder?.closePosition) {
    words.push(
      `On ${exchangeName} the stop sizes itself: it closes whatever the position is by then.`,
    )
  } else if (takeProfitOrders.length > 0) {
    words.push('When a target fills, nobody sizes the stop down: it can only close what is left.')
  }
  if (takeProfitOrders.length > 0) {
    words.push('Orders left over once it is flat may stay: perpkit doctor finds them.')
  }
  if (breakEven) words.push('Nobody moves the stop to the entry price: that needs --watch.')
  return `${words.join('\n')}${wayBack(connection)}`
}

/** What takes it up again, where a journal remembers it. */
export function wayBack({ key, flags }: Pick<Connection, 'key' | 'flags'>): string {
  return key === undefined ? '' : ` perpkit protect --resume --watch ${flags} takes it up again.`
}

export function requireProtected(all: readonly ManagedOrders[]): void {
  const naked = all.find(({ status }) => status === 'UNPROTECTED')
  if (!naked) return
  const { symbol } = naked
  throw new DeskError(
    EXIT.REFUSED,
    'PROTECTION_FAILED',
    `the position of ${symbol} stands without a stop`,
    `perpkit protect ${symbol} --stop … places one, perpkit close ${symbol} closes it.`,
    { isTold: true },
  )
}

async function follow(desk: Desk, options: PrintOptions, managed: ManagedOrders): Promise<void> {
  const palette = paletteOf(desk.io.stdout, desk.env)
  for await (const { reason, ...state } of managed.watch({ signal: desk.interrupts.signal })) {
    if (options.json || options.fields !== undefined) {
      printLine(desk, options, { reason, ...rowOf(managed, state) })
      continue
    }
    const legs = await table(orderColumns(desk.clock.now()), legsOf(state), palette)
    const head = `${managed.symbol} ${state.status}`
    desk.io.stdout.write(`${palette.bold(head)} ${palette.dim(reason)}\n${legs}\n`)
  }
}

function rowOf(
  { id, symbol, side, quantity }: ManagedOrders,
  { status, entryOrder, stopLossOrder, takeProfitOrders }: ManagedOrdersState,
): Record<string, unknown> {
  return {
    id,
    symbol,
    side,
    quantity,
    status,
    ...(entryOrder && { entryOrder: withIsoTimes(entryOrder) }),
    // May be absent before an entry has filled.
    stopLossOrder: stopLossOrder ? withIsoTimes(stopLossOrder) : null,
    takeProfitOrders: takeProfitOrders.map(withIsoTimes),
  }
}

function legsOf({
  entryOrder,
  stopLossOrder,
  takeProfitOrders,
}: ManagedOrdersState): FuturesOrder[] {
  return [
    ...(entryOrder ? [entryOrder] : []),
    ...(stopLossOrder ? [stopLossOrder] : []),
    ...takeProfitOrders,
  ]
}
