import { EXCHANGE_REGISTRY } from 'perpkit'
import { expect, test } from 'vitest'
import { endOf, INTERVALS, shortestLength } from './intervals.ts'

test('default: they are those of perpkit', () => {
  const known = EXCHANGE_REGISTRY.flatMap(({ capabilities }) => capabilities.klineIntervals)
  expect([...new Set(known)].sort()).toEqual([...INTERVALS].sort())
})

test('default: a candle ends where the next one starts, months by the calendar', () => {
  const day = 86_400_000
  for (const interval of INTERVALS.filter((each) => each !== '1M')) {
    expect(endOf(0, interval)).toBe(shortestLength(interval))
  }
  expect(endOf(Date.UTC(2024, 1, 1), '1M')).toBe(Date.UTC(2024, 2, 1))
  expect(endOf(Date.UTC(2023, 11, 1), '1M')).toBe(Date.UTC(2024, 0, 1))
  expect(shortestLength('1M')).toBe(28 * day)
})
