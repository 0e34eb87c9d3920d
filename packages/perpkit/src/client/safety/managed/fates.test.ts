import { describe, expect, it } from 'vitest'
import { errorOf, expectCovered, expectOver, FORMS, openedScene, sceneOf } from './scene.testing.ts'
import { HastyClock } from './tinyClient.testing.ts'

// What became of a leg is sometimes hard to learn. What is open and what covers it is not.

function counted(clock = new HastyClock(1_000_000)) {
  const counts = new Map<string, number>()
  const isDead = (moment: string, operation: string): boolean => {
    if (moment === 'before') counts.set(operation, (counts.get(operation) ?? 0) + 1)
    return false
  }
  const asked = (operation = 'getOrder'): number => counts.get(operation) ?? 0
  return { clock, isDead, asked }
}

for (const [form, rules] of FORMS) {
  describe(form, () => {
    it('default: where nobody can be asked, fills tell', async () => {
      const scene = openedScene(rules, 'LONG', { breakEvenAfterFirstTakeProfit: true })
      const { client, exchange, request } = scene
      const managed = await client.createManagedOrders(request)
      exchange.faults.push({ operation: 'getOrder', kind: 'RATE_LIMITED' })
      exchange.move('61000')
      await managed.refresh()
      expect(managed.takeProfitOrders[0]).toMatchObject({ status: 'FILLED' })
      expectCovered(scene, '0.02')
      expect(managed.stopLossOrder?.stopPrice).toBe('60000')
    })

    it('behavior: a stop that is gone is placed anew before anybody tells how it went', async () => {
      const scene = openedScene(rules, 'LONG')
      const { client, exchange, request } = scene
      const managed = await client.createManagedOrders(request)
      exchange.faults.push(
        { operation: 'getOrder', kind: 'RATE_LIMITED' },
        { operation: 'getFills', kind: 'RATE_LIMITED' },
      )
      const [stop] = exchange.open().filter(({ type }) => type === 'STOP_MARKET')
      if (stop) exchange.end(stop)
      await managed.refresh()
      expectCovered(scene, '0.04')
      expect(managed.status).toBe('ACTIVE')
    })

    it('error: a target that is not found for a while has filled all the same', async () => {
      const clock = new HastyClock(1_000_000)
      const scene = openedScene(rules, 'LONG', {}, { clock })
      const { client, exchange, request } = scene
      const managed = await client.createManagedOrders(request)
      clock.advance(5_000)
      exchange.faults.push(
        { operation: 'getOrder', kind: 'ORDER_NOT_FOUND', times: 3 },
        { operation: 'getFills', kind: 'RATE_LIMITED', times: 3 },
      )
      exchange.move('61000')
      for (let look = 0; look < 6; look++) {
        await managed.refresh()
        clock.advance(2_500)
      }
      expect(managed.takeProfitOrders[0]).toMatchObject({ status: 'FILLED' })
      expectCovered(scene, '0.02')
    })

    it('behavior: flat is flat', async () => {
      const clock = new HastyClock(1_000_000)
      const scene = openedScene(rules, 'LONG', {}, { clock })
      const { client, exchange, request } = scene
      const managed = await client.createManagedOrders(request)
      clock.advance(5_000)
      exchange.faults.push(
        { operation: 'getOrder', kind: 'RATE_LIMITED' },
        { operation: 'getFills', kind: 'RATE_LIMITED' },
      )
      exchange.move('57000')
      expect((await managed.refresh()).status).toBe('COMPLETED')
      expectOver(scene)
    })
  })
}

it('behavior: a stop whose answer was lost is found among the open orders', async () => {
  const clock = new HastyClock(1_000_000)
  const scene = openedScene({}, 'LONG', {}, { clock })
  const { client, exchange, request } = scene
  exchange.faults.push(
    { operation: 'createConditionalOrder', kind: 'after', times: 1 },
    { operation: 'getOrder', kind: 'RATE_LIMITED' },
  )
  const managed = await client.createManagedOrders(request)
  expectCovered(scene, '0.04')
  expect(managed.stopLossOrder).toMatchObject({ status: 'PENDING', quantity: '0.04' })
  expect(clock.now()).toBeLessThan(1_000_000 + 5_000)
})

it('behavior: an entry nobody tells of is asked for ever more seldom', async () => {
  const { clock, isDead, asked } = counted()
  const scene = sceneOf({}, 'LONG', {}, { clock, isDead })
  const { client, exchange, request } = scene
  exchange.faults.push(
    { operation: 'createOrder', kind: 'before', times: 1 },
    { operation: 'getOrder', kind: 'RATE_LIMITED' },
  )
  const entry = { type: 'MARKET' } as const
  const error = await errorOf(client.openProtectedPosition({ ...request, entry }))
  expect(error.code).toBe('OUTCOME_UNKNOWN')
  const [managed] = await client.resumeManagedOrders({ supervise: false })
  const before = asked()
  for (let look = 0; look < 120; look++) {
    clock.advance(500)
    await managed?.refresh()
  }
  expect(asked() - before).toBeLessThan(7)
  expect(managed?.status).toBe('ACTIVE')
  exchange.faults.pop()
  clock.advance(31_000)
  expect((await managed?.refresh())?.status).toBe('CANCELLED')
  expectOver(scene)
})

it('behavior: what has ended is not asked for again', async () => {
  const { clock, isDead, asked } = counted()
  const scene = openedScene({ canAmend: true }, 'LONG', {}, { clock, isDead })
  const managed = await scene.client.createManagedOrders(scene.request)
  scene.exchange.move('61000')
  await managed.refresh()
  const before = asked()
  for (let look = 0; look < 5; look++) await managed.refresh()
  expect(asked()).toBe(before)
})

it('behavior: the margin mode is that of the position that was just seen', async () => {
  const { clock, isDead, asked } = counted()
  const scene = openedScene({ namesMarginMode: true }, 'LONG', {}, { clock, isDead })
  await scene.client.createManagedOrders(scene.request)
  expectCovered(scene, '0.04')
  expect(asked('getMarginMode')).toBe(0)
})

it('behavior: an order that was given up and shows nevertheless is taken up again', async () => {
  const clock = new HastyClock(1_000_000)
  const scene = openedScene({}, 'LONG', { takeProfits: [] }, { clock })
  const { client, exchange, request } = scene
  const managed = await client.createManagedOrders(request)
  const [stop] = exchange.orders
  if (!stop) throw new Error('no stop')
  // A book that loses sight of it for a while.
  stop.status = 'CANCELLED'
  await managed.refresh()
  stop.status = 'PENDING'
  expect(exchange.open()).toHaveLength(2)
  await managed.refresh()
  expectCovered(scene, '0.04')
})

it('error: what is never found is not asked for ever', async () => {
  const { clock, isDead, asked } = counted()
  const scene = openedScene({}, 'LONG', {}, { clock, isDead })
  const { client, exchange, request } = scene
  const managed = await client.createManagedOrders(request)
  clock.advance(5_000)
  exchange.faults.push({ operation: 'getOrder', kind: 'ORDER_NOT_FOUND' })
  exchange.faults.push({ operation: 'getFills', kind: 'RATE_LIMITED' })
  exchange.move('61000')
  const look = async (times: number): Promise<void> => {
    for (let left = times; left > 0; left--) {
      await managed.refresh()
      clock.advance(2_000)
    }
  }
  await look(20)
  const before = asked()
  await look(40)
  expect(asked()).toBe(before)
  expectCovered(scene, '0.02')
})
