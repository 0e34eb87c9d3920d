import type { Clock } from 'perpkit'
import type { Simulator } from 'perpkit/simulator'

export interface SteppingClock extends Clock {
  wait(ms: number): Promise<void>
}

/**
 * The simulator's manual time, moved on to whatever is waited for first as soon as nothing else can
 * happen: nobody waits, and the same seed gives the same times.
 */
export function steppingClock(simulator: Simulator): SteppingClock {
  const waiting: { due: number; task: () => void }[] = []
  let isStepping = false

  async function step(): Promise<void> {
    while (waiting.length > 0) {
      // Everything that can go on without time does so first.
      await new Promise((resolve) => setImmediate(resolve))
      waiting.sort((a, b) => a.due - b.due)
      const next = waiting.shift()
      if (!next) break
      const ms = Math.max(0, Math.ceil(next.due - simulator.now()))
      if (ms > 0) await simulator.control.advance({ ms })
      next.task()
    }
    isStepping = false
  }
  function after(ms: number, task: () => void): () => void {
    const entry = { due: simulator.now() + ms, task }
    waiting.push(entry)
    if (!isStepping) {
      isStepping = true
      void step()
    }
    return () => {
      const place = waiting.indexOf(entry)
      if (place >= 0) waiting.splice(place, 1)
    }
  }
  return {
    now: () => simulator.now(),
    after,
    wait: (ms) => new Promise((resolve) => void after(ms, () => resolve())),
  }
}
