import type { UserContext, UserEvent } from '../../client/definition.ts'
import { isRecord, Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isMadeByExchange, toTriggerId } from './orderRow.ts'

// What private channels of V2 and V3 have in common.

/** A row in the words of the calls, so that one decoder reads both. */
export function inRestWords(row: Reader, words: Readonly<Record<string, unknown>>): Reader {
  return new Reader({ ...(isRecord(row.value) ? row.value : {}), ...words }, row.path)
}

/**
 * A plain order. One that is not known and whose client order id the exchange made may be what a
 * conditional order became, which the row does not tell: it must be read.
 */
export function plainEvent(
  order: FuturesOrder,
  row: Reader,
  timestamp: number,
  context: UserContext,
): UserEvent {
  const { orderId, nativeSymbol, clientOrderId } = order
  if (isMadeByExchange(clientOrderId) && !context.orderById(orderId)) {
    return { kind: 'orderChanged', timestamp, nativeSymbol, orderId }
  }
  return orderEvent(order, row, timestamp)
}

/** A conditional order; a trailing one that does not say by how much it trails must be read. */
export function conditionalEvent(
  order: FuturesOrder,
  row: Reader,
  timestamp: number,
  context: UserContext,
): UserEvent {
  const { orderId, nativeSymbol, type } = order
  const knows = order.callbackRate ?? context.orderById(orderId)?.callbackRate
  const isUnsaid = type === 'TRAILING_STOP_MARKET' && knows === undefined
  if (isUnsaid && toTriggerId(orderId) !== undefined) {
    return { kind: 'orderChanged', timestamp, nativeSymbol, orderId }
  }
  return orderEvent(order, row, timestamp)
}

function orderEvent(order: FuturesOrder, row: Reader, timestamp: number): UserEvent {
  const told = withRaw({ ...order }, row.value)
  return { kind: 'order', timestamp: order.updatedAt ?? timestamp, order: told }
}
