import { type StoreClock, systemClock } from './clock.ts'
import { type Credentials, credentialsIn } from './credentials/credentials.ts'
import { openDatabase } from './database/database.ts'
import { StoreError } from './errors.ts'
import { type DurableJournal, type JournalOptions, journalOf } from './journal/journal.ts'
import type { StoreSecret } from './vault/masterKey.ts'
import { openVault } from './vault/vault.ts'

export type StoreOptions = StoreSecret & {
  /** `file:perpkit.db`, or `postgres://…`. */
  url: string
  /** Another time than the machine's. */
  clock?: StoreClock
}

/** What must last: credentials and journals in one database. */
export interface Store {
  readonly credentials: Credentials
  /** The journal of an account; every call gives the same one until it has been closed. */
  journal(account: string, options?: JournalOptions): DurableJournal
  /** Gives up all accounts, forgets the key and lets the database go. */
  close(): Promise<void>
}

/**
 * Opens a store, or makes it. Throws `StoreError`; whatever it throws, nothing that was stored has
 * been overwritten.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { url, clock = systemClock } = options
  requireOneSecret(options)
  const database = await openDatabase(url, clock)
  try {
    const vault = await openVault(database, options)
    const journals = new Map<string, DurableJournal>()
    return {
      credentials: credentialsIn(database, vault, clock),
      journal(account, journalOptions) {
        const known = journals.get(account)
        if (known?.isOver === false) return known
        const journal = journalOf(database, clock, account, journalOptions)
        journals.set(account, journal)
        return journal
      },
      async close() {
        await Promise.all([...journals.values()].map((journal) => journal.close()))
        vault.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

function requireOneSecret(options: StoreOptions): void {
  if ('passphrase' in options !== 'keyFile' in options) return
  throw new StoreError('INVALID_ARGUMENT', 'give a passphrase or a key file, and not both')
}
