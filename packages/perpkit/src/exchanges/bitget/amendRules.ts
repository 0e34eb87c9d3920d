import type { AmendIntent } from '../../client/definition.ts'
import { RequestError } from '../../model/errors.ts'

/** Throws for changes that conditional orders of neither kind of account can take. */
export function requireAmendable({ order, quantity, stopPrice }: AmendIntent): void {
  if (order.closePosition && quantity !== undefined) {
    throw unsupported(`order ${order.orderId} covers the whole position: it has no quantity`)
  }
  if (order.type === 'TRAILING_STOP_MARKET' && stopPrice !== undefined) {
    throw unsupported(`order ${order.orderId} trails the market: it has no stop price`)
  }
}

export function unsupported(message: string): RequestError {
  return new RequestError(`BITGET: ${message}`, { code: 'UNSUPPORTED', exchange: 'BITGET' })
}
