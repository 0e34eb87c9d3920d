import type { StoreClock } from '../clock.ts'
import type { Database, Queries } from '../database/database.ts'
import type { CredentialTable } from '../database/schema.ts'
import { StoreError } from '../errors.ts'
import type { StoreSecret } from '../vault/masterKey.ts'
import type { Manifest, Vault } from '../vault/vault.ts'
import {
  type CredentialSummary,
  damaged,
  hidden,
  type NewCredentials,
  openRecord,
  requireUsable,
  type StoredCredentials,
  sealRecord,
  summaryOf,
} from './record.ts'

/** API keys of several accounts, encrypted. */
export interface Credentials {
  /** Stores under a name; what was there is replaced. */
  put(credentials: NewCredentials): Promise<void>
  /** Goes straight into `createFuturesExchange`; throws `StoreError` `NOT_FOUND`. */
  get(name: string): Promise<StoredCredentials>
  /** What is stored, by name; decrypts no record. */
  list(): Promise<CredentialSummary[]>
  /** Whether there was one. */
  remove(name: string): Promise<boolean>
  /** Another passphrase (a text) or key file from here on; every record gets a new key too. */
  rotate(secret: string | StoreSecret): Promise<void>
  /** A new key for every record under the same passphrase or key file. */
  rotateDataKeys(): Promise<void>
}

export function credentialsIn(database: Database, vault: Vault, clock: StoreClock): Credentials {
  return {
    async put(credentials) {
      requireUsable(credentials)
      await database.transaction(async (queries) => {
        const manifest = await vault.lock(queries)
        // Unchecked: storing anew is the way out for a damaged record.
        const before = await queries
          .selectFrom('perpkit_credentials')
          .select('created_at')
          .where('name', '=', credentials.name)
          .executeTakeFirst()
        const version = manifest.lastVersion + 1
        const updatedAt = clock.now()
        const createdAt = before?.created_at ?? updatedAt
        const at = { version, createdAt, updatedAt }
        await write(queries, sealRecord(vault.key(), credentials, at))
        const versions = { ...manifest.versions, [credentials.name]: version }
        await vault.save(queries, { lastVersion: version, versions })
      })
    },
    async get(name) {
      const row = await snapshot(database, async (queries, manifest) => {
        const [found] = await checkedRows(queries, manifest, name)
        return found
      })
      if (!row)
        throw new StoreError('NOT_FOUND', `no credentials are named ${JSON.stringify(name)}`)
      return hidden(openRecord(vault.key(), row))
    },
    list: () =>
      snapshot(database, async (queries, manifest) =>
        (await checkedRows(queries, manifest)).map(summaryOf),
      ),
    async remove(name) {
      const existed = await database.transaction(async (queries) => {
        const manifest = await vault.lock(queries)
        const { [name]: _, ...versions } = manifest.versions
        await queries.deleteFrom('perpkit_credentials').where('name', '=', name).execute()
        await vault.save(queries, { ...manifest, versions })
        return Object.hasOwn(manifest.versions, name)
      })
      await database.scrub()
      return existed
    },
    async rotate(secret) {
      const next = typeof secret === 'string' ? { passphrase: secret } : secret
      await vault.replaceSecret(next, (replace, key) =>
        database.transaction(async (queries) => {
          await replace(queries, await resealAll(queries, await vault.lock(queries), key))
        }),
      )
      await database.scrub()
    },
    async rotateDataKeys() {
      await database.transaction(async (queries) => {
        await vault.save(queries, await resealAll(queries, await vault.lock(queries), vault.key()))
      })
      await database.scrub()
    },
  }

  /** A manifest and rows of the same moment: the vault's row is held while they are read. */
  function snapshot<T>(
    { transaction }: Database,
    read: (queries: Queries, manifest: Manifest) => Promise<T>,
  ): Promise<T> {
    return transaction(async (queries) => read(queries, await vault.lock(queries)))
  }

  async function resealAll(
    queries: Queries,
    manifest: Manifest,
    nextKey: Buffer,
  ): Promise<Manifest> {
    let lastVersion = manifest.lastVersion
    const versions: Record<string, number> = {}
    // All are opened first: one that is damaged leaves everything as it was.
    for (const row of await checkedRows(queries, manifest)) {
      lastVersion += 1
      versions[row.name] = lastVersion
      const at = { version: lastVersion, createdAt: row.created_at, updatedAt: row.updated_at }
      await write(queries, sealRecord(nextKey, openRecord(vault.key(), row), at))
    }
    return { lastVersion, versions }
  }
}

/** All records, or the named one; none is missing, added, or of another version than the manifest's. */
async function checkedRows(
  queries: Queries,
  { versions }: Manifest,
  name?: string,
): Promise<CredentialTable[]> {
  const all = queries.selectFrom('perpkit_credentials').selectAll().orderBy('name')
  const rows = await (name === undefined ? all : all.where('name', '=', name)).execute()
  const names =
    name === undefined ? Object.keys(versions) : Object.hasOwn(versions, name) ? [name] : []
  const missing = names.find((expected) => !rows.some((row) => row.name === expected))
  if (missing !== undefined) throw damaged(missing)
  const wrong = rows.find((row) => versions[row.name] !== row.version)
  if (wrong) throw damaged(wrong.name)
  return rows
}

async function write(queries: Queries, row: CredentialTable): Promise<void> {
  await queries
    .insertInto('perpkit_credentials')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}
