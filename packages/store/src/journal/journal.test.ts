import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { ManagedEntry, OrderIntent } from 'perpkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderIdOf, orderNumberOf } from '../../../perpkit/src/client/safety/orderIds.ts'
import { openDatabase } from '../database/database.ts'
import { openStore, type Store } from '../openStore.ts'
import { kinds, type Place, TestClock } from '../stores.testing.ts'

const code = (name: string): object => expect.objectContaining({ name: 'StoreError', code: name })

function intent(clientOrderId: string, timestamp = 1_800_000_000_000): OrderIntent {
  return {
    exchange: 'BYBIT',
    clientOrderId,
    action: 'createMarketOrder',
    symbol: 'BTCUSDT',
    timestamp,
  }
}

const managed = (id: string, record: unknown): ManagedEntry => ({
  id,
  exchange: 'OKX',
  isFinal: false,
  record,
})

describe.each(kinds())('journal on $name', (kind) => {
  describe.skipIf(!kind.isHere)(`(skipped where ${kind.name} is absent)`, () => {
    beforeAll(() => kind.start(), 60_000)
    afterAll(() => kind.stop(), 60_000)

    function open({ url, keyFile }: Place, clock = new TestClock()): Promise<Store> {
      return openStore({ url, keyFile, clock })
    }

    /** Ends the lease of whoever holds it, as five seconds of silence would. */
    async function endLease({ url }: Place): Promise<void> {
      const database = await openDatabase(url, new TestClock())
      await sql`update perpkit_leases set until_ms = 1`.execute(database.queries)
      await database.close()
    }

    it('default: intents come back in order until their outcome is known', async () => {
      const place = await kind.place()
      const first = await open(place)
      const journal = first.journal('main')
      for (const id of ['a', 'b', 'c', 'd', 'e']) await journal.record(intent(id))
      await journal.settle('a', 'done')
      await journal.settle('b', 'unknown')
      await journal.settle('c', 'rejected')
      await journal.settle('a', 'unknown')
      await first.close()
      const second = await open(place)
      expect(await second.journal('main').unsettled()).toEqual(
        ['b', 'd', 'e'].map((id) => intent(id)),
      )
      expect(await second.journal('other').unsettled()).toEqual([])
      await second.close()
    })

    it('default: managed orders come back as they were last, in the order they began', async () => {
      const place = await kind.place()
      const first = await open(place)
      const journal = first.journal('main')
      await journal.saveManaged(managed('a', { stage: 'ENTERING' }))
      await journal.saveManaged(managed('b', { text: 'ü \u0000 \ud800' }))
      await journal.saveManaged(managed('c', {}))
      await journal.saveManaged(managed('a', { stage: 'ACTIVE', legs: [{ price: '1.10' }] }))
      await journal.saveManaged({ ...managed('c', {}), isFinal: true })
      await first.close()
      const second = await open(place)
      expect(await second.journal('main').managed()).toEqual([
        managed('a', { stage: 'ACTIVE', legs: [{ price: '1.10' }] }),
        managed('b', { text: 'ü \u0000 \ud800' }),
      ])
      expect(await second.journal('other').managed()).toEqual([])
      await second.close()
    })

    it('error: an owner that was taken over saves no managed order more', async () => {
      const place = await kind.place()
      const [old, next] = [await open(place), await open(place)]
      await old.journal('main').saveManaged(managed('a', { by: 'old' }))
      await endLease(place)
      await next.journal('main').saveManaged(managed('a', { by: 'next' }))
      await expect(old.journal('main').saveManaged(managed('a', {}))).rejects.toThrow(
        code('LEASE_LOST'),
      )
      expect(await next.journal('main').managed()).toEqual([managed('a', { by: 'next' })])
      await old.close()
      await next.close()
    })

    it('behavior: an intent written again is open again', async () => {
      const store = await open(await kind.place())
      const journal = store.journal('main')
      await journal.record(intent('a'))
      await journal.settle('a', 'notSent')
      await journal.record(intent('a', 5))
      expect(await journal.unsettled()).toEqual([intent('a', 5)])
      await store.close()
    })

    it('behavior: one identity as long as it is open, the next epoch after that', async () => {
      const place = await kind.place()
      const store = await open(place)
      const journal = store.journal('main')
      expect(store.journal('main')).toBe(journal)
      const first = await journal.identity()
      expect(first).toMatchObject({ epoch: 1, since: 1_800_000_000 })
      expect(await journal.identity()).toEqual(first)
      const other = await store.journal('other').identity()
      expect(other.installation).not.toBe(first.installation)
      await journal.close()
      expect(await store.journal('main').identity()).toEqual({ ...first, epoch: 2 })
      await store.close()
      const again = await open(place)
      expect(await again.journal('main').identity()).toEqual({ ...first, epoch: 3 })
      await again.close()
    })

    it('behavior: when all epochs are used up it goes on as another installation', async () => {
      const place = await kind.place()
      const store = await open(place)
      const before = await store.journal('main', { epochAbove: 0xfffe }).identity()
      expect(before.epoch).toBe(0xffff)
      await store.journal('main').close()
      const after = await store.journal('main').identity()
      expect(after.epoch).toBe(1)
      expect(after.installation).not.toBe(before.installation)
      await store.close()
    })

    it('error: a second process waits for a dead owner, and is refused while one lives', async () => {
      const place = await kind.place()
      const clock = new TestClock()
      const [owner, standby] = [await open(place), await open(place, clock)]
      await owner.journal('main').record(intent('a'))
      const refused = expect(standby.journal('main').identity()).rejects.toThrow(
        code('ACCOUNT_IN_USE'),
      )
      await expect.poll(() => clock.waiting).toBe(1)
      // The machine's time has come for SQLite only; a server has its own clock.
      if (kind.name === 'SQLite') {
        const database = await openDatabase(place.url, clock)
        await sql`update perpkit_leases set until_ms = until_ms + 5000`.execute(database.queries)
        await database.close()
      }
      clock.advance(5_000)
      await refused
      await endLease(place)
      expect(await standby.journal('main').unsettled()).toEqual([intent('a')])
      await standby.close()
      await owner.close()
    })

    it('error: an owner that was taken over writes nothing more, and says so', async () => {
      const place = await kind.place()
      const [old, next] = [await open(place), await open(place)]
      const journal = old.journal('main')
      await journal.record(intent('a'))
      await endLease(place)
      const { epoch } = await next.journal('main').identity()
      expect(epoch).toBe(2)
      await expect(journal.record(intent('b'))).rejects.toThrow(code('LEASE_LOST'))
      await expect(journal.identity()).rejects.toThrow(code('LEASE_LOST'))
      expect(journal.isOver).toBe(true)
      await journal.settle('a', 'done')
      await old.close()
      // Closing the old one has not given up what is not its own.
      await next.journal('main').record(intent('c'))
      expect(await next.journal('main').unsettled()).toEqual([intent('c')])
      await next.close()
    })

    it("behavior: of three that race for an account one wins; closing ends the others' waiting", async () => {
      const place = await kind.place()
      const stores = await Promise.all([open(place), open(place), open(place)])
      const claims = stores.map((store) => store.journal('main').record(intent('a')))
      const results = Promise.allSettled(claims)
      await Promise.any(claims)
      await Promise.all(stores.map((store) => store.close()))
      const statuses = (await results).map((result) =>
        result.status === 'rejected' ? result.reason.code : result.status,
      )
      expect(statuses.sort()).toEqual(['CLOSED', 'CLOSED', 'fulfilled'])
    })

    it('behavior: renewals keep the account, and tell when it is lost', async () => {
      const place = await kind.place()
      const clock = new TestClock()
      const store = await open(place, clock)
      const journal = store.journal('main')
      await journal.identity()
      for (let renewed = 0; renewed < 4; renewed += 1) {
        clock.advance(1_500)
        await expect.poll(() => clock.waiting).toBe(1)
      }
      const database = await openDatabase(place.url, clock)
      const { rows } = await sql<{ left: number }>`
        select until_ms - ${database.now()} as left_ms from perpkit_leases`.execute(
        database.queries,
      )
      expect(Object.values(rows[0] ?? {})[0]).toBeGreaterThan(4_000)
      await sql`update perpkit_leases set epoch = 2, owner = 'somebody'`.execute(database.queries)
      await database.close()
      clock.advance(1_500)
      await expect.poll(() => journal.isOver).toBe(true)
      expect(clock.waiting).toBe(0)
      await expect(journal.record(intent('b'))).rejects.toThrow(code('LEASE_LOST'))
      await store.close()
    })

    it('error: an older database refuses to lead, also after another start, until it is vouched for', async () => {
      const place = await kind.place()
      const store = await open(place)
      const identity = await store.journal('main').identity()
      const step = { number: 1, leg: 0, generation: 0 }
      const written = orderIdOf(identity, step, 'p')
      await store.journal('main').record(intent(written))
      await store.journal('main').witness([written, 'web_123', '77'])
      const lostEpoch = { ...identity, epoch: identity.epoch + 1 }
      for (const form of [orderIdOf(lostEpoch, step, 'p'), orderNumberOf(lostEpoch, step)]) {
        for (let start = 0; start < 3; start += 1) {
          const journal = store.journal('main')
          await expect(journal.witness([written, form])).rejects.toThrow(code('OLDER_DATABASE'))
          await expect(journal.record(intent('x'))).rejects.toThrow(code('OLDER_DATABASE'))
        }
      }
      const journal = store.journal('main', { epochAbove: 40 })
      await journal.witness([written, orderIdOf(lostEpoch, step, 'p')])
      expect((await journal.identity()).epoch).toBe(41)
      expect(await journal.unsettled()).toEqual([intent(written)])
      await store.close()
      const again = await open(place)
      await again.journal('main').witness([orderIdOf(lostEpoch, step, 'p')])
      await again.close()
    })

    it('error: orders of the same beginning by another installation are not ours', async () => {
      const store = await open(await kind.place())
      const identity = await store.journal('main').identity()
      const step = { number: 1, leg: 0, generation: 0 }
      const others = [
        { ...identity, installation: identity.installation ^ 1, epoch: 9 },
        { ...identity, since: identity.since + 1, epoch: 9 },
      ]
      await store.journal('main').witness(others.map((one) => orderIdOf(one, step, '')))
      await store.close()
    })

    it.each([-1, 1.5, 0xffff, Number.NaN])('args: epochAbove %d is refused', async (epochAbove) => {
      const store = await open(await kind.place())
      expect(() => store.journal('main', { epochAbove })).toThrow(code('INVALID_ARGUMENT'))
      expect(() => store.journal('')).toThrow(code('INVALID_ARGUMENT'))
      await store.close()
    })

    it('error: after close nothing is recorded', async () => {
      const store = await open(await kind.place())
      const journal = store.journal('main')
      await journal.record(intent('a'))
      await store.close()
      await expect(journal.record(intent('b'))).rejects.toThrow(code('CLOSED'))
    })
  })
})

describe('a SQLite file', () => {
  const [kind] = kinds()
  if (!kind) throw new Error('SQLite is always here')
  afterAll(() => kind.stop(), 60_000)

  it('error: a full disk refuses the intent, keeps the earlier ones and believes no half', async () => {
    const { url } = await kind.place()
    const clock = new TestClock()
    const database = await openDatabase(url, clock)
    const { journalOf } = await import('./journal.ts')
    const journal = journalOf(database, clock, 'main')
    const written: OrderIntent[] = []
    await journal.identity()
    await sql`pragma max_page_count = 24`.execute(database.queries)
    const fill = async (): Promise<void> => {
      for (let number = 0; number < 2_000; number += 1) {
        const next = intent(`order-${number}`.padEnd(400, '.'))
        await journal.record(next)
        written.push(next)
      }
    }
    await expect(fill()).rejects.toThrow(code('DISK_FULL'))
    expect(written.length).toBeGreaterThan(10)
    await sql`pragma max_page_count = 100000`.execute(database.queries)
    expect(await journal.unsettled()).toEqual(written)
    await journal.record(intent('there is room again'))
    await journal.close()
    await database.close()
  })

  it('error: a restored copy of the file is recognised by what the newer one has written', async () => {
    const { url, folder, keyFile } = await kind.place()
    const path = url.slice('file:'.length)
    const backup = join(folder, 'backup.db')
    const clock = new TestClock()
    const step = { number: 1, leg: 0, generation: 0 }
    await (await openStore({ url, keyFile, clock })).close()
    const before = await openStore({ url, keyFile, clock })
    await before.journal('main').identity()
    await before.close()
    copyFileSync(path, backup)
    const newer = await openStore({ url, keyFile, clock })
    const id = orderIdOf(await newer.journal('main').identity(), step, '')
    await newer.journal('main').record(intent(id))
    await newer.close()
    // The copy claims the very epoch the lost one had.
    const restored = await openStore({ url: `file:${backup}`, keyFile, clock })
    expect((await restored.journal('main').identity()).epoch).toBe(2)
    await expect(restored.journal('main').witness([id])).rejects.toThrow('epoch 2 and is not in')
    await restored.close()
  })
})
