import {
  type Dialect,
  Kysely,
  PostgresDialect,
  type RawBuilder,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import type { StoreClock } from '../clock.ts'
import { StoreError } from '../errors.ts'
import { guarded } from './failures.ts'
import { MIGRATIONS, type Migration, migrate } from './migrations.ts'
import type { Schema } from './schema.ts'
import { openSqlite } from './sqlite.ts'

/** A connection, or a transaction on one. */
export type Queries = Kysely<Schema> | Transaction<Schema>

/** One database of either kind. */
export interface Database {
  readonly queries: Kysely<Schema>
  /** Locks the selected rows until the end of the statement or transaction. */
  readonly lockRows: RawBuilder<unknown>
  /** Keeps the selected rows from being changed until then. */
  readonly shareRows: RawBuilder<unknown>
  /** Milliseconds since the epoch, by the clock all users of the database share. */
  now(): RawBuilder<number>
  /** All of `work` or nothing; one at a time on SQLite. */
  transaction<T>(work: (queries: Transaction<Schema>) => Promise<T>): Promise<T>
  /** Leaves nothing of deleted rows in the log of a SQLite file. */
  scrub(): Promise<void>
  close(): Promise<void>
}

/** Opens and brings up to date `file:…` or `postgres://…`. */
export async function openDatabase(
  url: string,
  clock: StoreClock,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Database> {
  return guarded(async () => {
    const isFile = url.startsWith('file:')
    if (!isFile && !/^postgres(ql)?:\/\//.test(url)) {
      // The URL may hold a password, and is not repeated.
      throw new StoreError('INVALID_ARGUMENT', 'the URL must begin with file: or postgres://')
    }
    const queries = new Kysely<Schema>({ dialect: isFile ? openSqlite(url) : postgres(url) })
    try {
      await migrate(queries, isFile, migrations)
    } catch (error) {
      await queries.destroy()
      throw error
    }
    return databaseOn(queries, isFile, clock)
  })
}

function databaseOn(queries: Kysely<Schema>, isFile: boolean, clock: StoreClock): Database {
  async function scrub(): Promise<void> {
    if (isFile) await guarded(() => sql`pragma wal_checkpoint(truncate)`.execute(queries))
  }
  return {
    queries,
    lockRows: isFile ? sql`` : sql`for update`,
    shareRows: isFile ? sql`` : sql`for share`,
    now: () =>
      isFile
        ? sql<number>`${clock.now()}`
        : sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as double precision)`,
    transaction: (work) => guarded(() => queries.transaction().execute(work)),
    scrub,
    async close() {
      try {
        // So that a copy of the file alone is complete. Elsewhere nothing is lost without it.
        await scrub()
      } finally {
        await queries.destroy()
      }
    },
  }
}

function postgres(url: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 5_000,
    // A store that nobody uses does not keep its process alive.
    allowExitOnIdle: true,
  })
  // An idle connection that breaks is replaced by the next query, which tells if it cannot be.
  pool.on('error', () => {})
  return new PostgresDialect({ pool })
}
