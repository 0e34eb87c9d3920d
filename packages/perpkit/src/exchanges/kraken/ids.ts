import type { OrderKey } from '../../client/definition.ts'
import { OrderNotFoundError } from '../../model/errors.ts'

/** The names an order may stand under in a store. */
export interface OrderIds {
  orderId?: string | undefined
  clientOrderId?: string | undefined
}

/** Whether a row is of the order that is meant: by either of its names. */
export function isOf(ids: OrderIds, row: OrderIds): boolean {
  if (ids.orderId !== undefined && row.orderId === ids.orderId) return true
  return Boolean(ids.clientOrderId) && row.clientOrderId === ids.clientOrderId
}

/** Ids of this exchange are UUIDs; others it answers with a complaint about the parameter. */
export function requireOrderId(orderId: string): string {
  if (UUID.test(orderId)) return orderId
  throw notFound(`order ${JSON.stringify(orderId)}: ids here are UUIDs`)
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

export function orderNotFound({
  orderId,
  clientOrderId,
  instrument,
}: OrderKey): OrderNotFoundError {
  return notFound(`order ${orderId ?? clientOrderId} of ${instrument.symbol}`)
}

function notFound(what: string): OrderNotFoundError {
  return new OrderNotFoundError(`KRAKEN has never seen ${what}`, {
    code: 'ORDER_NOT_FOUND',
    exchange: 'KRAKEN',
  })
}
