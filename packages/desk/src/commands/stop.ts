import type { Command } from 'commander'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
} from '../command.ts'
import type { Connection, ConnectionOptions } from '../connection.ts'
import type { Desk } from '../desk.ts'
import { liftHold, placeHold, readHolds } from '../holds.ts'
import { keyStoreIsThere, withKeyStore } from '../keyStore.ts'
import type { Sweep } from '../killSwitch.ts'
import { DeskError, EXIT, usageError } from '../output/failure.ts'
import { printResult, tell } from '../output/print.ts'
import { table } from '../output/table.ts'
import { isoTime, shownTime } from '../output/times.ts'
import { confirmWord } from '../plan/confirm.ts'

interface StopOptions extends CommonOptions {
  all?: boolean
  plan?: boolean
  yes?: boolean
}

export function addStop(parent: Command, desk: Desk): void {
  const stop = parent.command('stop')
  addHold(stop, desk)
  addSweep(stop, desk, 'clear')
  addSweep(stop, desk, 'flat')
  addRelease(stop, desk)
  addStatus(stop, desk)
}

function addHold(stop: Command, desk: Desk): void {
  const command = stop
    .command('hold')
    .description(
      'No order that adds risk from here on, by any perpkit command; stops and closes go on',
    )
    .option('--all', 'for every exchange and key; the default when none is named')
    .action(async (options: StopOptions) => {
      const hold = placeHold(desk.env, { scope: scopeOf(options), since: desk.clock.now() })
      await printResult(desk, options, { ...hold, since: isoTime(hold.since) }, () => {
        return `Held: ${wordsFor(hold.scope)}. perpkit stop release lifts it.`
      })
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(command, 'perpkit stop hold', 'perpkit stop hold --all')
}

interface Report extends Sweep {
  account: string
  /** Present when the account could not be swept to the end. */
  error?: string
  ms: number
}

function addSweep(stop: Command, desk: Desk, grade: 'clear' | 'flat'): void {
  const isFlat = grade === 'flat'
  const command = stop
    .command(grade)
    .description(
      isFlat
        ? 'Hold, cancel entries, close all positions, remove the stops last, and look again'
        : 'Hold, and cancel entries; stops stay',
    )
    .option('--all', 'every stored key; those of real money with --live')
    .option('--plan', 'shows what is there, and does nothing')
    .option('--yes', 'without asking')
    .action(async (options: StopOptions) => {
      const accounts = await accountsOf(desk, options)
      if (options.plan) return showPlan(desk, options, accounts)
      const isReal = options.live === true
      if (isReal) await confirmWord(desk, options, `${grade} with real money`, grade.toUpperCase())
      const hold = placeHold(desk.env, { scope: scopeOf(options), since: desk.clock.now() })
      tell(desk, `Held: ${wordsFor(hold.scope)}.`)
      const { clearEntries, flatten } = await import('../killSwitch.ts')
      const sweep = isFlat ? flatten : clearEntries
      const reports = await desk.interrupts.guard(() =>
        Promise.all(accounts.map((account) => sweepOne(desk, account, sweep))),
      )
      await printResult(desk, options, reports, () => reports.map(reportText).join('\n'))
      requireClean(reports, grade)
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(command, `perpkit stop ${grade} --plan`, `perpkit stop ${grade} --yes`)
}

async function accountsOf(desk: Desk, options: StopOptions): Promise<ConnectionOptions[]> {
  const { exchange, key, baseUrl, live } = options
  const shared = { ...(live && { live }), isRescue: true }
  if (!options.all) {
    return [
      {
        ...shared,
        ...(exchange !== undefined && { exchange }),
        ...(key !== undefined && { key }),
        ...(baseUrl !== undefined && { baseUrl }),
      },
    ]
  }
  if (!keyStoreIsThere(desk)) throw usageError('no keys are stored', 'Name an --exchange.')
  const stored = await withKeyStore(desk, ({ credentials }) => credentials.list())
  const fitting = stored.filter(({ testnet }) => (testnet === false) === (live === true))
  const others = stored.length - fitting.length
  if (others > 0) {
    tell(desk, `${others} keys are left out: they are ${live ? 'not ' : ''}for real money.`)
  }
  return fitting.map(({ name }) => ({ ...shared, key: name }))
}

async function sweepOne(
  desk: Desk,
  account: ConnectionOptions,
  sweep: (exchange: Connection['exchange']) => Promise<Sweep>,
): Promise<Report> {
  const begun = desk.clock.now()
  let name = account.key ?? account.exchange ?? ''
  let connection: Connection | undefined
  try {
    connection = await desk.connect(account)
    name = connection.key ?? connection.name
    const swept = await sweep(connection.exchange)
    return { account: name, ...swept, ms: desk.clock.now() - begun }
  } catch (error) {
    // One account that fails must not keep the others from being swept.
    const { explain } = await import('../output/explain.ts')
    const { failure } = explain(error)
    const ms = desk.clock.now() - begun
    return { account: name, cancelled: 0, closed: 0, left: [], error: failure.message, ms }
  } finally {
    await connection?.close()
  }
}

function reportText({ account, cancelled, closed, left, error, ms }: Report): string {
  const end =
    error ?? (left.length === 0 ? 'verified, nothing left' : `STILL THERE: ${left.join(', ')}`)
  return `${account}: ${cancelled} cancelled, ${closed} closed in ${(ms / 1000).toFixed(1)} s; ${end}`
}

function requireClean(reports: readonly Report[], grade: string): void {
  const dirty = reports.filter(({ left, error }) => left.length > 0 || error !== undefined)
  if (dirty.length === 0) return
  throw new DeskError(
    EXIT.REFUSED,
    'NOT_FLAT',
    `not all is done on ${dirty.map(({ account }) => account).join(', ')}`,
    `Run perpkit stop ${grade} again, and look with perpkit positions and perpkit orders.`,
    { isTold: true },
  )
}

async function showPlan(
  desk: Desk,
  options: StopOptions,
  accounts: readonly ConnectionOptions[],
): Promise<void> {
  const found = await Promise.all(
    accounts.map(async (account) => {
      const connection = await desk.connect(account)
      try {
        const [positions, orders] = await Promise.all([
          connection.exchange.getPositionInfo(),
          connection.exchange.getOpenOrders(),
        ])
        const name = connection.key ?? connection.name
        return { account: name, positions: positions.length, orders: orders.length }
      } finally {
        await connection.close()
      }
    }),
  )
  await printResult(desk, options, found, (palette) =>
    table(
      [
        { title: 'account', value: ({ account }) => account },
        { title: 'positions', align: 'right', value: ({ positions }) => String(positions) },
        { title: 'orders', align: 'right', value: ({ orders }) => String(orders) },
      ],
      found,
      palette,
    ),
  )
}

function addRelease(stop: Command, desk: Desk): void {
  const command = stop
    .command('release')
    .description('Lifts holds; for people')
    .option('--all', 'every hold; the default when no exchange and no key is named')
    .option('--yes', 'without asking')
    .action(async (options: StopOptions) => {
      const scope = scopeOf(options)
      await confirmWord(desk, options, `release ${wordsFor(scope)}`, 'RELEASE')
      const lifted = readHolds(desk.env).filter((hold) => scope === 'ALL' || hold.scope === scope)
      for (const hold of lifted) liftHold(desk.env, hold.scope)
      const released = lifted.map((hold) => hold.scope)
      await printResult(desk, options, { released }, () =>
        released.length === 0
          ? 'Nothing was held there.'
          : `Released: ${released.map(wordsFor).join(', ')}.`,
      )
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(command, 'perpkit stop release --yes')
}

function addStatus(stop: Command, desk: Desk): void {
  const command = stop
    .command('status')
    .description('What is held')
    .action(async (options: CommonOptions) => {
      const holds = readHolds(desk.env)
      const rows = holds.map(({ scope, since }) => ({ scope, since: isoTime(since) }))
      await printResult(desk, options, rows, () =>
        holds.length === 0
          ? 'Nothing is held.'
          : holds
              .map(({ scope, since }) => {
                return `${wordsFor(scope)}: held since ${shownTime(since, desk.clock.now())}`
              })
              .join('\n'),
      )
    })
  addPrintOptions(command)
  addExamples(command, 'perpkit stop status')
}

/** What a hold is for. A key or an exchange must be named: a setting does not narrow it. */
function scopeOf(options: StopOptions): string {
  if (options.all) return 'ALL'
  if (options.key !== undefined) return `key:${options.key}`
  if (options.exchange === undefined) return 'ALL'
  const name = options.exchange.toUpperCase()
  return `exchange:${name === 'HUOBI' ? 'HTX' : name}`
}

function wordsFor(scope: string): string {
  return scope === 'ALL' ? 'everything' : scope.replace(':', ' ')
}
