import {
  type Journal,
  type JournalIdentity,
  type ManagedEntry,
  type OrderIntent,
  readOrderId,
} from 'perpkit'
import type { StoreClock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { guarded } from '../database/failures.ts'
import { StoreError } from '../errors.ts'
import { insertIntent, unsettledOf } from './intents.ts'
import { claimLease, keepLease, type Lease, MAX_EPOCH, releaseLease } from './lease.ts'
import { managedOf, upsertManaged } from './managed.ts'

export interface JournalOptions {
  /**
   * Starts above this epoch: the way on when the newer database is lost for good and its orders have
   * been looked after.
   */
  epochAbove?: number
}

/**
 * A journal that outlives its process. The first use takes the account over, waiting up to five
 * seconds for a dead owner's lease to end; from then on only this journal can write intents.
 */
export interface DurableJournal extends Journal {
  identity(): Promise<JournalIdentity>
  record(intent: OrderIntent): Promise<void>
  settle(clientOrderId: string, outcome: 'done' | 'rejected' | 'notSent' | 'unknown'): Promise<void>
  unsettled(): Promise<OrderIntent[]>
  saveManaged(entry: ManagedEntry): Promise<void>
  managed(): Promise<ManagedEntry[]>
  /**
   * Compares with the client order ids the exchange shows. One that carries this journal's identity
   * and is not in it shows that the database is an older copy: from then on nothing is recorded, so
   * nothing is sent, and `StoreError` `OLDER_DATABASE` is thrown. Ids of others are left alone.
   */
  witness(clientOrderIds: readonly string[]): Promise<void>
  /** Closed, or taken over by somebody else: it records nothing more. */
  readonly isOver: boolean
  /** Gives the account up. */
  close(): Promise<void>
}

export function journalOf(
  database: Database,
  clock: StoreClock,
  account: string,
  { epochAbove }: JournalOptions = {},
): DurableJournal {
  requireUsable(account, epochAbove)
  let claim: Promise<Lease> | undefined
  let refusal: StoreError | undefined
  let stopKeeping = (): void => {}
  const waiting = new AbortController()

  function lead(): Promise<Lease> {
    if (refusal) return Promise.reject(refusal)
    claim ??= takeOver().catch((error: unknown) => {
      claim = undefined
      throw error
    })
    return claim
  }

  async function takeOver(): Promise<Lease> {
    const lease = await claimLease(database, clock, account, {
      epochAbove,
      signal: waiting.signal,
    })
    if (refusal) {
      await releaseLease(database, lease)
      throw refusal
    }
    stopKeeping = keepLease(database, clock, lease, () => refuse(lost(account)))
    return lease
  }

  function refuse(reason: StoreError): StoreError {
    refusal ??= reason
    stopKeeping()
    waiting.abort(refusal)
    return refusal
  }

  return {
    get isOver() {
      return refusal !== undefined
    },
    async identity() {
      const { installation, epoch, since } = await lead()
      return { installation, epoch, since }
    },
    async record(intent) {
      const lease = await lead()
      const isWritten = await insertIntent(database, lease, intent)
      if (refusal) throw refusal
      if (!isWritten) throw refuse(lost(account))
    },
    settle: (clientOrderId, outcome) =>
      guarded(async () => {
        await database.queries
          .updateTable('perpkit_intents')
          .set({ outcome })
          .where('account', '=', account)
          .where('client_order_id', '=', clientOrderId)
          // What somebody has found out is not forgotten again.
          .where((where) =>
            where.or([where('outcome', 'is', null), where('outcome', '=', 'unknown')]),
          )
          .execute()
      }),
    async unsettled() {
      await lead()
      return unsettledOf(database, account)
    },
    async saveManaged(entry) {
      const lease = await lead()
      const isWritten = await upsertManaged(database, lease, entry)
      if (refusal) throw refusal
      if (!isWritten) throw refuse(lost(account))
    },
    async managed() {
      await lead()
      return managedOf(database, account)
    },
    async witness(clientOrderIds) {
      const lease = await lead()
      const stranger = await firstUnwritten(database, lease, clientOrderIds)
      if (stranger === undefined) return
      const reason = refuse(older(account, lease, stranger))
      await releaseLease(database, lease)
      throw reason
    },
    async close() {
      refuse(new StoreError('CLOSED', `the journal of ${account} was closed`))
      const lease = await claim?.catch(() => undefined)
      if (lease) await releaseLease(database, lease)
    },
  }
}

/** An id of ours that was written by a newer copy of this database. */
async function firstUnwritten(
  database: Database,
  lease: Lease,
  clientOrderIds: readonly string[],
): Promise<string | undefined> {
  const ours = clientOrderIds.filter((id) => isOurs(lease, id))
  if (ours.length === 0) return undefined
  const rows = await guarded(() =>
    database.queries
      .selectFrom('perpkit_intents')
      .select('client_order_id')
      .where('account', '=', lease.account)
      .where('client_order_id', 'in', ours)
      .execute(),
  )
  const written = new Set(rows.map((row) => row.client_order_id))
  return ours.find((id) => !written.has(id))
}

/** Ids that are numbers carry no beginning: 12 bits of installation must do. */
function isOurs({ installation, since, vouchedEpoch }: Lease, clientOrderId: string): boolean {
  const read = readOrderId(clientOrderId)
  if (!read || read.installation !== installation) return false
  return (read.since === undefined || read.since === since) && read.epoch > vouchedEpoch
}

function requireUsable(account: string, epochAbove: number | undefined): void {
  if (account === '') throw new StoreError('INVALID_ARGUMENT', 'a journal needs a name')
  if (epochAbove === undefined) return
  if (!Number.isInteger(epochAbove) || epochAbove < 0 || epochAbove >= MAX_EPOCH) {
    throw new StoreError('INVALID_ARGUMENT', `epochAbove is from 0 to ${MAX_EPOCH - 1}`)
  }
}

function lost(account: string): StoreError {
  return new StoreError('LEASE_LOST', `another process has taken over the account ${account}`)
}

function older(account: string, lease: Lease, stranger: string): StoreError {
  const epoch = readOrderId(stranger)?.epoch
  return new StoreError(
    'OLDER_DATABASE',
    `order ${stranger} of ${account} was written under epoch ${epoch} and is not in this journal ` +
      `(epoch ${lease.epoch}): the database is an older copy`,
  )
}
