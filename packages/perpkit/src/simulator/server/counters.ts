import type { Charge } from './types.ts'

/** How a counter stands. */
export interface Standing {
  used: number
  /**
   * When the window ends; of a sliding one, when its oldest entry leaves it; of a refilling counter,
   * when it is full again.
   */
  resetAt: number
  /** When there is room for the charge that was asked about; now, if there is. */
  freeAt: number
}

/**
 * Counters in windows of time, by owner. At most 50 000 are kept: beyond that, those not touched for
 * longest are forgotten.
 */
export class Counters {
  readonly #counters = new Map<string, Counter>()

  /** How the counter stands before anything is added. */
  look(owner: string, charge: Charge, now: number): Standing {
    const counter = this.#counters.get(keyOf(owner, charge)) ?? { entries: [], used: 0 }
    expire(counter, charge, now)
    return stand(counter, charge, now)
  }

  /** Adds the charge; how the counter stands then. */
  add(owner: string, charge: Charge, now: number): Standing {
    const key = keyOf(owner, charge)
    const counter = this.#counters.get(key) ?? { entries: [], used: 0 }
    expire(counter, charge, now)
    if (charge.amount > 0) {
      enter(counter, charge, now)
      this.#counters.delete(key)
      this.#counters.set(key, counter)
      this.#forgetOldest()
    }
    return stand(counter, charge, now)
  }

  #forgetOldest(): void {
    for (const key of this.#counters.keys()) {
      if (this.#counters.size <= MOST_COUNTERS) return
      this.#counters.delete(key)
    }
  }
}

interface Counter {
  /** Oldest first. */
  entries: Entry[]
  /** Their sum. */
  used: number
}

/** What was counted at one time. */
interface Entry {
  at: number
  amount: number
}

const MOST_COUNTERS = 50_000

function keyOf(owner: string, { scope, counter, windowMs }: Charge): string {
  return `${scope} ${owner} ${counter} ${windowMs}`
}

/** Takes off what is no longer in the window. */
function expire(counter: Counter, charge: Charge, now: number): void {
  const { window, windowMs } = charge
  if (window === 'refill') {
    refill(counter, charge, now)
    return
  }
  const from = window === 'fixed' ? windowStart(now, windowMs) : now - windowMs + 1
  let gone = 0
  for (const { at, amount } of counter.entries) {
    if (at >= from) break
    counter.used -= amount
    gone++
  }
  if (gone > 0) counter.entries.splice(0, gone)
}

/** Gives back whole units; the one entry stands at the time up to which that is done. */
function refill(counter: Counter, charge: Charge, now: number): void {
  const [entry] = counter.entries
  if (!entry) return
  const back = Math.floor(((now - entry.at) * charge.limit) / charge.windowMs)
  if (back <= 0) return
  const amount = Math.max(0, counter.used - back)
  const at = entry.at + refillTime(charge, back)
  counter.used = amount
  counter.entries = amount > 0 ? [{ at, amount }] : []
}

function refillTime({ limit, windowMs }: Charge, amount: number): number {
  return Math.ceil((amount * windowMs) / limit)
}

/** What leaves the window in the same moment is one entry; of a fixed or refilling one, all there is. */
function enter(counter: Counter, { amount, window, windowMs }: Charge, now: number): void {
  const at = window === 'fixed' ? windowStart(now, windowMs) : now
  const last = counter.entries.at(-1)
  if (last && (last.at === at || window === 'refill')) last.amount += amount
  else counter.entries.push({ at, amount })
  counter.used += amount
}

function stand(counter: Counter, charge: Charge, now: number): Standing {
  if (charge.window === 'refill') return standRefilling(counter, charge, now)
  const { entries, used } = counter
  const { amount, limit, window, windowMs } = charge
  const end = windowStart(now, windowMs) + windowMs
  const resetAt = window === 'fixed' ? end : (entries[0]?.at ?? now) + windowMs
  if (used + amount <= limit) return { used, resetAt, freeAt: now }
  if (window === 'fixed') return { used, resetAt, freeAt: end }
  let rest = used
  for (const entry of entries) {
    rest -= entry.amount
    if (rest + amount <= limit) return { used, resetAt, freeAt: entry.at + windowMs }
  }
  // More than there ever is: no waiting helps.
  return { used, resetAt, freeAt: now + windowMs }
}

function standRefilling({ entries, used }: Counter, charge: Charge, now: number): Standing {
  const { amount, limit, windowMs } = charge
  const from = entries[0]?.at ?? now
  const resetAt = from + refillTime(charge, used)
  if (used + amount <= limit) return { used, resetAt, freeAt: now }
  if (amount > limit) return { used, resetAt, freeAt: now + windowMs }
  return { used, resetAt, freeAt: from + refillTime(charge, used + amount - limit) }
}

function windowStart(now: number, windowMs: number): number {
  return Math.floor(now / windowMs) * windowMs
}
