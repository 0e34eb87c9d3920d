import type { Clock } from '../core/clock.ts'
import type { BudgetClass, BudgetStore, Share, Taking } from './budgetStore.ts'

// Where requests of one process stand in line for the budgets of one store: protection first, then
// in order of arrival. Nobody is overtaken at a bucket that is too empty for him.

/** How a wait for a budget ended: `late` when the deadline comes before the budget. */
export type Waited = { kind: 'taken' } | { kind: 'aborted' } | { kind: 'late'; waitMs: number }

/** Who waits, and for how long at most. */
export interface Wish {
  budgetClass: BudgetClass
  /** Milliseconds since the epoch. */
  deadline: number
  signal?: AbortSignal | undefined
}

export interface Line {
  stand(shares: readonly Share[], wish: Wish): Promise<Waited>
  /** What a store does on the side; a failure there is the store's own matter. */
  settle(doing: void | Promise<void>): void
}

const lines = new WeakMap<BudgetStore, WeakMap<Clock, Line>>()

/** The one line for a store: all exchange objects with that store and clock stand in it. */
export function lineOf(store: BudgetStore, clock: Clock): Line {
  const byClock = lines.get(store) ?? new WeakMap<Clock, Line>()
  lines.set(store, byClock)
  const line = byClock.get(clock) ?? new BudgetLine(store, clock)
  byClock.set(clock, line)
  return line
}

interface Standing {
  shares: readonly Share[]
  budgetClass: BudgetClass
  deadline: number
  /** Not worth asking for before, because these buckets are too empty. */
  dueAt: number
  lacks: readonly string[]
  end(waited: Waited): void
}

class BudgetLine implements Line {
  readonly #store: BudgetStore
  readonly #clock: Clock
  /** Those who ask for protection stand before all others. */
  #standing: Standing[] = []
  #isServing = false
  #hasNews = false
  #cancelWake: (() => void) | undefined

  constructor(store: BudgetStore, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  stand(shares: readonly Share[], { budgetClass, deadline, signal }: Wish): Promise<Waited> {
    if (signal?.aborted) return Promise.resolve({ kind: 'aborted' })
    return new Promise((resolve) => {
      const abort = (): void => one.end({ kind: 'aborted' })
      const one: Standing = {
        shares,
        budgetClass,
        deadline,
        dueAt: this.#clock.now(),
        lacks: [],
        end: (waited) => {
          signal?.removeEventListener('abort', abort)
          this.#standing = this.#standing.filter((other) => other !== one)
          resolve(waited)
        },
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#enter(one)
      this.#serve()
    })
  }

  settle(doing: void | Promise<void>): void {
    if (doing) doing.then(undefined, () => undefined)
  }

  #enter(one: Standing): void {
    const before = this.#standing.findIndex(
      (other) => one.budgetClass === 'protect' && other.budgetClass === 'ordinary',
    )
    if (before === -1) this.#standing.push(one)
    else this.#standing.splice(before, 0, one)
  }

  #serve(): void {
    this.#hasNews = true
    if (this.#isServing) return
    this.#isServing = true
    this.#cancelWake?.()
    this.#rounds()
  }

  /** Goes down the line, again when somebody has entered meanwhile, then sleeps until one is due. */
  #rounds(): void {
    this.#hasNews = false
    const short = new Map<string, number>()
    this.#next([...this.#standing], short)
  }

  // Stays in one turn of the event loop as long as the store answers at once.
  #next(rest: Standing[], short: Map<string, number>): void {
    for (let one = rest.shift(); one; one = rest.shift()) {
      const current = one
      if (!this.#standing.includes(current)) continue
      const blocked = current.shares.map(({ key }) => key).filter((key) => short.has(key))
      if (blocked.length > 0) {
        this.#postpone(current, Math.max(...blocked.map((key) => short.get(key) ?? 0)), blocked)
        continue
      }
      if (current.dueAt > this.#clock.now()) {
        for (const key of current.lacks) short.set(key, current.dueAt)
        continue
      }
      const taking = this.#store.take(current.shares, current.budgetClass)
      if (taking instanceof Promise) {
        taking.then(
          (answer) => {
            this.#conclude(current, answer, short)
            this.#next(rest, short)
          },
          () => {
            // A store that fails instead of falling back is asked again shortly.
            this.#conclude(current, { waitMs: 100, short: [] }, short)
            this.#next(rest, short)
          },
        )
        return
      }
      this.#conclude(current, taking, short)
    }
    if (this.#hasNews) {
      this.#rounds()
      return
    }
    this.#isServing = false
    this.#sleep()
  }

  #conclude(one: Standing, { waitMs, short: empty }: Taking, short: Map<string, number>): void {
    if (waitMs === 0) {
      one.end({ kind: 'taken' })
      return
    }
    const dueAt = this.#clock.now() + waitMs
    for (const key of empty) short.set(key, Math.max(short.get(key) ?? 0, dueAt))
    this.#postpone(one, dueAt, empty)
  }

  #postpone(one: Standing, dueAt: number, lacks: readonly string[]): void {
    one.dueAt = dueAt
    one.lacks = lacks
    const now = this.#clock.now()
    if (dueAt > one.deadline) one.end({ kind: 'late', waitMs: Math.ceil(dueAt - now) })
  }

  #sleep(): void {
    if (this.#standing.length === 0) return
    const dueAt = Math.min(...this.#standing.map((one) => one.dueAt))
    const wait = Math.max(1, Math.ceil(dueAt - this.#clock.now()))
    this.#cancelWake = this.#clock.after(wait, () => {
      this.#cancelWake = undefined
      this.#serve()
    })
  }
}
