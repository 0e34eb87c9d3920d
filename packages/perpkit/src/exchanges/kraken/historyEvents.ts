import type { DecodeContext, Instruments } from '../../client/definition.ts'
import { add, type Decimal, div, isPositive, isZero } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, OrderType, TimeInForce } from '../../model/tokens.ts'
import { priceOrNone } from './fields.ts'
import { endedStatus, openStatus } from './statuses.ts'
import { readSymbols } from './symbols.ts'
import { conditionalTypeOf, hasLimitPrice, readRisesToTrigger, readSide } from './tokens.ts'

// Orders as one event of the history tells them (docs/wire/kraken.md 4.8, 5.3).

/** An order as it was after an event. */
export interface PastOrder {
  order: FuturesOrder
  /** A trigger that has fired. */
  isActivated: boolean
}

/** One of the two stores of events. */
export interface EventStore {
  /** Where each event keeps the order as it is after it. Events that changed nothing are not here. */
  bodies: ReadonlyMap<string, string>
  read(event: OrderEvent, context: DecodeContext): FuturesOrder
}

export const orderStore: EventStore = {
  bodies: new Map([
    ['OrderPlaced', 'order'],
    ['OrderUpdated', 'newOrder'],
    ['OrderCancelled', 'order'],
    ['OrderRejected', 'order'],
  ]),
  read: (event, { instruments }) => readOrder(event, instruments),
}

export const triggerStore: EventStore = {
  bodies: new Map([
    ['OrderTriggerPlaced', 'order'],
    ['OrderTriggerUpdated', 'newOrderTrigger'],
    ['OrderTriggerCancelled', 'order'],
    ['OrderTriggerActivated', 'order'],
  ]),
  read: (event, { instruments, receivedAt }) => readTrigger(event, instruments, receivedAt),
}

/** How long after its activation the order a trigger became may be invisible. */
export const ACTIVATION_MS = 10_000

export interface OrderEvent {
  name: string
  time: number
  order: Reader
  reasons: (string | undefined)[]
}

export function readEvent(
  element: Reader,
  bodies: ReadonlyMap<string, string>,
): OrderEvent | undefined {
  const event = element.at('event')
  const [name = ''] = event.keys()
  const body = bodies.get(name)
  if (body === undefined) return undefined
  const told = event.at(name)
  return {
    name,
    time: element.at('timestamp').integer(),
    order: told.at(body),
    reasons: [told.at('reason').optionalString(), told.at('orderError').optionalString()],
  }
}

export function namesOf(order: Reader): { orderId: string; clientOrderId: string } {
  return {
    orderId: order.at('uid').id(),
    clientOrderId: order.at('clientId').optionalString() ?? '',
  }
}

function readOrder(event: OrderEvent, instruments: Instruments): FuturesOrder {
  const { order } = event
  const [type, timeInForce] = KINDS.get(order.at('orderType').string()) ?? ['MARKET', 'IOC']
  const executedQty = order.at('filled').decimal()
  return withRaw(
    {
      ...readCommon(event, instruments),
      type,
      price: hasLimitPrice(type) ? order.at('limitPrice').decimal() : '0',
      status: readOrderStatus(event, timeInForce),
      executedQty,
      timeInForce,
    },
    order.value,
  )
}

/** All others are market orders of some kind: of the account, or of the exchange itself. */
const KINDS: ReadonlyMap<string, readonly [OrderType, TimeInForce]> = new Map([
  ['Limit', ['LIMIT', 'GTC']],
  ['Post', ['LIMIT', 'GTX']],
  ['IoC', ['LIMIT', 'IOC']],
  ['FillOrKill', ['LIMIT', 'FOK']],
])

function readOrderStatus(
  { name, order, reasons }: OrderEvent,
  timeInForce: TimeInForce,
): OrderStatus {
  const executedQty = order.at('filled').decimal()
  if (name === 'OrderCancelled') return endedStatus('CANCELLED', reasons, executedQty)
  if (name === 'OrderRejected') return endedStatus('REJECTED', reasons, executedQty)
  const isFilled = isZero(order.at('quantity').decimal()) && isPositive(executedQty)
  if (isFilled || reasons.includes('full_fill')) return 'FILLED'
  // What an immediate order did not get at once is gone without an event (docs/wire/kraken.md 5.4).
  return timeInForce === 'IOC' || timeInForce === 'FOK' ? 'EXPIRED' : openStatus(executedQty)
}

function readTrigger(
  event: OrderEvent,
  instruments: Instruments,
  receivedAt: number,
): FuturesOrder {
  const { order } = event
  const options = order.at('triggerOptions')
  const isLimit = priceOrNone(order.at('limitPrice')) !== undefined
  const side = readSide(order.at('direction'))
  const risesToIt = readRisesToTrigger(options.at('triggerSide'))
  const trailing = readTrailing(options)
  const type = trailing ? 'TRAILING_STOP_MARKET' : conditionalTypeOf({ side, risesToIt }, isLimit)
  const stopPrice = priceOrNone(options.at('triggerPrice'))
  return withRaw(
    {
      ...readCommon(event, instruments),
      type,
      price: hasLimitPrice(type) ? order.at('limitPrice').decimal() : '0',
      status: readTriggerStatus(event, receivedAt),
      executedQty: '0',
      timeInForce: hasLimitPrice(type) ? 'GTC' : 'IOC',
      ...(stopPrice !== undefined && { stopPrice }),
      ...trailing,
    },
    order.value,
  )
}

/** `undefined` for a trigger that does not follow the price; a distance in dollars is no rate. */
function readTrailing(options: Reader): { callbackRate?: Decimal } | undefined {
  if (!options.has('trailingStopOptions')) return undefined
  const trailing = options.at('trailingStopOptions')
  if (!trailing.has('maxDeviation')) return undefined
  const isPercent = trailing.at('unit').optionalString()?.toLowerCase() === 'percent'
  return isPercent ? { callbackRate: div(trailing.at('maxDeviation').decimal(), '100') } : {}
}

function readTriggerStatus(event: OrderEvent, receivedAt: number): OrderStatus {
  const { name, time, reasons } = event
  // One that never came to be an order was refused: margin or position were gone.
  if (isActivation(event)) return receivedAt - time > ACTIVATION_MS ? 'REJECTED' : 'NEW'
  return name === 'OrderTriggerCancelled' ? endedStatus('CANCELLED', reasons, '0') : 'PENDING'
}

/** Whether the event says that a trigger has fired. */
export function isActivation({ name, reasons }: OrderEvent): boolean {
  if (name === 'OrderTriggerActivated') return true
  const isTriggered = reasons.some((reason) => reason?.toLowerCase() === 'stop_order_triggered')
  return name === 'OrderTriggerCancelled' && isTriggered
}

type Common = Pick<
  FuturesOrder,
  | 'orderId'
  | 'clientOrderId'
  | 'symbol'
  | 'nativeSymbol'
  | 'side'
  | 'quantity'
  | 'reduceOnly'
  | 'createdAt'
  | 'updatedAt'
>

function readCommon({ order, time }: OrderEvent, instruments: Instruments): Common {
  return {
    ...namesOf(order),
    ...readSymbols(order.at('tradeable'), instruments),
    side: readSide(order.at('direction')),
    // `quantity` is what is left.
    quantity: add(order.at('quantity').decimal(), order.at('filled').optionalDecimal() ?? '0'),
    reduceOnly: order.at('reduceOnly').boolean(),
    createdAt: order.at('timestamp').integer(),
    updatedAt: order.at('lastUpdateTimestamp').optionalInteger() ?? time,
  }
}
