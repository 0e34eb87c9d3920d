import type { FuturesOrder, OrderStatus } from 'perpkit'

const ENDED_KEPT = 5

/** Orders out of two sources: what a stream tells, and what is read beside it. */
export class OrderList {
  /** The newest first. */
  readonly ended: FuturesOrder[] = []
  readonly #open = new Map<string, FuturesOrder>()
  /** Told since the reading began: newer than what will have been read. */
  readonly #told = new Set<string>()

  open(): FuturesOrder[] {
    return [...this.#open.values()]
  }

  tell(order: FuturesOrder): void {
    this.#told.add(order.orderId)
    if (isOpen(order.status)) {
      this.#open.set(order.orderId, order)
      return
    }
    this.#open.delete(order.orderId)
    this.ended.unshift(order)
    this.ended.splice(ENDED_KEPT)
  }

  beginReading(): void {
    this.#told.clear()
  }

  /** Takes over all open orders as they were read; those that are new or differ from what was known. */
  endReading(found: readonly FuturesOrder[]): FuturesOrder[] {
    const ids = new Set(found.map(({ orderId }) => orderId))
    for (const id of this.#open.keys()) {
      if (!ids.has(id) && !this.#told.has(id)) this.#open.delete(id)
    }
    const news = found.filter((order) => {
      const known = this.#open.get(order.orderId)
      return !this.#told.has(order.orderId) && !(known && isSame(known, order))
    })
    for (const order of news) this.#open.set(order.orderId, order)
    return news
  }
}

function isOpen(status: OrderStatus): boolean {
  return status === 'NEW' || status === 'PENDING' || status === 'PARTIALLY_FILLED'
}

function isSame(a: FuturesOrder, b: FuturesOrder): boolean {
  const same = ['status', 'quantity', 'executedQty', 'price', 'stopPrice'] as const
  return same.every((name) => a[name] === b[name])
}
