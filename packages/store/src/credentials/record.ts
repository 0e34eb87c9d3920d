import { createHash, randomBytes } from 'node:crypto'
import type { InspectOptions } from 'node:util'
import { inspect } from 'node:util'
import { EXCHANGE_NAMES, type ExchangeName } from 'perpkit'
import type { CredentialTable } from '../database/schema.ts'
import { StoreError } from '../errors.ts'
import { type Binding, KEY_BYTES, seal, unseal } from '../vault/envelope.ts'

/** What is known of stored credentials without decrypting them. */
export interface CredentialSummary {
  name: string
  exchange: ExchangeName
  /** `undefined` where it was not said: the client's default holds. */
  testnet: boolean | undefined
  /** The first 12 hexadecimal digits of the API key's SHA-256: tells keys apart, and no more. */
  fingerprint: string
  /** Milliseconds since the epoch. */
  createdAt: number
  updatedAt: number
}

/**
 * Options for `createFuturesExchange`. Printing or serialising the object shows no secret; a spread
 * copy of it has lost that protection.
 */
export interface StoredCredentials {
  apiKey: string
  apiSecret: string
  passphrase?: string
  testnet?: boolean
}

export interface NewCredentials extends StoredCredentials {
  /** Up to 64 letters, digits, dots, dashes and underscores. */
  name: string
  exchange: ExchangeName
}

interface Secrets {
  apiKey: string
  apiSecret: string
  passphrase?: string
}

const NAME_FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

const NEEDS_PASSPHRASE: readonly ExchangeName[] = ['OKX', 'BITGET']

/** Refuses what no exchange could accept; a message never repeats a secret. */
export function requireUsable(credentials: NewCredentials): void {
  const { name, exchange, apiKey, apiSecret, passphrase } = credentials
  if (!NAME_FORM.test(name)) {
    throw invalid('a name is 1 to 64 letters, digits, dots, dashes and underscores')
  }
  if (!EXCHANGE_NAMES.includes(exchange)) {
    throw invalid(`exchange is one of ${EXCHANGE_NAMES.join(' ')}`)
  }
  for (const [word, value] of Object.entries({ apiKey, apiSecret })) {
    if (typeof value !== 'string' || !/^\S+$/.test(value)) {
      throw invalid(`${word} is empty or contains white space`)
    }
  }
  if (NEEDS_PASSPHRASE.includes(exchange) && !passphrase) {
    throw invalid(`${exchange} needs the passphrase of the API key`)
  }
}

/** The row of a record, its secrets sealed with a key of its own. */
export function sealRecord(
  vaultKey: Buffer,
  credentials: NewCredentials,
  at: { version: number; createdAt: number; updatedAt: number },
): CredentialTable {
  const { name, exchange, testnet, apiKey, apiSecret, passphrase } = credentials
  const open = {
    name,
    exchange,
    testnet: testnet === undefined ? null : Number(testnet),
    fingerprint: fingerprintOf(apiKey),
    version: at.version,
    created_at: at.createdAt,
    updated_at: at.updatedAt,
  }
  const secrets: Secrets = { apiKey, apiSecret, ...(passphrase !== undefined && { passphrase }) }
  const plain = Buffer.from(JSON.stringify(secrets))
  const key = randomBytes(KEY_BYTES)
  const row = {
    ...open,
    data_key: seal(vaultKey, key, bindingOf('perpkit record key', open)),
    secrets: seal(key, plain, bindingOf('perpkit secrets', open)),
  }
  plain.fill(0)
  key.fill(0)
  return row
}

/** The credentials of a row; throws when it is not exactly what was sealed. */
export function openRecord(vaultKey: Buffer, row: CredentialTable): NewCredentials {
  const key = unseal(vaultKey, row.data_key, bindingOf('perpkit record key', row))
  const plain = key && unseal(key, row.secrets, bindingOf('perpkit secrets', row))
  key?.fill(0)
  if (!plain) throw damaged(row.name)
  const secrets: Secrets = JSON.parse(plain.toString())
  plain.fill(0)
  const { name, exchange, testnet } = summaryOf(row)
  return { name, exchange, ...(testnet !== undefined && { testnet }), ...secrets }
}

export function summaryOf(row: CredentialTable): CredentialSummary {
  const exchange = EXCHANGE_NAMES.find((name) => name === row.exchange)
  if (!exchange) throw damaged(row.name)
  return {
    name: row.name,
    exchange,
    testnet: row.testnet === null ? undefined : row.testnet === 1,
    fingerprint: row.fingerprint,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** The same, hidden from `inspect` and JSON, and still there for a spread. */
export function hidden(credentials: StoredCredentials): StoredCredentials {
  const { apiKey, apiSecret, passphrase, testnet } = credentials
  const shown = { fingerprint: fingerprintOf(apiKey), testnet, secrets: '[hidden]' }
  const object: StoredCredentials = {
    apiKey,
    apiSecret,
    ...(passphrase !== undefined && { passphrase }),
    ...(testnet !== undefined && { testnet }),
  }
  Object.defineProperties(object, {
    toJSON: { value: () => shown },
    [inspect.custom]: {
      value: (_depth: number, options: InspectOptions) => inspect(shown, options),
    },
  })
  return object
}

export function damaged(name: string): StoreError {
  return new StoreError('DAMAGED', `the record ${JSON.stringify(name)} was changed or mixed up`)
}

function invalid(message: string): StoreError {
  return new StoreError('INVALID_ARGUMENT', message)
}

function fingerprintOf(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex').slice(0, 12)
}

/** Name, exchange, version and all else that is stored in the open. */
function bindingOf(purpose: string, row: Omit<CredentialTable, 'data_key' | 'secrets'>): Binding {
  const { name, exchange, testnet, fingerprint, version, created_at, updated_at } = row
  return [purpose, 1, name, exchange, testnet, fingerprint, version, created_at, updated_at]
}
