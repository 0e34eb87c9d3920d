import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Dialect, SqliteDialect } from 'kysely'
import Libsql from 'libsql'
import { StoreError } from '../errors.ts'
import { requireReadable } from './readable.ts'

/** Written into the header of our files ("perp"), so that another program's file is recognised. */
const APPLICATION_ID = 0x70657270

/** More than there are questions; each is compiled once. */
const MAX_STATEMENTS = 100

/** Waiting here would stop the whole process: `guarded` waits instead. */
const BUSY_TIMEOUT_MS = 1

/**
 * A dialect on a SQLite file. Nothing is written before the file has been found intact and ours.
 * https://www.sqlite.org/pragma.html
 */
export function openSqlite(url: string): Dialect {
  const path = pathOf(url)
  prepareFile(path)
  const database = new Libsql(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    requireReadable((statement) => firstColumn(database, statement), path)
    inspect(database, path)
    // Write-ahead log with a sync at each commit: what was answered survives a power cut.
    read(database, 'journal_mode = wal')
    database.exec('pragma synchronous = full')
    // What was deleted is overwritten with zeros, old ciphertexts too.
    read(database, 'secure_delete = on')
  } catch (error) {
    database.close()
    throw error
  }
  const statements = new Map<string, Libsql.Statement<unknown[]>>()
  function prepared(sql: string): Libsql.Statement<unknown[]> {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare<unknown[]>(sql)
    // Lists of ids make texts of any length.
    if (statements.size >= MAX_STATEMENTS) statements.clear()
    statements.set(sql, statement)
    return statement
  }
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      // A transaction that reads before it writes must own the file from its start.
      prepare: (sql) => adapted(prepared(sql === 'begin' ? 'begin immediate' : sql)),
    },
  })
}

interface Adapted {
  readonly reader: boolean
  all(parameters: readonly unknown[]): unknown[]
  run(parameters: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint }
  iterate(parameters: readonly unknown[]): IterableIterator<unknown>
}

function adapted(statement: Libsql.Statement<unknown[]>): Adapted {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(...parameters),
    run: (parameters) => statement.run(...parameters),
    iterate: (parameters) => statement.iterate(...parameters),
  }
}

function pathOf(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url)
  const path = url.slice('file:'.length)
  if (path === '' || path.startsWith(':')) {
    throw new StoreError('INVALID_ARGUMENT', `the URL names no file: ${url}`)
  }
  return path
}

/** Makes a new file readable by its owner alone; the log beside it inherits that. */
function prepareFile(path: string): void {
  const size = existsSync(path) ? statSync(path).size : 0
  if (size > 0) {
    requireWhole(path, size)
    return
  }
  // SQLite deletes the log of an empty database, and everything that is only there.
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) {
    throw new StoreError(
      'DAMAGED',
      `${path} is empty or missing, but its log ${path}-wal is not; nothing was overwritten`,
    )
  }
  closeSync(openSync(path, 'a', 0o600))
}

/**
 * SQLite takes a file that was cut off within its header for an empty one. Beside a log the file may
 * rightly be short, and the log makes up for it.
 * https://www.sqlite.org/fileformat2.html#the_database_header
 */
function requireWhole(path: string, size: number): void {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  readSync(file, header, 0, header.length, 0)
  closeSync(file)
  const magic = 'SQLite format 3\0'
  const stated = header.readUInt16BE(16)
  const pageSize = stated === 1 ? 65_536 : stated
  const pages = header.readUInt32BE(28)
  const isDatabase = header.toString('latin1', 0, magic.length) === magic
  const hasLog = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0
  if (isDatabase && size >= header.length && (hasLog || size === pages * pageSize)) return
  const what = isDatabase
    ? `has ${size} bytes and should have ${pages * pageSize}`
    : 'is no database'
  throw new StoreError('DAMAGED', `${path} ${what}; nothing was overwritten`)
}

function inspect(database: Libsql.Database, path: string): void {
  const findings = read(database, 'quick_check')
  if (findings[0] !== 'ok') {
    throw new StoreError(
      'DAMAGED',
      `${path} is damaged; nothing was overwritten (${findings.slice(0, 3).join('; ')})`,
    )
  }
  const id = read(database, 'application_id')[0]
  if (id === APPLICATION_ID) return
  const objects = database.prepare('select name from sqlite_master').all()
  if (objects.length > 0) {
    throw new StoreError('NOT_A_STORE', `${path} is the database of another program`)
  }
  database.exec(`pragma application_id = ${APPLICATION_ID}`)
}

/** The values of the pragma's first column. */
function read(database: Libsql.Database, pragma: string): unknown[] {
  return firstColumn(database, `pragma ${pragma}`)
}

function firstColumn(database: Libsql.Database, statement: string): unknown[] {
  return database
    .prepare(statement)
    .all()
    .map((row) => (typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined))
}
