import { StoreError } from '../errors.ts'

// Text that is not UTF-8 ends the whole process inside the driver, and a damaged file can hold some.
// So everything that will be read is looked at as hexadecimal digits first.

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  perpkit_vault: ['kdf', 'salt', 'manifest', 'checksum'],
  perpkit_credentials: ['name', 'exchange', 'fingerprint', 'data_key', 'secrets'],
  perpkit_leases: ['account', 'owner'],
  perpkit_intents: ['account', 'client_order_id', 'exchange', 'action', 'symbol'],
}

const OUTCOMES = `('done', 'rejected', 'notSent', 'unknown')`

const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  perpkit_meta: ['id', 'schema_version'],
  perpkit_vault: ['id', 'cost', 'block_size', 'parallelization', 'generation'],
  perpkit_credentials: ['coalesce(testnet, 0)', 'version', 'created_at', 'updated_at'],
  perpkit_leases: ['installation', 'since', 'epoch', 'vouched_epoch', 'until_ms'],
  perpkit_intents: ['seq', 'timestamp_ms', 'epoch'],
}

/** Settled intents are not read again, and there may be millions. */
const READ_ROWS: Readonly<Record<string, string>> = {
  perpkit_intents: `(outcome is null or outcome not in ('done', 'rejected', 'notSent'))`,
}

/** Throws `DAMAGED` where a name or value could not be read back as what it must be. */
export function requireReadable(read: (statement: string) => unknown[], path: string): void {
  const names = read(
    `select hex(coalesce(name, '') || ' ' || coalesce(tbl_name, '') || ' ' || coalesce(sql, ''))
     from sqlite_master`,
  )
  if (!names.every(isUtf8)) throw unreadable(path, 'the names of its tables')
  // Both parts are known to be text by now.
  const tables = new Set(read(`select name from sqlite_master where type = 'table'`))
  for (const [table, columns] of Object.entries(TEXTS)) {
    if (!tables.has(table)) continue
    for (const column of columns) requireTexts(read, path, table, column)
  }
  for (const [table, columns] of Object.entries(NUMBERS)) {
    if (!tables.has(table)) continue
    const wrong = columns.map(
      (column) => `typeof(${column}) not in ('integer', 'real') or abs(${column}) > 9e15`,
    )
    if (countOf(read, table, wrong.join(' or ')) > 0) throw unreadable(path, table)
  }
  // An outcome nobody wrote would hide an intent.
  const hidden = `outcome is not null and outcome not in ${OUTCOMES}`
  if (tables.has('perpkit_intents') && countOf(read, 'perpkit_intents', hidden) > 0) {
    throw unreadable(path, 'perpkit_intents')
  }
}

function requireTexts(
  read: (statement: string) => unknown[],
  path: string,
  table: string,
  column: string,
): void {
  const wrong = countOf(read, table, `typeof(${column}) <> 'text'`)
  const where = `${READ_ROWS[table] ?? '1'} and ${column} glob '*[^ -~]*'`
  // Plain ASCII is the rule; the few others are decoded.
  const others = read(`select hex(${column}) from ${table} where ${where}`)
  if (wrong > 0 || !others.every(isUtf8)) throw unreadable(path, table)
}

function countOf(read: (statement: string) => unknown[], table: string, wrong: string): number {
  return Number(
    read(`select count(*) from ${table} where ${READ_ROWS[table] ?? '1'} and (${wrong})`)[0],
  )
}

function isUtf8(hex: unknown): boolean {
  const bytes = Buffer.from(String(hex), 'hex')
  return Buffer.from(bytes.toString()).equals(bytes)
}

function unreadable(path: string, what: string): StoreError {
  return new StoreError('DAMAGED', `${what} of ${path} cannot be read; nothing was overwritten`)
}
