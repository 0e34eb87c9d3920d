import { expect, it } from 'vitest'
import { ManualClock } from '../../../core/clock.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { ManagedOrders, ManagedReason } from './managed.ts'
import { expectCovered, expectOver, openedScene, type Scene, sceneOf } from './scene.testing.ts'
import type { TinyRules } from './tinyRules.testing.ts'

// Managed orders left to themselves, in time that moves when told.

interface Watched extends Scene {
  clock: ManualClock
  settle(): Promise<void>
  /** Moves time in steps of 100 ms. */
  pass(ms: number): Promise<void>
  /** What is due, without time. */
  until<T>(promise: Promise<T>): Promise<T>
  /** Requests so far. */
  requests(operation?: string): number
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function watched(
  begin: typeof sceneOf,
  hasStreams: boolean,
  rules: TinyRules = { canAmend: true },
): Watched {
  const clock = new ManualClock(1_000_000)
  const sent: string[] = []
  const scene = begin(
    rules,
    'LONG',
    { supervise: true },
    {
      clock,
      hasStreams,
      isDead: (moment, operation) => {
        if (moment === 'before') sent.push(operation)
        return false
      },
    },
  )
  const pass = async (ms: number): Promise<void> => {
    await settle()
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100)
      await settle()
    }
  }
  if (hasStreams) {
    scene.exchange.onChange = (order) => {
      const side = scene.sockets.opened.at(-1)
      if (order) side?.say(eventOf(order, clock.now()))
    }
  }
  return {
    ...scene,
    clock,
    settle,
    pass,
    until: (promise) => soon(promise, pass),
    requests: (operation) => sent.filter((each) => each === (operation ?? each)).length,
  }
}

/** Time passes until it is done. */
async function soon<T>(promise: Promise<T>, pass: (ms: number) => Promise<void>): Promise<T> {
  let isDone = false
  const done = promise.finally(() => {
    isDone = true
  })
  done.catch(() => undefined)
  for (let turn = 0; turn < 200 && !isDone; turn++) await pass(100)
  return done
}

function eventOf(order: FuturesOrder, timestamp: number): object {
  return { kind: 'data', topic: 'user', value: { kind: 'order', order: { ...order }, timestamp } }
}

function reasonsOf(managed: ManagedOrders): ManagedReason[] {
  const reasons: ManagedReason[] = []
  void (async () => {
    for await (const change of managed.watch()) reasons.push(...change.reasons)
    reasons.push('CURRENT')
  })()
  return reasons
}

it('default: a stream wakes it at once', async () => {
  const scene = watched(openedScene, true)
  const { exchange, client, until } = scene
  const managed = await until(client.createManagedOrders(scene.request))
  const reasons = reasonsOf(managed)
  await scene.pass(3_000)
  exchange.move('61000')
  await scene.settle()
  await scene.settle()
  expectCovered(scene, '0.02')
  exchange.move('57900')
  await scene.settle()
  await scene.settle()
  expect(managed.status).toBe('COMPLETED')
  expectOver(scene)
  expect(reasons).toEqual([
    'CURRENT',
    'TAKE_PROFIT_FILLED',
    'STOP_RESIZED',
    'STOP_FILLED',
    'COMPLETED',
    'CURRENT',
  ])
  await client.close()
})

it('behavior: what a stream has told is not asked', async () => {
  const scene = watched(openedScene, true)
  const { exchange, client, until } = scene
  await until(client.createManagedOrders({ ...scene.request, stopPrice: '58000' }))
  await scene.pass(3_000)
  // Nobody would answer.
  exchange.faults.push({ operation: 'getOrder', kind: 'RATE_LIMITED' })
  exchange.faults.push({ operation: 'getFills', kind: 'RATE_LIMITED' })
  const before = scene.requests('getOrder')
  exchange.move('62000')
  await scene.settle()
  await scene.settle()
  expectOver(scene)
  expect(scene.requests('getOrder')).toBe(before)
  await client.close()
})

it('error: what is heard before a stop is taken away is looked at first', async () => {
  const scene = watched(openedScene, true, { oversizedFails: true })
  const { exchange, client, until } = scene
  await until(client.createManagedOrders(scene.request))
  await scene.pass(3_000)
  let isOnItsWay = true
  exchange.faults.push({
    operation: 'createConditionalOrder',
    kind: 'REFUSED',
    // While the larger stop is on its way a target fills: the smaller one is the right one again.
    when: () => {
      if (isOnItsWay) exchange.move('61000')
      isOnItsWay = false
      return false
    },
  })
  exchange.hand('BUY', '0.02')
  await scene.pass(16_000)
  expect(isOnItsWay).toBe(false)
  expectCovered(scene, '0.04')
  await client.close()
})

it('error: a target whose answer is lost does not keep cover waiting', async () => {
  const scene = watched(sceneOf, true)
  const { exchange, client, until } = scene
  const entry = { type: 'LIMIT', price: '59500' } as const
  const managed = await until(client.openProtectedPosition({ ...scene.request, entry }))
  await scene.pass(3_000)
  exchange.faults.push({
    operation: 'createConditionalOrder',
    kind: 'before',
    times: 1,
    when: ({ type }) => type === 'TAKE_PROFIT_MARKET',
  })
  exchange.move('59500')
  await scene.pass(500)
  exchange.hand('BUY', '0.02')
  exchange.onChange(exchange.open()[0])
  await scene.pass(1_200)
  expectCovered(scene, '0.06')
  // The other one stands already; this one is sent again when it must have become visible.
  expect(managed.takeProfitOrders).toHaveLength(1)
  await scene.pass(6_000)
  expect(managed.takeProfitOrders).toHaveLength(2)
  expect(exchange.open()).toHaveLength(3)
  await client.close()
})

it('behavior: without streams a timer of two seconds does it', async () => {
  const scene = watched(openedScene, false)
  const { exchange, client, until, pass } = scene
  const managed = await until(client.createManagedOrders(scene.request))
  exchange.move('61000')
  await pass(2_100)
  expectCovered(scene, '0.02')
  exchange.hand('BUY', '0.01')
  await pass(4_100)
  expectCovered(scene, '0.03')
  exchange.hand('SELL', '0.03', true)
  await pass(2_500)
  expect(managed.status).toBe('COMPLETED')
  expectOver(scene)
  await client.close()
})

it('behavior: with streams it is confirmed every 15 seconds, and no more often', async () => {
  const scene = watched(openedScene, true)
  const { exchange, client, until, pass } = scene
  await until(client.createManagedOrders(scene.request))
  await pass(3_000)
  const before = scene.requests()
  await pass(10_000)
  // The streams look for themselves every few seconds; a run of ours would be two more.
  const meanwhile = scene.requests() - before
  expect(meanwhile).toBeLessThan(12)
  // Nothing tells of this.
  exchange.onChange = () => undefined
  const [stop] = exchange.open().filter(({ type }) => type === 'STOP_MARKET')
  if (stop) exchange.end(stop)
  await pass(16_000)
  expectCovered(scene, '0.04')
  await client.close()
})

it('error: who cannot look looks again every two seconds', async () => {
  const scene = watched(openedScene, true)
  const { exchange, client, until, pass } = scene
  await until(client.createManagedOrders(scene.request))
  await pass(3_000)
  exchange.faults.push({ operation: 'getOpenOrders', kind: 'PERMISSION_DENIED' })
  const [stop] = exchange.open().filter(({ type }) => type === 'STOP_MARKET')
  if (stop) exchange.end(stop)
  await pass(20_000)
  exchange.faults.splice(0)
  await pass(2_600)
  expectCovered(scene, '0.04')
  await client.close()
})

it('behavior: a lost connection is made good', async () => {
  const scene = watched(openedScene, true)
  const { exchange, client, until, pass, sockets } = scene
  await until(client.createManagedOrders(scene.request))
  await pass(3_000)
  sockets.onOpen = () => undefined
  sockets.opened.at(-1)?.cut()
  exchange.move('61000')
  await pass(4_500)
  expectCovered(scene, '0.02')
  await client.close()
})

it('behavior: a resting entry is protected with its first fill', async () => {
  const scene = watched(sceneOf, true)
  const { exchange, client, until, pass } = scene
  const entry = { type: 'LIMIT', price: '59500' } as const
  const managed = await until(client.openProtectedPosition({ ...scene.request, entry }))
  expect(managed.stopLossOrder).toBeUndefined()
  const reasons = reasonsOf(managed)
  await pass(3_000)
  const [order] = exchange.open()
  if (order) exchange.fill(order, '0.01')
  await scene.settle()
  await scene.settle()
  expectCovered(scene, '0.01')
  if (order) exchange.fill(order, '0.03')
  await scene.settle()
  await scene.settle()
  expectCovered(scene, '0.04')
  expect(managed.takeProfitOrders).toHaveLength(2)
  expect(reasons).toEqual([
    'CURRENT',
    'ENTRY_PARTIALLY_FILLED',
    'STOP_PLACED',
    'ENTRY_FILLED',
    'STOP_RESIZED',
    'TAKE_PROFIT_PLACED',
    'TAKE_PROFIT_PLACED',
  ])
  await client.close()
})

it('error: what cannot be covered is an event, and tried again', async () => {
  const scene = watched(openedScene, false)
  const { exchange, client, until, pass } = scene
  const managed = await until(
    client.createManagedOrders({ ...scene.request, onUnprotected: 'REPORT' }),
  )
  const reasons = reasonsOf(managed)
  const told: string[] = []
  void (async () => {
    for await (const change of managed.watch()) told.push(`${change.reason} ${change.status}`)
  })()
  await scene.settle()
  exchange.faults.push({
    operation: 'createConditionalOrder',
    kind: 'EXCHANGE_UNAVAILABLE',
    times: 2,
  })
  const [stop] = exchange.open().filter(({ type }) => type === 'STOP_MARKET')
  if (stop) exchange.end(stop)
  await pass(2_200)
  expect(managed.status).toBe('UNPROTECTED')
  // Half a second after the first refusal, and a second after that one.
  await pass(1_700)
  expect(managed.status).toBe('ACTIVE')
  expectCovered(scene, '0.04')
  expect(reasons).toEqual(['CURRENT', 'STOP_LOST', 'UNPROTECTED', 'STOP_PLACED'])
  expect(told).toEqual(['CURRENT ACTIVE', 'UNPROTECTED UNPROTECTED', 'STOP_PLACED ACTIVE'])
  await client.close()
})

it('error: a stop that could not be resized is tried again soon', async () => {
  const scene = watched(openedScene, false)
  const { exchange, client, until, pass } = scene
  await until(client.createManagedOrders(scene.request))
  exchange.faults.push({ operation: 'amendOrder', kind: 'EXCHANGE_UNAVAILABLE', times: 3 })
  exchange.move('61000')
  await pass(2_100)
  expect(exchange.cover('LONG')).toBe('0.02')
  // After half a second, one and two more.
  await pass(3_700)
  expectCovered(scene, '0.02')
  await client.close()
})

it('behavior: close ends supervision and leaves the orders', async () => {
  const scene = watched(openedScene, true)
  const { exchange, client, until, pass } = scene
  const managed = await until(client.createManagedOrders(scene.request))
  const reasons = reasonsOf(managed)
  await scene.settle()
  await client.close()
  const before = scene.requests()
  await pass(60_000)
  expect(scene.requests()).toBe(before)
  expect(exchange.open()).toHaveLength(3)
  expect(reasons).toEqual(['CURRENT', 'CURRENT'])
  expect(scene.journal.managed()).toHaveLength(1)
})

it('behavior: legs that go with their position are no loss', async () => {
  const scene = watched(openedScene, false)
  const { exchange, client, until, pass } = scene
  const managed = await until(client.createManagedOrders(scene.request))
  const reasons = reasonsOf(managed)
  await scene.settle()
  exchange.hand('SELL', '0.04', true)
  for (const order of exchange.open()) exchange.end(order, 'EXPIRED')
  await pass(2_200)
  expect(reasons).toEqual(['CURRENT', 'COMPLETED', 'CURRENT'])
  await client.close()
})
