import type { Call, OrderKey } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { algoOrdersCancel, openAlgoOrders } from './algoOrders.ts'
import { type ConditionalOrder, toAlgoId } from './algoRow.ts'
import {
  findConditional,
  findPlain,
  followed,
  isNotFound,
  notFound,
  requireConditional,
  underParent,
  unlessNotFound,
} from './lookup.ts'
import { endedOrders, openOrders, openOrdersCancel, orderCancel } from './orders.ts'
import { pagesOf, readAllPages } from './pages.ts'
import { algoTypes, allMarginModes } from './tokens.ts'

// The plain book and the store of conditional orders as one. Neither knows the orders of the other,
// and the store is asked for one kind of order at a time.

/** A conditional order that has triggered is told as the order it became, under its own id. */
export async function getOrder(
  call: Call,
  { instrument, orderId, clientOrderId }: OrderKey,
): Promise<FuturesOrder> {
  if (orderId !== undefined) {
    const algoId = toAlgoId(requireOrderId(orderId))
    if (algoId === undefined) {
      const plain = await findPlain(call, { instrument, orderId })
      if (plain) return underParent(call, plain)
      throw notFound(`order ${orderId} of ${instrument.symbol}`)
    }
    return followed(call, instrument, await requireConditional(call, { instrument, algoId }))
  }
  if (clientOrderId === undefined || !/^\d+$/.test(clientOrderId)) {
    throw notFound(`client order id ${JSON.stringify(clientOrderId)}: ids here are numbers`)
  }
  return findByClientOrderId(call, instrument, clientOrderId)
}

/** Plain and conditional; the child of a triggered one under the id of its parent. */
export async function getOpenOrders(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<FuturesOrder[]> {
  // One after the other, in this order: a conditional order that triggers in between is then seen
  // in both lists, never in neither.
  const conditional = await listConditional(call, instrument)
  const plain = await readAllPages(call, openOrders, { instrument })
  const orders = new Map(conditional.map(({ order }) => [order.orderId, order]))
  for (const order of await Promise.all(plain.map((row) => underParent(call, row)))) {
    orders.set(order.orderId, order)
  }
  return [...orders.values()]
}

/** Throws `ORDER_NOT_FOUND` when the order is not open. */
export async function cancelOrder(
  call: Call,
  { instrument, orderId }: { instrument: Instrument; orderId: string },
): Promise<void> {
  const algoId = toAlgoId(requireOrderId(orderId))
  if (algoId === undefined) return call(orderCancel, { instrument, orderId })
  try {
    await call(algoOrdersCancel, { instrument, algoIds: [algoId] })
  } catch (error) {
    if (!isNotFound(error)) throw error
    // Once triggered, the order it became can be cancelled in the plain book alone.
    const { childId } = await requireConditional(call, { instrument, algoId })
    if (childId === undefined) throw error
    await call(orderCancel, { instrument, orderId: childId })
  }
}

/** How many conditional orders one request cancels. */
const BATCH = 10

/** Plain and conditional. */
export async function cancelAllOrders(
  call: Call,
  { instrument }: { instrument: Instrument },
): Promise<void> {
  // Conditional orders first: what triggers meanwhile lands in the book that is emptied next.
  const conditional = await listConditional(call, instrument)
  const algoIds = conditional.flatMap(({ order }) => toAlgoId(order.orderId) ?? [])
  for (let start = 0; start < algoIds.length; start += BATCH) {
    const batch = algoIds.slice(start, start + BATCH)
    await unlessNotFound(call(algoOrdersCancel, { instrument, algoIds: batch }))
  }
  await unlessNotFound(call(openOrdersCancel, { instrument }))
}

/** Waiting ones of all kinds. */
async function listConditional(
  call: Call,
  instrument: Instrument | undefined,
): Promise<ConditionalOrder[]> {
  const lists = await Promise.all(
    algoTypes.map((type) => readAllPages(call, openAlgoOrders, { type, instrument })),
  )
  // A cancelled one may linger in the list for a moment.
  return lists.flat().filter(({ order }) => order.status === 'PENDING')
}

/**
 * The plain book knows a client order id only while its order is open; after that it stands in the
 * history alone. Asked in this order, an order that ends in between is still seen.
 */
async function findByClientOrderId(
  call: Call,
  instrument: Instrument,
  clientOrderId: string,
): Promise<FuturesOrder> {
  const open = await findPlain(call, { instrument, clientOrderId })
  if (open) return underParent(call, open)
  const conditional = await findConditional(call, { instrument, clientOrderId })
  if (conditional) return followed(call, instrument, conditional)
  for (const marginMode of allMarginModes) {
    for await (const page of pagesOf(call, endedOrders, { instrument, marginMode })) {
      const ended = page.find(({ order }) => order.clientOrderId === clientOrderId)
      if (ended) return underParent(call, ended)
    }
  }
  throw notFound(`an order with client order id ${clientOrderId} in the last 48 hours`)
}

function requireOrderId(orderId: string): string {
  if (/^(algo:)?\d{1,20}$/.test(orderId)) return orderId
  throw notFound(`order ${JSON.stringify(orderId)}: ids here are digits, or algo: and digits`)
}
