import { describe, expect, test } from 'vitest'
import { seeded } from '../../core/random.ts'
import { type Fault, type FaultSelector, Faults, type Sighting } from './faults.ts'

const sighting: Sighting = {
  venue: 'binance',
  operation: 'createOrder',
  path: '/v1/order',
  method: 'POST',
  account: 'key-1',
}

function withFaults(...faults: Fault[]): Faults {
  const all = new Faults(seeded(1))
  for (const fault of faults) all.inject(fault)
  return all
}

describe('selectors', () => {
  const matching: FaultSelector[] = [
    {},
    { venue: 'binance' },
    { operation: 'createOrder' },
    { path: '/v1/order' },
    { path: '/v1/*' },
    { path: '/*' },
    { method: 'POST' },
    { account: 'key-1' },
    {
      venue: 'binance',
      operation: 'createOrder',
      path: '/v1/o*',
      method: 'POST',
      account: 'key-1',
    },
  ]
  test.each(matching)('args: %o meets the request', (selector) => {
    const met = withFaults({ ...selector, kind: 'dropBefore' }).take('arrival', sighting)
    expect(met.ending?.kind).toBe('dropBefore')
  })

  const others: FaultSelector[] = [
    { venue: 'bybit' },
    { operation: 'createStop' },
    { path: '/v1' },
    { path: '/v1/orders*' },
    { path: '/v1/order/' },
    { method: 'GET' },
    { account: 'key-2' },
    { venue: 'binance', method: 'GET' },
  ]
  test.each(others)('args: %o does not', (selector) => {
    const met = withFaults({ ...selector, kind: 'dropBefore' }).take('arrival', sighting)
    expect(met).toEqual({ delayMs: 0, skewMs: 0 })
  })

  test('behavior: a request without operation or account is met only where none is asked for', () => {
    const bare: Sighting = { venue: 'binance', path: '/x', method: 'GET' }
    const faults = withFaults({ kind: 'dropBefore', operation: 'createOrder' })
    expect(faults.take('arrival', bare).ending).toBeUndefined()
    expect(withFaults({ kind: 'dropBefore' }).take('arrival', bare).ending).toBeDefined()
  })
})

describe('times', () => {
  const kinds: Fault[] = [
    { kind: 'dropBefore' },
    { kind: 'dropAfter' },
    { kind: 'status', code: 500 },
    { kind: 'rejectWith', reason: 'insufficientMargin' },
    { kind: 'malformed' },
    { kind: 'truncateBody', bytes: 1 },
    { kind: 'delay', ms: 1 },
    { kind: 'clockSkew', ms: 1 },
    { kind: 'maintenance' },
    { kind: 'rateLimit', retryAfterMs: 1 },
  ]
  test.each(kinds)('default: $kind meets every request', (fault) => {
    expect(meetings(fault, 3)).toBe(3)
  })

  test.each(kinds)('args: times 2 of $kind', (fault) => {
    expect(meetings({ ...fault, times: 2 }, 4)).toBe(2)
  })

  test('behavior: a request that does not match uses nothing up', () => {
    const faults = withFaults({ kind: 'dropBefore', method: 'POST' })
    faults.take('arrival', { ...sighting, method: 'GET' })
    expect(faults.take('arrival', sighting).ending).toBeDefined()
  })
})

describe('place', () => {
  test.each<[Fault, 'arrival' | 'refusal' | 'departure']>([
    [{ kind: 'dropBefore' }, 'arrival'],
    [{ kind: 'maintenance' }, 'arrival'],
    [{ kind: 'rateLimit', retryAfterMs: 1 }, 'arrival'],
    [{ kind: 'clockSkew', ms: 1 }, 'arrival'],
    [{ kind: 'delay', ms: 1 }, 'arrival'],
    [{ kind: 'delay', ms: 1, stage: 'answer' }, 'departure'],
    [{ kind: 'status', code: 500, stage: 'request' }, 'arrival'],
    [{ kind: 'status', code: 500, stage: 'answer' }, 'departure'],
    [{ kind: 'rejectWith', reason: 'precision' }, 'refusal'],
    [{ kind: 'rejectWith', reason: 'precision', stage: 'answer' }, 'departure'],
    [{ kind: 'dropAfter' }, 'departure'],
    [{ kind: 'malformed' }, 'departure'],
    [{ kind: 'truncateBody', bytes: 1 }, 'departure'],
  ])('default: %o acts at %s alone', (fault, place) => {
    const places = (['arrival', 'refusal', 'departure'] as const).filter((one) => {
      const met = withFaults({ ...fault, times: 1 }).take(one, sighting)
      return met.ending !== undefined || met.delayMs + met.skewMs > 0
    })
    expect(places).toEqual([place])
  })
})

describe('several at once', () => {
  test('behavior: delays and skews add up, the first ending acts, the second one stays', () => {
    const faults = withFaults(
      { kind: 'delay', ms: 10 },
      { kind: 'dropBefore', times: 1 },
      { kind: 'clockSkew', ms: -7 },
      { kind: 'status', code: 500, times: 1 },
      { kind: 'delay', ms: 5 },
    )
    const first = faults.take('arrival', sighting)
    expect(first).toMatchObject({ delayMs: 15, skewMs: -7, ending: { kind: 'dropBefore' } })
    expect(faults.take('arrival', sighting).ending?.kind).toBe('status')
    expect(faults.take('arrival', sighting).ending).toBeUndefined()
  })
})

describe('probability', () => {
  test('behavior: the share of requests met follows it, the same for the same seed', () => {
    const fault: Fault = { kind: 'dropBefore', probability: 0.25, times: 10_000 }
    const share = meetings(fault, 2_000) / 2_000
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.3)
    expect(meetings(fault, 2_000) / 2_000).toBe(share)
  })

  test('behavior: 1 meets every request', () => {
    expect(meetings({ kind: 'dropBefore', probability: 1, times: 50 }, 50)).toBe(50)
  })
})

describe('clear', () => {
  test('default: takes all away and counts them', () => {
    const faults = withFaults({ kind: 'dropBefore' }, { kind: 'dropAfter' })
    expect(faults.clear()).toBe(2)
    expect(faults.take('arrival', sighting).ending).toBeUndefined()
  })

  test('args: one by its id; ids that were used up or never were count nothing', () => {
    const faults = new Faults(seeded(1))
    const first = faults.inject({ kind: 'dropBefore' })
    const second = faults.inject({ kind: 'status', code: 500 })
    expect([first, second]).toEqual(['fault-1', 'fault-2'])
    expect(faults.clear(first)).toBe(1)
    expect(faults.clear(first)).toBe(0)
    expect(faults.take('arrival', sighting).ending?.kind).toBe('status')
    expect(['fault-2', 'fault-3', 'fault-0', 'x'].map((id) => faults.wasIssued(id))).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

/** How many of `requests` a fault meets. */
function meetings(fault: Fault, requests: number): number {
  const faults = withFaults(fault)
  let met = 0
  for (let i = 0; i < requests; i++) {
    for (const place of ['arrival', 'refusal', 'departure'] as const) {
      const { ending, delayMs, skewMs } = faults.take(place, sighting)
      if (ending || delayMs + skewMs !== 0) met++
    }
  }
  return met
}
