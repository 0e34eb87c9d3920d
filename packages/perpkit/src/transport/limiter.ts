import type { Clock } from '../core/clock.ts'
import { lineOf, type Waited, type Wish } from './budgetLine.ts'
import type { BudgetStore, Quota, Share } from './budgetStore.ts'

export type { Waited } from './budgetLine.ts'
export type { BudgetClass } from './budgetStore.ts'

/** A budget the exchange counts requests against. */
export interface Bucket extends Quota {
  name: string
  /** What the exchange counts on; `symbol`: on each symbol of a key, `'orders@BTCUSDT'` in a cost. */
  scope: 'address' | 'key' | 'symbol'
}

/** Whose budgets these are: the same text for all who share them, never a secret. */
export interface Owner {
  /** Exchange and outgoing address. */
  address: string
  /** Exchange and account. */
  key: string
}

/** Units by bucket; buckets nobody declared are free. */
export type Cost = Readonly<Record<string, number>>

/** What an exchange says of one of its budgets. */
export interface Usage {
  name: string
  used?: number | undefined
  left?: number | undefined
  limit?: number | undefined
  /** Milliseconds until the budget is whole again. */
  resetInMs?: number | undefined
}

/** The request budgets of one exchange object. */
export interface Budget {
  /** Waits until all of it was taken, the deadline would pass, or the signal ends it. */
  acquire(cost: Cost, wish: Wish): Promise<Waited>
  /** Counts at least what the exchange counted up to `ageMs` ago; what cannot be is ignored. */
  report(usage: readonly Usage[], ageMs?: number): void
  /** Closes the named budgets for everybody; `'address'`: all there are. */
  close(names: readonly string[] | 'address', ms: number | undefined): void
}

/** Any request of the address; closed when the exchange shuts the address out. */
const EVERYTHING = '*'
/** Where the exchange does not say how long: a tenth of the window, this long at least. */
const MIN_CLOSURE_MS = 500

/** The budgets of `owner`, kept in `store`. */
export function createBudget(
  buckets: readonly Bucket[],
  owner: Owner,
  { store, clock }: { store: BudgetStore; clock: Clock },
): Budget {
  const line = lineOf(store, clock)
  const known = new Map(buckets.map((bucket) => [bucket.name, bucket]))
  const everything = { key: `${owner.address}:${EVERYTHING}`, limit: 1, windowMs: 60_000 }

  function locate(place: string): Omit<Share, 'amount'>[] {
    const [name = '', symbol = EVERYTHING] = place.split('@')
    const bucket = known.get(name)
    if (!bucket) return []
    const { scope, limit, windowMs } = bucket
    const whose = scope === 'address' ? owner.address : owner.key
    const key = `${whose}:${name}${scope === 'symbol' ? `@${symbol}` : ''}`
    return [{ key, limit, windowMs }]
  }

  /** A smaller limit than the published one is the one that counts. */
  function learn(name: string, limit: number | undefined): void {
    const bucket = known.get(name)
    if (bucket && isCount(limit) && limit >= 1 && limit < bucket.limit) {
      known.set(name, { ...bucket, limit })
    }
  }

  return {
    acquire(cost, wish) {
      const shares = Object.entries(cost).flatMap(([name, amount]) =>
        locate(name).map((place) => ({ ...place, amount })),
      )
      return line.stand([{ ...everything, amount: 0 }, ...shares], wish)
    },
    report(usage, ageMs = 0) {
      for (const told of usage) {
        const [name = ''] = told.name.split('@')
        const used = usedOf(told, known.get(name)?.limit)
        learn(name, told.limit)
        for (const place of locate(told.name)) {
          if (used !== undefined) line.settle(store.report(place, used, ageMs))
          const closure = told.left === 0 && isCount(told.resetInMs) ? told.resetInMs : 0
          if (closure > 0) line.settle(store.close([place], closure))
        }
      }
    },
    close(names, ms) {
      const places = names === 'address' ? [everything] : names.flatMap(locate)
      for (const place of places) {
        const closure = isCount(ms) ? ms : Math.max(MIN_CLOSURE_MS, place.windowMs / 10)
        line.settle(store.close([place], closure))
      }
    },
  }
}

/** Told numbers further off than this many limits are none. */
const ABSURD = 10

function usedOf({ used, left, limit }: Usage, ours: number | undefined): number | undefined {
  if (ours === undefined) return undefined
  const whole = isCount(limit) && limit >= 1 ? limit : ours
  const count = used ?? (isCount(left) && left <= whole ? whole - left : undefined)
  return isCount(count) && count <= ours * ABSURD ? count : undefined
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0
}
