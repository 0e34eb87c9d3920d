import { type Decimal, isGreater, isLess, isMultipleOf, isZero } from '../../core/decimal.ts'
import { ExchangeError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen, type MarginMode } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { Call } from '../definition.ts'
import type {
  ConditionalOrderRequest,
  ProtectiveOrderRequest,
  TrailingStopOrderRequest,
} from '../requests.ts'
import { settle } from '../safety/settle.ts'
import { submitOnce } from '../safety/submit.ts'
import {
  clientOrderIdOf,
  refuse,
  requireDecimal,
  requireKey,
  requirePositionSide,
  requirePrice,
  requireQuantity,
  requireSide,
  requireSupported,
  requireTrading,
  requireTriggerSource,
} from './arguments.ts'
import { inModes, type Placement, type PositionWish } from './placement.ts'
import { isVisible } from './plainOrder.ts'

/** An order that waits for its trigger, its arguments found right. */
export interface PreparedConditional {
  action: string
  instrument: Instrument
  wish: PositionWish
  type: FuturesOrder['type']
  quantity: Decimal
  stopPrice: Decimal | undefined
  clientOrderId: string
  signal: AbortSignal | undefined
  lookForMs?: number | undefined
  send(call: Call, placement: Placement): Promise<FuturesOrder>
}

/** What only callers from within say. */
export interface Sizing {
  /** It closes whatever the position is when it triggers. */
  closePosition?: boolean
  /** Of the position, where that was just read. */
  marginMode?: MarginMode | undefined
  /** For how long it is looked up when its answer is lost; default for as long as it may be invisible. */
  lookForMs?: number
}

export async function createStopLossOrder(
  client: Client,
  request: ProtectiveOrderRequest,
  sizing: Sizing = {},
): Promise<FuturesOrder> {
  const action = 'createStopLossOrder'
  requireKey(client, action)
  const stop = { ...request, type: 'STOP_MARKET' } as const
  return placeConditional(client, await prepareConditional(client, action, stop, sizing))
}

export async function createTakeProfitOrder(
  client: Client,
  request: ProtectiveOrderRequest,
  sizing: Sizing = {},
): Promise<FuturesOrder> {
  const action = 'createTakeProfitOrder'
  requireKey(client, action)
  const target = { ...request, type: 'TAKE_PROFIT_MARKET' } as const
  return placeConditional(client, await prepareConditional(client, action, target, sizing))
}

export async function createTrailingStopOrder(
  client: Client,
  request: TrailingStopOrderRequest,
): Promise<FuturesOrder> {
  const action = 'createTrailingStopOrder'
  requireKey(client, action)
  const type = 'TRAILING_STOP_MARKET'
  return placeConditional(client, await prepareConditional(client, action, { ...request, type }))
}

/**
 * Checks everything that can be checked before anything is sent.
 */
export async function prepareConditional(
  client: Client,
  action: string,
  request: ConditionalOrderRequest,
  { closePosition = false, marginMode, lookForMs }: Sizing = {},
): Promise<PreparedConditional> {
  if (request.type === 'TRAILING_STOP_MARKET') requireSupported(client, 'createTrailingStopOrder')
  const side = requireSide(client, action, request.side)
  const positionSide = requirePositionSide(client, action, request.positionSide)
  const { trailing, triggerSources } = client.definition.capabilities
  const sources =
    request.type === 'TRAILING_STOP_MARKET' ? trailing?.triggerSources : triggerSources
  const triggerSource = requireTriggerSource(client, action, request.triggerSource, sources)
  const instrument = await client.catalogue.find(request.symbol)
  requireTrading(client, action, instrument)
  const quantity = requireQuantity(client, action, instrument, request.quantity, 'MARKET')
  const figures = figuresOf(client, action, instrument, request)
  const clientOrderId = await clientOrderIdOf(client, action, request)
  const order = { instrument, quantity, triggerSource, clientOrderId }
  return {
    action,
    instrument,
    wish: { side, reduceOnly: request.reduceOnly ?? true, positionSide, marginMode },
    type: request.type,
    quantity,
    stopPrice: 'stopPrice' in figures ? figures.stopPrice : undefined,
    clientOrderId,
    signal: request.signal,
    lookForMs,
    send(call, placement) {
      const { createConditionalOrder, createTrailingOrder } = client.operations
      if (figures.type !== 'TRAILING_STOP_MARKET') {
        const sizing = closePosition ? { closePosition } : {}
        return createConditionalOrder(call, { ...order, ...placement, ...figures, ...sizing })
      }
      if (!createTrailingOrder) throw noTrailing(client, action)
      const { type: _, ...rates } = figures
      return createTrailingOrder(call, { ...order, ...placement, ...rates })
    },
  }
}

/** Resolves only with an order that is live, or was and has triggered since; else it rejects. */
export async function placeConditional(
  client: Client,
  prepared: PreparedConditional,
): Promise<FuturesOrder> {
  const { action, instrument, clientOrderId, signal, type, quantity, stopPrice } = prepared
  const { lookForMs } = prepared
  const order = await inModes(client, prepared, (placement) =>
    submitOnce(client, {
      action,
      instrument,
      clientOrderId,
      budgetClass: placement.reduceOnly ? 'protect' : 'ordinary',
      signal,
      send: (call) => prepared.send(call, placement),
      matches: (found) => found.side === placement.side && found.type === type,
      figures: { quantity, stopPrice },
      lookForMs,
    }),
  )
  const isState = client.definition.capabilities.orderAnswer === 'state'
  const settled = isState
    ? order
    : await settle(client, { action, instrument, signal }, order, isVisible(order))
  if (!isOpen(settled.status) && isZero(settled.executedQty)) throw ended(client, action, settled)
  return settled
}

type Figures =
  | { type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET'; stopPrice: string }
  | { type: 'TRAILING_STOP_MARKET'; callbackRate: string; activationPrice?: string }

function figuresOf(
  client: Client,
  action: string,
  instrument: Instrument,
  request: ConditionalOrderRequest,
): Figures {
  if (request.type !== 'TRAILING_STOP_MARKET') {
    const stopPrice = requirePrice(client, action, instrument, 'stopPrice', request.stopPrice)
    return { type: request.type, stopPrice }
  }
  const { type, activationPrice } = request
  const callbackRate = requireCallbackRate(client, action, request.callbackRate)
  if (activationPrice === undefined) return { type, callbackRate }
  if (client.definition.capabilities.trailing?.activationPrice === false) {
    const message =
      'trailing stops follow from the moment they are placed; leave activationPrice out'
    throw refuse(client, action, 'UNSUPPORTED', message)
  }
  const activation = requirePrice(client, action, instrument, 'activationPrice', activationPrice)
  return { type, callbackRate, activationPrice: activation }
}

function requireCallbackRate(client: Client, action: string, value: string | number): string {
  const rate = requireDecimal(client, action, 'callbackRate', value)
  const { trailing } = client.definition.capabilities
  if (!trailing) throw noTrailing(client, action)
  const { minCallbackRate, maxCallbackRate, callbackRateStep } = trailing
  const isInside = !isLess(rate, minCallbackRate) && !isGreater(rate, maxCallbackRate)
  if (isInside && isMultipleOf(rate, callbackRateStep)) return rate
  const message = `callbackRate is a fraction from ${minCallbackRate} to ${maxCallbackRate} in steps of ${callbackRateStep}, received ${rate}`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
}

function noTrailing(client: Client, action: string): Error {
  return refuse(client, action, 'UNSUPPORTED', 'the exchange has no trailing stops')
}

function ended(client: Client, action: string, order: FuturesOrder): ExchangeError {
  const exchange = client.definition.name
  return new ExchangeError(
    `${exchange} refused ${action}: the ${order.type} of ${order.quantity} at ${order.stopPrice} ended ${order.status} without being live`,
    { code: 'REFUSED', exchange, action },
  )
}
