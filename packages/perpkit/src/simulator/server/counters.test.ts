import { describe, expect, test } from 'vitest'
import { Counters } from './counters.ts'
import type { Charge } from './types.ts'

const fixed: Charge = {
  counter: 'weight',
  scope: 'address',
  limit: 10,
  windowMs: 1_000,
  window: 'fixed',
  amount: 4,
}
const sliding: Charge = { ...fixed, window: 'sliding' }

describe('fixed windows', () => {
  test('default: sum up to the end of the window, whenever it was entered', () => {
    const counters = new Counters()
    expect(counters.add('a', fixed, 5_300)).toEqual({ used: 4, resetAt: 6_000, freeAt: 5_300 })
    expect(counters.add('a', fixed, 5_999)).toEqual({ used: 8, resetAt: 6_000, freeAt: 6_000 })
    expect(counters.look('a', fixed, 6_000)).toEqual({ used: 0, resetAt: 7_000, freeAt: 6_000 })
  })

  test('behavior: a charge that just fits has room', () => {
    const counters = new Counters()
    counters.add('a', { ...fixed, amount: 6 }, 0)
    expect(counters.look('a', fixed, 0).freeAt).toBe(0)
    expect(counters.look('a', { ...fixed, amount: 5 }, 0).freeAt).toBe(1_000)
  })
})

describe('sliding windows', () => {
  test('default: an entry counts for exactly the window', () => {
    const counters = new Counters()
    counters.add('a', sliding, 5_300)
    expect(counters.look('a', sliding, 6_299).used).toBe(4)
    expect(counters.look('a', sliding, 6_300).used).toBe(0)
  })

  test('behavior: there is room once enough of the oldest has gone', () => {
    const counters = new Counters()
    counters.add('a', { ...sliding, amount: 1 }, 100)
    counters.add('a', { ...sliding, amount: 4 }, 200)
    counters.add('a', { ...sliding, amount: 5 }, 300)
    const stand = counters.look('a', sliding, 400)
    expect(stand).toEqual({ used: 10, resetAt: 1_100, freeAt: 1_200 })
  })

  test('behavior: no waiting helps a charge above the limit', () => {
    const counters = new Counters()
    expect(counters.look('a', { ...sliding, amount: 11 }, 400).freeAt).toBe(1_400)
  })
})

describe('refilling counters', () => {
  const refilling: Charge = { ...fixed, window: 'refill' }

  test('default: what was taken comes back evenly', () => {
    const counters = new Counters()
    expect(counters.add('a', refilling, 5_300)).toEqual({ used: 4, resetAt: 5_700, freeAt: 5_300 })
    expect(counters.look('a', refilling, 5_399).used).toBe(4)
    expect(counters.look('a', refilling, 5_400).used).toBe(3)
    expect(counters.look('a', refilling, 9_000)).toEqual({ used: 0, resetAt: 9_000, freeAt: 9_000 })
  })

  test('behavior: a unit that has begun to come back is not begun anew by what is taken', () => {
    const counters = new Counters()
    counters.add('a', { ...refilling, amount: 5 }, 0)
    counters.add('a', { ...refilling, amount: 5 }, 90)
    expect(counters.look('a', refilling, 100).used).toBe(9)
  })

  test('behavior: there is room once enough has come back', () => {
    const counters = new Counters()
    counters.add('a', { ...refilling, amount: 9 }, 0)
    expect(counters.look('a', refilling, 250)).toEqual({ used: 7, resetAt: 900, freeAt: 300 })
    expect(counters.look('a', { ...refilling, amount: 11 }, 250).freeAt).toBe(1_250)
  })
})

test('behavior: owners, scopes, names and windows are counters of their own', () => {
  const counters = new Counters()
  counters.add('a', fixed, 0)
  const others: [string, Charge][] = [
    ['b', fixed],
    ['a', { ...fixed, scope: 'account' }],
    ['a', { ...fixed, counter: 'orders' }],
    ['a', { ...fixed, windowMs: 2_000 }],
  ]
  for (const [owner, charge] of others) expect(counters.look(owner, charge, 0).used).toBe(0)
  expect(counters.look('a', fixed, 0).used).toBe(4)
})

test('behavior: looking, and adding nothing, change nothing', () => {
  const counters = new Counters()
  counters.look('a', fixed, 0)
  counters.add('a', { ...fixed, amount: 0 }, 0)
  expect(counters.look('a', fixed, 0).used).toBe(0)
})

test('behavior: of very many owners the one not seen for longest is forgotten', () => {
  const counters = new Counters()
  const day: Charge = { ...fixed, windowMs: 86_400_000 }
  for (let owner = 0; owner <= 50_000; owner++) {
    counters.add(`${owner}`, day, 0)
    if (owner === 1) counters.add('0', day, 0)
  }
  expect(counters.look('0', day, 0).used).toBe(8)
  expect(counters.look('1', day, 0).used).toBe(0)
  expect(counters.look('50000', day, 0).used).toBe(4)
})
