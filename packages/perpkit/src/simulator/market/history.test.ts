import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bar, type History, historyBar, historyStart, mergeBar } from './history.ts'

const anchor = Date.UTC(2026, 0, 5) / 60_000
const history: History = { seed: 11, minute: anchor, tick: 600_000, minuteSteps: 5_000 }

describe('history', () => {
  test('default: the last minute closes at the price the market starts at', () => {
    expect(historyBar(history, anchor - 1, anchor).close).toBe(600_000)
    expect(historyBar({ ...history, tick: 7 }, anchor - 90, anchor).close).toBe(7)
  })

  test('behavior: any span is the sum of its parts, wherever it is cut', () => {
    const first = historyStart / 60_000
    const spans = fc.tuple(
      fc.integer({ min: first, max: anchor - 400 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
    )
    fc.assert(
      fc.property(spans, ([start, one, two]) => {
        const joined = historyBar(history, start, start + one)
        const after = historyBar(history, start + one, start + one + two)
        expect(after.open).toBe(joined.close)
        mergeBar(joined, after)
        expect(joined).toEqual(historyBar(history, start, start + one + two))
      }),
    )
  })

  test('behavior: bars are whole numbers, and high and low hold open and close', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), (ago) => {
        const bar = historyBar(history, anchor - ago, anchor - ago + 1)
        for (const value of Object.values(bar)) expect(Number.isSafeInteger(value)).toBe(true)
        expect(bar.high).toBeGreaterThanOrEqual(Math.max(bar.open, bar.close))
        expect(bar.low).toBeLessThanOrEqual(Math.min(bar.open, bar.close))
        expect(bar.low).toBeGreaterThan(0)
        expect(bar.volume).toBeGreaterThanOrEqual(bar.trades)
        expect(bar.trades).toBeGreaterThan(0)
        expect(bar.turnover).toBeGreaterThanOrEqual(bar.volume * bar.low)
        expect(bar.turnover).toBeLessThanOrEqual(bar.volume * bar.high)
      }),
    )
  })

  test('behavior: minutes move by hundredths of a percent, years by tens of percent', () => {
    const change = ({ open, close }: Bar): number => Math.abs(close / open - 1)
    const average = (minutes: number): number => {
      const changes = Array.from({ length: 50 }, (_, index) => {
        const start = anchor - 3_000_000 + index * 50_000
        return change(historyBar(history, start, start + minutes))
      })
      return changes.reduce((sum, one) => sum + one, 0) / changes.length
    }
    expect(average(1)).toBeGreaterThan(0.0001)
    expect(average(1)).toBeLessThan(0.002)
    expect(average(1_440)).toBeGreaterThan(0.003)
    expect(average(1_440)).toBeLessThan(0.08)
    const year = historyBar(history, anchor - 525_600, anchor)
    expect(year.high / year.low).toBeGreaterThan(1.1)
    expect(year.high / year.low).toBeLessThan(10)
  })

  test('behavior: another seed has another past, and the same one the same', () => {
    const [start, stop] = [anchor - 1_000, anchor]
    expect(historyBar(history, start, stop)).toEqual(historyBar({ ...history }, start, stop))
    expect(historyBar({ ...history, seed: 12 }, start, stop)).not.toEqual(
      historyBar(history, start, stop),
    )
  })
})
