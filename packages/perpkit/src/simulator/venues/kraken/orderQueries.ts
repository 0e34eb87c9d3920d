import { sub } from '../../../core/decimal.ts'
import type { EngineConditional, EngineOrder } from '../../engine/types.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import { trailingTrigger } from './conditionals.ts'
import { activationErrorOf, cancelReasonOf, isRejected } from './endings.ts'
import { limitPriceOf } from './events.ts'
import { textsOf } from './fields.ts'
import { listingOf } from './instruments.ts'
import { iso, num } from './numbers.ts'
import { isEnded, MEMORY_MS, recentlyEnded, requireUuid } from './records.ts'
import { success } from './replies.ts'

// Reading orders: docs/wire/kraken.md 4.8.

// https://docs.kraken.com/api/docs/futures-api/trading/get-open-orders
export const openOrders: Route = {
  method: 'GET',
  path: '/derivatives/api/v3/openorders',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: [],
  handle(handling) {
    const { accountId, engine } = handling
    const rows = [
      ...engine.openOrders(accountId).map((order) => ({ of: order, row: plainRow(order) })),
      ...engine.openConditionals(accountId).map((one) => ({ of: one, row: triggerRow(one) })),
    ]
    rows.sort((a, b) => b.of.createdAt - a.of.createdAt || b.of.sequence - a.of.sequence)
    return success(handling, { openOrders: rows.map(({ row }) => row) })
  },
}

const statusNames = ['orderIds', 'cliOrdIds'] as const

// https://docs.kraken.com/api/docs/futures-api/trading/get-order-status
export const orderStatus: Route = statusRoute('POST')

// One client asks so.
export const orderStatusByGet: Route = statusRoute('GET')

function statusRoute(method: 'GET' | 'POST'): Route {
  return {
    method,
    path: '/derivatives/api/v3/orders/status',
    access: 'signed',
    operation: 'getOrder',
    parameters: statusNames,
    handle: answerStatus,
  }
}

/** Only orders that are open or ended a moment ago; others are simply missing. */
function answerStatus(handling: Handling): Answer {
  const { accountId, engine, params } = handling
  const orderIds = textsOf(params, 'orderIds')
  const cliOrdIds = textsOf(params, 'cliOrdIds')
  for (const id of orderIds) requireUuid(id)
  const wanted = new Set(orderIds.map((id) => id.toLowerCase()))
  const wantedOwn = new Set(cliOrdIds)
  const isWanted = (id: string, own: string): boolean =>
    wanted.has(id) || (own !== '' && wantedOwn.has(own))
  const plain = [...engine.openOrders(accountId), ...recentlyEnded(engine, accountId)]
    .filter(({ orderId, clientOrderId }) => isWanted(orderId, clientOrderId))
    .map(plainStatus)
  const since = engine.now() - MEMORY_MS
  const triggers = engine
    .conditionals(accountId)
    .filter(({ conditionalId, clientOrderId }) => isWanted(conditionalId, clientOrderId))
    .filter((one) => one.status === 'WAITING' || one.updatedAt >= since)
    // Once it has become an order the trigger is gone.
    .filter(({ status }) => status !== 'TRIGGERED')
    .map(triggerStatus)
  return success(handling, { orders: [...plain, ...triggers] })
}

function plainRow(order: EngineOrder): Record<string, unknown> {
  return {
    order_id: order.orderId,
    ...(order.clientOrderId !== '' && { cliOrdId: order.clientOrderId }),
    symbol: listingOf(order.symbol).native,
    side: order.side === 'BUY' ? 'buy' : 'sell',
    orderType: 'lmt',
    limitPrice: limitPriceOf(order),
    unfilledSize: num(sub(order.quantity, order.executedQuantity)),
    receivedTime: iso(order.createdAt),
    status: order.status === 'NEW' ? 'untouched' : 'partiallyFilled',
    filledSize: num(order.executedQuantity),
    reduceOnly: order.reduceOnly,
    lastUpdateTime: iso(order.updatedAt),
  }
}

function triggerRow(conditional: EngineConditional): Record<string, unknown> {
  const { clientOrderId, kind, price, triggerSource } = conditional
  return {
    order_id: conditional.conditionalId,
    ...(clientOrderId !== '' && { cliOrdId: clientOrderId }),
    symbol: listingOf(conditional.symbol).native,
    side: conditional.side === 'BUY' ? 'buy' : 'sell',
    orderType: { stop: 'stop', takeProfit: 'take_profit', trailing: 'trailing_stop' }[kind],
    ...(price !== undefined && { limitPrice: num(price) }),
    stopPrice: num(trailingTrigger(conditional)),
    unfilledSize: num(conditional.quantity),
    receivedTime: iso(conditional.createdAt),
    status: 'untouched',
    filledSize: 0,
    reduceOnly: conditional.reduceOnly,
    triggerSignal: triggerSource === 'index' ? 'spot' : triggerSource,
    lastUpdateTime: iso(conditional.updatedAt),
  }
}

function plainStatus(order: EngineOrder): Record<string, unknown> {
  return {
    order: {
      type: 'ORDER',
      orderId: order.orderId,
      cliOrdId: order.clientOrderId === '' ? null : order.clientOrderId,
      symbol: listingOf(order.symbol).native,
      side: order.side === 'BUY' ? 'buy' : 'sell',
      quantity: num(sub(order.quantity, order.executedQuantity)),
      filled: num(order.executedQuantity),
      limitPrice: limitPriceOf(order),
      reduceOnly: order.reduceOnly,
      timestamp: iso(order.createdAt),
      lastUpdateTimestamp: iso(order.updatedAt),
    },
    ...stateOf(order),
  }
}

function stateOf(order: EngineOrder): Record<string, unknown> {
  if (!isEnded(order.status)) {
    const updateReason = order.status === 'PARTIALLY_FILLED' ? 'PARTIAL_FILL' : null
    return { status: 'ENTERED_BOOK', updateReason, error: null }
  }
  if (order.status === 'FILLED') {
    return { status: 'FULLY_EXECUTED', updateReason: 'FULL_FILL', error: null }
  }
  const { error, updateReason } = cancelReasonOf(order)
  return isRejected(order)
    ? { status: 'REJECTED', updateReason, error }
    : { status: 'CANCELLED', updateReason, error: null }
}

function triggerStatus(conditional: EngineConditional): Record<string, unknown> {
  const { clientOrderId, price, triggerDirection, triggerSource } = conditional
  return {
    order: {
      type: 'TRIGGER_ORDER',
      orderId: conditional.conditionalId,
      cliOrdId: clientOrderId === '' ? null : clientOrderId,
      symbol: listingOf(conditional.symbol).native,
      side: conditional.side === 'BUY' ? 'buy' : 'sell',
      quantity: num(conditional.quantity),
      filled: 0,
      limitPrice: price === undefined ? null : num(price),
      reduceOnly: conditional.reduceOnly,
      timestamp: iso(conditional.createdAt),
      lastUpdateTimestamp: iso(conditional.updatedAt),
      priceTriggerOptions: {
        triggerPrice: num(trailingTrigger(conditional)),
        triggerSide: triggerDirection === 'rise' ? 'TRIGGER_ABOVE' : 'TRIGGER_BELOW',
        triggerSignal: { mark: 'MARK_PRICE', index: 'SPOT_PRICE', last: 'LAST_PRICE' }[
          triggerSource
        ],
      },
      triggerTime: null,
    },
    ...triggerStateOf(conditional),
  }
}

function triggerStateOf(conditional: EngineConditional): Record<string, unknown> {
  switch (conditional.status) {
    case 'WAITING':
    case 'TRIGGERED':
      return { status: 'TRIGGER_PLACED', updateReason: null, error: null }
    case 'REJECTED':
      return {
        status: 'TRIGGER_ACTIVATION_FAILURE',
        updateReason: null,
        error: activationErrorOf(conditional),
      }
    case 'CANCELLED':
    case 'EXPIRED':
      return {
        status: 'CANCELLED',
        updateReason: cancelReasonOf(conditional).updateReason,
        error: null,
      }
  }
}
