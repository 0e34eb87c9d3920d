import { describe, expect, it } from 'vitest'
import {
  KLINE_INTERVALS,
  nextStart,
  sourceOf,
  startAtOrAfter,
  startAtOrBefore,
  startsBefore,
} from './klineGrid.ts'

const at = (text: string): number => Date.parse(`${text}Z`)

describe('klineGrid', () => {
  it('default: multiples of the interval', () => {
    expect(startAtOrBefore(at('2026-11-22T10:07:31'), '5m')).toBe(at('2026-11-22T10:05:00'))
    expect(startAtOrAfter(at('2026-11-22T10:07:31'), '5m')).toBe(at('2026-11-22T10:10:00'))
    expect(startAtOrAfter(at('2026-11-22T10:10:00'), '5m')).toBe(at('2026-11-22T10:10:00'))
    expect(startAtOrBefore(at('2026-11-22T10:07:31'), '8h')).toBe(at('2026-11-22T08:00:00'))
  })

  it('args: weeks start on Monday', () => {
    expect(startAtOrBefore(at('2026-11-22T23:59:59'), '1w')).toBe(at('2026-11-16T00:00:00'))
    expect(startAtOrBefore(at('2026-11-23T00:00:00'), '1w')).toBe(at('2026-11-23T00:00:00'))
  })

  it('args: months start on the first, over the end of a year', () => {
    expect(startAtOrBefore(at('2026-02-28T10:00:00'), '1M')).toBe(at('2026-02-01T00:00:00'))
    expect(nextStart(at('2026-12-01T00:00:00'), '1M')).toBe(at('2027-01-01T00:00:00'))
    expect(startsBefore(at('2026-01-01T00:00:00'), 2, '1M')).toBe(at('2025-11-01T00:00:00'))
  })

  it('default: an interval the exchange has is its own source', () => {
    for (const interval of KLINE_INTERVALS) {
      expect(sourceOf(interval, KLINE_INTERVALS)).toBe(interval)
    }
  })

  it('behavior: others come from the longest that starts and ends with them', () => {
    const native = ['1m', '5m', '1h', '4h', '12h', '1d', '3d', '1w'] as const
    expect(sourceOf('3m', native)).toBe('1m')
    expect(sourceOf('30m', native)).toBe('5m')
    expect(sourceOf('6h', native)).toBe('1h')
    expect(sourceOf('8h', native)).toBe('4h')
    // Neither weeks nor stretches of three days begin with every month.
    expect(sourceOf('1M', native)).toBe('1d')
    expect(sourceOf('1w', ['1d', '3d'])).toBe('1d')
    expect(sourceOf('3d', ['4h', '1d', '1w'])).toBe('1d')
  })

  it('error: nothing fits', () => {
    expect(sourceOf('5m', ['15m', '1h'])).toBeUndefined()
    expect(sourceOf('5m', ['3m'])).toBeUndefined()
    expect(sourceOf('5m', [])).toBeUndefined()
  })
})
