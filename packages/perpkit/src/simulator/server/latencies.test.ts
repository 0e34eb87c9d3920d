import { describe, expect, test } from 'vitest'
import { Latencies } from './latencies.ts'

/** Round trips of two accounts of binance and of one of bybit. */
function trips(latencies: Latencies): number[] {
  const tripOf = (venue: 'binance' | 'bybit', account: string): number => {
    const { there, back } = latencies.waysOf(venue, () => account)
    return there + back
  }
  return [tripOf('binance', 'a'), tripOf('binance', 'b'), tripOf('bybit', 'c')]
}

describe('whom it meets', () => {
  test('default: nobody', () => {
    expect(trips(new Latencies())).toEqual([0, 0, 0])
  })

  test('args: everybody, a venue, an account; the latest that fits counts', () => {
    const latencies = new Latencies()
    latencies.set({ ms: 10 })
    expect(trips(latencies)).toEqual([10, 10, 10])
    latencies.set({ venue: 'binance', ms: 20 })
    expect(trips(latencies)).toEqual([20, 20, 10])
    latencies.set({ venue: 'binance', account: 'a', ms: 0 })
    expect(trips(latencies)).toEqual([0, 20, 10])
    latencies.set({ venue: 'binance', ms: 30 })
    expect(trips(latencies)).toEqual([30, 30, 10])
    latencies.set({ ms: 0 })
    expect(trips(latencies)).toEqual([0, 0, 0])
  })

  test('behavior: a stranger is asked for only where it matters', () => {
    const latencies = new Latencies()
    latencies.set({ venue: 'binance', account: 'a', ms: 8 })
    expect(latencies.waysOf('binance', () => undefined)).toEqual({ there: 0, back: 0 })
    const fail = (): never => {
      throw new Error('asked')
    }
    expect(latencies.waysOf('bybit', fail)).toEqual({ there: 0, back: 0 })
  })
})

test('args: an odd time is a millisecond longer on the way back', () => {
  const latencies = new Latencies()
  latencies.set({ ms: 5 })
  expect(latencies.waysOf('okx', () => undefined)).toEqual({ there: 2, back: 3 })
})
