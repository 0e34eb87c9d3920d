import type { Clock } from '../core/clock.ts'
import type { BudgetClass, BudgetStore, Quota, Share } from './budgetStore.ts'
import {
  allowanceOf,
  countedAmount,
  longestDebt,
  MAX_CLOSURE_MS,
  type Pace,
  paceOf,
} from './gcra.ts'
import { SliceCount } from './slices.ts'

/** {@link BudgetStore} in this process: everything happens at once. */
export interface MemoryBudgetStore extends BudgetStore {
  take(shares: readonly Share[], budgetClass: BudgetClass): { waitMs: number; short: string[] }
  report(bucket: Omit<Share, 'amount'>, used: number, ageMs?: number): void
  close(buckets: readonly Omit<Share, 'amount'>[], ms: number): void
  /** The buckets anything was taken from. */
  buckets(): Omit<Share, 'amount'>[]
}

export interface MemoryStoreOptions {
  clock: Clock
  /** How many processes divide the limits among themselves. Default 1. */
  processes?: number
  /** What may go at once counts as gone already, by others nobody can ask. */
  startsEmpty?: boolean
}

/** Buckets nobody has used for a while are forgotten once there are so many. */
const MAX_CELLS = 2_000

/** Budgets kept in this process. */
export function createMemoryBudgetStore({
  clock,
  processes = 1,
  startsEmpty = false,
}: MemoryStoreOptions): MemoryBudgetStore {
  const cells = new Map<string, Cell>()
  const startedAt = clock.now()

  function cellOf({ key, limit, windowMs }: Omit<Share, 'amount'>): Cell {
    const known = cells.get(key)
    if (known) {
      known.setQuota({ limit, windowMs })
      return known
    }
    if (cells.size >= MAX_CELLS) forgetIdle(cells, clock.now())
    const cell = new Cell({ limit, windowMs }, processes)
    if (startsEmpty) cell.empty(startedAt)
    cells.set(key, cell)
    return cell
  }

  return {
    take(shares, budgetClass) {
      const now = clock.now()
      const asked = shares.map((share) => {
        const cell = cellOf(share)
        const amount = countedAmount(share.amount, share)
        return { cell, amount, key: share.key, wait: cell.wait(amount, now, budgetClass) }
      })
      const short = asked.filter(({ wait }) => wait > 0)
      if (short.length === 0) for (const { cell, amount } of asked) cell.take(amount, now)
      return {
        waitMs: Math.max(0, ...short.map(({ wait }) => wait)),
        short: short.map(({ key }) => key),
      }
    },
    report(bucket, used, ageMs = 0) {
      cellOf(bucket).lift(used, clock.now(), ageMs)
    },
    close(buckets, ms) {
      for (const bucket of buckets) cellOf(bucket).close(clock.now() + Math.min(ms, MAX_CLOSURE_MS))
    },
    buckets() {
      return [...cells].map(([key, { quota }]) => ({ key, ...quota }))
    },
  }
}

function forgetIdle(cells: Map<string, Cell>, now: number): void {
  for (const [key, cell] of cells) if (cell.isIdle(now)) cells.delete(key)
}

/** Milliseconds that sums of fractions may be off. */
const ROUNDING = 1e-6

class Cell {
  readonly #processes: number
  readonly #counted: SliceCount
  #pace: Pace
  quota: Quota
  /** When the debt is paid. */
  #paidAt = Number.NEGATIVE_INFINITY
  #closedUntil = Number.NEGATIVE_INFINITY

  constructor(quota: Quota, processes: number) {
    this.quota = quota
    this.#processes = processes
    this.#pace = paceOf(quota, { processes })
    this.#counted = new SliceCount(quota.windowMs)
  }

  /** A limit that was learned to be another one holds from now on. */
  setQuota(quota: Quota): void {
    if (quota.limit === this.quota.limit) return
    this.quota = { ...this.quota, limit: quota.limit }
    this.#pace = paceOf(this.quota, { processes: this.#processes })
  }

  empty(now: number): void {
    this.#paidAt = now + this.#pace.burst * this.#pace.perUnitMs
  }

  // A call that costs more than may stand at once goes when nothing was owed for the difference: the
  // sums of all windows stay the same.
  wait(amount: number, now: number, budgetClass: BudgetClass): number {
    const { perUnitMs } = this.#pace
    this.#paidAt = Math.min(this.#paidAt, now + longestDebt(this.quota, this.#pace))
    const owed = this.#paidAt - now + (amount - allowanceOf(this.#pace, budgetClass)) * perUnitMs
    const wait = Math.max(amount > 0 ? owed : 0, this.#closedUntil - now)
    return wait <= ROUNDING ? 0 : Math.ceil(wait)
  }

  take(amount: number, now: number): void {
    if (amount === 0) return
    this.#paidAt = Math.max(this.#paidAt, now) + amount * this.#pace.perUnitMs
    this.#counted.add(amount, now)
  }

  /** What others have used beside us becomes our debt, and is paid within one window. */
  lift(used: number, now: number, ageMs: number): void {
    const unseen = used - this.#counted.total(now, ageMs)
    if (unseen > 0) this.take(unseen, now)
    this.#paidAt = Math.min(this.#paidAt, now + longestDebt(this.quota, this.#pace))
  }

  close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until)
  }

  isIdle(now: number): boolean {
    return Math.max(this.#paidAt, this.#closedUntil) < now - 2 * this.quota.windowMs
  }
}
