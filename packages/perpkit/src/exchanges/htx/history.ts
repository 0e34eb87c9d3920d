import type { Call, HistoryQuery } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import { endedAlgoOrders } from './algoOrders.ts'
import type { ConditionalOrder } from './algoRow.ts'
import { become, followed, underParent } from './lookup.ts'
import type { PlainOrder } from './orderRow.ts'
import { endedOrders } from './orders.ts'
import { readAllPages, type Window } from './pages.ts'
import { ORDERS_REACH, PRIVATE_WINDOWS, withinReach } from './reach.ts'
import { algoTypes, allMarginModes } from './tokens.ts'
import { readNewest } from './windows.ts'

/**
 * Ended orders of the last 90 days, plain and conditional. One that has triggered is told once: as
 * the order it became, under its own id.
 */
export async function getOrderHistory(call: Call, query: HistoryQuery): Promise<FuturesOrder[]> {
  const { instrument } = query
  return readNewest(await withinReach(call, query, ORDERS_REACH), PRIVATE_WINDOWS, {
    read: (window) => readEnded(call, instrument, window),
    keyOf: ({ orderId }) => orderId,
    timeOf: ({ createdAt }) => createdAt,
  })
}

async function readEnded(
  call: Call,
  instrument: Instrument,
  window: Window,
): Promise<FuturesOrder[]> {
  const [plain, conditional] = await Promise.all([
    readPlain(call, instrument, window),
    readConditional(call, instrument, window),
  ])
  const children = new Map(plain.map((row) => [row.order.orderId, row]))
  const orders: FuturesOrder[] = []
  // One after the other: what has to be looked up besides may be much.
  for (const parent of conditional) {
    const child = parent.childId === undefined ? undefined : children.get(parent.childId)
    if (child) children.delete(child.order.orderId)
    orders.push(
      child ? become(parent.order, child.order) : await followed(call, instrument, parent),
    )
  }
  // Those left may still have a parent, of another window.
  for (const row of children.values()) orders.push(await underParent(call, row))
  // What a conditional order became may still be at work.
  return orders.filter(({ status }) => !isOpen(status))
}

/** Each margin mode has a list of its own. */
async function readPlain(
  call: Call,
  instrument: Instrument,
  window: Window,
): Promise<PlainOrder[]> {
  const lists = await Promise.all(
    allMarginModes.map((marginMode) =>
      readAllPages(call, endedOrders, { instrument, marginMode, ...window }),
    ),
  )
  return lists.flat()
}

/** So does each kind. */
async function readConditional(
  call: Call,
  instrument: Instrument,
  window: Window,
): Promise<ConditionalOrder[]> {
  const lists = await Promise.all(
    algoTypes.map((type) => readAllPages(call, endedAlgoOrders, { type, instrument, ...window })),
  )
  return lists.flat()
}
