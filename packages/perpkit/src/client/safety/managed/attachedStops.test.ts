import { describe, expect, it } from 'vitest'
import { opposite } from '../../../model/tokens.ts'
import {
  at,
  errorOf,
  expectCovered,
  expectOver,
  FORMS,
  type Scene,
  sceneOf,
} from './scene.testing.ts'
import { HastyClock } from './tinyClient.testing.ts'

// Stops that exchanges place with entries: which of them are asked for, and what becomes of them.

const MARKET = { type: 'MARKET' } as const
const FIXED = { canAmend: true, attached: true } as const

function stopsOf({ exchange }: Scene) {
  return exchange.open().filter(({ type }) => type === 'STOP_MARKET')
}

function placedStops({ exchange }: Scene): number {
  return exchange.done.filter((operation) => operation === 'createConditionalOrder').length
}

it('args: capabilities: only where it can do nothing but close', async () => {
  const scene = sceneOf({ ...FIXED, attachedModes: ['HEDGE'] }, 'LONG', { takeProfits: [] })
  await scene.client.openProtectedPosition({ ...scene.request, entry: MARKET })
  expectCovered(scene, '0.04')
  expect(placedStops(scene)).toBe(1)
  const hedged = { ...FIXED, attachedModes: ['HEDGE'], mode: 'HEDGE' } as const
  const other = sceneOf(hedged, 'LONG', { takeProfits: [] })
  await other.client.openProtectedPosition({ ...other.request, entry: MARKET })
  expectCovered(other, '0.04')
  expect(placedStops(other)).toBe(0)
})

for (const rules of [FIXED, { ...FIXED, sizing: 'amend' }, { attached: true }] as const) {
  it(`behavior: one that watches another price is changed, ${JSON.stringify(rules)}`, async () => {
    const scene = sceneOf({ ...rules, attachedSource: 'LAST' }, 'SHORT')
    const managed = await scene.client.openProtectedPosition({ ...scene.request, entry: MARKET })
    expectCovered(scene, '0.04')
    // What we place ourselves watches what is wanted.
    expect(stopsOf(scene)).not.toContainEqual(expect.objectContaining({ watches: 'LAST' }))
    expect(managed.takeProfitOrders).toHaveLength(2)
    const before = scene.exchange.done.length
    await managed.refresh()
    expect(scene.exchange.done).toHaveLength(before)
  })
}

it('error: one that must watch another price is told once, and all else goes on', async () => {
  const scene = sceneOf({ ...FIXED, attachedSource: 'LAST' }, 'LONG')
  const { client, exchange, request } = scene
  exchange.faults.push({ operation: 'amendOrder', kind: 'WOULD_TRIGGER_IMMEDIATELY' })
  const error = await errorOf(client.openProtectedPosition({ ...request, entry: MARKET }))
  expect(error).toMatchObject({ code: 'PROTECTION_FAILED', status: 'PROTECTED' })
  const [managed] = await client.resumeManagedOrders({ supervise: false })
  expect((await managed?.refresh())?.takeProfitOrders).toHaveLength(2)
  expectCovered(scene, '0.04')
})

describe('one that comes late', () => {
  for (const [form, rules] of FORMS.filter(([name]) => name !== 'set')) {
    it(`behavior: ${form}: it goes again when ours stands`, async () => {
      const scene = sceneOf({ ...rules, attached: 'LATE' }, 'LONG')
      const { client, exchange, request } = scene
      const managed = await client.openProtectedPosition({ ...request, entry: MARKET })
      expect(placedStops(scene)).toBe(3)
      exchange.arrive()
      expect(stopsOf(scene)).toHaveLength(2)
      await managed.refresh()
      expectCovered(scene, '0.04')
      exchange.move('57000')
      expect((await managed.refresh()).status).toBe('COMPLETED')
      expectOver(scene)
    })

    it(`behavior: ${form}: it is taken over when ours is gone`, async () => {
      const scene = sceneOf({ ...rules, attached: 'LATE' }, 'LONG')
      const { client, exchange, request } = scene
      const managed = await client.openProtectedPosition({ ...request, entry: MARKET })
      const [ours] = stopsOf(scene)
      if (ours) exchange.end(ours)
      exchange.arrive()
      await managed.refresh()
      expectCovered(scene, '0.04')
      expect(placedStops(scene)).toBe(3)
    })

    it(`behavior: ${form}: after the position has gone it is removed`, async () => {
      const clock = new HastyClock(1_000_000)
      const scene = sceneOf({ ...rules, attached: 'LATE' }, 'LONG', {}, { clock })
      const { client, exchange, request } = scene
      const managed = await client.openProtectedPosition({ ...request, entry: MARKET })
      exchange.hand(opposite(scene.opening), '0.04', true)
      await managed.refresh()
      expect(managed.status).toBe('ACTIVE')
      exchange.arrive()
      expect((await managed.refresh()).status).toBe('COMPLETED')
      expectOver(scene)
      // One that never comes is not waited for for ever.
      const other = sceneOf({ ...rules, attached: 'LATE' }, 'LONG', {}, { clock })
      const second = await other.client.openProtectedPosition({ ...other.request, entry: MARKET })
      other.exchange.hand(opposite(other.opening), '0.04', true)
      clock.advance(4_000)
      expect((await second.refresh()).status).toBe('COMPLETED')
      expectOver(other)
    })
  }
})

describe('one that grows with its entry', () => {
  const entry = { type: 'LIMIT', price: at('LONG', '59500') } as const

  it('default: is left to grow', async () => {
    const scene = sceneOf({ attached: true }, 'LONG')
    const { client, exchange, request } = scene
    const managed = await client.openProtectedPosition({ ...request, entry })
    const [resting] = exchange.open()
    if (!resting) throw new Error('no entry rests')
    for (const size of ['0.01', '0.03', '0.04']) {
      exchange.fill(resting, size === '0.03' ? '0.02' : '0.01')
      await managed.refresh()
      expectCovered(scene, size)
    }
    // The targets, and no stop of ours.
    expect(placedStops(scene)).toBe(2)
  })

  it('behavior: what it lacks is added, and goes when it has grown', async () => {
    const scene = sceneOf({ attached: 'LATE' }, 'LONG')
    const { client, exchange, request } = scene
    const managed = await client.openProtectedPosition({ ...request, entry })
    const [resting] = exchange.open()
    if (!resting) throw new Error('no entry rests')
    exchange.fill(resting, '0.01')
    exchange.arrive()
    await managed.refresh()
    expectCovered(scene, '0.01')
    exchange.fill(resting, '0.02')
    await managed.refresh()
    expect(exchange.cover('LONG')).toBe('0.03')
    expect(stopsOf(scene).map(({ quantity }) => quantity)).toEqual(['0.01', '0.02'])
    exchange.arrive()
    await managed.refresh()
    expectCovered(scene, '0.03')
  })
})

it('behavior: an entry that ends half filled with its answer has half the targets', async () => {
  const scene = sceneOf({ canAmend: true }, 'LONG')
  scene.exchange.liquidity = '0.5'
  const managed = await scene.client.openProtectedPosition({ ...scene.request, entry: MARKET })
  expectCovered(scene, '0.02')
  expect(managed.takeProfitOrders.map(({ quantity }) => quantity)).toEqual(['0.01', '0.01'])
})
