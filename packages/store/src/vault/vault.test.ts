import { randomBytes } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { STORE_ERROR_CODES, StoreError } from '../errors.ts'
import { newFolder, TestClock } from '../stores.testing.ts'
import { seal, unseal } from './envelope.ts'
import { createKeyFile, deriveMasterKey, freshDerivation } from './masterKey.ts'
import { openVault } from './vault.ts'

const { folder, keyFile } = newFolder()
const code = (name: string): object => expect.objectContaining({ name: 'StoreError', code: name })

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('seal', () => {
  const key = randomBytes(32)
  const sealed = seal(key, Buffer.from('a secret'), ['place', 1])

  it('default: opens with the same key in the same place, and never looks the same twice', () => {
    expect(unseal(key, sealed, ['place', 1])?.toString()).toBe('a secret')
    expect(seal(key, Buffer.from('a secret'), ['place', 1])).not.toBe(sealed)
  })

  it('error: no other key, no other place, and no change of any character', () => {
    expect(unseal(randomBytes(32), sealed, ['place', 1])).toBeUndefined()
    expect(unseal(key, sealed, ['place', 2])).toBeUndefined()
    expect(unseal(key, sealed, ['place1'])).toBeUndefined()
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1)
      expect(unseal(key, changed, ['place', 1])).toBeUndefined()
      expect(unseal(key, sealed.slice(0, at), ['place', 1])).toBeUndefined()
    }
    expect(unseal(key, `${sealed} `, ['place', 1])).toBeUndefined()
  })
})

describe('the master key', () => {
  it('default: a passphrase is stretched at the strength OWASP asks for, salted anew each time', async () => {
    const derivation = freshDerivation({ passphrase: 'x' })
    expect(derivation).toMatchObject({
      kdf: 'SCRYPT',
      cost: 131_072,
      blockSize: 8,
      parallelization: 1,
    })
    expect(freshDerivation({ passphrase: 'x' }).salt).not.toBe(derivation.salt)
    // The same text, typed in two ways: composed and decomposed.
    const typed = ['caf\u00e9', 'cafe\u0301'].map((passphrase) =>
      deriveMasterKey({ passphrase }, derivation),
    )
    const [composed, decomposed] = await Promise.all(typed)
    expect(composed?.equals(decomposed ?? Buffer.alloc(0))).toBe(true)
  })

  it('error: parameters that would take all memory are damage', async () => {
    const derivation = { ...freshDerivation({ passphrase: 'x' }), cost: 2 ** 30 }
    await expect(deriveMasterKey({ passphrase: 'x' }, derivation)).rejects.toThrow(code('DAMAGED'))
  })

  it('behavior: a key file is made for its owner alone, and never over another', () => {
    const path = join(folder, 'made')
    createKeyFile(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(() => createKeyFile(path)).toThrow(code('KEY_FILE'))
  })
})

describe('the vault', () => {
  it.each([
    `cost = 16384`,
    `salt = 'AAAA'`,
    `generation = generation + 1`,
    `manifest = 'AAAA'`,
    `checksum = 'AAAA'`,
    `kdf = 'SCRYPT'`,
  ])('error: %s is told as damage, not as a wrong key', async (change) => {
    const url = `file:${join(folder, `${randomBytes(4).toString('hex')}.db`)}`
    const database = await openDatabase(url, new TestClock())
    const vault = await openVault(database, { keyFile })
    vault.close()
    expect(() => vault.key()).toThrow(code('CLOSED'))
    await sql.raw(`update perpkit_vault set ${change}`).execute(database.queries)
    await expect(openVault(database, { keyFile })).rejects.toThrow(code('DAMAGED'))
    await database.close()
  })
})

describe('StoreError', () => {
  it('default: is known from any copy of the package; every code has a sentence and a remedy', () => {
    expect(StoreError.is(new StoreError('BUSY', 'x'))).toBe(true)
    expect(StoreError.is(new Error('x'))).toBe(false)
    for (const { sentence, remedy } of Object.values(STORE_ERROR_CODES)) {
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(remedy).toMatch(/^[A-Z].*\.$/)
    }
  })
})
