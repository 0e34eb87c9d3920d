import { randomBytes, randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { type StoreClock, sleep } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { guarded } from '../database/failures.ts'
import { StoreError } from '../errors.ts'

/** The right to lead an account. It ends by itself when its owner dies. */
export interface Lease {
  account: string
  owner: string
  installation: number
  /** Seconds since the epoch. */
  since: number
  epoch: number
  /** Orders up to this epoch were looked after by somebody else, and need not be in the journal. */
  vouchedEpoch: number
}

/** A dead owner loses an account after this long. */
const LEASE_MS = 5_000

const RENEW_MS = 1_500
export const MAX_EPOCH = 0xffff
const MAX_INSTALLATION = 0xfff

export interface ClaimOptions {
  /** The first epoch is above this one: the way on after the loss of a newer database. */
  epochAbove?: number | undefined
  /** Ends the waiting. */
  signal?: AbortSignal
}

/**
 * Takes the account over under the next epoch, in one statement; waits once for as long as the
 * present owner may be dead.
 */
export async function claimLease(
  database: Database,
  clock: StoreClock,
  account: string,
  options: ClaimOptions = {},
): Promise<Lease> {
  const first = await tryClaim(database, clock, account, options)
  if (first) return first
  await sleep(clock, LEASE_MS, options.signal)
  const second = await tryClaim(database, clock, account, options)
  if (second) return second
  throw new StoreError('ACCOUNT_IN_USE', `another process leads the account ${account}`)
}

/** Extends the lease; false when somebody else has taken it. */
async function renewLease(database: Database, lease: Lease): Promise<boolean> {
  const { rows } = await guarded(() =>
    sql`
      update perpkit_leases set until_ms = ${database.now()} + ${LEASE_MS}
      where account = ${lease.account} and owner = ${lease.owner} and epoch = ${lease.epoch}
      returning epoch`.execute(database.queries),
  )
  return rows.length > 0
}

/** Gives the account up at once. */
export async function releaseLease(database: Database, lease: Lease): Promise<void> {
  await guarded(() =>
    database.queries
      .updateTable('perpkit_leases')
      .set({ until_ms: 0 })
      .where('account', '=', lease.account)
      .where('owner', '=', lease.owner)
      .where('epoch', '=', lease.epoch)
      .execute(),
  )
}

/** Renews until it is called off or the lease is lost. A renewal that fails is tried again. */
export function keepLease(
  database: Database,
  clock: StoreClock,
  lease: Lease,
  onLost: () => void,
): () => void {
  let stop = schedule()
  let isOver = false
  function schedule(): () => void {
    return clock.background(RENEW_MS, () => {
      renewLease(database, lease).then(
        (isOurs) => {
          if (isOver) return
          if (isOurs) stop = schedule()
          else onLost()
        },
        () => {
          if (!isOver) stop = schedule()
        },
      )
    })
  }
  return () => {
    isOver = true
    stop()
  }
}

async function tryClaim(
  database: Database,
  clock: StoreClock,
  account: string,
  { epochAbove = 0 }: ClaimOptions,
): Promise<Lease | undefined> {
  const owner = randomBytes(8).toString('hex')
  const installation = await freeInstallation(database)
  const since = Math.floor(clock.now() / 1000)
  const now = database.now()
  const highest = sql`
    case when perpkit_leases.epoch > ${epochAbove} then perpkit_leases.epoch else ${epochAbove} end`
  // When the epochs are used up, the account goes on as another installation.
  const isUsedUp = sql`${highest} >= ${MAX_EPOCH}`
  const { rows } = await guarded(() =>
    sql<Lease>`
      insert into perpkit_leases (account, installation, since, epoch, vouched_epoch, owner, until_ms)
      values (${account}, ${installation}, ${since}, ${epochAbove + 1}, ${epochAbove}, ${owner},
        ${now} + ${LEASE_MS})
      on conflict (account) do update set
        installation = case when ${isUsedUp}
          then excluded.installation else perpkit_leases.installation end,
        since = case when ${isUsedUp} then excluded.since else perpkit_leases.since end,
        epoch = case when ${isUsedUp} then 1 else ${highest} + 1 end,
        vouched_epoch = case when excluded.vouched_epoch > perpkit_leases.vouched_epoch
          then excluded.vouched_epoch else perpkit_leases.vouched_epoch end,
        owner = excluded.owner,
        until_ms = excluded.until_ms
      where perpkit_leases.until_ms <= ${now}
      returning account, owner, installation, since, epoch,
        vouched_epoch as "vouchedEpoch"`.execute(database.queries),
  )
  return rows[0]
}

/** A number that no other account of this database has; never 0, so that small ids mean nothing. */
async function freeInstallation(database: Database): Promise<number> {
  const rows = await guarded(() =>
    database.queries.selectFrom('perpkit_leases').select('installation').execute(),
  )
  const taken = new Set(rows.map(({ installation }) => installation))
  const free = Array.from({ length: MAX_INSTALLATION }, (_, index) => index + 1).filter(
    (candidate) => !taken.has(candidate),
  )
  return free[randomInt(Math.max(1, free.length))] ?? randomInt(1, MAX_INSTALLATION + 1)
}
