import type { Clock } from '../../core/clock.ts'

/** Requests that are held back, and a way to let go of them all. */
export class Delays {
  readonly #clock: Clock
  readonly #held = new Set<() => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Waits `ms`: `true` when they have passed, `false` when it was cut short. */
  wait(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, () => end(true))
      const cut = (): void => {
        cancel()
        end(false)
      }
      const end = (hasPassed: boolean): void => {
        this.#held.delete(cut)
        resolve(hasPassed)
      }
      this.#held.add(cut)
    })
  }

  cutAll(): void {
    for (const cut of [...this.#held]) cut()
  }
}
