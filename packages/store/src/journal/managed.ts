import { sql } from 'kysely'
import type { ManagedEntry } from 'perpkit'
import type { Database } from '../database/database.ts'
import { guarded } from '../database/failures.ts'
import { StoreError } from '../errors.ts'
import { exchangeOf } from './exchangeOf.ts'
import type { Lease } from './lease.ts'

/** In the place of the entry before it, in one statement, if the lease is still ours. */
export async function upsertManaged(
  database: Database,
  { account, owner, epoch }: Lease,
  { id, exchange, isFinal, record }: ManagedEntry,
): Promise<boolean> {
  const { rows } = await guarded(() =>
    sql`
      insert into perpkit_managed (account, id, seq, exchange, is_final, epoch, record)
      select lease.account, ${id},
        (select coalesce(max(seq), 0) + 1 from perpkit_managed where account = ${account}),
        ${exchange}, ${isFinal ? 1 : 0}, lease.epoch, ${JSON.stringify(record)}
      from (select account, epoch from perpkit_leases
            where account = ${account} and owner = ${owner} and epoch = ${epoch}
            ${database.shareRows}) as lease
      where true
      on conflict (account, id) do update set
        is_final = excluded.is_final, epoch = excluded.epoch, record = excluded.record
      returning seq`.execute(database.queries),
  )
  return rows.length > 0
}

/** Those with something left to do, in the order they began. */
export function managedOf(database: Database, account: string): Promise<ManagedEntry[]> {
  return guarded(async () => {
    const rows = await database.queries
      .selectFrom('perpkit_managed')
      .selectAll()
      .where('account', '=', account)
      .where('is_final', '=', 0)
      .orderBy('seq')
      .execute()
    return rows.map((row): ManagedEntry => {
      const what = `managed order ${row.id} of ${account}`
      const exchange = exchangeOf(row.exchange, what)
      return { id: row.id, exchange, isFinal: false, record: parse(row.record, what) }
    })
  })
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new StoreError('DAMAGED', `${what} is no JSON; nothing was overwritten`)
  }
}
