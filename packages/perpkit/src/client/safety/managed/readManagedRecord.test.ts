import { describe, expect, it } from 'vitest'
import { PerpkitError } from '../../../model/errors.ts'
import { readManagedRecord } from './readManagedRecord.ts'
import { errorOf, openedScene, sceneOf } from './scene.testing.ts'
import { createTinyProcess } from './tinyClient.testing.ts'

async function saved(): Promise<{ scene: ReturnType<typeof sceneOf>; record: object }> {
  const scene = openedScene({ sizing: 'set' }, 'LONG')
  await scene.client.createManagedOrders(scene.request)
  const [entry] = scene.journal.managed()
  return { scene, record: Object(entry?.record) }
}

describe('readManagedRecord', () => {
  it('default: gives back what was written', async () => {
    const { record } = await saved()
    expect(readManagedRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
  })

  it('default: with an entry too', async () => {
    const scene = sceneOf({ attached: true }, 'SHORT')
    const entry = { type: 'LIMIT', price: '60500', timeInForce: 'GTC' } as const
    await scene.client.openProtectedPosition({ ...scene.request, entry })
    const [row] = scene.journal.managed()
    expect(readManagedRecord(JSON.parse(JSON.stringify(row?.record)))).toEqual(row?.record)
  })

  const wrong: [object, RegExp][] = [
    [{ version: 2 }, /record\.version: expected version 1, received 2/],
    [{ side: 'LONG' }, /record\.side: expected BUY or SELL/],
    [{ stopPrice: 'x' }, /record\.stopPrice: expected a decimal/],
    [{ legs: [{ kind: 'HOPE' }] }, /record\.legs\[0\]\.kind: expected ENTRY or STOP/],
    [{ legs: undefined }, /record\.legs: expected an array, received nothing/],
    [{ stage: 'DONE' }, /record\.stage/],
  ]
  for (const [change, text] of wrong) {
    it(`error: ${JSON.stringify(change)}`, async () => {
      const { record } = await saved()
      expect(() => readManagedRecord({ ...record, ...change })).toThrow(text)
    })
  }
})

describe('resumeManagedOrders', () => {
  it('error: one that cannot be read is told, after all others were taken up', async () => {
    const { scene, record } = await saved()
    const journal = scene.journal.inherited(2)
    journal.saveManaged({ id: 'odd', exchange: 'BYBIT', isFinal: false, record: { version: 9 } })
    const gone = { ...record, id: 'gone', symbol: 'GONEUSDT' }
    journal.saveManaged({ id: 'gone', exchange: 'BYBIT', isFinal: false, record: gone })
    journal.saveManaged({ id: 'other', exchange: 'OKX', isFinal: false, record: {} })
    const { client } = createTinyProcess(scene.exchange, { journal })
    const error = await errorOf(client.resumeManagedOrders({ supervise: false }))
    expect(error).toMatchObject({ code: 'PROTECTION_FAILED' })
    expect(error.message).toMatch(/2 of 3/)
    expect(error.message).toMatch(/odd: the journal's record cannot be read: record\.version/)
    expect(error.message).toMatch(/gone \(GONEUSDT\): .*does not list "GONEUSDT"/)
    // Reported, not dropped.
    expect(journal.managed().map(({ id }) => id)).toEqual(expect.arrayContaining(['odd', 'gone']))
    expect(scene.exchange.cover('LONG')).toBe('0.04')
  })

  it('behavior: of two of a side the later one is in charge', async () => {
    const scene = openedScene({}, 'LONG')
    const { client, request, exchange } = scene
    await client.createManagedOrders(request)
    const [first] = scene.journal.managed()
    await client.createManagedOrders({ ...request, stopPrice: '58500' })
    // The process died before the first was written down as replaced.
    const journal = scene.journal.inherited(2)
    if (first) journal.saveManaged(first)
    const next = createTinyProcess(exchange, { journal })
    const [managed, ...more] = await next.client.resumeManagedOrders({ supervise: false })
    expect(more).toEqual([])
    expect(managed?.stopLossOrder?.stopPrice).toBe('58500')
    expect(exchange.open()).toHaveLength(3)
    expect(journal.managed()).toHaveLength(1)
  })
})

describe('journal', () => {
  it('error: what cannot be written down is not sent', async () => {
    const scene = openedScene({}, 'LONG')
    scene.journal.onSave = () => {
      throw new Error('the disk is full')
    }
    const error: unknown = await scene.client
      .createManagedOrders(scene.request)
      .catch((thrown: unknown) => thrown)
    expect(PerpkitError.is(error)).toBe(false)
    expect(error).toMatchObject({ message: 'the disk is full' })
    expect(scene.exchange.done).toEqual([])
  })
})
