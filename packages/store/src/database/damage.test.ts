import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError } from '../errors.ts'
import { openStore } from '../openStore.ts'
import { newFolder, TestClock } from '../stores.testing.ts'
import { openDatabase } from './database.ts'
import { MIGRATIONS } from './migrations.ts'

const code = (name: string): object => expect.objectContaining({ name: 'StoreError', code: name })

const KEYS = Array.from({ length: 5 }, (_, index) => ({
  name: `name${index}`,
  exchange: 'BINANCE' as const,
  apiKey: `key${index}`,
  apiSecret: `secret${index}`,
}))

const { folder, keyFile } = newFolder()
const clock = new TestClock()
const path = join(folder, 'perpkit.db')
const url = `file:${path}`
let intact: Buffer

beforeAll(async () => {
  const store = await openStore({ url, keyFile, clock })
  for (const credentials of KEYS) await store.credentials.put(credentials)
  await store.close()
  intact = readFileSync(path)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function restore(bytes: Buffer): void {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  writeFileSync(path, bytes)
}

/** The same bytes each time: a linear congruential generator (Numerical Recipes, 7.1). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

describe('a damaged file', () => {
  it('behavior: 1,000 flipped bytes give right secrets or an error, never a wrong secret', async () => {
    const random = numbers(7)
    const draw = (below: number): number => Math.floor(random.next().value * below)
    const seen = { right: 0, refused: 0, wrong: 0 }
    for (let trial = 0; trial < 1_000; trial += 1) {
      const bytes = Buffer.from(intact)
      const at = draw(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 + draw(255))
      restore(bytes)
      for (const outcome of await secretsOf()) seen[outcome] += 1
    }
    expect(seen.wrong).toBe(0)
    expect(seen.right).toBeGreaterThan(1_000)
    expect(seen.refused).toBeGreaterThan(50)
  }, 120_000)

  it('error: flipped bytes within the records are refused, each for its own record alone', async () => {
    const at = intact.indexOf('name3BINANCE')
    expect(at).toBeGreaterThan(0)
    const bytes = Buffer.from(intact)
    // Within the sealed text behind name, exchange and fingerprint.
    bytes[at + 100] = (bytes[at + 100] ?? 0) ^ 1
    restore(bytes)
    expect(await secretsOf()).toEqual(['right', 'right', 'right', 'refused', 'right'])
  })

  it('error: a file cut off anywhere is refused, and stays as it is', async () => {
    const random = numbers(9)
    const lengths = Array.from({ length: 60 }, () => 1 + Math.floor(random.next().value * 12_000))
    for (const length of [...lengths, 4_096, 8_192, intact.length - 1]) {
      restore(intact)
      truncateSync(path, length)
      const before = readFileSync(path)
      await expect(openStore({ url, keyFile, clock })).rejects.toThrow(code('DAMAGED'))
      expect(readFileSync(path).equals(before)).toBe(true)
    }
  })

  it('error: an empty file beside a log that is not is refused, and the log stays', async () => {
    restore(Buffer.alloc(0))
    writeFileSync(`${path}-wal`, 'what was written last')
    await expect(openStore({ url, keyFile, clock })).rejects.toThrow(code('DAMAGED'))
    expect(readFileSync(`${path}-wal`, 'utf8')).toBe('what was written last')
    rmSync(`${path}-wal`)
  })

  it('error: other files are left alone', async () => {
    const text = 'not a database, but somebody wants it '.repeat(200)
    restore(Buffer.from(text))
    await expect(openStore({ url, keyFile, clock })).rejects.toThrow(code('DAMAGED'))
    expect(readFileSync(path, 'utf8')).toBe(text)
    const theirs = join(folder, 'theirs.db')
    const foreign = new Libsql(theirs)
    foreign.exec('create table theirs (a)')
    foreign.close()
    const before = readFileSync(theirs)
    const refused = openStore({ url: `file:${theirs}`, keyFile, clock })
    await expect(refused).rejects.toThrow(code('NOT_A_STORE'))
    expect(readFileSync(theirs).equals(before)).toBe(true)
    const nowhere = `file:${join(folder, 'no', 'such', 'folder.db')}`
    await expect(openStore({ url: nowhere, keyFile })).rejects.toThrow(code('UNREACHABLE'))
    await expect(openStore({ url: 'file::memory:', keyFile })).rejects.toThrow(
      code('INVALID_ARGUMENT'),
    )
  })

  it('error: a wrong passphrase or key changes nothing', async () => {
    restore(intact)
    const other = newFolder()
    const wrong = openStore({ url, keyFile: other.keyFile, clock })
    await expect(wrong).rejects.toThrow(code('WRONG_SECRET'))
    rmSync(other.folder, { recursive: true })
    expect(await secretsOf()).toEqual(['right', 'right', 'right', 'right', 'right'])
  })

  async function secretsOf(): Promise<('right' | 'refused' | 'wrong')[]> {
    const opened = await openStore({ url, keyFile, clock }).catch(refusalOnly)
    if (!opened) return ['refused']
    const outcomes: ('right' | 'refused' | 'wrong')[] = []
    for (const { name, exchange: _, ...secrets } of KEYS) {
      const found = await opened.credentials.get(name).catch(refusalOnly)
      const isRight = JSON.stringify({ ...found }) === JSON.stringify(secrets)
      outcomes.push(!found ? 'refused' : isRight ? 'right' : 'wrong')
    }
    await opened.close().catch(refusalOnly)
    return outcomes
  }

  /** Only our own errors with a telling code pass for a refusal. */
  function refusalOnly(error: unknown): undefined {
    if (StoreError.is(error) && error.code !== 'CLOSED') return undefined
    throw error
  }
})

describe('the schema', () => {
  it('default: a new file is for its owner alone', async () => {
    const fresh = join(folder, 'fresh.db')
    await (await openStore({ url: `file:${fresh}`, keyFile })).close()
    expect(statSync(fresh).mode & 0o777).toBe(0o600)
  })

  it('behavior: the first schema is led forward with everything in it', async () => {
    restore(intact)
    const older = new Libsql(path)
    older.exec('drop table perpkit_leases; drop table perpkit_intents; drop table perpkit_managed')
    older.exec('update perpkit_meta set schema_version = 1')
    older.close()
    const store = await openStore({ url, keyFile, clock })
    expect((await store.credentials.get('name2')).apiSecret).toBe('secret2')
    expect((await store.journal('main').identity()).epoch).toBe(1)
    await store.close()
  })

  it('error: a migration that fails half-way leaves the older schema as it was', async () => {
    restore(intact)
    const failing = [...MIGRATIONS, ['create table perpkit_next (a integer)', 'not a statement']]
    await expect(openDatabase(url, clock, failing)).rejects.toThrow(code('DATABASE_FAILED'))
    const database = await openDatabase(url, clock)
    const { rows } = await sql`select name from sqlite_master where name = 'perpkit_next'`.execute(
      database.queries,
    )
    expect(rows).toEqual([])
    await database.close()
  })

  it('error: a newer schema is refused, and stays as it is', async () => {
    restore(intact)
    const newer = [...MIGRATIONS, ['create table perpkit_next (a integer)']]
    await (await openDatabase(url, clock, newer)).close()
    const before = readFileSync(path)
    await expect(openStore({ url, keyFile, clock })).rejects.toThrow(
      `the store has schema ${newer.length}, this version knows ${MIGRATIONS.length}`,
    )
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(`${path}-journal`)).toBe(false)
  })
})
