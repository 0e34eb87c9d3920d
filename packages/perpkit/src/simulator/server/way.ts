import type { Clock } from '../../core/clock.ts'

/** One direction of a connection: what is sent arrives later, and in the same order. */
export class Way {
  readonly #clock: Clock
  readonly #lateMs: () => number
  readonly #timers = new Set<() => void>()
  #queue: (() => void)[] = []
  #lastAt = 0

  /** `lateMs` is asked at each sending. */
  constructor(clock: Clock, lateMs: () => number) {
    this.#clock = clock
    this.#lateMs = lateMs
  }

  /** Lets it arrive; at once when nothing is late and nothing is before it. */
  send(arrive: () => void): void {
    const now = this.#clock.now()
    const isFree = this.#queue.length === 0
    // A way that has become shorter overtakes nothing.
    const at = Math.max(now + this.#lateMs(), isFree ? now : this.#lastAt)
    if (isFree && at <= now) {
      arrive()
      return
    }
    this.#queue.push(arrive)
    this.#lastAt = at
    const cancel = this.#clock.after(at - now, () => {
      this.#timers.delete(cancel)
      this.#queue.shift()?.()
    })
    this.#timers.add(cancel)
  }

  /** What is on its way is lost. */
  stop(): void {
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    this.#queue = []
  }
}
