import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Queries } from '../database/database.ts'
import type { VaultTable } from '../database/schema.ts'
import { StoreError } from '../errors.ts'
import { seal, unseal } from './envelope.ts'
import {
  type Derivation,
  deriveMasterKey,
  freshDerivation,
  requireSecret,
  type StoreSecret,
} from './masterKey.ts'

/** Which records there are, in which version: what makes a swapped or older record visible. */
export interface Manifest {
  /** Given out last; a version is never given twice. */
  lastVersion: number
  versions: Readonly<Record<string, number>>
}

/** An open vault: the key in memory and what the database says about it. */
export interface Vault {
  /** The key that seals the records' keys. */
  key(): Buffer
  /** The manifest; the vault's row stays locked until the transaction ends. */
  lock(queries: Queries): Promise<Manifest>
  save(queries: Queries, manifest: Manifest): Promise<void>
  /** Another secret from here on; the caller seals all records anew with the key it is given. */
  replaceSecret(
    secret: StoreSecret,
    work: (
      replace: (queries: Queries, manifest: Manifest) => Promise<void>,
      key: Buffer,
    ) => Promise<void>,
  ): Promise<void>
  close(): void
}

const VAULT_ID = 1

/** Opens the vault of the database, or makes it where there is none yet. */
export async function openVault(database: Database, secret: StoreSecret): Promise<Vault> {
  requireSecret(secret)
  const found = (await rowOf(database)) ?? (await createVault(database, secret))
  requireIntact(found)
  const key = await deriveMasterKey(secret, derivationOf(found))
  if (readManifest(key, found) === undefined) {
    key.fill(0)
    const held = 'passphrase' in secret ? 'passphrase' : 'key file'
    throw new StoreError('WRONG_SECRET', `this ${held} does not open the store`)
  }
  return vaultOn(database, found, key)
}

function vaultOn(database: Database, opened: VaultTable, openedKey: Buffer): Vault {
  let current = opened
  let key: Buffer | undefined = openedKey
  const openKey = (): Buffer => {
    if (!key) throw new StoreError('CLOSED', 'the store was closed')
    return key
  }
  const manifestOf = (row: VaultTable | undefined): Manifest => {
    if (!row) throw new StoreError('DAMAGED', 'the vault is gone from the database')
    requireIntact(row)
    if (row.salt !== current.salt || row.generation !== current.generation) {
      throw new StoreError('SECRET_ROTATED', 'the passphrase or key file of the store was changed')
    }
    const manifest = readManifest(openKey(), row)
    if (!manifest) throw new StoreError('DAMAGED', 'the list of records was changed')
    return manifest
  }
  return {
    key: openKey,
    async lock(queries) {
      const { rows } = await sql<VaultTable>`
        select * from perpkit_vault where id = ${VAULT_ID} ${database.lockRows}`.execute(queries)
      return manifestOf(rows[0])
    },
    async save(queries, manifest) {
      await writeRow(queries, vaultRow(openKey(), current, manifest))
    },
    async replaceSecret(secret, work) {
      requireSecret(secret)
      const derivation = freshDerivation(secret)
      const next = { ...derivation, generation: current.generation + 1 }
      const nextKey = await deriveMasterKey(secret, derivation)
      let written: VaultTable | undefined
      try {
        await work(async (queries, manifest) => {
          written = vaultRow(nextKey, columnsOf(next), manifest)
          await writeRow(queries, written)
        }, nextKey)
      } catch (error) {
        nextKey.fill(0)
        throw error
      }
      if (!written) return
      openKey().fill(0)
      current = written
      key = nextKey
    },
    close() {
      key?.fill(0)
      key = undefined
    },
  }
}

async function createVault(database: Database, secret: StoreSecret): Promise<VaultTable> {
  const derivation = freshDerivation(secret)
  const key = await deriveMasterKey(secret, derivation)
  const columns = columnsOf({ ...derivation, generation: 1 })
  const row = vaultRow(key, columns, { lastVersion: 0, versions: {} })
  key.fill(0)
  return database.transaction(async (queries) => {
    const stray = await queries.selectFrom('perpkit_credentials').select('name').executeTakeFirst()
    if (stray) throw new StoreError('DAMAGED', 'there are records, but their vault is gone')
    await queries
      .insertInto('perpkit_vault')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    // Another process may have made it a moment ago: then its secret counts.
    return (await rowOf({ queries })) ?? row
  })
}

function rowOf({ queries }: { queries: Queries }): Promise<VaultTable | undefined> {
  return queries
    .selectFrom('perpkit_vault')
    .selectAll()
    .where('id', '=', VAULT_ID)
    .executeTakeFirst()
}

async function writeRow(queries: Queries, row: VaultTable): Promise<void> {
  await queries.updateTable('perpkit_vault').set(row).where('id', '=', VAULT_ID).execute()
}

type OpenColumns = Omit<VaultTable, 'manifest' | 'checksum'>

function columnsOf(derivation: Derivation & { generation: number }): OpenColumns {
  const { kdf, cost, blockSize, parallelization, salt, generation } = derivation
  return { id: VAULT_ID, kdf, cost, block_size: blockSize, parallelization, salt, generation }
}

function derivationOf(row: VaultTable): Derivation {
  const { kdf, cost, block_size: blockSize, parallelization, salt } = row
  if (kdf !== 'SCRYPT' && kdf !== 'KEY_FILE') {
    throw new StoreError('DAMAGED', 'the vault names an unknown way to make its key')
  }
  return { kdf, cost, blockSize, parallelization, salt }
}

function vaultRow(key: Buffer, columns: OpenColumns, manifest: Manifest): VaultTable {
  const { id, kdf, cost, block_size, parallelization, salt, generation } = columns
  const open = { id, kdf, cost, block_size, parallelization, salt, generation }
  const plain = Buffer.from(JSON.stringify(manifest))
  const sealed = { ...open, manifest: seal(key, plain, bindingOf(open)) }
  return { ...sealed, checksum: checksumOf(sealed) }
}

function readManifest(key: Buffer, row: VaultTable): Manifest | undefined {
  const plain = unseal(key, row.manifest, bindingOf(row))
  return plain && JSON.parse(plain.toString())
}

function bindingOf(columns: OpenColumns): (string | number)[] {
  const { kdf, cost, block_size, parallelization, salt, generation } = columns
  return ['perpkit manifest', 1, kdf, cost, block_size, parallelization, salt, generation]
}

function requireIntact(row: VaultTable): void {
  if (row.checksum === checksumOf(row)) return
  throw new StoreError('DAMAGED', 'the vault was changed; nothing was overwritten')
}

function checksumOf(row: Omit<VaultTable, 'checksum'>): string {
  const text = JSON.stringify([...bindingOf(row), row.manifest])
  return createHash('sha256').update(text).digest('base64')
}
