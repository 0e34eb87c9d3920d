import { expect, test } from 'vitest'
import { type Desk, openDesk, placed, rows } from './desk.fixture.ts'

const send = {
  order: 'send',
  order_tag: '1',
  orderType: 'lmt',
  symbol: 'PF_XBTUSD',
  side: 'buy',
  size: 0.01,
  limitPrice: 59000,
}

async function batch(desk: Desk, items: unknown): Promise<Record<string, unknown>[]> {
  const answer = await desk.post('/batchorder', { json: JSON.stringify({ batchOrder: items }) })
  return rows(answer.at('batchStatus'))
}

const unknown = 'cb4e34f6-4eb3-4d4b-9724-4c3035b99d47'

test('default: send, edit and cancel in the order given', async () => {
  const desk = openDesk()
  const first = await placed(desk, { orderType: 'lmt', limitPrice: 58000 })
  const list = await batch(desk, [
    { ...send, size: '0.01', cliOrdId: 'b1', reduceOnly: false },
    { order: 'edit', order_id: first, size: 0.02, limitPrice: 58100 },
    { order: 'cancel', cliOrdId: 'b1' },
  ])
  expect(list).toMatchObject([
    { status: 'placed', order_tag: '1', cliOrdId: 'b1', orderEvents: [{ type: 'PLACE' }] },
    { status: 'edited', order_id: first, orderEvents: [{ type: 'EDIT' }] },
    { status: 'cancelled', cliOrdId: 'b1', orderEvents: [{ type: 'CANCEL' }] },
  ])
  expect(list[0]).toHaveProperty('dateTimeReceived')
  expect(await desk.unknownWords()).toEqual([])
})

test('behavior: items fail one by one', async () => {
  const desk = openDesk()
  const { order_tag: _, ...untagged } = send
  const list = await batch(desk, [
    untagged,
    { ...send, order_tag: '2', size: 190 },
    { ...send, order_tag: '3', orderType: 'mkt', size: 190 },
    { order: 'cancel', order_id: unknown },
    { order: 'edit', order_id: unknown, size: 1 },
    { ...send, order_tag: '4' },
  ])
  expect(list).toMatchObject([
    { status: 'requiredArgumentMissing', orderEvents: [] },
    { status: 'insufficientAvailableFunds', order_tag: '2', orderEvents: [] },
    { status: 'insufficientAvailableFunds', order_tag: '3', orderEvents: [] },
    { status: 'notFound', order_id: unknown, orderEvents: [] },
    { status: 'orderForEditNotFound', order_id: unknown, orderEvents: [] },
    { status: 'placed', order_tag: '4' },
  ])
})

test.each([
  ['not JSON', '{'],
  ['a flag as text', JSON.stringify({ batchOrder: [{ ...send, reduceOnly: 'true' }] })],
  ['no list', '{}'],
])('error: %s', async (_name, json) => {
  const answer = await openDesk().post('/batchorder', { json })
  expect(answer.at('error').string()).toBe('Json Parse Error')
})

test('error: a misspelt word of an item is in the ledger', async () => {
  const desk = openDesk()
  await batch(desk, [{ ...send, orderTag: '1' }])
  expect(await desk.unknownWords()).toEqual(['value batchOrder.orderTag'])
})

test('error: a word beside the list is in the ledger, one known stray is not', async () => {
  const desk = openDesk()
  const json = JSON.stringify({ batchOrder: [], batchorders: [], clientOrderIds: ['a'] })
  await desk.post('/batchorder', { json })
  expect(await desk.unknownWords()).toEqual(['value batchorders'])
})
