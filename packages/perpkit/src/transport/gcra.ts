import type { BudgetClass, Quota } from './budgetStore.ts'

// Generic cell rate algorithm: a bucket is one number, the moment its debt is paid. What may go at
// once (`burst`) and what trickles in during a window add up to less than `limit + 1`, so that no
// sliding window ever holds more than `limit` whole units.

/** How fast a bucket may be used. */
export interface Pace {
  /** Milliseconds of debt one unit costs: the emission interval. */
  perUnitMs: number
  /** Units of debt that may stand at once. */
  burst: number
}

/** Share of a limit that may go at once; the rest trickles in over the window. */
const AT_ONCE = 0.08
/** Units are whole: a window that has room for less than one more is not exceeded. */
const LAST_UNIT = 0.95
/** Share of what may go at once that only stops, cancels and reduce-only closes may use. */
const RESERVE = 0.2
/** Requests do not travel equally long; the window is reckoned longer by this share, at most 100 ms. */
const TRAVEL = 0.02
const MAX_TRAVEL_MS = 100
/** Units one process may hold ahead (decision 0008). */
const MAX_LOT = 20

/**
 * The pace of one of `processes` that share a bucket without talking to each other, or of all of them
 * together when they take lots of `lot` units ahead from one place. Without talking, one call that
 * costs more than `limit / processes` cannot be kept from meeting another.
 */
export function paceOf(
  { limit, windowMs }: Quota,
  { processes = 1, lot = 0 }: { processes?: number; lot?: number } = {},
): Pace {
  const window = windowMs + Math.min(windowMs * TRAVEL, MAX_TRAVEL_MS)
  const perUnitMs = window / (limit * (1 - AT_ONCE))
  const burst = limit * AT_ONCE + LAST_UNIT
  if (lot > 0) return { perUnitMs, burst: burst - lot * processes }
  return { perUnitMs: perUnitMs * processes, burst: burst / processes }
}

/**
 * How many units each of `processes` may hold ahead: together at most half of what may go at once,
 * so that `rate × window + burst + lot × processes` stays within the limit. 0 where that is too
 * little to be of use.
 */
export function lotOf({ limit }: Quota, processes: number): number {
  const lot = Math.min(MAX_LOT, Math.floor((limit * AT_ONCE) / 2 / processes))
  return lot < 2 ? 0 : lot
}

/** Units of debt that may stand after a call of this class. */
export function allowanceOf({ burst }: Pace, budgetClass: BudgetClass): number {
  return budgetClass === 'protect' ? burst : burst * (1 - RESERVE)
}

/** What a request counts as: more than the limit would never go. */
export function countedAmount(amount: number, { limit }: Quota): number {
  return Math.min(Math.max(0, Math.ceil(amount)), limit)
}

/** No exchange bans for longer. */
export const MAX_CLOSURE_MS: number = 3 * 86_400_000

/** Milliseconds; more debt can only come from a clock that was set back. */
export function longestDebt({ limit }: Quota, { perUnitMs }: Pace): number {
  return limit * perUnitMs * 1.1
}
