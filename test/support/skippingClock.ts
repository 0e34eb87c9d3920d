import type { Clock } from 'perpkit'

/** The machine's time, plus every pause that was asked for: nobody waits, and time still passes. */
export class SkippingClock implements Clock {
  #skipped = 0

  now(): number {
    return Date.now() + this.#skipped
  }

  after(ms: number, task: () => void): () => void {
    let isCalledOff = false
    setImmediate(() => {
      if (isCalledOff) return
      this.#skipped += ms
      task()
    })
    return () => {
      isCalledOff = true
    }
  }
}
