import type { AmendIntent, Call, Endpoint } from '../../client/definition.ts'
import { RequestError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { decodeOrder } from './orders.ts'
import { toAlgoId } from './triggers.ts'

/**
 * Limit orders of the regular book, in place: ids stay, the place in the queue is lost. The answer
 * can say CANCELLED: the exchange cancels where the new quantity is executed already, and where a
 * post-only order would trade at its new price (docs/wire/binance.md 4.5).
 */
export async function amendOrder(call: Call, intent: AmendIntent): Promise<FuturesOrder> {
  if (toAlgoId(intent.order.orderId) !== undefined || intent.stopPrice !== undefined) {
    throw new RequestError(
      `BINANCE amendOrder: conditional orders cannot be changed, ${intent.order.orderId} must be ` +
        'cancelled and placed anew',
      { code: 'UNSUPPORTED', exchange: 'BINANCE', action: 'amendOrder' },
    )
  }
  return call(orderAmend, intent)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Modify-Order
const orderAmend: Endpoint<AmendIntent, FuturesOrder> = {
  method: 'PUT',
  path: '/fapi/v1/order',
  access: 'trade',
  effect: 'idempotent',
  cost: { orders10s: 1, orders1m: 1 },
  // Both figures are demanded; a position side is not taken, not even in hedge mode.
  encode: ({ instrument, order, quantity, price }) => ({
    form: {
      symbol: instrument.nativeSymbol,
      side: order.side,
      orderId: order.orderId,
      quantity: quantity ?? order.quantity,
      price: price ?? order.price,
    },
  }),
  decode: decodeOrder,
  unchanged: ({ order, quantity, price }) =>
    withRaw(
      { ...order, quantity: quantity ?? order.quantity, price: price ?? order.price },
      order.raw,
    ),
}
