import { describe, expect, it } from 'vitest'
import { ManualClock } from '../core/clock.ts'
import { createExchangeTime } from './exchangeTime.ts'

/** An exchange whose clock is `ahead`, with round trips of the given lengths. */
function far(ahead: number, roundTrips: number[]) {
  const clock = new ManualClock(1_000_000)
  let asked = 0
  const time = createExchangeTime(clock, async () => {
    const roundTrip = roundTrips[asked++] ?? 0
    clock.advance(roundTrip / 2)
    const answer = clock.now() + ahead
    clock.advance(roundTrip / 2)
    return answer
  })
  return { clock, time, asked: () => asked }
}

describe('createExchangeTime', () => {
  it.each([30_000, -30_000, 0])('default: a clock %d ms away is met exactly', async (ahead) => {
    const { clock, time } = far(ahead, [200])
    expect(await time.now()).toBe(clock.now() + ahead)
  })

  it('behavior: asks once and remembers, until told to ask again', async () => {
    const { time, asked } = far(5, [10, 10])
    await time.now()
    await time.now()
    expect(asked()).toBe(1)
    await Promise.all([time.resync(), time.resync()])
    expect(asked()).toBe(2)
  })

  it('behavior: slow round trips are tried again, and the shortest counts', async () => {
    const { time, asked } = far(0, [3_000, 500, 2_000])
    await time.now()
    expect(asked()).toBe(3)
  })

  it('error: a failed question is told, and the next call asks again', async () => {
    const clock = new ManualClock(0)
    const answers = [Promise.reject(new Error('down')), Promise.resolve(7)]
    const time = createExchangeTime(clock, () => answers.shift() ?? Promise.resolve(0))
    await expect(time.now()).rejects.toThrow('down')
    expect(await time.now()).toBe(7)
  })
})
