import type { FuturesOrder, StreamStatus } from 'perpkit'
import { pause } from '../screen/pause.ts'
import { OrderList } from './orderList.ts'
import { follow, type Watching } from './view.ts'

export interface FollowedOrders {
  status(): StreamStatus
  /** Open ones, in the order in which they were seen first. */
  open(): FuturesOrder[]
  /** Those that ended while they were followed, the newest first. */
  ended(): readonly FuturesOrder[]
  /** Whether those that are open are known. */
  isRead(): boolean
}

export interface OrdersListener {
  isWanted(order: FuturesOrder): boolean
  changed(order: FuturesOrder): void
  /** Those that are open have been read. */
  read(): void
}

/** How often it is looked whether the stream has come back. */
const LOOK_MS = 250

/**
 * Open orders: those there are, then each change. They are read whenever the stream becomes live,
 * because it tells changes alone.
 */
export function followOrders(
  watching: Watching,
  { isWanted, changed, read: wasRead }: OrdersListener,
): FollowedOrders {
  const { exchange, clock, signal, failed } = watching
  const list = new OrderList()
  let isRead = false
  const stream = exchange.watchOrders({ signal })

  const read = async (): Promise<void> => {
    list.beginReading()
    const found = (await exchange.getOpenOrders()).filter(isWanted)
    for (const order of list.endReading(found)) changed(order)
    isRead = true
    wasRead()
  }
  const readWhenLive = async (): Promise<void> => {
    let wasLive = false
    while (!signal.aborted) {
      const isLive = stream.status === 'LIVE'
      if (isLive && !wasLive) await read()
      wasLive = isLive
      await pause(clock, LOOK_MS, signal)
    }
  }

  void follow(stream, watching, (order) => {
    if (!isWanted(order)) return
    list.tell(order)
    changed(order)
  })
  readWhenLive().catch((error: unknown) => {
    if (!signal.aborted) failed(error)
  })
  return {
    status: () => stream.status,
    open: () => list.open(),
    ended: () => list.ended,
    isRead: () => isRead,
  }
}
