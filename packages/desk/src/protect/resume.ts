import type { ManagedOrders } from 'perpkit'
import { withConnection } from '../command.ts'
import type { Connection } from '../connection.ts'
import type { Desk } from '../desk.ts'
import { usageError } from '../output/failure.ts'
import { printResult, tell } from '../output/print.ts'
import { confirmWord } from '../plan/confirm.ts'
import type { ProtectOptions } from '../plan/planProtect.ts'
import { untilAborted } from '../screen/pause.ts'
import { followManaged, printAllManaged, requireProtected, wayBack } from './follow.ts'

/** Takes up what earlier commands, or a program with the same store, protected and did not finish. */
export async function resumeProtection(desk: Desk, options: ProtectOptions): Promise<void> {
  await withConnection(desk, options, async (connection) => {
    requireJournal(connection)
    if (options.plan) return showJournal(desk, options, connection)
    if (connection.place === 'LIVE') {
      await confirmWord(desk, options, 'take up what is protected, with real money', 'RESUME')
    }
    const all = await takeUp(desk, options, connection)
    if (options.watch && all.length > 0) return followManaged(desk, options, connection, all)
    await printAllManaged(desk, options, all)
    if (all.length > 0) tell(desk, `Looked once and put right.${wayBack(connection)}`)
    requireProtected(all)
  })
}

async function takeUp(
  desk: Desk,
  { watch }: ProtectOptions,
  { exchange }: Connection,
): Promise<ManagedOrders[]> {
  const { guard, signal } = desk.interrupts
  const supervise = watch === true
  try {
    return await guard(() => exchange.resumeManagedOrders({ supervise }))
  } catch (error) {
    const { PerpkitError } = await import('perpkit')
    const isPartial = PerpkitError.is(error) && error.code === 'PROTECTION_FAILED'
    if (!isPartial || !watch) throw error
    // What could be taken up is: leaving now would leave that alone too.
    tell(desk, `${error.message}\nAll others are looked after, unseen, until Ctrl-C.`)
    await untilAborted(signal)
    throw error
  }
}

function requireJournal({ key }: Connection): void {
  if (key !== undefined) return
  throw usageError(
    '--resume needs --key: without a stored key no journal outlasts a command',
    'perpkit keys add stores one. Without it, perpkit protect SYMBOL --stop … places all anew.',
  )
}

/** Nothing is asked of the exchange, so what would be sent is not known yet. */
async function showJournal(
  desk: Desk,
  options: ProtectOptions,
  { exchange, journal }: Connection,
): Promise<void> {
  const entries = (await journal.managed()).filter(
    (entry) => entry.exchange === exchange.exchangeName,
  )
  const rows = entries.map(({ id }) => ({ id, exchange: exchange.exchangeName }))
  await printResult(desk, options, rows, () =>
    rows.length === 0
      ? 'Nothing in the journal is to be looked after.'
      : `${rows.length} would be taken up: ${rows.map(({ id }) => id).join(', ')}`,
  )
}
