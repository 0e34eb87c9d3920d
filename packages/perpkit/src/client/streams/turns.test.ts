import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../core/clock.ts'
import { createTurns } from './turns.ts'

/** When each of so many that ask at once goes on. */
async function timesOf(perSecond: number | undefined, count: number): Promise<number[]> {
  const clock = new ManualClock(5_000)
  const turn = createTurns(clock, perSecond)
  const times: number[] = []
  for (let each = 0; each < count; each++) {
    void turn().then(() => times.push(clock.now() - 5_000))
  }
  for (let passed = 0; passed < 100; passed++) {
    for (let settling = 0; settling < 10; settling++) await Promise.resolve()
    clock.advance(100)
  }
  return times
}

describe('turns', () => {
  test('default: nobody waits', async () => {
    expect(await timesOf(undefined, 5)).toEqual([0, 0, 0, 0, 0])
  })

  test('behavior: so many in any second, the others later and in order', async () => {
    expect(await timesOf(3, 7)).toEqual([0, 0, 0, 1_100, 1_100, 1_100, 2_200])
  })
})
