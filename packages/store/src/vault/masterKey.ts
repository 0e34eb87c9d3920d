import { hkdfSync, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { StoreError } from '../errors.ts'
import { KEY_BYTES } from './envelope.ts'

/** What opens a store: a passphrase, or the path of a key file. */
export type StoreSecret = { passphrase: string } | { keyFile: string }

/** How the key that seals all others is made; stored in the open. */
export interface Derivation {
  kdf: 'SCRYPT' | 'KEY_FILE'
  cost: number
  blockSize: number
  parallelization: number
  salt: string
}

/**
 * N = 2^17, r = 8, p = 1: 128 MiB and some tenths of a second a guess.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
 */
const OWASP_SCRYPT = { cost: 2 ** 17, blockSize: 8, parallelization: 1 } as const

/** A damaged cost must not take all memory. */
const MAX_SCRYPT_BYTES = 2 ** 30

const SALT_BYTES = 16
const KEY_FILE_FORM = /^perpkit-key-1 ([0-9a-f]{64})\n?$/
const OTHERS_MAY = 0o077

/** A derivation of today's strength with a fresh salt. */
export function freshDerivation(secret: StoreSecret): Derivation {
  const salt = randomBytes(SALT_BYTES).toString('base64')
  if ('passphrase' in secret) return { kdf: 'SCRYPT', ...OWASP_SCRYPT, salt }
  return { kdf: 'KEY_FILE', cost: 0, blockSize: 0, parallelization: 0, salt }
}

/** The key that seals all others, from what the user holds. */
export async function deriveMasterKey(
  secret: StoreSecret,
  derivation: Derivation,
): Promise<Buffer> {
  const salt = Buffer.from(derivation.salt, 'base64')
  if ('passphrase' in secret) {
    if (derivation.kdf !== 'SCRYPT') {
      throw new StoreError('WRONG_SECRET', 'this store opens with a key file, not a passphrase')
    }
    return stretch(secret.passphrase, salt, derivation)
  }
  if (derivation.kdf !== 'KEY_FILE') {
    throw new StoreError('WRONG_SECRET', 'this store opens with a passphrase, not a key file')
  }
  const fileKey = readKeyFile(secret.keyFile)
  const key = Buffer.from(hkdfSync('sha256', fileKey, salt, 'perpkit vault', KEY_BYTES))
  fileKey.fill(0)
  return key
}

/** Makes a key file for its owner alone; never overwrites one. Keep a copy somewhere else. */
export function createKeyFile(path: string): void {
  const text = `perpkit-key-1 ${randomBytes(KEY_BYTES).toString('hex')}\n`
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new StoreError('KEY_FILE', `the key file ${path} cannot be made`, error)
  }
}

/** Refuses what nobody can have meant as a secret. */
export function requireSecret(secret: StoreSecret): void {
  const value = 'passphrase' in secret ? secret.passphrase : secret.keyFile
  if (typeof value !== 'string' || value === '') {
    throw new StoreError('INVALID_ARGUMENT', 'a passphrase or the path of a key file is needed')
  }
}

function readKeyFile(path: string): Buffer {
  const text = contentOf(path)
  const key = KEY_FILE_FORM.exec(text)?.[1]
  if (key === undefined) throw new StoreError('KEY_FILE', `${path} is not a key file of ours`)
  return Buffer.from(key, 'hex')
}

/** The mode and the content of the same file, even when the path is changed in between. */
function contentOf(path: string): string {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw new StoreError('KEY_FILE', `the key file ${path} cannot be read`, error)
  }
  try {
    const { mode } = fstatSync(file)
    if ((mode & OTHERS_MAY) !== 0) {
      const shown = (mode & 0o777).toString(8).padStart(4, '0')
      throw new StoreError('KEY_FILE', `the key file ${path} has mode ${shown}; it must be 0600`)
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

function stretch(passphrase: string, salt: Buffer, derivation: Derivation): Promise<Buffer> {
  const { cost, blockSize, parallelization } = derivation
  const needed = 128 * blockSize * (cost + parallelization)
  if (needed > MAX_SCRYPT_BYTES) {
    throw new StoreError('DAMAGED', `the stored scrypt parameters ask for ${needed} bytes`)
  }
  const options: ScryptOptions = { cost, blockSize, parallelization, maxmem: needed + 2 ** 20 }
  return new Promise((resolve, reject) => {
    // One form of a text that can be typed in several (NIST SP 800-63B, 5.1.1.2).
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
