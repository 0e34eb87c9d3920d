export type { StoreClock } from './clock.ts'
export type { Credentials } from './credentials/credentials.ts'
export type {
  CredentialSummary,
  NewCredentials,
  StoredCredentials,
} from './credentials/record.ts'
export { STORE_ERROR_CODES, StoreError, type StoreErrorCode } from './errors.ts'
export type { DurableJournal, JournalOptions } from './journal/journal.ts'
export { openStore, type Store, type StoreOptions } from './openStore.ts'
export { createKeyFile, type StoreSecret } from './vault/masterKey.ts'
