import type { Clock } from '../../core/clock.ts'

/** Requests and answers that are held back, and a way to let go of them all. */
export class Delays {
  readonly #clock: Clock
  readonly #held = new Set<() => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Goes on after `ms`, at once when that is 0: with `true` when they have passed, with `false` when
   * it was cut short. Not by a promise: what goes on must find the clock at the time it was due.
   */
  hold(ms: number, goOn: (hasPassed: boolean) => void): void {
    if (ms <= 0) {
      goOn(true)
      return
    }
    const cancel = this.#clock.after(ms, () => end(true))
    const cut = (): void => {
      cancel()
      end(false)
    }
    const end = (hasPassed: boolean): void => {
      this.#held.delete(cut)
      goOn(hasPassed)
    }
    this.#held.add(cut)
  }

  cutAll(): void {
    for (const cut of [...this.#held]) cut()
  }
}
