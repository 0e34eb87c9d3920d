import type { Clock } from '../../core/clock.ts'
import type { Decimal } from '../../core/decimal.ts'

/** Milliseconds from the start of the path, and the price then. */
export type PathPoint = readonly [msFromNow: number, price: Decimal]

/** Begins to drive a price; `onEnd` is told when it has come to its end, the result stops it. */
export type Drive = (onEnd: () => void) => () => void

/** What drives prices by itself: at most one path an asset. */
export class Paths {
  readonly #running = new Map<string, { number: number; stop: () => void }>()
  #begun = 0

  /** Number of the latest path. */
  get latest(): number {
    return this.#begun
  }

  /** Lets a path drive the price of `baseAsset`; one that did so before is stopped. */
  begin(baseAsset: string, drive: Drive): void {
    this.#running.get(baseAsset)?.stop()
    const number = ++this.#begun
    let hasEnded = false
    const stop = drive(() => {
      hasEnded = true
      if (this.#running.get(baseAsset)?.number === number) this.#running.delete(baseAsset)
    })
    if (hasEnded) this.#running.delete(baseAsset)
    else this.#running.set(baseAsset, { number, stop })
  }

  /** Stops the paths begun after the one with that number. */
  stopAfter(number: number): void {
    for (const [baseAsset, path] of this.#running) {
      if (path.number <= number) continue
      path.stop()
      this.#running.delete(baseAsset)
    }
  }
}

/** Drives a price through points in order of time; those that are due already act at once. */
export function drivePoints(
  clock: Clock,
  points: readonly PathPoint[],
  setPrice: (price: Decimal) => void,
): Drive {
  return (onEnd) => {
    const start = clock.now()
    let cancel = (): void => {}
    let index = 0
    const step = (): void => {
      let point = points[index]
      while (point && start + point[0] <= clock.now()) {
        setPrice(point[1])
        point = points[++index]
      }
      if (point) cancel = clock.after(start + point[0] - clock.now(), step)
      else onEnd()
    }
    step()
    return () => cancel()
  }
}
