import type { Clock } from 'perpkit'
import { ManualClock } from '../../packages/perpkit/src/core/clock.ts'

/** A manual clock that moves by itself to whatever somebody waits for, as soon as all is quiet. */
export function createEagerClock(now: number): Clock {
  const clock = new ManualClock(now)
  return {
    now: () => clock.now(),
    after(ms, task) {
      const due = clock.now() + ms
      let isWaiting = true
      const cancel = clock.after(ms, () => {
        isWaiting = false
        task()
      })
      setImmediate(() => {
        if (isWaiting) clock.advance(Math.max(0, due - clock.now()))
      })
      return () => {
        isWaiting = false
        cancel()
      }
    },
  }
}
