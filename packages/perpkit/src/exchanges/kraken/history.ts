import type { Call, Endpoint, Instruments } from '../../client/definition.ts'
import { add, isPositive, isZero } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, OrderType, TimeInForce } from '../../model/tokens.ts'
import { priceOrNone } from './fields.ts'
import { isOf, type OrderIds } from './ids.ts'
import { endedStatus, openStatus } from './statuses.ts'
import { readSymbols } from './symbols.ts'
import { conditionalTypeOf, hasLimitPrice, readRisesToTrigger, readSide } from './tokens.ts'

// The memory of the exchange: events of orders and of triggers, apart. It is asked last and seldom,
// because its budget is 10 calls a minute (docs/wire/kraken.md 4.8, 7).

interface Wanted {
  instrument: Instrument
  ids: OrderIds
}

/** An order as its latest events tell it: as an order, and as the trigger it came from. */
export async function readHistory(
  call: Call,
  wanted: Wanted,
): Promise<{ plain: FuturesOrder | undefined; trigger: FuturesOrder | undefined }> {
  const [plain, trigger] = await Promise.all([
    findLatest(call, orderEvents, wanted),
    findLatest(call, triggerEvents, wanted),
  ])
  return { plain, trigger }
}

/** Pages of 1000 events, newest first. */
const MAX_PAGES = 3

async function findLatest(
  call: Call,
  endpoint: Endpoint<PageRequest, Page>,
  wanted: Wanted,
): Promise<FuturesOrder | undefined> {
  let token: string | undefined
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { order, next } = await call(endpoint, { ...wanted, token })
    if (order || next === undefined) return order
    token = next
  }
  return undefined
}

interface PageRequest extends Wanted {
  /** Absent for the first page. */
  token: string | undefined
}

interface Page {
  /** By the newest event of the order that is wanted. */
  order: FuturesOrder | undefined
  next: string | undefined
}

/** https://docs.kraken.com/api-reference/account-history/get-order-events */
const orderEvents: Endpoint<PageRequest, Page> = {
  method: 'GET',
  path: '/api/history/v3/orders',
  access: 'read',
  effect: 'read',
  cost: { history: 1 },
  encode: encodePage,
  decode(answer, { ids }, { instruments }) {
    return readPage(answer, ORDER_BODIES, ids, (event) => readOrder(event, instruments))
  },
}

/** https://docs.kraken.com/api-reference/account-history/get-trigger-events */
const triggerEvents: Endpoint<PageRequest, Page> = {
  method: 'GET',
  path: '/api/history/v3/triggers',
  access: 'read',
  effect: 'read',
  cost: { history: 1 },
  encode: encodePage,
  decode(answer, { ids }, { instruments, receivedAt }) {
    return readPage(answer, TRIGGER_BODIES, ids, (event) =>
      readTrigger(event, instruments, receivedAt),
    )
  },
}

function encodePage({ instrument, token }: PageRequest): {
  query: Record<string, string | number | undefined>
} {
  const tradeable = instrument.nativeSymbol
  return { query: { tradeable, sort: 'desc', count: 1000, continuation_token: token } }
}

/** Where each event keeps the order as it is after it. Events that changed nothing are not here. */
const ORDER_BODIES: ReadonlyMap<string, string> = new Map([
  ['OrderPlaced', 'order'],
  ['OrderUpdated', 'newOrder'],
  ['OrderCancelled', 'order'],
  ['OrderRejected', 'order'],
])

const TRIGGER_BODIES: ReadonlyMap<string, string> = new Map([
  ['OrderTriggerPlaced', 'order'],
  ['OrderTriggerUpdated', 'newOrderTrigger'],
  ['OrderTriggerCancelled', 'order'],
  ['OrderTriggerActivated', 'order'],
])

interface OrderEvent {
  name: string
  time: number
  order: Reader
  reasons: (string | undefined)[]
}

function readPage(
  answer: Reader,
  bodies: ReadonlyMap<string, string>,
  ids: OrderIds,
  read: (event: OrderEvent) => FuturesOrder,
): Page {
  const elements = answer.at('elements').items()
  const next = answer.at('continuationToken').optionalString()
  for (const element of elements) {
    const event = readEvent(element, bodies)
    if (event && isOf(ids, namesOf(event.order))) return { order: read(event), next }
  }
  return { order: undefined, next: elements.length === 0 ? undefined : next }
}

function readEvent(element: Reader, bodies: ReadonlyMap<string, string>): OrderEvent | undefined {
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

function namesOf(order: Reader): { orderId: string; clientOrderId: string } {
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
  const trailing = options.at('trailingStopOptions')
  const type =
    !trailing.isAbsent() && trailing.has('maxDeviation')
      ? 'TRAILING_STOP_MARKET'
      : conditionalTypeOf({ side, risesToIt }, isLimit)
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
    },
    order.value,
  )
}

/** How long after its activation the order a trigger became may be invisible. */
const ACTIVATION_MS = 10_000

function readTriggerStatus({ name, time, reasons }: OrderEvent, receivedAt: number): OrderStatus {
  const isTriggered = reasons.some((reason) => reason?.toLowerCase() === 'stop_order_triggered')
  if (name === 'OrderTriggerActivated' || (name === 'OrderTriggerCancelled' && isTriggered)) {
    // One that never came to be an order was refused: margin or position were gone.
    return receivedAt - time > ACTIVATION_MS ? 'REJECTED' : 'NEW'
  }
  return name === 'OrderTriggerCancelled' ? endedStatus('CANCELLED', reasons, '0') : 'PENDING'
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
