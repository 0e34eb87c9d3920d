import { describe, expect, test } from 'vitest'
import type { Simulator } from '../assemble.ts'
import type { Answer, VenueCredentials } from '../server/types.ts'
import { simulateSockets } from '../tinySockets.fixture.ts'
import {
  order,
  rawRequest,
  START,
  signedRequest,
  simulateTiny,
  stateOf,
} from '../tinyVenue.fixture.ts'

/** What is heard of an order, and when. */
interface Call {
  heardAt?: number
  answer?: Answer | undefined
}

function call(
  simulator: Simulator,
  credentials: VenueCredentials = simulator.credentials('binance'),
): Call {
  const body = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01' }
  const made: Call = {}
  void simulator.dispatch('binance', signedRequest(credentials, '/order', body)).then((answer) => {
    made.heardAt = simulator.now() - START
    made.answer = answer
  })
  return made
}

/** What was answered by now has been heard. */
function allHeard(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Lets time pass, a millisecond at a time. */
async function pass(simulator: Simulator, ms: number): Promise<void> {
  for (let step = 0; step < ms; step++) {
    await allHeard()
    await simulator.control.advance({ ms: 1 })
  }
  await allHeard()
}

async function createdAt(simulator: Simulator): Promise<number[]> {
  return (await stateOf(simulator)).orders.map((row) => row.createdAt - START)
}

describe('requests', () => {
  test('default: half of it on the way there, the rest on the way back', async () => {
    const simulator = simulateTiny()
    const answer = await simulator.control.latency({ venue: 'binance', ms: 41 })
    expect(answer).toEqual({ venues: ['binance'] })
    const made = call(simulator)
    await pass(simulator, 40)
    expect(made).toEqual({})
    await pass(simulator, 1)
    expect(made.answer?.status).toBe(200)
    expect(made.heardAt).toBe(41)
    expect(await createdAt(simulator)).toEqual([20])
    expect((await stateOf(simulator)).requests.map(({ at }) => at - START)).toEqual([20])
  })

  test('behavior: within one advance each arrives when it is due', async () => {
    const simulator = simulateTiny()
    await simulator.control.latency({ ms: 100 })
    call(simulator)
    await pass(simulator, 7)
    call(simulator)
    await simulator.control.advance({ ms: 10_000 })
    expect(await createdAt(simulator)).toEqual([50, 57])
  })

  test('behavior: delays of faults come on top, and a cut line is noticed as late', async () => {
    const simulator = simulateTiny()
    await simulator.control.latency({ ms: 100 })
    await simulator.control.inject({ kind: 'delay', ms: 30, times: 1 })
    await simulator.control.inject({ kind: 'delay', ms: 5, stage: 'answer', times: 1 })
    const late = call(simulator)
    await pass(simulator, 135)
    expect(late).toMatchObject({ heardAt: 135, answer: { status: 200 } })
    expect(await createdAt(simulator)).toEqual([80])
    await simulator.control.inject({ kind: 'dropAfter', times: 1 })
    const cut = call(simulator)
    await pass(simulator, 100)
    expect(cut).toEqual({ heardAt: 235, answer: undefined })
    expect(await createdAt(simulator)).toEqual([80, 185])
  })

  test('args: an account alone, whatever its venue', async () => {
    const simulator = simulateTiny()
    const far = await simulator.control.createAccount({ venue: 'binance' })
    const { venues } = await simulator.control.latency({ account: far.apiKey, ms: 10 })
    expect(venues).toEqual(['binance'])
    const [here, there] = [call(simulator), call(simulator, far)]
    await pass(simulator, 10)
    expect([here.heardAt, there.heardAt]).toEqual([0, 10])
  })

  test('behavior: nothing is late at another venue, or after it was taken back', async () => {
    const simulator = simulateTiny()
    await simulator.control.latency({ venue: 'bybit', ms: 10 })
    expect((await order(simulator, {})).orderId).toBeDefined()
    await simulator.control.latency({ venue: 'bybit', ms: 0 })
    expect((await simulator.dispatch('bybit', rawRequest('GET', '/time')))?.status).toBe(200)
  })

  test('behavior: whoever has gone before the answer was back did not hear it', async () => {
    const simulator = simulateTiny()
    await simulator.control.latency({ ms: 100 })
    let isThere = true
    const body = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01' }
    const request = signedRequest(simulator.credentials('binance'), '/order', body)
    const first = simulator.dispatch('binance', request, () => isThere)
    await simulator.control.advance({ ms: 99 })
    isThere = false
    await simulator.control.advance({ ms: 1 })
    await first
    call(simulator)
    await simulator.control.advance({ ms: 100 })
    expect((await simulator.control.verdict()).duplicateOrders).toBe(1)
  })

  test('behavior: reset cuts what is on its way, and brings everything near again', async () => {
    const simulator = simulateTiny()
    await simulator.control.latency({ ms: 100 })
    const made = call(simulator)
    await simulator.control.reset()
    expect(await order(simulator, {})).toMatchObject({ status: 'FILLED' })
    expect(made).toMatchObject({ answer: undefined })
    expect(await createdAt(simulator)).toEqual([0])
  })
})

describe('sockets', () => {
  test('default: messages of both sides are late by their half, in their order', async () => {
    const simulator = simulateSockets()
    await simulator.control.latency({ venue: 'binance', ms: 100 })
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join tick')
    await pass(simulator, 49)
    expect(socket.take()).toEqual([])
    await pass(simulator, 1)
    expect(socket.take()).toEqual(['hello'])
    await pass(simulator, 50)
    expect(socket.take()).toEqual(['joined tick', '{"tick":"welcome"}'])
    await pass(simulator, 949)
    expect(socket.take()).toEqual([])
    await pass(simulator, 1)
    expect(socket.take()).toEqual(['{"tick":1000}'])
  })

  test('args: an account, from when it has logged in', async () => {
    const simulator = simulateSockets()
    const { apiKey } = simulator.credentials('binance')
    await simulator.control.latency({ account: apiKey, ms: 20 })
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join tick')
    expect(socket.take()).toHaveLength(3)
    socket.send(`login ${apiKey}`)
    await simulator.control.advance({ ms: 1_009 })
    expect(socket.take()).toEqual([])
    await simulator.control.advance({ ms: 1 })
    expect(socket.take()).toEqual(['{"tick":1000}'])
  })

  test('behavior: a cut loses what is on its way, to the venue and from it', async () => {
    const simulator = simulateSockets()
    await simulator.control.latency({ ms: 100 })
    const socket = simulator.openSocket('binance', '/live')
    socket.send('join tick')
    await simulator.control.inject({ kind: 'disconnect', times: 1 })
    expect(socket.end).toEqual({ code: 1006, reason: '' })
    await simulator.control.advance({ ms: 5_000 })
    expect(socket.take()).toEqual([])
  })
})

describe('refusals', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ ms: undefined }, 'latency.ms: expected a decimal, received nothing'],
    [{ ms: -1 }, 'latency.ms: -1 is not 0 to 60000'],
    [{ ms: 60_001 }, 'latency.ms: 60001 is not 0 to 60000'],
    [{ ms: 1.5 }, 'latency.ms'],
    [{ ms: 1, venue: 'okx' }, "venue 'okx' is not running: there are binance, bybit"],
    [{ ms: 1, account: 'nobody' }, 'latency.account: no venue knows that API key'],
    [{ ms: 1, path: '/order' }, 'latency.path: not known there'],
  ])('error: %o', async (body, message) => {
    const simulator = simulateTiny()
    await expect(simulator.control.latency({ ms: 0, ...body })).rejects.toThrow(message)
    expect((await order(simulator, {})).orderId).toBeDefined()
  })

  test('error: an account of another venue', async () => {
    const simulator = simulateTiny()
    const account = simulator.credentials('bybit').apiKey
    await expect(simulator.control.latency({ venue: 'binance', account, ms: 1 })).rejects.toThrow(
      'latency.account: that API key is of bybit, not of binance',
    )
  })
})
