import { expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { createVenueClock, Machine } from './venueClock.ts'

test('default: follows its clock', () => {
  const clock = new ManualClock(1_000)
  const venue = createVenueClock(clock, 0)
  clock.advance(50)
  expect(venue.now()).toBe(1_050)
})

test.each([
  [95_000, true],
  [94_999, false],
  [100_999, true],
  [101_000, false],
])('args: %d is current at 100 000 from 5 s before until before 1 s after: %s', (at, expected) => {
  const venue = createVenueClock(new ManualClock(100_000), 0)
  expect(venue.isCurrent(at, 5_000, 1_000)).toBe(expected)
})

test('behavior: a skew moves the time and the window', () => {
  const venue = createVenueClock(new ManualClock(100_000), 10_000)
  expect(venue.now()).toBe(110_000)
  expect(venue.isCurrent(100_000, 5_000, 1_000)).toBe(false)
  expect(venue.isCurrent(110_000, 5_000, 1_000)).toBe(true)
})

test('behavior: with a machine besides, its time is current too, and skewed as well', () => {
  const machine = new Machine(new ManualClock(900_000))
  const venue = createVenueClock(new ManualClock(100_000), 0, machine)
  expect(venue.isCurrent(900_000, 5_000, 1_000)).toBe(true)
  expect(venue.isCurrent(100_000, 5_000, 1_000)).toBe(true)
  expect(venue.isCurrent(500_000, 5_000, 1_000)).toBe(false)
  const skewed = createVenueClock(new ManualClock(100_000), 60_000, machine)
  expect(skewed.isCurrent(900_000, 5_000, 1_000)).toBe(false)
})

test('behavior: a client that moved on while the manual clock stood is current', () => {
  const real = new ManualClock(900_000)
  const machine = new Machine(real)
  const venue = createVenueClock(new ManualClock(100_000), 0, machine)
  real.advance(30_000)
  expect(venue.isCurrent(130_000, 5_000, 1_000)).toBe(true)
  expect(venue.isCurrent(131_001, 5_000, 1_000)).toBe(false)
  machine.moved()
  expect(venue.isCurrent(130_000, 5_000, 1_000)).toBe(false)
})
