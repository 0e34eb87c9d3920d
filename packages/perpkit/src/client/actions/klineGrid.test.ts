import { describe, expect, it } from 'vitest'
import { nextStart, startAtOrAfter, startAtOrBefore, startsBefore } from './klineGrid.ts'

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
})
