import { isZero } from '../../core/decimal.ts'
import { ExchangeError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen, type MarginMode } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { PlainOrderIntent } from '../definition.ts'
import type { LimitOrderRequest, MarketOrderRequest } from '../requests.ts'
import { settle } from '../safety/settle.ts'
import { type Submission, submitOnce } from '../safety/submit.ts'
import {
  clientOrderIdOf,
  refuse,
  requireNotional,
  requirePositionSide,
  requirePrice,
  requireQuantity,
  requireSide,
  requireTimeInForce,
  requireTrading,
} from './arguments.ts'
import { inModes, type Placement, type PositionWish } from './placement.ts'

/** A plain order whose arguments were found right, before the account's modes are known. */
export interface PreparedOrder {
  action: string
  instrument: Instrument
  wish: PositionWish
  clientOrderId: string
  awaitFill: boolean
  signal: AbortSignal | undefined
  /** As in `Submission`. */
  lookForMs?: number
  intent(placement: Placement): PlainOrderIntent
}

/**
 * Checks everything that can be checked before anything is sent. `marginMode` is that of the position
 * to be closed, where it is known already.
 */
export async function preparePlainOrder(
  client: Client,
  action: string,
  request: MarketOrderRequest | LimitOrderRequest,
  marginMode?: MarginMode,
): Promise<PreparedOrder> {
  const side = requireSide(client, action, request.side)
  const positionSide = requirePositionSide(client, action, request.positionSide)
  const isLimit = request.type === 'LIMIT'
  if (!isLimit) forbidTimeInForce(client, action, request)
  const timeInForce = isLimit ? requireTimeInForce(client, action, request.timeInForce) : undefined
  const instrument = await client.catalogue.find(request.symbol)
  requireTrading(client, action, instrument)
  const quantity = requireQuantity(client, action, instrument, request.quantity, request.type)
  const price = isLimit
    ? requirePrice(client, action, instrument, 'price', request.price)
    : undefined
  const clientOrderId = await clientOrderIdOf(client, action, request)
  return {
    action,
    instrument,
    wish: {
      side,
      reduceOnly: request.reduceOnly ?? false,
      positionSide,
      marginMode,
    },
    clientOrderId,
    awaitFill: request.awaitFill ?? true,
    signal: request.signal,
    intent(placement) {
      if (price !== undefined && !placement.reduceOnly) {
        requireNotional(client, action, instrument, quantity, price)
      }
      const order = { instrument, quantity, clientOrderId, ...placement }
      if (price === undefined || timeInForce === undefined) return { ...order, type: 'MARKET' }
      return { ...order, type: 'LIMIT', price, timeInForce }
    },
  }
}

/** Sends it once, and reads it until what the caller waits for is known. */
export async function placePlainOrder(
  client: Client,
  prepared: PreparedOrder,
): Promise<FuturesOrder> {
  const order = await inModes(client, prepared, (placement) => {
    const intent = prepared.intent(placement)
    return submitOnce(client, {
      ...submissionOf(prepared, intent),
      send: (call) => client.operations.createOrder(call, intent),
    })
  })
  return finishPlainOrder(client, prepared, order)
}

/** How an order of this intent is journalled, and known again. */
export function submissionOf(
  { action, instrument, clientOrderId, signal, lookForMs }: PreparedOrder,
  intent: PlainOrderIntent,
): Omit<Submission, 'send'> {
  return {
    action,
    instrument,
    clientOrderId,
    budgetClass: intent.reduceOnly ? 'protect' : 'ordinary',
    signal,
    matches: (order) => order.side === intent.side && order.type === intent.type,
    figures: { quantity: intent.quantity, price: intent.price },
    lookForMs,
  }
}

/** Reads an accepted order until its fill, or its life in the book, is known. */
export async function finishPlainOrder(
  client: Client,
  { action, instrument, awaitFill, signal }: PreparedOrder,
  order: FuturesOrder,
): Promise<FuturesOrder> {
  if (!awaitFill) return order
  if (order.type === 'MARKET') {
    return settle(client, { action, instrument, signal }, order, isFilledOrEnded)
  }
  const isState = client.definition.capabilities.orderAnswer === 'state'
  const isKnown = isState ? hasAveragePrice : isVisible(order)
  const settled = await settle(client, { action, instrument, signal }, order, isKnown)
  if (didNotQualify(settled)) throw notQualified(client, action, settled)
  return settled
}

/** Read at least once since it was only acknowledged. */
export function isVisible(acknowledged: FuturesOrder): (order: FuturesOrder) => boolean {
  return (order) => order !== acknowledged
}

function forbidTimeInForce(client: Client, action: string, request: MarketOrderRequest): void {
  if (request.timeInForce === undefined) return
  const message = `a market order takes no timeInForce, received ${JSON.stringify(request.timeInForce)}`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
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
