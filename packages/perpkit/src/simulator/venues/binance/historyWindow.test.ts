import { describe, expect, test } from 'vitest'
import { Params } from '../../server/params.ts'
import { newestOrOldest, readWindow } from './historyWindow.ts'
import { Sent } from './sent.ts'

const DAY = 86_400_000
const NOW = 100 * DAY

function held(fields: Record<string, string>): { days: number[]; hasStart: boolean } {
  const sent = new Sent({ params: new Params(fields), unknownWord: () => {} }, [
    'startTime',
    'endTime',
  ])
  const window = readWindow(sent, NOW)
  const days = Array.from({ length: 101 }, (_, day) => day).filter((day) => window.holds(day * DAY))
  return { days, hasStart: window.hasStart }
}

describe('readWindow', () => {
  test('default: the last 7 days', () => {
    expect(held({})).toEqual({ days: [93, 94, 95, 96, 97, 98, 99, 100], hasStart: false })
  })

  test('args: 7 days from a start, 7 days up to an end', () => {
    const start = held({ startTime: String(10 * DAY) })
    expect(start).toEqual({ days: [10, 11, 12, 13, 14, 15, 16, 17], hasStart: true })
    const end = held({ endTime: String(20 * DAY) })
    expect(end).toEqual({ days: [13, 14, 15, 16, 17, 18, 19, 20], hasStart: false })
  })

  test('args: both', () => {
    expect(held({ startTime: String(3 * DAY), endTime: String(4 * DAY) }).days).toEqual([3, 4])
    expect(held({ startTime: '0', endTime: String(7 * DAY) }).days).toHaveLength(8)
  })

  test.each([
    ['longer than 7 days', { startTime: '0', endTime: String(7 * DAY + 1) }, -4165],
    ['start after end', { startTime: '2', endTime: '1' }, -1023],
    ['no number', { startTime: 'now' }, -1100],
  ])('error: %s', (_name, fields, code) => {
    expect(() => held(fields)).toThrow(expect.objectContaining({ code }))
  })
})

test('default: a page is the oldest rows or the newest, ascending', () => {
  expect(newestOrOldest([1, 2, 3], 2, true)).toEqual([1, 2])
  expect(newestOrOldest([1, 2, 3], 2, false)).toEqual([2, 3])
  expect(newestOrOldest([], 2, false)).toEqual([])
})
