export type StoreErrorCode =
  | 'INVALID_ARGUMENT'
  | 'NOT_FOUND'
  | 'WRONG_SECRET'
  | 'SECRET_ROTATED'
  | 'KEY_FILE'
  | 'DAMAGED'
  | 'NOT_A_STORE'
  | 'NEWER_SCHEMA'
  | 'UNREACHABLE'
  | 'BUSY'
  | 'DISK_FULL'
  | 'DATABASE_FAILED'
  | 'CLOSED'
  | 'ACCOUNT_IN_USE'
  | 'LEASE_LOST'
  | 'OLDER_DATABASE'

/** Every code a `StoreError` can carry: what went wrong, and what to do about it. */
export const STORE_ERROR_CODES: Readonly<
  Record<StoreErrorCode, { sentence: string; remedy: string }>
> = {
  INVALID_ARGUMENT: {
    sentence: 'A value given to the store cannot be used.',
    remedy: 'Correct the value the message names.',
  },
  NOT_FOUND: {
    sentence: 'No credentials are stored under this name.',
    remedy: 'List the names; they are case-sensitive.',
  },
  WRONG_SECRET: {
    sentence: 'The passphrase or key file does not open this store.',
    remedy: 'Use the one the store was made, or last rotated, with. Nothing was changed.',
  },
  SECRET_ROTATED: {
    sentence: 'The passphrase or key file was changed while this store was open.',
    remedy: 'Open the store again with the new one.',
  },
  KEY_FILE: {
    sentence: 'The key file is missing, open to others, or not a key file.',
    remedy: 'Make one with createKeyFile, keep it readable by its owner alone (mode 0600).',
  },
  DAMAGED: {
    sentence: 'What is stored was changed, cut off or mixed up. Nothing was overwritten.',
    remedy: 'Restore the database from a backup, or store the credentials anew.',
  },
  NOT_A_STORE: {
    sentence: 'The file or database holds something else. Nothing was overwritten.',
    remedy: 'Check the URL.',
  },
  NEWER_SCHEMA: {
    sentence: 'The store was written by a newer version. Nothing was overwritten.',
    remedy: 'Update this package.',
  },
  UNREACHABLE: {
    sentence: 'The database cannot be opened or reached.',
    remedy: 'Check the URL, the server and the permissions of file and folder.',
  },
  BUSY: {
    sentence: 'Another process kept the database locked for too long. Nothing was written.',
    remedy: 'Try again; look for a process that holds a transaction open.',
  },
  DISK_FULL: {
    sentence: 'The disk is full. Nothing was written.',
    remedy: 'Make room; what was stored before is intact.',
  },
  DATABASE_FAILED: {
    sentence: 'The database refused a statement.',
    remedy: 'The cause says why.',
  },
  CLOSED: {
    sentence: 'The store or journal was closed.',
    remedy: 'Open it again.',
  },
  ACCOUNT_IN_USE: {
    sentence: 'Another process leads this account.',
    remedy: 'Stop it, or wait: a process that has died loses the account within seconds.',
  },
  LEASE_LOST: {
    sentence: 'Another process has taken this account over; nothing more may be sent from here.',
    remedy: 'Ask for the journal anew; it waits for its turn.',
  },
  OLDER_DATABASE: {
    sentence: 'The exchange holds orders written after this copy of the database.',
    remedy:
      'Use the newer database; or, when it is lost, settle those orders by hand and open the journal with epochAbove.',
  },
}

const BRAND: unique symbol = Symbol.for('perpkit.store.error')

/** All errors of this package; never holds a secret. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** Whether `value` is one of ours, even from another copy of this package. */
  static is(value: unknown): value is StoreError {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}
