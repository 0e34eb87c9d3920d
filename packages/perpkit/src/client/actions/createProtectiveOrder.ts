import { isZero } from '../../core/decimal.ts'
import { ExchangeError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { ConditionalOrderIntent } from '../definition.ts'
import type { ProtectiveOrderRequest } from '../requests.ts'
import { settle } from '../safety/settle.ts'
import { submitOnce } from '../safety/submit.ts'
import {
  requireKey,
  requirePrice,
  requireQuantity,
  requireSide,
  requireTrading,
  requireTriggerSource,
} from './arguments.ts'
import { clientOrderIdOf, isVisible } from './createOrder.ts'

export function createStopLossOrder(
  client: Client,
  request: ProtectiveOrderRequest,
): Promise<FuturesOrder> {
  return createProtectiveOrder(client, 'createStopLossOrder', 'STOP_MARKET', request)
}

export function createTakeProfitOrder(
  client: Client,
  request: ProtectiveOrderRequest,
): Promise<FuturesOrder> {
  return createProtectiveOrder(client, 'createTakeProfitOrder', 'TAKE_PROFIT_MARKET', request)
}

/** Resolves only with an order that is live, or was and has triggered since; else it rejects. */
async function createProtectiveOrder(
  client: Client,
  action: string,
  type: ConditionalOrderIntent['type'],
  request: ProtectiveOrderRequest,
): Promise<FuturesOrder> {
  requireKey(client, action)
  const side = requireSide(client, action, request.side)
  const triggerSource = requireTriggerSource(client, action, request.triggerSource)
  const instrument = await client.catalogue.find(request.symbol)
  requireTrading(client, action, instrument)
  const intent: ConditionalOrderIntent = {
    instrument,
    side,
    type,
    quantity: requireQuantity(client, action, instrument, request.quantity, 'MARKET'),
    stopPrice: requirePrice(client, action, instrument, 'stopPrice', request.stopPrice),
    triggerSource,
    reduceOnly: request.reduceOnly ?? true,
    clientOrderId: await clientOrderIdOf(client, action, request),
  }
  const order = await submitOnce(client, {
    action,
    instrument,
    clientOrderId: intent.clientOrderId,
    budgetClass: intent.reduceOnly ? 'protect' : 'ordinary',
    signal: request.signal,
    send: (call) => client.operations.createConditionalOrder(call, intent),
    matches: (found) => found.side === side && found.type === type,
  })
  const isState = client.definition.capabilities.orderAnswer === 'state'
  const settled = isState
    ? order
    : await settle(client, { action, instrument, signal: request.signal }, order, isVisible(order))
  if (!isOpen(settled.status) && isZero(settled.executedQty)) throw ended(client, action, settled)
  return settled
}

function ended(client: Client, action: string, order: FuturesOrder): ExchangeError {
  const exchange = client.definition.name
  return new ExchangeError(
    `${exchange} refused ${action}: the ${order.type} of ${order.quantity} at ${order.stopPrice} ended ${order.status} without being live`,
    { code: 'REFUSED', exchange, action },
  )
}
