import { describe, expect, test } from 'vitest'
import type { Simulator } from '../assemble.ts'
import type { Fault } from '../server/faults.ts'
import type { VenueCredentials } from '../server/types.ts'
import { signedRequest, simulateTiny } from '../tinyVenue.fixture.ts'

interface Sending {
  credentials?: VenueCredentials
  isConnected?: () => boolean
}

/** A limit order that rests, unless `body` says otherwise. */
async function send(
  simulator: Simulator,
  body: Record<string, unknown> = {},
  { credentials = simulator.credentials('binance'), isConnected }: Sending = {},
): Promise<void> {
  const full = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', price: '50000', ...body }
  const request = signedRequest(credentials, '/order', full)
  await simulator.dispatch('binance', request, isConnected)
}

/** The answer to the next order is lost. */
async function lose(simulator: Simulator, fault: Fault = { kind: 'dropAfter' }): Promise<void> {
  await simulator.control.inject({ ...fault, times: 1 })
}

const duplicates = async (simulator: Simulator): Promise<number> =>
  (await simulator.control.verdict()).duplicateOrders

test('default: nothing to say, of every venue', async () => {
  const figures = {
    duplicateOrders: 0,
    uncoveredMs: 0,
    worstUncoveredMs: 0,
    reversedPositions: 0,
    doubledPositions: 0,
    orphanOrders: 0,
    limitBreaches: 0,
    reusedClientOrderIds: 0,
  }
  expect(await simulateTiny().control.verdict()).toEqual({
    ...figures,
    venues: { binance: figures, bybit: figures },
    uncovered: [],
    positions: [],
    positionCount: 0,
  })
})

describe('duplicates', () => {
  const losses: Fault[] = [
    { kind: 'dropAfter' },
    { kind: 'malformed' },
    { kind: 'truncateBody', bytes: 5 },
    { kind: 'status', code: 503, stage: 'answer' },
    { kind: 'rejectWith', reason: 'unknownState', stage: 'answer' },
  ]
  test.each(losses)('default: the same order again after $kind', async (fault) => {
    const simulator = simulateTiny()
    await lose(simulator, fault)
    await send(simulator)
    expect(await duplicates(simulator)).toBe(0)
    await send(simulator)
    expect(await duplicates(simulator)).toBe(1)
  })

  const arrivals: Fault[] = [
    { kind: 'dropBefore' },
    { kind: 'status', code: 503 },
    { kind: 'rejectWith', reason: 'exchangeBusy' },
    { kind: 'truncateBody', bytes: 10_000 },
  ]
  test.each(arrivals)('behavior: none after $kind that lost no accepted order', async (fault) => {
    const simulator = simulateTiny()
    await lose(simulator, fault)
    await send(simulator)
    await send(simulator)
    expect(await duplicates(simulator)).toBe(0)
  })

  test('behavior: the same order again after an answer that arrived', async () => {
    const simulator = simulateTiny()
    await send(simulator)
    await send(simulator)
    expect(await duplicates(simulator)).toBe(0)
  })

  test('behavior: a client that has gone did not hear the answer', async () => {
    const simulator = simulateTiny()
    await send(simulator, {}, { isConnected: () => false })
    await send(simulator)
    expect(await duplicates(simulator)).toBe(1)
  })

  test('behavior: an answer that is lost only after the repeat', async () => {
    const simulator = simulateTiny()
    await simulator.control.inject({ kind: 'delay', ms: 20, stage: 'answer', times: 1 })
    const late = send(simulator, {}, { isConnected: () => false })
    await send(simulator)
    expect(await duplicates(simulator)).toBe(0)
    await simulator.control.advance({ ms: 20 })
    await late
    expect(await duplicates(simulator)).toBe(1)
  })

  test('behavior: every repeat counts once', async () => {
    const simulator = simulateTiny()
    await lose(simulator)
    await send(simulator)
    await lose(simulator)
    await send(simulator)
    await send(simulator)
    expect(await duplicates(simulator)).toBe(2)
  })

  test('behavior: conditional orders too', async () => {
    const simulator = simulateTiny()
    await lose(simulator)
    await send(simulator, { side: 'SELL', stopPrice: '58000' })
    await send(simulator, { side: 'SELL', stopPrice: '58000' })
    expect(await duplicates(simulator)).toBe(1)
  })

  const others: Record<string, unknown>[] = [
    { quantity: '0.02' },
    { side: 'SELL', price: '70000' },
    { price: '50001' },
    { symbol: 'ETHUSDT', price: '2000', quantity: '1' },
    { price: undefined },
    { stopPrice: '61000', price: undefined },
  ]
  test.each(others)('behavior: another order is none: %o', async (other) => {
    const simulator = simulateTiny()
    await lose(simulator)
    await send(simulator)
    await send(simulator, other)
    expect(await duplicates(simulator)).toBe(0)
  })

  test('behavior: nor is that of another account, or one after more than a minute', async () => {
    const simulator = simulateTiny()
    const credentials = await simulator.control.createAccount({ venue: 'binance' })
    await lose(simulator)
    await send(simulator)
    await send(simulator, {}, { credentials })
    expect(await duplicates(simulator)).toBe(0)
    await simulator.control.advance({ ms: 60_000 })
    await send(simulator)
    expect(await duplicates(simulator)).toBe(0)
  })

  test('behavior: nor one whose first had ended unfilled', async () => {
    const simulator = simulateTiny()
    await lose(simulator)
    await send(simulator)
    // The market closes nothing by itself: a trigger that finds no position ends without an order.
    await lose(simulator)
    await send(simulator, { side: 'SELL', stopPrice: '59000' })
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '58000' })
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '60000' })
    await send(simulator, { side: 'SELL', stopPrice: '59000' })
    expect(await duplicates(simulator)).toBe(0)
    await send(simulator)
    expect(await duplicates(simulator)).toBe(1)
  })

  test('behavior: an order that a trigger has made of itself is none', async () => {
    const simulator = simulateTiny()
    await send(simulator, { price: undefined, quantity: '0.02' })
    await lose(simulator)
    await send(simulator, { side: 'SELL', price: undefined })
    await send(simulator, { side: 'SELL', stopPrice: '59000', price: undefined })
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '58000' })
    expect(await duplicates(simulator)).toBe(0)
  })
})

describe('client order ids', () => {
  test('default: an id that the account had used before, whatever became of it', async () => {
    const simulator = simulateTiny()
    await send(simulator, { id: 'a', price: undefined })
    await send(simulator, { id: 'a' })
    await send(simulator, { id: 'b' })
    await send(simulator, { id: 'b', side: 'SELL', stopPrice: '58000' })
    expect((await simulator.control.verdict()).reusedClientOrderIds).toBe(2)
  })

  test('behavior: refused reuse, other accounts and orders without an id count nothing', async () => {
    const simulator = simulateTiny()
    const credentials = await simulator.control.createAccount({ venue: 'binance' })
    await send(simulator, { id: 'a' })
    await send(simulator, { id: 'a' })
    await send(simulator, { id: 'a' }, { credentials })
    await send(simulator)
    await send(simulator)
    expect((await simulator.control.verdict()).reusedClientOrderIds).toBe(0)
  })
})

describe('protection', () => {
  test('default: time without a stop, by account, in all and at the venue', async () => {
    const simulator = simulateTiny()
    const { now: from } = await simulator.control.advance({ ms: 0 })
    await send(simulator, { price: undefined })
    await simulator.control.advance({ ms: 250 })
    await send(simulator, { side: 'SELL', stopPrice: '58000' })
    await simulator.control.advance({ ms: 10_000 })
    const { uncoveredMs, worstUncoveredMs, uncovered, venues, positions, positionCount } =
      await simulator.control.verdict()
    expect([uncoveredMs, worstUncoveredMs]).toEqual([250, 250])
    expect(venues.binance).toMatchObject({ uncoveredMs: 250, worstUncoveredMs: 250 })
    expect(venues.bybit).toMatchObject({ uncoveredMs: 0 })
    expect(uncovered).toEqual([
      {
        venue: 'binance',
        account: simulator.credentials('binance').apiKey,
        symbol: 'BTCUSDT',
        side: 'LONG',
        from,
        to: from + 250,
        worstSize: '0.01',
      },
    ])
    expect(positionCount).toBe(1)
    expect(positions).toEqual([
      {
        venue: 'binance',
        account: simulator.credentials('binance').apiKey,
        symbol: 'BTCUSDT',
        side: 'LONG',
        openedAt: from,
        firstCoveredAt: from + 250,
        uncoveredMs: 250,
        worstUncoveredMs: 250,
        worstUncoveredSize: '0.01',
        entryGapMs: 250,
        laterUncoveredMs: 0,
        growthUncoveredMs: 0,
        isReversed: false,
        isDoubled: false,
      },
    ])
  })

  test('default: a position that was doubled, at the venue and in all', async () => {
    const simulator = simulateTiny()
    await lose(simulator)
    await send(simulator, { price: undefined })
    await send(simulator, { price: undefined })
    const { doubledPositions, reversedPositions, venues } = await simulator.control.verdict()
    expect([doubledPositions, reversedPositions]).toEqual([1, 0])
    expect([venues.binance?.doubledPositions, venues.bybit?.doubledPositions]).toEqual([1, 0])
  })

  test('default: an orphan', async () => {
    const simulator = simulateTiny()
    await send(simulator, { side: 'SELL', stopPrice: '58000' })
    await simulator.control.advance({ ms: 1_001 })
    const { orphanOrders, venues } = await simulator.control.verdict()
    expect([orphanOrders, venues.binance?.orphanOrders]).toEqual([1, 1])
  })
})

describe('snapshot, revert and reset', () => {
  async function misbehave(simulator: Simulator): Promise<void> {
    await lose(simulator)
    await send(simulator, { price: undefined })
    await send(simulator, { price: undefined })
    await send(simulator, { id: 'a', price: undefined, quantity: '0.02' })
    await send(simulator, { id: 'a', price: undefined, quantity: '0.03' })
    await simulator.control.advance({ ms: 2_000 })
  }

  test('behavior: a revert goes back to the verdict of the snapshot', async () => {
    const simulator = simulateTiny()
    await misbehave(simulator)
    const { id } = await simulator.control.snapshot()
    const kept = await simulator.control.verdict()
    expect(kept).toMatchObject({ duplicateOrders: 1, reusedClientOrderIds: 1, uncoveredMs: 2_000 })
    await misbehave(simulator)
    expect(await simulator.control.verdict()).not.toEqual(kept)
    await simulator.control.revert({ id })
    const { uncovered: was, positions: _, ...figures } = kept
    const { uncovered, positions: _again, ...again } = await simulator.control.verdict()
    expect(again).toEqual(figures)
    expect(uncovered.map(({ from, to }) => to - from)).toEqual(was.map(({ from, to }) => to - from))
  })

  test('behavior: a request still under way at a revert changes nothing any more', async () => {
    const simulator = simulateTiny()
    const { id } = await simulator.control.snapshot()
    await simulator.control.inject({ kind: 'delay', ms: 20, stage: 'answer', times: 1 })
    const late = send(simulator, {}, { isConnected: () => false })
    await send(simulator)
    await simulator.control.revert({ id })
    await simulator.control.advance({ ms: 20 })
    await late
    expect(await duplicates(simulator)).toBe(0)
  })

  test('behavior: reset forgets it all', async () => {
    const simulator = simulateTiny()
    await misbehave(simulator)
    await simulator.control.reset()
    expect(await simulator.control.verdict()).toEqual(await simulateTiny().control.verdict())
  })
})
