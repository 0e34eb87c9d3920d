import type { Clock } from '../core/clock.ts'

/** The exchange's clock as seen from here. */
export interface ExchangeTime {
  /** Exchange time in milliseconds; asks the exchange first when it never has. */
  now(): Promise<number>
  /** Asks the exchange again. */
  resync(): Promise<void>
}

/** A round trip this short is good enough: its half is far inside any exchange's window. */
const GOOD_ROUND_TRIP_MS = 400
const MAX_SAMPLES = 3

/**
 * Follows the exchange's clock by the difference to ours, taken in the middle of the question's
 * round trip; of several slow round trips the shortest counts. `ask` must not wait before it sends.
 */
export function createExchangeTime(clock: Clock, ask: () => Promise<number>): ExchangeTime {
  let offset: number | undefined
  let asking: Promise<void> | undefined

  async function measure(): Promise<void> {
    let shortest = Number.POSITIVE_INFINITY
    for (let sample = 1; sample <= MAX_SAMPLES && shortest > GOOD_ROUND_TRIP_MS; sample++) {
      const before = clock.now()
      const answer = await ask()
      const roundTrip = clock.now() - before
      if (roundTrip >= shortest) continue
      shortest = roundTrip
      offset = answer - (before + roundTrip / 2)
    }
  }
  function resync(): Promise<void> {
    asking ??= measure().finally(() => {
      asking = undefined
    })
    return asking
  }
  return {
    async now() {
      if (offset === undefined) await resync()
      return Math.floor(clock.now() + (offset ?? 0))
    },
    resync,
  }
}
