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

  it('behavior: who asks again and again in vain is answered three times a second', async () => {
    const { clock, time, asked } = far(5, [])
    await time.now()
    for (let count = 0; count < 9; count++) await time.resync()
    expect(asked()).toBe(4)
    clock.advance(1_000)
    await time.resync()
    expect(asked()).toBe(5)
  })

  it('behavior: slow round trips are tried again, and the shortest counts', async () => {
    const { time, asked } = far(0, [3_000, 500, 2_000])
    await time.now()
    expect(asked()).toBe(3)
  })

  it('behavior: a drift is followed while requests go on', async () => {
    // Ours gains a thousandth: a second in 17 minutes.
    const clock = new ManualClock(1_000_000)
    const truth = (): number => 5_000 + clock.now() * 0.999
    const time = createExchangeTime(clock, async () => truth())
    for (let minute = 0; minute < 30; minute++) {
      await time.now()
      clock.advance(60_000)
      const error = (await time.now()) - truth()
      await Promise.resolve()
      // Before the second sample nothing tells of a drift.
      expect(Math.abs(error), `minute ${minute}`).toBeLessThan(minute === 0 ? 61 : 2)
    }
  })

  it('behavior: after a long silence the exchange is asked first', async () => {
    const { clock, time, asked } = far(5, [10, 10])
    await time.now()
    clock.advance(700_000)
    expect(await time.now()).toBe(clock.now() + 5)
    expect(asked()).toBe(2)
  })

  it('behavior: a clock that was set back is noticed', async () => {
    const clock = new ManualClock(1_000_000)
    let back = 0
    const own = { now: () => clock.now() - back, after: clock.after.bind(clock) }
    const time = createExchangeTime(own, async () => clock.now())
    await time.now()
    back = 120_000
    expect(await time.now()).toBe(clock.now())
  })

  it('error: what is known serves on when the exchange is away', async () => {
    const clock = new ManualClock(0)
    const answers = [Promise.resolve(7)]
    const time = createExchangeTime(
      clock,
      () => answers.shift() ?? Promise.reject(new Error('down')),
    )
    await time.now()
    clock.advance(60_000)
    expect(await time.now()).toBe(60_007)
  })

  it('error: a failed question is told, and the next call asks again', async () => {
    const clock = new ManualClock(0)
    const answers = [Promise.reject(new Error('down')), Promise.resolve(7)]
    const time = createExchangeTime(clock, () => answers.shift() ?? Promise.resolve(0))
    await expect(time.now()).rejects.toThrow('down')
    expect(await time.now()).toBe(7)
  })
})
