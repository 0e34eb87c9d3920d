import { describe, expect, it } from 'vitest'
import { ManualClock, sleep } from './clock.ts'
import { nextHex, nextInteger, seeded } from './random.ts'

describe('ManualClock', () => {
  it('default: tasks run in order of time and see the time they were due at', () => {
    const clock = new ManualClock(1_000)
    const seen: [string, number][] = []
    clock.after(20, () => seen.push(['b', clock.now()]))
    clock.after(10, () => {
      seen.push(['a', clock.now()])
      clock.after(5, () => seen.push(['nested', clock.now()]))
    })
    clock.advance(30)
    expect(seen).toEqual([
      ['a', 1_010],
      ['nested', 1_015],
      ['b', 1_020],
    ])
    expect(clock.now()).toBe(1_030)
  })

  it('behavior: a task that was called off does not run', () => {
    const clock = new ManualClock()
    let ran = false
    clock.after(1, () => {
      ran = true
    })()
    clock.advance(10)
    expect(ran).toBe(false)
  })

  it('error: an aborted sleep rejects with the reason', async () => {
    const clock = new ManualClock()
    const controller = new AbortController()
    const slept = sleep(clock, 100, controller.signal)
    controller.abort(new Error('enough'))
    await expect(slept).rejects.toThrow('enough')
    await expect(sleep(clock, 1, controller.signal)).rejects.toThrow('enough')
  })
})

describe('random', () => {
  it('default: the same seed gives the same numbers, another seed others', () => {
    const draw = (seed: number): string => nextHex(seeded(seed), 16)
    expect(draw(1)).toBe(draw(1))
    expect(draw(1)).not.toBe(draw(2))
  })

  it('behavior: whole numbers stay under their bound and reach all of it', () => {
    const random = seeded(7)
    const drawn = new Set(Array.from({ length: 500 }, () => nextInteger(random, 10)))
    expect([...drawn].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
