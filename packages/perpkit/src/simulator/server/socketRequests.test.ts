import { expect, test } from 'vitest'
import type { Simulator } from '../assemble.ts'
import { simulateSockets } from '../tinySockets.fixture.ts'
import { stateOf } from '../tinyVenue.fixture.ts'
import type { LocalSocket } from './localSocket.ts'

const ORDER = 'order {"symbol":"BTCUSDT","side":"BUY","quantity":"0.01"}'

/** A connection that has logged in and heard so. */
function connected(simulator: Simulator): LocalSocket {
  const socket = simulator.openSocket('binance', '/live')
  socket.send(`login ${simulator.credentials('binance').apiKey}`)
  socket.take()
  return socket
}

test('default: a message is executed for whoever has logged in, and logged with its twin', async () => {
  const simulator = simulateSockets()
  const socket = connected(simulator)
  socket.send(ORDER)
  expect(socket.take()).toEqual([expect.stringMatching(/^200 .*orderId/)])
  const { orders, requests } = await stateOf(simulator)
  expect(orders).toHaveLength(1)
  expect(requests.at(-1)).toMatchObject({
    account: simulator.credentials('binance').apiKey,
    method: 'POST',
    path: '/order',
    operation: 'createOrder',
    socket: '/live order',
    status: 200,
  })
})

test('error: who has not logged in proves it in the request, or is refused', async () => {
  const simulator = simulateSockets()
  const socket = simulator.openSocket('binance', '/live')
  socket.take()
  socket.send(ORDER)
  expect(socket.take()).toEqual(['401 {"no":"unknown key"}'])
  expect((await stateOf(simulator)).orders).toEqual([])
})

test.each([
  ['dropBefore', 0],
  ['dropAfter', 1],
] as const)('behavior: %s cuts the connection, with %d orders executed', async (kind, count) => {
  const simulator = simulateSockets()
  const socket = connected(simulator)
  await simulator.control.inject({ venue: 'binance', operation: 'createOrder', kind, times: 1 })
  socket.send(ORDER)
  expect(socket.take()).toEqual([])
  expect(socket.isOpen).toBe(false)
  expect((await stateOf(simulator)).orders).toHaveLength(count)
})

test('behavior: refusals and delays meet a message like a request', async () => {
  const simulator = simulateSockets()
  const socket = connected(simulator)
  const fault = { venue: 'binance', operation: 'createOrder', times: 1 } as const
  await simulator.control.inject({ ...fault, kind: 'rejectWith', reason: 'insufficientMargin' })
  socket.send(ORDER)
  expect(socket.take()).toEqual(['400 {"no":"insufficientMargin","at":"/order"}'])
  await simulator.control.inject({ ...fault, kind: 'delay', ms: 500 })
  socket.send(ORDER)
  expect(socket.take()).toEqual([])
  await simulator.control.advance({ ms: 500 })
  expect(socket.take()).toEqual([expect.stringMatching(/^200 /)])
})

test('behavior: a word nobody understands stands in the ledger under what the socket calls it', async () => {
  const simulator = simulateSockets()
  const socket = connected(simulator)
  socket.send('order {"symbol":"BTCUSDT","side":"BUY","quantity":"0.01","colour":"red"}')
  expect(await simulator.control.ledger()).toEqual([
    expect.objectContaining({ where: 'parameter', name: 'colour', request: '/live order' }),
  ])
})
