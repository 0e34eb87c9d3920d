import { sql } from 'kysely'
import type { OrderIntent } from 'perpkit'
import type { Database } from '../database/database.ts'
import { guarded } from '../database/failures.ts'
import { exchangeOf } from './exchangeOf.ts'
import type { Lease } from './lease.ts'

/** Writes ahead, in one statement, if the lease is still ours; false when it is not. */
export async function insertIntent(
  database: Database,
  { account, owner, epoch }: Lease,
  { clientOrderId, exchange, action, symbol, timestamp }: OrderIntent,
): Promise<boolean> {
  const { rows } = await guarded(() =>
    sql`
      insert into perpkit_intents
        (account, client_order_id, seq, exchange, action, symbol, timestamp_ms, epoch)
      select lease.account, ${clientOrderId},
        (select coalesce(max(seq), 0) + 1 from perpkit_intents where account = ${account}),
        ${exchange}, ${action}, ${symbol}, ${timestamp}, lease.epoch
      from (select account, epoch from perpkit_leases
            where account = ${account} and owner = ${owner} and epoch = ${epoch}
            ${database.shareRows}) as lease
      where true
      on conflict (account, client_order_id) do update set
        action = excluded.action, timestamp_ms = excluded.timestamp_ms,
        epoch = excluded.epoch, outcome = null
      returning seq`.execute(database.queries),
  )
  return rows.length > 0
}

export function unsettledOf(database: Database, account: string): Promise<OrderIntent[]> {
  return guarded(async () => {
    const rows = await database.queries
      .selectFrom('perpkit_intents')
      .selectAll()
      .where('account', '=', account)
      .where((where) => where.or([where('outcome', 'is', null), where('outcome', '=', 'unknown')]))
      .orderBy('seq')
      .execute()
    return rows.map((row): OrderIntent => {
      const exchange = exchangeOf(row.exchange, `an intent of ${account}`)
      const { client_order_id: clientOrderId, action, symbol, timestamp_ms: timestamp } = row
      return { exchange, clientOrderId, action, symbol, timestamp }
    })
  })
}
