import type { Clock } from 'perpkit'

/** Time for leases; the machine is asked for it nowhere else in this package. */
export interface StoreClock extends Clock {
  /** Like `after`, but a process that has nothing else to do does not stay for it. */
  background(ms: number, task: () => void): () => void
}

export const systemClock: StoreClock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
  background(ms, task) {
    const timer = setTimeout(task, ms).unref()
    return () => clearTimeout(timer)
  },
}

/** Waits; rejects with the signal's reason when it is aborted before. */
export function sleep(clock: StoreClock, ms: number, signal?: AbortSignal): Promise<void> {
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
