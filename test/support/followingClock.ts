import type { Clock } from 'perpkit'

/** A client's clock over a time that somebody else moves. */
export interface FollowingClock extends Clock {
  /** When the first task is due, in whole milliseconds. */
  nextDue(): number | undefined
  /** Runs what is due; what it sets anew for the same moment comes with the next call. */
  runDue(): void
  wait(ms: number): Promise<void>
  /** Somebody should look then: something may have happened. */
  mark(ms: number): void
}

export function followingClock(now: () => number): FollowingClock {
  const waiting: { due: number; order: number; task: () => void }[] = []
  let order = 0
  function after(ms: number, task: () => void): () => void {
    const entry = { due: Math.ceil(now() + Math.max(0, ms)), order: order++, task }
    const place = waiting.findIndex(({ due }) => due > entry.due)
    waiting.splice(place === -1 ? waiting.length : place, 0, entry)
    return () => {
      const found = waiting.indexOf(entry)
      if (found >= 0) waiting.splice(found, 1)
    }
  }
  return {
    now,
    after,
    nextDue: () => waiting[0]?.due,
    runDue() {
      const end = order
      for (;;) {
        const next = waiting.find((entry) => entry.order < end)
        if (!next || next.due > now()) return
        waiting.splice(waiting.indexOf(next), 1)
        next.task()
      }
    },
    wait: (ms) => new Promise((resolve) => void after(ms, resolve)),
    mark: (ms) => void (ms > 0 && after(ms, () => undefined)),
  }
}

/** Lets everything happen that needs no time. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
