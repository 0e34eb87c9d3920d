import type { Call, Endpoint } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import { requireOrderId } from './ids.ts'

/** Throws `ORDER_NOT_FOUND` when the order is not open. */
export async function cancelOrder(call: Call, params: CancelRequest): Promise<void> {
  requireOrderId(params.orderId)
  await call(cancellation, params)
}

/** Plain and conditional. */
export function cancelAllOrders(call: Call, params: { instrument: Instrument }): Promise<void> {
  return call(cancellationOfAll, params)
}

/** Of the whole account, stops included. Counted in whole seconds: what lies between is rounded up. */
export function setCancelAllAfter(call: Call, params: { timeoutMs: number }): Promise<void> {
  return call(cancellationLater, params)
}

interface CancelRequest {
  instrument: Instrument
  orderId: string
}

/** https://docs.kraken.com/api-reference/order-management/cancel-order */
const cancellation: Endpoint<CancelRequest, void> = {
  method: 'POST',
  path: '/derivatives/api/v3/cancelorder',
  access: 'trade',
  effect: 'idempotent',
  cost: { derivatives: 10 },
  encode({ orderId }) {
    // Not `orderId`, as everywhere else.
    return { form: { order_id: orderId } }
  },
  decode(answer) {
    answer.at('cancelStatus').at('status').string()
  },
}

/** https://docs.kraken.com/api-reference/order-management/cancel-all-orders */
const cancellationOfAll: Endpoint<{ instrument: Instrument }, void> = {
  method: 'POST',
  path: '/derivatives/api/v3/cancelallorders',
  access: 'trade',
  effect: 'idempotent',
  cost: { derivatives: 25 },
  encode({ instrument }) {
    return { form: { symbol: instrument.nativeSymbol } }
  },
  decode(answer) {
    answer.at('cancelStatus').at('status').string()
  },
  unchanged() {},
}

/** https://docs.kraken.com/api-reference/order-management/dead-mans-switch */
const cancellationLater: Endpoint<{ timeoutMs: number }, void> = {
  method: 'POST',
  path: '/derivatives/api/v3/cancelallordersafter',
  access: 'trade',
  effect: 'idempotent',
  cost: { derivatives: 25 },
  encode({ timeoutMs }) {
    return { form: { timeout: Math.ceil(timeoutMs / 1_000) } }
  },
  decode(answer) {
    // The string `0` when it was switched off.
    answer.at('status').at('triggerTime').string()
  },
}
