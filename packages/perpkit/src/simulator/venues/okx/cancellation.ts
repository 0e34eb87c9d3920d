import { type EngineOrder, isRefusal } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { Refused, refusedByEngine } from './errors.ts'
import { type Fields, readFields } from './fields.ts'
import { placeAttached } from './protection.ts'
import type { Row } from './rows.ts'
import { knownListing } from './scope.ts'

/** Parameters of trade/cancel-order: docs/wire/okx.md 4.3. */
export const cancelNames = ['instId', 'ordId', 'clOrdId'] as const

/** Cancels the one order that is named. */
export function cancelOrderOf(handling: Handling, params: Params): Row {
  const fields = readFields(params, cancelNames)
  const { symbol } = knownListing(fields.required('instId')).engine
  if (!fields.has('ordId') && !fields.has('clOrdId')) throw new Refused('51407')
  const order = findOpen(handling, fields)
  if (order?.symbol !== symbol) throw new Refused('51400')
  cancelOpen(handling, order)
  return {
    ordId: order.orderId,
    clOrdId: order.clientOrderId,
    ts: String(order.createdAt),
    sCode: '0',
    sMsg: '',
  }
}

/** Cancels an order that rests; what of it has filled is protected from now on. */
export function cancelOpen({ accountId, engine }: Handling, order: EngineOrder): void {
  const cancelled = engine.cancelOrder(accountId, order.orderId)
  if (isRefusal(cancelled)) throw refusedByEngine(cancelled, 'cancel')
  placeAttached(engine, cancelled)
}

/** The open order of `ordId`, or else of `clOrdId`. */
export function findOpen(
  { accountId, engine }: Handling,
  fields: Fields<'ordId' | 'clOrdId'>,
): EngineOrder | undefined {
  const ordId = fields.text('ordId')
  const clOrdId = fields.text('clOrdId')
  return engine
    .openOrders(accountId)
    .find((order) =>
      ordId === undefined
        ? order.conditionalId === undefined && order.clientOrderId === clOrdId
        : order.orderId === ordId,
    )
}
