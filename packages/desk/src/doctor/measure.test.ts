import { describe, expect, test } from 'vitest'
import { clockOffsetOf, medianLatency } from './measure.ts'

describe('clock offset', () => {
  test('default: samples narrow it down', () => {
    // The server is 2 300 ms ahead; its date is cut to the second.
    const samples = [10_000, 10_400, 10_650, 10_900].map((sentAt) => ({
      sentAt,
      answeredAt: sentAt + 20,
      date: Math.floor((sentAt + 10 + 2_300) / 1000) * 1000,
    }))
    const offset = clockOffsetOf(samples)
    expect(offset?.least).toBeLessThanOrEqual(2_300)
    expect(offset?.most).toBeGreaterThanOrEqual(2_300)
    expect((offset?.most ?? 0) - (offset?.least ?? 0)).toBeLessThan(400)
  })

  test('behavior: unknown without dates, and when they contradict each other', () => {
    expect(clockOffsetOf([{ sentAt: 0, answeredAt: 10, date: undefined }])).toBeUndefined()
    const contradicting = [
      { sentAt: 0, answeredAt: 10, date: 5_000 },
      { sentAt: 0, answeredAt: 10, date: 60_000 },
    ]
    expect(clockOffsetOf(contradicting)).toBeUndefined()
  })

  test('default: latency is the middle one', () => {
    const samples = [5, 900, 7].map((ms) => ({ sentAt: 0, answeredAt: ms, date: undefined }))
    expect(medianLatency(samples)).toBe(7)
    expect(medianLatency([])).toBeUndefined()
  })
})
