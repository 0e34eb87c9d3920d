import { describe, expect, test } from 'vitest'
import type { Simulator } from '../assemble.ts'
import { simulateSockets } from '../tinySockets.fixture.ts'
import { order } from '../tinyVenue.fixture.ts'
import type { Fault } from './faults.ts'
import type { LocalSocket } from './localSocket.ts'

/** A socket in those channels, its greetings taken. */
function joined(simulator: Simulator, ...channels: string[]): LocalSocket {
  const socket = simulator.openSocket('binance', '/live')
  socket.send(`login ${simulator.credentials('binance').apiKey}`)
  for (const channel of channels) socket.send(`join ${channel}`)
  socket.take()
  return socket
}

async function heard(simulator: Simulator, socket: LocalSocket, ms: number): Promise<string[]> {
  await simulator.control.advance({ ms })
  return socket.take().map(String)
}

describe('messages', () => {
  test.each<[string, Fault, string[]]>([
    ['skipMessage', { kind: 'skipMessage', times: 1 }, ['2000', '3000']],
    ['duplicateMessage', { kind: 'duplicateMessage', times: 1 }, ['1000', '1000', '2000', '3000']],
    ['reorder', { kind: 'reorder', times: 1 }, ['2000', '1000', '3000']],
    ['another topic', { kind: 'skipMessage', topic: 'boo*' }, ['1000', '2000', '3000']],
    ['another path', { kind: 'skipMessage', path: '/dead' }, ['1000', '2000', '3000']],
    ['a topic', { kind: 'skipMessage', topic: 'tick', times: 2 }, ['3000']],
    ['nobody is told of', { kind: 'delayPrivate', ms: 500 }, ['1000', '2000', '3000']],
  ])('behavior: %s', async (_name, fault, expected) => {
    const simulator = simulateSockets()
    const socket = joined(simulator, 'tick')
    await simulator.control.inject(fault)
    const messages = await heard(simulator, socket, 3_000)
    expect(messages.map((text) => JSON.parse(text).tick)).toEqual(expected.map(Number))
  })

  test('behavior: corruptChecksum waits for a message that has one', async () => {
    const simulator = simulateSockets()
    const socket = joined(simulator, 'tick', 'book')
    await simulator.control.inject({ kind: 'corruptChecksum', times: 1 })
    expect(await heard(simulator, socket, 1_000)).toEqual(['{"tick":1000}'])
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '60010' })
    expect(await heard(simulator, socket, 100)).toEqual([expect.stringContaining('"wrong"')])
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '60000' })
    expect(await heard(simulator, socket, 100)).toEqual([expect.stringContaining('"right"')])
  })

  test('behavior: delayPrivate holds back what is private, in its order', async () => {
    const simulator = simulateSockets()
    const socket = joined(simulator, 'own', 'trade')
    const { apiKey } = simulator.credentials('binance')
    await simulator.control.inject({ kind: 'delayPrivate', ms: 400, account: apiKey, times: 1 })
    await order(simulator, {})
    expect(socket.take()).toEqual([expect.stringContaining('price')])
    expect(await heard(simulator, socket, 399)).toEqual([])
    expect(await heard(simulator, socket, 1)).toEqual(['{"order":"NEW"}', '{"order":"FILLED"}'])
  })
})

describe('connections', () => {
  test('default: disconnect cuts what is open at once, and what is opened later', async () => {
    const simulator = simulateSockets()
    const [one, two] = [joined(simulator), joined(simulator)]
    await simulator.control.inject({ kind: 'disconnect', times: 3 })
    expect([one.end, two.end]).toEqual([
      { code: 1006, reason: '' },
      { code: 1006, reason: '' },
    ])
    expect([0, 1].map(() => simulator.openSocket('binance', '/live').isOpen)).toEqual([false, true])
  })

  test.each<['handshake' | 'request' | 'answer' | 'push', string[]]>([
    ['handshake', []],
    ['request', ['hello']],
    ['push', ['hello', 'joined tick']],
  ])('behavior: a connection is cut at its %s', async (stage, expected) => {
    const simulator = simulateSockets()
    await simulator.control.inject({ kind: 'disconnect', stage })
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join tick')
    expect([socket.take(), socket.isOpen, socket.refusal]).toEqual([expected, false, undefined])
  })

  test('behavior: cut at the answer, what was asked for has been done', async () => {
    const simulator = simulateSockets()
    const socket = joined(simulator)
    await simulator.control.inject({ kind: 'disconnect', stage: 'answer' })
    socket.send('join tick')
    expect([socket.take(), socket.isOpen]).toEqual([[], false])
  })

  test('behavior: a stalled connection answers pings and nothing else, until it is replaced', async () => {
    const simulator = simulateSockets()
    const socket = joined(simulator, 'tick')
    await simulator.control.inject({ kind: 'stall', times: 1 })
    socket.send('join book')
    socket.send('ping')
    expect(await heard(simulator, socket, 3_000)).toEqual(['pong'])
    expect([socket.isOpen, await heard(simulator, joined(simulator, 'tick'), 1_000)]).toEqual([
      true,
      ['{"tick":4000}'],
    ])
  })

  test('behavior: requests over HTTP meet no fault of sockets, and use none up', async () => {
    const simulator = simulateSockets()
    const { id } = await simulator.control.inject({ kind: 'skipMessage', times: 1 })
    expect((await order(simulator, {})).orderId).toBeDefined()
    expect(await simulator.control.clearFaults({ id })).toEqual({ cleared: 1 })
  })
})

test.each<[object, string]>([
  [{ kind: 'skipMessage', method: 'GET' }, 'a skipMessage meets sockets, which have no operation'],
  [{ kind: 'dropBefore', topic: 'x' }, 'a dropBefore meets requests, and these have no topic'],
  [{ kind: 'stall', venue: 'bybit' }, 'there are no sockets at bybit'],
  [{ kind: 'stall', stage: 'handshake' }, '"handshake" is none of connection, request, answer'],
  [{ kind: 'delayPrivate' }, 'inject.ms: expected a decimal'],
])('error: inject %j', async (fault, message) => {
  const { inject } = simulateSockets().control
  await expect(Reflect.apply(inject, undefined, [fault])).rejects.toThrow(message)
})
