import type { Clock } from '../../core/clock.ts'

/** Tasks that wait together, and are called off together. */
export class Timers {
  readonly #clock: Clock
  readonly #waiting = new Set<() => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The returned function calls the task off. */
  after(ms: number, task: () => void): () => void {
    const cancel = this.#clock.after(ms, () => {
      this.#waiting.delete(cancel)
      task()
    })
    this.#waiting.add(cancel)
    return () => {
      this.#waiting.delete(cancel)
      cancel()
    }
  }

  cancelAll(): void {
    for (const cancel of this.#waiting) cancel()
    this.#waiting.clear()
  }
}
