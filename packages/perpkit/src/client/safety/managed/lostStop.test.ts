import { describe, expect, it } from 'vitest'
import { ProtectionError } from '../../../model/errors.ts'
import type { ManagedOrders } from './managed.ts'
import {
  at,
  errorOf,
  expectCovered,
  expectOver,
  FORMS,
  openedScene,
  type Scene,
} from './scene.testing.ts'
import { HastyClock } from './tinyClient.testing.ts'

// How long a position waits for its stop when answers are lost, and what is taken away in between.

/** A second of look-ups, and what they and the requests take. */
const SOON_MS = 2_500
/** An order that landed may stay invisible for as long. */
const VISIBLE_MS = 10_000

const FIRST_STOP: Readonly<Record<string, string>> = { set: 'setPositionStop' }

function operationOf(form: string): string {
  return FIRST_STOP[form] ?? 'createConditionalOrder'
}

describe.each(FORMS)('%s', (form, rules) => {
  it.each(['before', 'after'] as const)(
    'error: a first stop that is lost on the way (%s) stands soon, and once',
    async (kind) => {
      const clock = new HastyClock(1_000_000)
      const scene = openedScene(rules, 'LONG', {}, { clock })
      const { client, exchange, request } = scene
      exchange.faults.push({ operation: operationOf(form), kind, times: 1 })
      const begunAt = clock.now()
      const managed = await client.createManagedOrders(request)
      expect(clock.now() - begunAt).toBeLessThan(SOON_MS)
      expect(managed.status).toBe('ACTIVE')
      expectCovered(scene, '0.04')
      const stops = exchange.orders.filter(({ type }) => type === 'STOP_MARKET')
      expect(stops).toHaveLength(1)
      expect(stops[0]?.clientOrderId || managed.stopLossOrder?.clientOrderId).toBe(
        managed.stopLossOrder?.clientOrderId,
      )
    },
  )

  it.each(['CLOSE', 'REPORT'] as const)(
    'error: %s, when no answer ever comes, before it must have become visible',
    async (onUnprotected) => {
      const clock = new HastyClock(1_000_000)
      const scene = openedScene(rules, 'LONG', { onUnprotected }, { clock })
      const { client, exchange, request } = scene
      exchange.faults.push({ operation: operationOf(form), kind: 'before' })
      const begunAt = clock.now()
      let closedAt = Number.POSITIVE_INFINITY
      exchange.onChange = () => {
        if (exchange.positions.LONG === '0') closedAt = Math.min(closedAt, clock.now())
      }
      const error = await errorOf(client.createManagedOrders(request))
      expect(error).toBeInstanceOf(ProtectionError)
      if (onUnprotected === 'REPORT') {
        expect(clock.now() - begunAt).toBeLessThan(VISIBLE_MS)
        expect(exchange.positions.LONG).toBe('0.04')
        return
      }
      expect(closedAt - begunAt).toBeLessThan(VISIBLE_MS)
      expectOver(scene)
    },
  )
})

it.each(['before', 'after'] as const)(
  'error: a target that is lost on the way (%s) is there when its caller hears',
  async (kind) => {
    const clock = new HastyClock(1_000_000)
    const scene = openedScene({}, 'LONG', {}, { clock })
    const { client, exchange, request } = scene
    exchange.faults.push({
      operation: 'createConditionalOrder',
      kind,
      times: 1,
      when: ({ type }) => type === 'TAKE_PROFIT_MARKET',
    })
    const managed = await client.createManagedOrders(request)
    expect(managed.takeProfitOrders).toHaveLength(2)
    expect(exchange.open()).toHaveLength(3)
    expectCovered(scene, '0.04')
  },
)

it('error: a target nobody ever hears of is told, under a stop that stands', async () => {
  const clock = new HastyClock(1_000_000)
  const scene = openedScene({}, 'LONG', {}, { clock })
  const { client, exchange, request } = scene
  exchange.faults.push({
    operation: 'createConditionalOrder',
    kind: 'before',
    when: ({ type }) => type === 'TAKE_PROFIT_MARKET',
  })
  const error = await errorOf(client.createManagedOrders(request))
  expect(error).toMatchObject({ status: 'PROTECTED' })
  expect(error.message).toContain('take-profit of 0.02 at 61000')
  expectCovered(scene, '0.04')
})

it('error: a close whose answer is lost is sent again under its id', async () => {
  const clock = new HastyClock(1_000_000)
  const scene = openedScene({}, 'LONG', {}, { clock })
  const { client, exchange, request } = scene
  exchange.faults.push({ operation: 'createConditionalOrder', kind: 'WOULD_TRIGGER_IMMEDIATELY' })
  exchange.faults.push({ operation: 'createOrder', kind: 'before', times: 2 })
  const begunAt = clock.now()
  const error = await errorOf(client.createManagedOrders(request))
  expect(error).toBeInstanceOf(ProtectionError)
  expect(clock.now() - begunAt).toBeLessThan(2 * SOON_MS)
  expectOver(scene)
})

it('error: a stop from before that was "not found" is not left over', async () => {
  const clock = new HastyClock(1_000_000)
  const scene = openedScene({}, 'SHORT', {}, { clock })
  const { client, exchange, request, side } = scene
  await client.createStopLossOrder({ ...request, stopPrice: at(side, '57000') })
  exchange.faults.push({ operation: 'cancelOrder', kind: 'ORDER_NOT_FOUND', times: 5 })
  const managed = await client.createManagedOrders(request)
  exchange.move(at(side, '62000'))
  await looks(scene, managed)
  expectOver(scene)
})

async function looks({ exchange }: Scene, managed: ManagedOrders): Promise<void> {
  for (let look = 0; look < 6; look++) await managed.refresh()
  expect(exchange.violations).toEqual([])
}
