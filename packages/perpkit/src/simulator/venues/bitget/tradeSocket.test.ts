import { expect, test } from 'vitest'
import { openListener, take } from './channels/channels.fixture.ts'
import { classic, startTime } from './desk.fixture.ts'
import { arg, ask, askUnified, LIMIT, MARKET, openUnified, RESTING } from './trade.fixture.ts'

// Faults and limits meet an order over a socket as they meet one over HTTP.

test.each([
  ['dropBefore', 0],
  ['dropAfter', 1],
] as const)('behavior: %s cuts the connection, with %d orders placed', async (kind, count) => {
  const listener = await openListener('unified')
  const { desk, socket } = listener
  const fault = { venue: 'bitget', operation: 'createOrder', kind, times: 1 } as const
  await desk.simulator.control.inject(fault)
  expect(askUnified(socket, 'place-order', [RESTING])).toEqual([])
  expect([socket.isOpen, socket.end?.code]).toEqual([false, 1006])
  expect(await openUnified(listener)).toHaveLength(count)
})

test('error: refusals by a fault are in the words of the socket, and what is spoilt is as it is', async () => {
  const { desk, socket } = await openListener('classic')
  const { control } = desk.simulator
  const fault = { venue: 'bitget', operation: 'createOrder', times: 1 } as const
  await control.inject({ ...fault, kind: 'rejectWith', reason: 'exchangeBusy' })
  expect(ask(socket, MARKET)).toMatchObject([{ event: 'error', arg: [arg(MARKET)], code: 40725 }])
  await control.inject({ ...fault, kind: 'maintenance' })
  expect(ask(socket, MARKET)).toMatchObject([{ event: 'error', code: 40200 }])
  await control.inject({ ...fault, kind: 'delay', ms: 500 })
  expect(ask(socket, MARKET)).toEqual([])
  await desk.advance(500)
  expect(take(socket)).toMatchObject([{ event: 'trade', ts: startTime + 500 }])
  await control.inject({ ...fault, kind: 'status', code: 502, body: 'Bad Gateway' })
  socket.send(JSON.stringify({ op: 'trade', args: [arg(MARKET)] }))
  expect(socket.take()).toEqual(['Bad Gateway'])
})

test('error: an endpoint has one limit for both ways to it', async () => {
  const { desk, socket } = await openListener('classic')
  const order = { ...classic, ...LIMIT }
  for (let count = 0; count < 10; count++) await desk.post('/api/v2/mix/order/place-order', order)
  expect(ask(socket, LIMIT)).toMatchObject([
    { event: 'error', arg: [arg(LIMIT)], code: 429, msg: 'Too Many Requests' },
  ])
  await desk.advance(1_000)
  expect(ask(socket, LIMIT)).toMatchObject([{ event: 'trade' }])
})

test('error: a batch counts once, and the sixth in a second is refused', async () => {
  const { socket } = await openListener('unified')
  const batch = [{ clientOid: 'a' }, { clientOid: 'b' }]
  for (let count = 4; count >= 0; count--) {
    const rateLimit = [{ limit: '5', remaining: String(count) }]
    expect(askUnified(socket, 'batch-cancel', batch)).toMatchObject([{ rateLimit }])
  }
  expect(askUnified(socket, 'batch-cancel', batch)).toMatchObject([
    { event: 'error', id: '7', code: '429' },
  ])
})
