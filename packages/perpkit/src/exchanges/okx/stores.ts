import type { Call, Fields, OrderKey } from '../../client/definition.ts'
import { OrderNotFoundError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { type ConditionalOrder, toAlgoId } from './algoRow.ts'
import type { BookOrder } from './orderRow.ts'
import {
  CANCELLATIONS_AT_ONCE,
  orderCancellation,
  orderDetails,
  ordersCancellation,
  pendingOrders,
} from './orders.ts'
import { readAllPages } from './pages.ts'
import { become, isNotFound, underParent, unlessNotFound } from './parents.ts'
import {
  ALGO_CANCELLATIONS_AT_ONCE,
  ALGO_KINDS,
  type AlgoKey,
  algoDetails,
  algosCancellation,
  pendingAlgos,
} from './triggers.ts'

// The book and the store of conditional orders as one. A cancel or a question that reaches the wrong
// one is answered "not found", so whatever may be in either is looked for in both.

/** What an order may be called by its owner, in either store. */
export const CLIENT_ORDER_ID: RegExp = /^[A-Za-z0-9]{1,32}$/

/** A conditional order that has fired is told as the order it became, under its own id. */
export async function getOrder(call: Call, key: OrderKey): Promise<FuturesOrder> {
  const { instrument, orderId, clientOrderId = '' } = key
  if (orderId !== undefined) {
    const algoId = toAlgoId(requireOrderId(orderId))
    return algoId === undefined
      ? readPlain(call, { instrument, orderId })
      : readConditional(call, instrument, { algoId })
  }
  if (!CLIENT_ORDER_ID.test(clientOrderId)) {
    throw notFound(
      `order ${JSON.stringify(clientOrderId)}: client ids here are 1 to 32 letters and digits`,
    )
  }
  const plain = await unlessNotFound(readPlain(call, { instrument, clientOrderId }))
  return plain ?? readConditional(call, instrument, { algoClOrdId: clientOrderId })
}

/** Plain and conditional; the child of a fired one under the id of its parent. */
export async function getOpenOrders(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<FuturesOrder[]> {
  // One store after the other, in this order: a conditional order that fires in between is then
  // seen in both lists, never in neither.
  const conditional = await listConditional(call, instrument)
  const plain = await listPlain(call, instrument)
  const orders = new Map<string, FuturesOrder>()
  for (const { order } of conditional) {
    // One that has fired is open while the order it became is.
    if (order.status === 'PENDING' || order.status === 'PARTIALLY_FILLED') {
      orders.set(order.orderId, order)
    }
  }
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
  if (algoId === undefined) return call(orderCancellation, { instrument, orderId })
  try {
    await call(algosCancellation, { instrument, algoIds: [algoId] })
  } catch (error) {
    if (!isNotFound(error)) throw error
    // Once fired, the order it became can be cancelled in the book alone.
    const { childId } = await call(algoDetails, { algoId })
    if (childId === undefined) throw error
    await call(orderCancellation, { instrument, orderId: childId })
  }
}

/** No call does it: what is open is listed and cancelled in parts. */
export async function cancelAllOrders(
  call: Call,
  { instrument }: { instrument: Instrument },
): Promise<void> {
  // Conditional orders first: what fires meanwhile lands in the book, which is emptied next.
  const conditional = await listConditional(call, instrument)
  const algoIds = conditional.flatMap(({ order }) => toAlgoId(order.orderId) ?? [])
  for (const part of inParts(algoIds, ALGO_CANCELLATIONS_AT_ONCE)) {
    await unlessNotFound(call(algosCancellation, { instrument, algoIds: part }))
  }
  const plain = await listPlain(call, instrument)
  const orderIds = plain.map(({ order }) => order.orderId)
  for (const part of inParts(orderIds, CANCELLATIONS_AT_ONCE)) {
    await unlessNotFound(call(ordersCancellation, { instrument, orderIds: part }))
  }
}

async function readPlain(call: Call, key: OrderKey): Promise<FuturesOrder> {
  return underParent(call, await call(orderDetails, key))
}

async function readConditional(
  call: Call,
  instrument: Instrument,
  key: AlgoKey,
): Promise<FuturesOrder> {
  const { order, childId } = await call(algoDetails, key)
  // The question names no contract, and an id may stand in several.
  if (order.nativeSymbol !== instrument.nativeSymbol) {
    throw notFound(`that order of ${instrument.symbol}: it is one of ${order.symbol}`)
  }
  if (childId === undefined) return order
  // A new child may not be visible yet, and one that was cancelled unfilled is forgotten after two
  // hours: then the conditional order's own record has to do.
  const child = await unlessNotFound(call(orderDetails, { instrument, orderId: childId }))
  return child ? become(order, child.order) : order
}

function listPlain(call: Call, instrument: Instrument | undefined): Promise<BookOrder[]> {
  return readAllPages(call, pendingOrders, scopeOf(instrument))
}

async function listConditional(
  call: Call,
  instrument: Instrument | undefined,
): Promise<ConditionalOrder[]> {
  const lists = await Promise.all(
    ALGO_KINDS.map((ordType) =>
      readAllPages(call, pendingAlgos, { ordType, ...scopeOf(instrument) }),
    ),
  )
  return lists.flat()
}

function scopeOf(instrument: Instrument | undefined): Fields {
  return { instType: 'SWAP', instId: instrument?.nativeSymbol }
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let done = 0; done < items.length; done += size) parts.push(items.slice(done, done + size))
  return parts
}

function requireOrderId(orderId: string): string {
  if (/^(algo:)?\d{1,20}$/.test(orderId)) return orderId
  throw notFound(`order ${JSON.stringify(orderId)}: ids here are digits, or algo: and digits`)
}

/** For ids no order of this exchange can have: there is nothing to ask. */
function notFound(what: string): OrderNotFoundError {
  return new OrderNotFoundError(`OKX has never seen ${what}`, {
    code: 'ORDER_NOT_FOUND',
    exchange: 'OKX',
  })
}
