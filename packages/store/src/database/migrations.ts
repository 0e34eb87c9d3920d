import { type Kysely, sql, type Transaction } from 'kysely'
import { StoreError } from '../errors.ts'
import type { Schema } from './schema.ts'

/** The statements that lead from one schema version to the next, in both databases. */
export type Migration = readonly string[]

/** In order, from an empty database. Never changed once released: a new one is added. */
export const MIGRATIONS: readonly Migration[] = [
  [
    `create table perpkit_vault (
      id integer primary key, kdf text not null, cost integer not null,
      block_size integer not null, parallelization integer not null, salt text not null,
      generation integer not null, manifest text not null, checksum text not null)`,
    `create table perpkit_credentials (
      name text primary key, exchange text not null, testnet integer, fingerprint text not null,
      version integer not null, created_at double precision not null,
      updated_at double precision not null, data_key text not null, secrets text not null)`,
  ],
  [
    `create table perpkit_leases (
      account text primary key, installation integer not null, since double precision not null,
      epoch integer not null, vouched_epoch integer not null, owner text not null, until_ms double precision not null)`,
    `create table perpkit_intents (
      account text not null, client_order_id text not null, seq double precision not null,
      exchange text not null, action text not null, symbol text not null,
      timestamp_ms double precision not null, epoch integer not null, outcome text,
      primary key (account, client_order_id))`,
    'create index perpkit_intents_in_order on perpkit_intents (account, seq)',
  ],
  [
    `create table perpkit_managed (
      account text not null, id text not null, seq double precision not null,
      exchange text not null, is_final integer not null, epoch integer not null,
      record text not null, primary key (account, id))`,
    'create index perpkit_managed_in_order on perpkit_managed (account, is_final, seq)',
  ],
]

/** Any number, the same in all our processes: one migrates at a time on a server. */
const MIGRATION_LOCK = 7_073_747

/** Brings the schema up to date, all at once or not at all. */
export async function migrate(
  queries: Kysely<Schema>,
  isFile: boolean,
  migrations: readonly Migration[],
): Promise<void> {
  await queries.transaction().execute(async (transaction) => {
    if (!isFile) await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction)
    const version = await versionOf(transaction)
    if (version === migrations.length) return
    if (version > migrations.length) {
      throw new StoreError(
        'NEWER_SCHEMA',
        `the store has schema ${version}, this version knows ${migrations.length} at most`,
      )
    }
    for (const statement of migrations.slice(version).flat()) {
      await sql.raw(statement).execute(transaction)
    }
    await transaction
      .updateTable('perpkit_meta')
      .set({ schema_version: migrations.length })
      .where('id', '=', 1)
      .execute()
  })
}

async function versionOf(transaction: Transaction<Schema>): Promise<number> {
  await sql`create table if not exists perpkit_meta (
    id integer primary key, schema_version integer not null)`.execute(transaction)
  const row = await transaction
    .selectFrom('perpkit_meta')
    .select('schema_version')
    .where('id', '=', 1)
    .executeTakeFirst()
  if (row) return row.schema_version
  await transaction.insertInto('perpkit_meta').values({ id: 1, schema_version: 0 }).execute()
  return 0
}
