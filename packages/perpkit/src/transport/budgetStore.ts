// What a budget is kept in: this process (memoryStore) or a Redis several processes share
// (redisStore). Both count with the same arithmetic (gcra).

/** Who asks: `protect` may use the reserve that `ordinary` may not. */
export type BudgetClass = 'ordinary' | 'protect'

/** So much may be used in any window of this length. */
export interface Quota {
  limit: number
  windowMs: number
}

/** What one request takes from one bucket. */
export interface Share extends Quota {
  /** The bucket, the same text for all who share it. */
  key: string
  /** A whole number; 0 only asks whether the bucket is closed. */
  amount: number
}

/** 0: taken. Else nothing was, and it is worth asking again after so many milliseconds. */
export interface Taking {
  waitMs: number
  /** The buckets that had too little. */
  short: readonly string[]
}

/** Where budgets are kept; the option `rateLimit.store`. */
export interface BudgetStore {
  /** Takes all shares or none. */
  take(shares: readonly Share[], budgetClass: BudgetClass): Taking | Promise<Taking>
  /**
   * The exchange has counted `used` in a window that ended up to `ageMs` ago (default 0), and we count
   * at least as much from now on. What was taken while the answer travelled may be in its count or not.
   */
  report(bucket: Omit<Share, 'amount'>, used: number, ageMs?: number): void | Promise<void>
  /** Nobody takes from these buckets for so long; never shortens what was said before. */
  close(buckets: readonly Omit<Share, 'amount'>[], ms: number): void | Promise<void>
}
