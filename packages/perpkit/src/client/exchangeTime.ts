import type { Clock } from '../core/clock.ts'

/** The exchange's clock as seen from here. */
export interface ExchangeTime {
  /** Exchange time in milliseconds; asks the exchange first when it never has. */
  now(): Promise<number>
  /** The same without asking: our own time as long as the exchange was never asked. */
  estimate(): number
  /** Asks the exchange again, and forgets what was learned before. */
  resync(): Promise<void>
}

/** One question: our time in the middle of its round trip, and how far the exchange was ahead then. */
interface Sample {
  at: number
  offset: number
  roundTrip: number
}

/** A round trip this short is good enough: its half is far inside any exchange's window. */
const GOOD_ROUND_TRIP_MS = 400
const MAX_QUESTIONS = 3
/** Clocks drift: a sample this old is followed by another one, while requests go on. */
const FOLLOW_AFTER_MS = 30_000
/** The same, waited for: too much may have happened to the clock meanwhile. */
const STALE_AFTER_MS = 600_000
/** Samples this far apart tell a drift from the noise of their round trips. */
const DRIFT_SPAN_MS = 20_000
/** No clock that can be used drifts faster; what looks so was set. */
const MAX_DRIFT = 0.05
const SAMPLES_KEPT = 8
/** How often one may ask in vain within a time: several requests may have been refused at once. */
const VAIN_ASKS = 3
const VAIN_WITHIN_MS = 1_000
/** An answer that moves our idea of the time by less was asked for in vain. */
const NEWS_MS = 100

/**
 * Follows the exchange's clock by the difference to ours, taken in the middle of the question's
 * round trip; of several slow round trips the shortest counts. Later samples follow the drift of the
 * two clocks. `ask` must not wait before it sends.
 */
export function createExchangeTime(clock: Clock, ask: () => Promise<number>): ExchangeTime {
  let samples: Sample[] = []
  let asking: Promise<void> | undefined
  let inVainAt: number[] = []

  async function question(): Promise<Sample> {
    const before = clock.now()
    const answer = await ask()
    const roundTrip = clock.now() - before
    const at = before + roundTrip / 2
    return { at, offset: answer - at, roundTrip }
  }
  async function measure(): Promise<void> {
    let best: Sample | undefined
    for (let asked = 0; asked < MAX_QUESTIONS; asked++) {
      const sample = await question()
      if (!best || sample.roundTrip < best.roundTrip) best = sample
      if (best.roundTrip <= GOOD_ROUND_TRIP_MS) break
    }
    if (best) samples = [...samples, best].slice(-SAMPLES_KEPT)
  }
  function learn(): Promise<void> {
    asking ??= measure().finally(() => {
      asking = undefined
    })
    return asking
  }
  function estimate(): number {
    const now = clock.now()
    const newest = samples.at(-1)
    return newest ? Math.floor(now + newest.offset + driftOf(samples) * (now - newest.at)) : now
  }
  return {
    estimate,
    async now() {
      const newest = samples.at(-1)
      const age = newest ? clock.now() - newest.at : Number.POSITIVE_INFINITY
      // A clock that was set back makes the last sample one of the future.
      if (age > STALE_AFTER_MS || age < -FOLLOW_AFTER_MS) await learn()
      // What is known serves on when the exchange does not answer.
      else if (age > FOLLOW_AFTER_MS) learn().catch(() => undefined)
      return estimate()
    },
    async resync() {
      const now = clock.now()
      // Who has just asked in vain learns nothing by asking again, and it would cost others' budget.
      inVainAt = inVainAt.filter((at) => Math.abs(now - at) < VAIN_WITHIN_MS)
      if (inVainAt.length >= VAIN_ASKS) return asking
      const before = samples.at(-1)?.offset
      samples = []
      await learn()
      const news = Math.abs((samples.at(-1)?.offset ?? 0) - (before ?? Number.POSITIVE_INFINITY))
      if (news < NEWS_MS) inVainAt.push(now)
    },
  }
}

/** How much the exchange's clock gains on ours in a millisecond of ours. */
function driftOf(samples: readonly Sample[]): number {
  const newest = samples.at(-1)
  const oldest = newest && samples.find((sample) => newest.at - sample.at >= DRIFT_SPAN_MS)
  if (!newest || !oldest) return 0
  const drift = (newest.offset - oldest.offset) / (newest.at - oldest.at)
  return Math.abs(drift) <= MAX_DRIFT ? drift : 0
}
