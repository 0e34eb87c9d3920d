import { add, type Decimal, isGreater, isLess, isPositive } from '../../core/decimal.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import type { Timers } from './timers.ts'

/** What is to be asked for; `orderId` is the exchange's own. */
export interface AuditEvents {
  fillsMissing(nativeSymbol: string): void
  orderMissing(nativeSymbol: string, orderId: string): void
}

/** What belongs together arrives within this time, whichever comes first. */
const TOGETHER_MS = 2_000
const ORDERS_KEPT = 5_000

/**
 * Orders and their fills prove each other: what an order says was executed, its fills must add up
 * to. Where one of the two is missing it was lost on the way, and is asked for.
 */
export class Audit {
  readonly #timers: Timers
  readonly #events: AuditEvents
  /** What the fills of each order add up to. */
  readonly #filled = new Map<string, Decimal>()
  /** What each order says. */
  readonly #executed = new Map<string, Decimal>()
  readonly #due = new Set<string>()

  constructor(timers: Timers, events: AuditEvents) {
    this.#timers = timers
    this.#events = events
  }

  noteOrder({ orderId, nativeSymbol, executedQty }: FuturesOrder): void {
    this.#remember(this.#executed, orderId, executedQty)
    if (isPositive(executedQty)) this.#checkLater(orderId, nativeSymbol)
  }

  noteFill({ orderId, nativeSymbol, quantity }: Fill): void {
    this.#remember(this.#filled, orderId, add(this.#filled.get(orderId) ?? '0', quantity))
    this.#checkLater(orderId, nativeSymbol)
  }

  /** What an order had executed before anyone listened is not missing. */
  excuse({ orderId, executedQty }: FuturesOrder): void {
    this.#remember(this.#executed, orderId, executedQty)
    this.#remember(this.#filled, orderId, executedQty)
  }

  #checkLater(orderId: string, nativeSymbol: string): void {
    if (this.#due.has(orderId)) return
    this.#due.add(orderId)
    this.#timers.after(TOGETHER_MS, () => {
      this.#due.delete(orderId)
      const filled = this.#filled.get(orderId) ?? '0'
      const executed = this.#executed.get(orderId) ?? '0'
      if (isLess(filled, executed)) this.#events.fillsMissing(nativeSymbol)
      else if (isGreater(filled, executed)) this.#events.orderMissing(nativeSymbol, orderId)
    })
  }

  #remember(amounts: Map<string, Decimal>, orderId: string, amount: Decimal): void {
    amounts.delete(orderId)
    amounts.set(orderId, amount)
    for (const oldest of amounts.keys()) {
      if (amounts.size <= ORDERS_KEPT) break
      amounts.delete(oldest)
    }
  }
}
