import { expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { Delays } from './delays.ts'

test('default: ends with true when the time has passed', async () => {
  const clock = new ManualClock()
  const waiting = new Delays(clock).wait(100)
  clock.advance(100)
  await expect(waiting).resolves.toBe(true)
})

test('behavior: those cut short end with false, and time cannot wake them again', async () => {
  const clock = new ManualClock()
  const delays = new Delays(clock)
  const both = Promise.all([delays.wait(100), delays.wait(200)])
  delays.cutAll()
  clock.advance(1_000)
  await expect(both).resolves.toEqual([false, false])
})
