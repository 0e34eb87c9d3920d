import type { Clock } from '../../core/clock.ts'
import type { VenueClock } from './types.ts'

/** The machine's time beside a manual clock, and for how long that clock has stood still. */
export class Machine {
  readonly #clock: Clock
  #movedAt: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#movedAt = clock.now()
  }

  now(): number {
    return this.#clock.now()
  }

  stoodFor(): number {
    return this.#clock.now() - this.#movedAt
  }

  /** The manual clock was moved just now. */
  moved(): void {
    this.#movedAt = this.#clock.now()
  }
}

/**
 * A venue's time for one request. `machine` is given under a manual clock, which no client can
 * follow: its time then counts as current too, and so does that of a client that has read the
 * standing clock and moved on with real time. A skew moves both.
 */
export function createVenueClock(clock: Clock, skewMs: number, machine?: Machine): VenueClock {
  const now = (): number => clock.now() + skewMs
  return {
    now,
    isCurrent(timestamp, past, future) {
      const stoodFor = machine?.stoodFor() ?? 0
      if (isWithin(timestamp, now(), past, future + stoodFor)) return true
      return machine !== undefined && isWithin(timestamp, machine.now() + skewMs, past, future)
    },
  }
}

function isWithin(timestamp: number, now: number, past: number, future: number): boolean {
  return timestamp >= now - past && timestamp < now + future
}
