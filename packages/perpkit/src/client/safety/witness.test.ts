import { expect, it } from 'vitest'
import { errorOf, openedScene, type Scene } from './managed/scene.testing.ts'
import { TinyJournal } from './managed/tinyClient.testing.ts'

class WitnessingJournal extends TinyJournal {
  readonly shown: (readonly string[])[] = []
  refusal: Error | undefined

  async witness(clientOrderIds: readonly string[]): Promise<void> {
    this.shown.push(clientOrderIds)
    if (this.refusal) throw this.refusal
  }
}

function witnessing(): Scene & { journal: WitnessingJournal } {
  const journal = new WitnessingJournal()
  return { ...openedScene({}, 'LONG', {}, { journal }), journal }
}

const ORDER = ['BTCUSDT', 'BUY', '0.01', '50000'] as const

it('default: it sees the open orders once, before the first order', async () => {
  const { client, journal } = witnessing()
  await client.createLimitOrder(...ORDER, { clientOrderId: 'mine1' })
  expect(journal.shown).toEqual([[]])
  await client.createLimitOrder(...ORDER, { clientOrderId: 'mine2' })
  await client.resumeManagedOrders({ supervise: false })
  expect(journal.shown).toHaveLength(1)
})

it('behavior: before managed orders are resumed, with the ids of all', async () => {
  const { client, exchange, journal } = witnessing()
  await client.createLimitOrder(...ORDER, { clientOrderId: 'mine1' })
  const later = new WitnessingJournal()
  const next = openedScene({}, 'LONG', {}, { journal: later })
  next.exchange.orders.push(...exchange.orders)
  await next.client.resumeManagedOrders({ supervise: false })
  expect(later.shown).toEqual([['mine1']])
  expect(journal.shown).toEqual([[]])
})

it('error: a look that fails keeps the order from being sent, and is taken again', async () => {
  const { client, exchange, journal } = witnessing()
  exchange.faults.push({ operation: 'getOpenOrders', kind: 'before', times: 3 })
  const error = await errorOf(client.createLimitOrder(...ORDER))
  expect(error).toMatchObject({ name: 'TransportError', sent: 'no' })
  expect(exchange.done).toEqual([])
  expect(journal.shown).toEqual([])
  await client.createLimitOrder(...ORDER)
  expect(exchange.done).toEqual(['createOrder'])
  expect(journal.shown).toHaveLength(1)
})

it('error: a journal that finds itself out of date lets nothing leave', async () => {
  const { client, exchange, journal, request } = witnessing()
  journal.refusal = new Error('an older copy')
  await expect(client.createLimitOrder(...ORDER)).rejects.toThrow('an older copy')
  await expect(client.resumeManagedOrders()).rejects.toThrow('an older copy')
  await expect(client.createManagedOrders(request)).rejects.toThrow('an older copy')
  expect(exchange.done).toEqual([])
})
