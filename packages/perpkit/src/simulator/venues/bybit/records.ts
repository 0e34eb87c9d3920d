import type { Decimal } from '../../../core/decimal.ts'
import type {
  Engine,
  EngineConditional,
  EngineOrder,
  EngineSide,
  EngineTimeInForce,
} from '../../engine/types.ts'
import { type OrderNotes, readNotes } from './notes.ts'
import { indexOf, isClosingSide, type Slot } from './slots.ts'

/**
 * One order as the venue counts it: a conditional order and what it became are the same row under
 * the same ids (docs/wire/bybit.md 4.5). At least one of the two is there.
 */
export interface OrderRecord {
  orderId: string
  orderLinkId: string
  /** The engine's symbol. */
  symbol: string
  /** Which position it moves. */
  slot: Slot
  side: EngineSide
  type: 'MARKET' | 'LIMIT'
  timeInForce: EngineTimeInForce
  quantity: Decimal
  /** Protection price of a market order; absent while a conditional one waits. */
  price: Decimal | undefined
  reduceOnly: boolean
  createdAt: number
  updatedAt: number
  sequence: number
  notes: OrderNotes
  conditional: EngineConditional | undefined
  order: EngineOrder | undefined
}

/** All orders of an account, ended ones too, newest first. */
export function orderRecords(engine: Engine, accountId: string): OrderRecord[] {
  return newestFirst([
    ...engine
      .orders(accountId)
      .filter((order) => order.conditionalId === undefined)
      .map(plainRecord),
    ...engine.conditionals(accountId).map((row) => conditionalRecord(engine, row)),
  ])
}

/** Orders that rest or wait, newest first. */
export function openRecords(engine: Engine, accountId: string): OrderRecord[] {
  return newestFirst([
    ...engine.openOrders(accountId).map((order) => recordOf(engine, order)),
    ...engine.openConditionals(accountId).map((row) => conditionalRecord(engine, row)),
  ])
}

/** The order of that id, or else of that client id. */
export function findRecord(
  engine: Engine,
  accountId: string,
  ids: { orderId: string | undefined; orderLinkId: string | undefined },
): OrderRecord | undefined {
  const { orderId, orderLinkId } = ids
  const isMeant = (row: { clientOrderId: string }): boolean => row.clientOrderId === orderLinkId
  const conditional =
    orderId === undefined
      ? engine.conditionals(accountId).find(isMeant)
      : engine.conditional(accountId, orderId)
  if (conditional) return conditionalRecord(engine, conditional)
  const order =
    orderId === undefined
      ? engine.orders(accountId).find(isMeant)
      : engine.order(accountId, orderId)
  return order && recordOf(engine, order)
}

/** Whether fewer than `count` of the orders that have ended are newer than this one. */
export function isAmongLatest(
  engine: Engine,
  accountId: string,
  record: OrderRecord,
  count: number,
): boolean {
  const isNewer = (row: { createdAt: number; sequence: number }): boolean =>
    row.createdAt > record.createdAt ||
    (row.createdAt === record.createdAt && row.sequence > record.sequence)
  const orders = engine.orders(accountId).filter((row) => row.conditionalId === undefined)
  const newer = [...orders, ...engine.conditionals(accountId)].filter(isNewer)
  if (newer.length < count) return true
  const open = openRecords(engine, accountId).filter(isNewer)
  return newer.length - open.length < count
}

/** Waiting for its trigger. */
export function isUntriggered(record: OrderRecord): boolean {
  return record.order === undefined && record.conditional?.status === 'WAITING'
}

/** In the book. */
export function isWorking({ order }: OrderRecord): boolean {
  return order?.status === 'NEW' || order?.status === 'PARTIALLY_FILLED'
}

/** Reduce-only, or such by slot and side: it can open nothing. */
export function isClosing({ reduceOnly, side, slot }: OrderRecord): boolean {
  return reduceOnly || isClosingSide(slot, side)
}

export function isOpen(record: OrderRecord): boolean {
  return isUntriggered(record) || isWorking(record)
}

/** The records' own part of a page cursor. */
export function recordKey(record: OrderRecord): { id: string; time: number } {
  return { id: record.orderId, time: record.createdAt }
}

function newestFirst(records: OrderRecord[]): OrderRecord[] {
  return records.sort((a, b) => b.createdAt - a.createdAt || b.sequence - a.sequence)
}

/** The row of an order in the book or ended, under the conditional order it came from if any. */
export function recordOf(engine: Engine, order: EngineOrder): OrderRecord {
  const { accountId, conditionalId } = order
  const conditional =
    conditionalId === undefined ? undefined : engine.conditional(accountId, conditionalId)
  return conditional ? conditionalRecord(engine, conditional) : plainRecord(order)
}

function plainRecord(order: EngineOrder): OrderRecord {
  return {
    orderId: order.orderId,
    orderLinkId: order.clientOrderId,
    symbol: order.symbol,
    slot: { accountId: order.accountId, symbol: order.symbol, index: indexOf(order) },
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    quantity: order.quantity,
    price: order.price ?? order.worstPrice,
    reduceOnly: order.reduceOnly,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    sequence: order.sequence,
    notes: readNotes(order.venueData),
    conditional: undefined,
    order,
  }
}

/** The row of a conditional order, and of what it became. */
export function conditionalRecord(engine: Engine, conditional: EngineConditional): OrderRecord {
  const { accountId, orderId } = conditional
  const order = orderId === undefined ? undefined : engine.order(accountId, orderId)
  return {
    orderId: conditional.conditionalId,
    orderLinkId: conditional.clientOrderId,
    symbol: conditional.symbol,
    slot: { accountId, symbol: conditional.symbol, index: indexOf(conditional) },
    side: conditional.side,
    type: conditional.orderType,
    timeInForce: conditional.timeInForce,
    quantity: order?.quantity ?? conditional.quantity,
    price: order?.price ?? order?.worstPrice ?? conditional.price,
    reduceOnly: conditional.reduceOnly || conditional.closePosition,
    createdAt: conditional.createdAt,
    updatedAt: order?.updatedAt ?? conditional.updatedAt,
    sequence: conditional.sequence,
    // The order began with the conditional's notes, and has been amended since, if either was.
    notes: readNotes((order ?? conditional).venueData),
    conditional,
    order,
  }
}
