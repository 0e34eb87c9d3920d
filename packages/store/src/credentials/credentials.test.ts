import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createFuturesExchange } from 'perpkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { openStore, type Store } from '../openStore.ts'
import { kinds, type Place, TestClock } from '../stores.testing.ts'
import type { NewCredentials } from './record.ts'

const OKX: NewCredentials = {
  name: 'main',
  exchange: 'OKX',
  apiKey: 'key-of-main',
  apiSecret: 'SECRETSECRET-of-main',
  passphrase: 'PASSWORDWORD of main',
  testnet: true,
}

const KRAKEN: NewCredentials = {
  name: 'second',
  exchange: 'KRAKEN',
  apiKey: 'key-of-second',
  apiSecret: 'SECRETSECRET-of-second',
}

const code = (name: string): object => expect.objectContaining({ name: 'StoreError', code: name })

describe.each(kinds())('credentials on $name', (kind) => {
  describe.skipIf(!kind.isHere)(`(skipped where ${kind.name} is absent)`, () => {
    const clock = new TestClock()

    beforeAll(() => kind.start(), 60_000)
    afterAll(() => kind.stop(), 60_000)

    function open({ url, keyFile }: Place): Promise<Store> {
      return openStore({ url, keyFile, clock })
    }

    /** Runs SQL beside the store, as an intruder or an accident would. */
    async function meddle({ url }: Place, statement: string): Promise<void> {
      const { sql } = await import('kysely')
      const database = await openDatabase(url, clock)
      await sql.raw(statement).execute(database.queries)
      await database.close()
    }

    it('default: what was put comes back, also after opening again, and goes into the client', async () => {
      const place = await kind.place()
      const first = await open(place)
      await first.credentials.put(OKX)
      await first.credentials.put(KRAKEN)
      await first.close()
      const store = await open(place)
      const { name: _, exchange: __, ...secrets } = OKX
      const credentials = await store.credentials.get('main')
      expect({ ...credentials }).toEqual(secrets)
      expect({ ...(await store.credentials.get('second')) }).toEqual({
        apiKey: KRAKEN.apiKey,
        apiSecret: KRAKEN.apiSecret,
      })
      const exchange = createFuturesExchange('OKX', {
        ...credentials,
        journal: store.journal('main'),
      })
      await exchange.close()
      await store.close()
    })

    it('behavior: the list shows exchange, testnet, fingerprint and times, and no secret', async () => {
      const store = await open(await kind.place())
      const createdAt = clock.now()
      await store.credentials.put(OKX)
      clock.advance(1_000)
      await store.credentials.put({ ...OKX, apiSecret: 'another', testnet: false })
      await store.credentials.put(KRAKEN)
      const list = await store.credentials.list()
      expect(list).toEqual([
        {
          name: 'main',
          exchange: 'OKX',
          testnet: false,
          fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
          createdAt,
          updatedAt: createdAt + 1_000,
        },
        expect.objectContaining({ name: 'second', exchange: 'KRAKEN', testnet: undefined }),
      ])
      expect(JSON.stringify(list)).not.toMatch(/key-of|SECRET|PASSWORD/)
      await store.close()
    })

    it('behavior: remove tells whether there was one', async () => {
      const store = await open(await kind.place())
      await store.credentials.put(OKX)
      expect(await store.credentials.remove('main')).toBe(true)
      expect(await store.credentials.remove('main')).toBe(false)
      expect(await store.credentials.remove('constructor')).toBe(false)
      expect(await store.credentials.list()).toEqual([])
      await expect(store.credentials.get('main')).rejects.toThrow(code('NOT_FOUND'))
      await store.close()
    })

    it('behavior: after a rotation only the new passphrase opens, and other processes are told', async () => {
      const place = await kind.place()
      const [store, other] = [await open(place), await open(place)]
      await store.credentials.put(OKX)
      await store.credentials.rotate('a new passphrase')
      await store.credentials.rotateDataKeys()
      expect({ ...(await store.credentials.get('main')) }).toMatchObject({ apiKey: OKX.apiKey })
      await expect(other.credentials.get('main')).rejects.toThrow(code('SECRET_ROTATED'))
      await expect(other.credentials.put(KRAKEN)).rejects.toThrow(code('SECRET_ROTATED'))
      await store.close()
      await other.close()
      await expect(open(place)).rejects.toThrow(code('WRONG_SECRET'))
      const { url } = place
      await expect(openStore({ url, passphrase: 'A new passphrase' })).rejects.toThrow(
        code('WRONG_SECRET'),
      )
      const again = await openStore({ url, passphrase: 'a new passphrase' })
      expect((await again.credentials.get('main')).apiSecret).toBe(OKX.apiSecret)
      await again.close()
    })

    it('error: records that were swapped, rolled back, removed or edited do not open', async () => {
      const place = await kind.place()
      const store = await open(place)
      const put = (name: string): Promise<void> => store.credentials.put({ ...KRAKEN, name })
      await Promise.all(['a', 'b', 'c', 'd'].map(put))
      await meddle(place, 'create table older as select * from perpkit_credentials')
      await put('b')
      await meddle(
        place,
        `update perpkit_credentials set secrets = (select secrets from older where name = 'b'),
         data_key = (select data_key from older where name = 'b') where name = 'a'`,
      )
      await meddle(place, `delete from perpkit_credentials where name in ('b', 'c')`)
      await meddle(place, `insert into perpkit_credentials select * from older where name = 'b'`)
      await meddle(place, `update perpkit_credentials set testnet = 0 where name = 'd'`)
      for (const name of ['a', 'b', 'c', 'd']) {
        await expect(store.credentials.get(name)).rejects.toThrow(code('DAMAGED'))
      }
      await expect(store.credentials.list()).rejects.toThrow(code('DAMAGED'))
      await expect(store.credentials.rotate('another one')).rejects.toThrow(code('DAMAGED'))
      await put('a')
      expect((await store.credentials.get('a')).apiKey).toBe(KRAKEN.apiKey)
      await store.close()
    })

    it('error: a removed record that is put back into the database does not open', async () => {
      const place = await kind.place()
      const store = await open(place)
      await store.credentials.put(KRAKEN)
      await meddle(place, 'create table older as select * from perpkit_credentials')
      await store.credentials.remove('second')
      await store.credentials.put({ ...KRAKEN, apiSecret: 'newer' })
      await meddle(place, 'delete from perpkit_credentials')
      await meddle(place, 'insert into perpkit_credentials select * from older')
      await expect(store.credentials.get('second')).rejects.toThrow(code('DAMAGED'))
      await store.close()
    })

    it('error: a vault whose row is gone is not made anew over its records', async () => {
      const place = await kind.place()
      const store = await open(place)
      await store.credentials.put(KRAKEN)
      await store.close()
      await meddle(place, 'delete from perpkit_vault')
      await expect(open(place)).rejects.toThrow(code('DAMAGED'))
    })

    it('error: after close the key is gone', async () => {
      const store = await open(await kind.place())
      await store.credentials.put(KRAKEN)
      await store.close()
      await expect(store.credentials.get('second')).rejects.toThrow(code('CLOSED'))
    })

    it('behavior: puts of two processes at once all arrive', async () => {
      const place = await kind.place()
      const stores = [await open(place), await open(place)]
      const names = Array.from({ length: 10 }, (_, index) => `n${index}`)
      await Promise.all(
        names.map((name, index) => stores[index % 2]?.credentials.put({ ...KRAKEN, name })),
      )
      const list = await stores[0]?.credentials.list()
      expect(list?.map(({ name }) => name)).toEqual(names)
      await Promise.all(stores.map((store) => store.close()))
    })
  })
})

describe('secrets', () => {
  const [kind] = kinds()
  if (!kind) throw new Error('SQLite is always here')
  afterAll(() => kind.stop(), 60_000)

  it('behavior: are neither printed, serialised nor readable in any file of the database', async () => {
    const { url, folder, keyFile } = await kind.place()
    const store = await openStore({ url, keyFile })
    await store.credentials.put(OKX)
    const credentials = await store.credentials.get('main')
    await store.credentials.rotateDataKeys()
    const shown = [
      inspect(credentials, { showHidden: true, depth: 9 }),
      inspect({ credentials }),
      inspect(store, { showHidden: true, depth: 9 }),
      JSON.stringify({ credentials, store }),
      `${credentials}`,
    ].join()
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
    expect(files.length).toBeGreaterThan(1)
    for (const text of [shown, ...files]) {
      expect(text).not.toMatch(/key-of-main|SECRETSECRET|PASSWORDWORD/)
    }
    await store.close()
  })

  it.each([
    [{ name: '' }, 'a name is'],
    [{ name: '../x' }, 'a name is'],
    [{ apiKey: '' }, 'apiKey is empty'],
    [{ apiSecret: 'two words' }, 'apiSecret is empty or contains white space'],
    [{ passphrase: '' }, 'OKX needs the passphrase'],
  ])('args: %j is refused without repeating a secret', async (change, message) => {
    const { url, keyFile } = await kind.place()
    const store = await openStore({ url, keyFile })
    const refused = store.credentials.put({ ...OKX, ...change })
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.not.toThrow(/SECRET|two words/)
    await store.close()
  })

  it('args: one secret, of a usable kind, and a known URL are needed', async () => {
    const { url, keyFile } = await kind.place()
    await expect(openStore({ url, passphrase: '' })).rejects.toThrow(code('INVALID_ARGUMENT'))
    await expect(openStore(JSON.parse(`{ "url": "${url}" }`))).rejects.toThrow(
      code('INVALID_ARGUMENT'),
    )
    const bad = 'mysql://me:PASSWORDWORD@host/x'
    await expect(openStore({ url: bad, keyFile })).rejects.toThrow(code('INVALID_ARGUMENT'))
    await expect(openStore({ url: bad, keyFile })).rejects.not.toThrow(/PASSWORD/)
  })

  it('error: a key file that others may read, or that is none, opens nothing', async () => {
    const { url, folder, keyFile } = await kind.place()
    const missing = join(folder, 'none')
    await expect(openStore({ url, keyFile: missing })).rejects.toThrow(code('KEY_FILE'))
    await expect(openStore({ url, keyFile: url.slice(5) })).rejects.toThrow(code('KEY_FILE'))
    chmodSync(keyFile, 0o640)
    await expect(openStore({ url, keyFile })).rejects.toThrow('has mode 0640; it must be 0600')
  })

  it('error: a passphrase does not open a store with a key file', async () => {
    const { url, keyFile } = await kind.place()
    await (await openStore({ url, keyFile })).close()
    await expect(openStore({ url, passphrase: 'x' })).rejects.toThrow('opens with a key file')
  })
})
