import { expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { Delays } from './delays.ts'

test('default: goes on when the time has passed, at the time it was due', () => {
  const clock = new ManualClock()
  const heard: [boolean, number][] = []
  new Delays(clock).hold(100, (hasPassed) => heard.push([hasPassed, clock.now()]))
  clock.advance(99)
  expect(heard).toEqual([])
  clock.advance(1_000)
  expect(heard).toEqual([[true, 100]])
})

test('args: 0 goes on at once', () => {
  const heard: boolean[] = []
  new Delays(new ManualClock()).hold(0, (hasPassed) => heard.push(hasPassed))
  expect(heard).toEqual([true])
})

test('behavior: those cut short go on with false, and time cannot wake them again', () => {
  const clock = new ManualClock()
  const delays = new Delays(clock)
  const heard: boolean[] = []
  for (const ms of [100, 200]) delays.hold(ms, (hasPassed) => heard.push(hasPassed))
  delays.cutAll()
  clock.advance(1_000)
  expect(heard).toEqual([false, false])
})
