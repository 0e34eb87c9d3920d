import type { Clock } from '../core/clock.ts'

/** The exchange's clock as seen from here. */
export interface ExchangeTime {
  /** Exchange time in milliseconds; asks the exchange first when it never has. */
  now(): Promise<number>
  /** Asks the exchange again. */
  resync(): Promise<void>
}

/**
 * Follows the exchange's clock by the difference to ours, taken in the middle of the question's
 * round trip.
 */
export function createExchangeTime(clock: Clock, ask: () => Promise<number>): ExchangeTime {
  let offset: number | undefined
  let asking: Promise<void> | undefined

  async function measure(): Promise<void> {
    const before = clock.now()
    const answer = await ask()
    offset = answer - (before + clock.now()) / 2
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
