import { isZero } from '../../core/decimal.ts'
import { ExchangeError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen, type Side } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { PlainOrderIntent } from '../definition.ts'
import type { OrderOptions } from '../requests.ts'
import { settle } from '../safety/settle.ts'
import { submitOnce } from '../safety/submit.ts'
import {
  refuse,
  requireClientOrderId,
  requireKey,
  requireNotional,
  requirePrice,
  requireQuantity,
  requireSide,
  requireTimeInForce,
  requireTrading,
} from './arguments.ts'

export async function createMarketOrder(
  client: Client,
  symbol: string,
  side: Side,
  quantity: string | number,
  options: OrderOptions = {},
  action = 'createMarketOrder',
): Promise<FuturesOrder> {
  requireKey(client, action)
  requireSide(client, action, side)
  if (options.timeInForce !== undefined) {
    throw refuse(
      client,
      action,
      'INVALID_ARGUMENT',
      `a market order takes no timeInForce, received ${JSON.stringify(options.timeInForce)}`,
    )
  }
  const instrument = await client.catalogue.find(symbol)
  requireTrading(client, action, instrument)
  const intent: PlainOrderIntent = {
    instrument,
    side,
    type: 'MARKET',
    quantity: requireQuantity(client, action, instrument, quantity, 'MARKET'),
    reduceOnly: options.reduceOnly ?? false,
    clientOrderId: await clientOrderIdOf(client, action, options),
  }
  const order = await submit(client, action, intent, options)
  if (options.awaitFill === false) return order
  return settle(client, { action, instrument, signal: options.signal }, order, isFilledOrEnded)
}

export async function createLimitOrder(
  client: Client,
  symbol: string,
  side: Side,
  quantity: string | number,
  price: string | number,
  options: OrderOptions = {},
): Promise<FuturesOrder> {
  const action = 'createLimitOrder'
  requireKey(client, action)
  requireSide(client, action, side)
  const timeInForce = requireTimeInForce(client, action, options.timeInForce)
  const instrument = await client.catalogue.find(symbol)
  requireTrading(client, action, instrument)
  const intent = {
    instrument,
    side,
    type: 'LIMIT',
    quantity: requireQuantity(client, action, instrument, quantity, 'LIMIT'),
    price: requirePrice(client, action, instrument, 'price', price),
    timeInForce,
    reduceOnly: options.reduceOnly ?? false,
    clientOrderId: await clientOrderIdOf(client, action, options),
  } satisfies PlainOrderIntent
  if (!intent.reduceOnly) {
    requireNotional(client, action, instrument, intent.quantity, intent.price)
  }
  const order = await submit(client, action, intent, options)
  if (options.awaitFill === false) return order
  const isKnown = isState(client) ? hasAveragePrice : isVisible(order)
  const settled = await settle(
    client,
    { action, instrument, signal: options.signal },
    order,
    isKnown,
  )
  if (didNotQualify(settled)) throw notQualified(client, action, settled)
  return settled
}

/** The caller's id, checked, or the next of ours. */
export async function clientOrderIdOf(
  client: Client,
  action: string,
  { clientOrderId }: { clientOrderId?: string },
): Promise<string> {
  if (clientOrderId !== undefined) return requireClientOrderId(client, action, clientOrderId)
  return client.orderId({ number: client.nextNumber(), leg: 0, generation: 0 })
}

/** Read at least once since it was only acknowledged. */
export function isVisible(acknowledged: FuturesOrder): (order: FuturesOrder) => boolean {
  return (order) => order !== acknowledged
}

function submit(
  client: Client,
  action: string,
  intent: PlainOrderIntent,
  { signal }: OrderOptions,
): Promise<FuturesOrder> {
  return submitOnce(client, {
    action,
    instrument: intent.instrument,
    clientOrderId: intent.clientOrderId,
    budgetClass: intent.reduceOnly ? 'protect' : 'ordinary',
    signal,
    send: (call) => client.operations.createOrder(call, intent),
    matches: (order) => order.side === intent.side && order.type === intent.type,
  })
}

function isState(client: Client): boolean {
  return client.definition.capabilities.orderAnswer === 'state'
}

/** Some answers tell what was executed, and not at what price. */
function hasAveragePrice(order: FuturesOrder): boolean {
  return isZero(order.executedQty) || order.averagePrice !== undefined
}

function isFilledOrEnded(order: FuturesOrder): boolean {
  return !isOpen(order.status) && hasAveragePrice(order)
}

/** Some exchanges refuse such an order, others take it and end it at once: one answer for both. */
function didNotQualify(order: FuturesOrder): boolean {
  const mustQualify = order.timeInForce === 'GTX' || order.timeInForce === 'FOK'
  const hasEnded = order.status === 'REJECTED' || order.status === 'EXPIRED'
  return mustQualify && hasEnded && isZero(order.executedQty)
}

function notQualified(client: Client, action: string, order: FuturesOrder): ExchangeError {
  const exchange = client.definition.name
  const why =
    order.timeInForce === 'GTX' ? 'would have traded at once' : 'could not be filled at once'
  return new ExchangeError(
    `${exchange} refused ${action}: the ${order.timeInForce} order of ${order.quantity} at ${order.price} ${why}`,
    { code: 'WOULD_NOT_REST', exchange, action },
  )
}
