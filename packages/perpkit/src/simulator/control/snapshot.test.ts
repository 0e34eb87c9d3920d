import { describe, expect, test } from 'vitest'
import { lastPrice, order, rawRequest, START, simulateTiny, stateOf } from '../tinyVenue.fixture.ts'

describe('snapshot and revert', () => {
  test('default: orders, accounts and prices are as they were, as often as wanted', async () => {
    const simulator = simulateTiny()
    await order(simulator, { price: '59000' })
    const before = await stateOf(simulator)
    const { id } = await simulator.control.snapshot()
    expect(id).toBe('snapshot-1')
    for (let round = 0; round < 2; round++) {
      const made = await simulator.control.createAccount({ venue: 'binance' })
      await order(simulator, {}, made)
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '58000' })
      expect((await stateOf(simulator)).fills.length).toBeGreaterThan(1)
      expect(await simulator.control.revert({ id })).toEqual({ id })
      const after = await stateOf(simulator)
      expect({ ...after, requests: [] }).toEqual({ ...before, requests: [] })
      expect(await lastPrice(simulator)).toBe('60000')
      expect(await order(simulator, {}, made)).toEqual({ no: 'unknown key' })
    }
  })

  test('behavior: what follows a revert is what followed the snapshot', async () => {
    const simulator = simulateTiny()
    const { id } = await simulator.control.snapshot()
    const first = [await simulator.control.createAccount({ venue: 'binance' })]
    const orders = [await order(simulator, {})]
    await simulator.control.revert({ id })
    expect([await simulator.control.createAccount({ venue: 'binance' })]).toEqual(first)
    expect([await order(simulator, {})]).toEqual(orders)
  })

  test('behavior: time, faults, ledger and requests stay; later paths stop', async () => {
    const simulator = simulateTiny()
    await simulator.control.runPath({ symbol: 'ETHUSDT', points: [[5_000, '3100']] })
    const { id } = await simulator.control.snapshot()
    await simulator.control.runPath({ symbol: 'BTCUSDT', points: [[5_000, '61000']] })
    await simulator.control.advance({ ms: 100 })
    await simulator.control.inject({ kind: 'maintenance' })
    await simulator.dispatch('binance', rawRequest('GET', '/nowhere'))
    await simulator.control.revert({ id })
    expect((await simulator.dispatch('binance', rawRequest('GET', '/time')))?.status).toBe(503)
    expect(await simulator.control.advance({ ms: 0 })).toEqual({ now: START + 100 })
    expect((await stateOf(simulator)).requests).toHaveLength(2)
    await simulator.control.clearFaults()
    await simulator.control.advance({ ms: 10_000 })
    expect(await lastPrice(simulator)).toBe('60000')
    const eth = await order(simulator, { symbol: 'ETHUSDT', quantity: '1', price: '3200' })
    expect(eth).toHaveProperty('orderId')
    const { positions } = await stateOf(simulator)
    expect(positions).toMatchObject([{ symbol: 'ETHUSDT', markPrice: '3100' }])
  })
})

describe('reset', () => {
  test('default: as just started', async () => {
    const simulator = simulateTiny()
    const before = { state: await stateOf(simulator), keys: simulator.credentials('binance') }
    await order(simulator, {})
    await simulator.control.createAccount({ venue: 'binance' })
    await simulator.control.inject({ kind: 'maintenance' })
    await simulator.control.runPath({ symbol: 'BTCUSDT', points: [[5_000, '61000']] })
    await simulator.control.advance({ ms: 10 })
    await simulator.dispatch('binance', rawRequest('GET', '/time', { headers: { 'x-odd': '1' } }))
    const { id } = await simulator.control.snapshot()

    expect(await simulator.control.reset()).toEqual({})
    expect({ state: await stateOf(simulator), keys: simulator.credentials('binance') }).toEqual(
      before,
    )
    expect(await simulator.control.ledger()).toEqual([])
    expect(await simulator.control.advance({ ms: 10_000 })).toEqual({ now: START + 10_000 })
    expect(await lastPrice(simulator)).toBe('60000')
    await expect(simulator.control.revert({ id })).rejects.toThrow('there are none yet')
  })

  test('behavior: a request held back is cut and not executed', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'delay', ms: 60_000 })
    const waiting = order(simulator, {})
    await simulator.control.reset()
    expect(await waiting).toEqual({})
    expect((await stateOf(simulator)).orders).toEqual([])
  })
})
