import { describe, expect, test } from 'vitest'
import { readTime } from './times.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

describe('times', () => {
  test.each([
    ['2d', '2026-02-27T12:00:00Z'],
    ['12h', '2026-03-01T00:00:00Z'],
    ['1.5h', '2026-03-01T10:30:00Z'],
    ['1y', '2025-03-01T12:00:00Z'],
    ['2026-01-31', '2026-01-31T00:00:00Z'],
    ['2026-01-31T08:00', '2026-01-31T08:00:00Z'],
    ['2026-01-31 08:00:30', '2026-01-31T08:00:30Z'],
    ['2026-01-31T08:00+02:00', '2026-01-31T06:00:00Z'],
  ])('default: %s', (text, time) => {
    expect(readTime(text, NOW)).toBe(Date.parse(time))
  })

  test.each(['', 'yesterday', '2', '2x', '-2d', '2026-13-01', '01.02.2026'])(
    'error: %j',
    (text) => {
      expect(() => readTime(text, NOW)).toThrow(/is no time/)
    },
  )
})
