import type { Clock } from '../core/clock.ts'

// Generic cell rate algorithm, one cell a bucket. A sliding window of `limit` per `windowMs` is
// never broken: what may go at once (`burst`) and what trickles in during a window add up to the
// limit.

/** Who asks: `protect` may use the reserve that `ordinary` may not. */
export type BudgetClass = 'ordinary' | 'protect'

export interface Bucket {
  name: string
  limit: number
  windowMs: number
}

export interface Budget {
  /**
   * Takes `cost` from each named bucket, all or nothing. Returns 0 when it was taken, else how many
   * milliseconds to wait before asking again.
   */
  take(cost: Readonly<Record<string, number>>, budgetClass: BudgetClass): number
}

/** Share of a limit that may go at once; the rest trickles in over the window. */
const AT_ONCE = 0.4

/** Share of what may go at once that only stops, cancels and reduce-only closes may use. */
const RESERVE = 0.2

/** Budgets kept in this process. */
export function createMemoryBudget(buckets: readonly Bucket[], clock: Clock): Budget {
  const cells = new Map(buckets.map((bucket) => [bucket.name, new Cell(bucket)]))
  return {
    take(cost, budgetClass) {
      const now = clock.now()
      const wanted = Object.entries(cost).flatMap(([name, amount]) => {
        const cell = cells.get(name)
        return cell && amount > 0 ? [{ cell, amount }] : []
      })
      const wait = Math.max(
        0,
        ...wanted.map(({ cell, amount }) => cell.wait(amount, now, budgetClass)),
      )
      if (wait === 0) for (const { cell, amount } of wanted) cell.take(amount, now)
      return wait
    },
  }
}

/** Milliseconds that sums of fractions may be off. */
const ROUNDING = 1e-6

class Cell {
  /** Milliseconds of debt one unit costs. */
  readonly #perUnit: number
  /** Milliseconds of debt that may stand at once. */
  readonly #burst: number
  /** When the debt is paid. */
  #paidAt = 0

  constructor({ limit, windowMs }: Bucket) {
    this.#perUnit = windowMs / (limit * (1 - AT_ONCE))
    this.#burst = limit * AT_ONCE * this.#perUnit
  }

  wait(amount: number, now: number, budgetClass: BudgetClass): number {
    const allowed = budgetClass === 'protect' ? this.#burst : this.#burst * (1 - RESERVE)
    const standing = Math.max(this.#paidAt - now, 0)
    const added = amount * this.#perUnit
    if (standing + added <= allowed + ROUNDING) return 0
    // What costs more than may ever stand at once goes when nothing is owed.
    return Math.ceil(added > allowed ? standing : standing + added - allowed)
  }

  take(amount: number, now: number): void {
    this.#paidAt = Math.max(this.#paidAt, now) + amount * this.#perUnit
  }
}
