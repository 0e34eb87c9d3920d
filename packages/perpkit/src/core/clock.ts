/** Time, and nothing else in this house asks the machine for it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number
  /** Calls `task` once after `ms`; the returned function calls it off. */
  after(ms: number, task: () => void): () => void
}

/** Waits `ms`; rejects with the signal's reason when it is aborted before. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', abort)
      resolve()
    })
    const abort = (): void => {
      cancel()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

interface Waiting {
  at: number
  order: number
  task: () => void
}

/** A clock that moves only when told, running due tasks in order of time. */
export class ManualClock implements Clock {
  #now: number
  #order = 0
  readonly #waiting = new Set<Waiting>()

  constructor(now = 0) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, task: () => void): () => void {
    const waiting: Waiting = { at: this.#now + Math.max(0, ms), order: this.#order++, task }
    this.#waiting.add(waiting)
    return () => this.#waiting.delete(waiting)
  }

  /** Moves time by `ms`; tasks that come due see the time they were due at. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#waiting.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.task()
    }
    this.#now = end
  }

  #next(end: number): Waiting | undefined {
    let first: Waiting | undefined
    for (const waiting of this.#waiting) {
      if (waiting.at > end) continue
      if (
        !first ||
        waiting.at < first.at ||
        (waiting.at === first.at && waiting.order < first.order)
      ) {
        first = waiting
      }
    }
    return first
  }
}
