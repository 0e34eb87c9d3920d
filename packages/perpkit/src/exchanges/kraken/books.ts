import type { Call, Endpoint, Instruments } from '../../client/definition.ts'
import { add, type Decimal } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, OrderType, Side } from '../../model/tokens.ts'
import { priceOrNone, readOptionalTime } from './fields.ts'
import { isOf, type OrderIds } from './ids.ts'
import { type OrderMemory, recall } from './memory.ts'
import { endedStatus, openStatus } from './statuses.ts'
import { isAskedFor, readSymbols } from './symbols.ts'
import {
  conditionalTypeOf,
  hasLimitPrice,
  isConditional,
  readRisesToTrigger,
  readSide,
} from './tokens.ts'

// Where orders can be seen: those that are open, and those that ended within 5 seconds. What is
// older stands in the history (history.ts).

/** Plain and conditional; the exchange lists those of all symbols at once. */
export async function getOpenOrders(
  call: Call,
  params: { instrument?: Instrument },
  memory?: OrderMemory,
): Promise<FuturesOrder[]> {
  const orders = await call(openOrders, params)
  return memory ? orders.map((order) => recall(order, memory.find(order))) : orders
}

/** https://docs.kraken.com/api-reference/order-management/get-open-orders */
const openOrders: Endpoint<{ instrument?: Instrument }, FuturesOrder[]> = {
  method: 'GET',
  path: '/derivatives/api/v3/openorders',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 2 },
  encode() {
    return {}
  },
  decode(answer, { instrument }, { instruments }) {
    return answer
      .at('openOrders')
      .items()
      .filter((row) => isAskedFor(row.at('symbol'), instrument))
      .map((row) => readOpenOrder(row, instruments))
  },
}

function readOpenOrder(row: Reader, instruments: Instruments): FuturesOrder {
  const type = readOpenType(row)
  const executedQty = row.at('filledSize').decimal()
  const stopPrice = priceOrNone(row.at('stopPrice'))
  const createdAt = readOptionalTime(row.at('receivedTime'))
  const updatedAt = readOptionalTime(row.at('lastUpdateTime'))
  const status = openStatus(executedQty)
  return withRaw(
    {
      orderId: row.at('order_id').id(),
      clientOrderId: row.at('cliOrdId').optionalString() ?? '',
      ...readSymbols(row.at('symbol'), instruments),
      side: readSide(row.at('side')),
      type,
      quantity: add(row.at('unfilledSize').decimal(), executedQty),
      price: hasLimitPrice(type) ? row.at('limitPrice').decimal() : '0',
      status: status === 'NEW' && isConditional(type) ? 'PENDING' : status,
      executedQty,
      // The list calls post-only orders `lmt` too (docs/wire/kraken.md 4.8).
      timeInForce: row.at('orderType').value === 'post' ? 'GTX' : timeInForceOf(type),
      ...(stopPrice !== undefined && { stopPrice }),
      reduceOnly: row.at('reduceOnly').boolean(),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
}

function readOpenType(row: Reader): OrderType {
  return openTypeOf(row.at('orderType').string(), {
    isLimit: priceOrNone(row.at('limitPrice')) !== undefined,
    hasTrigger: row.has('stopPrice'),
  })
}

/** Of a list or a stream of open orders (docs/wire/kraken.md 5.1). */
export function openTypeOf(
  word: string,
  { isLimit, hasTrigger }: { isLimit: boolean; hasTrigger: boolean },
): OrderType {
  switch (word) {
    case 'limit':
    case 'lmt':
    case 'post':
      return 'LIMIT'
    case 'market':
      return 'MARKET'
    case 'take_profit':
      return conditionalTypeOf('take profit', isLimit)
    case 'trailing_stop':
      return 'TRAILING_STOP_MARKET'
    case 'stop':
    case 'stp':
      return conditionalTypeOf('stop', isLimit)
    // A word we do not know yet must not hide an order: what has a trigger price waits for it.
    default:
      return hasTrigger ? conditionalTypeOf('stop', isLimit) : 'LIMIT'
  }
}

export function timeInForceOf(type: OrderType): 'GTC' | 'IOC' {
  return hasLimitPrice(type) ? 'GTC' : 'IOC'
}

/** An order as one store shows it. */
export interface Sighting {
  order: FuturesOrder
  /** Whether type, price and time in force are told; else they are those of a limit order. */
  tellsKind: boolean
}

/**
 * Open orders and those that ended within 5 seconds; others are missing from the answer.
 * https://docs.kraken.com/api-reference/order-management/get-specific-orders-status
 */
export const recentOrders: Endpoint<OrderIds, Sighting[]> = {
  method: 'POST',
  path: '/derivatives/api/v3/orders/status',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 1 },
  encode({ orderId, clientOrderId }) {
    return {
      form: { orderIds: orderId, cliOrdIds: orderId === undefined ? clientOrderId : undefined },
    }
  },
  decode(answer, ids, { instruments }) {
    return answer
      .at('orders')
      .items()
      .filter((row) => isOf(ids, readIds(row.at('order'))))
      .map((row) => readRecentOrder(row, instruments))
  },
}

function readIds(order: Reader): { orderId: string; clientOrderId: string } {
  return {
    orderId: order.at('orderId').id(),
    clientOrderId: order.at('cliOrdId').optionalString() ?? '',
  }
}

function readRecentOrder(row: Reader, instruments: Instruments): Sighting {
  const order = row.at('order')
  const trigger = order.has('priceTriggerOptions') ? order.at('priceTriggerOptions') : undefined
  const executedQty = order.at('filled').optionalDecimal() ?? '0'
  const status = readRecentStatus(row, executedQty)
  const side = readSide(order.at('side'))
  const type = trigger ? readTriggerType(order, trigger, side) : 'LIMIT'
  const stopPrice = trigger && priceOrNone(trigger.at('triggerPrice'))
  const createdAt = readOptionalTime(order.at('timestamp'))
  const updatedAt = readOptionalTime(order.at('lastUpdateTimestamp'))
  const quantity = order.at('quantity').decimal()
  return {
    order: withRaw(
      {
        ...readIds(order),
        ...readSymbols(order.at('symbol'), instruments),
        side,
        type,
        // What is left, which after the end may stand at what was asked for (section 4.8).
        quantity: status === 'FILLED' ? executedQty : add(quantity, executedQty),
        price: hasLimitPrice(type) ? (order.at('limitPrice').optionalDecimal() ?? '0') : '0',
        status,
        executedQty,
        timeInForce: timeInForceOf(type),
        ...(stopPrice !== undefined && { stopPrice }),
        reduceOnly: order.at('reduceOnly').boolean(),
        ...(createdAt !== undefined && { createdAt }),
        ...(updatedAt !== undefined && { updatedAt }),
      },
      row.value,
    ),
    // A market order looks like a limit order at its protection price; but it never rests.
    tellsKind: trigger !== undefined || status === 'NEW' || status === 'PARTIALLY_FILLED',
  }
}

function readTriggerType(order: Reader, trigger: Reader, side: Side): OrderType {
  const isLimit = priceOrNone(order.at('limitPrice')) !== undefined
  const risesToIt = readRisesToTrigger(trigger.at('triggerSide'))
  return conditionalTypeOf({ side, risesToIt }, isLimit)
}

function readRecentStatus(row: Reader, executedQty: Decimal): OrderStatus {
  const reasons = [row.at('updateReason').optionalString(), row.at('error').optionalString()]
  switch (row.at('status').string()) {
    case 'FULLY_EXECUTED':
      return 'FILLED'
    case 'CANCELLED':
      return endedStatus('CANCELLED', reasons, executedQty)
    case 'REJECTED':
      return endedStatus('REJECTED', reasons, executedQty)
    case 'TRIGGER_PLACED':
      return 'PENDING'
    case 'TRIGGER_ACTIVATION_FAILURE':
      return 'REJECTED'
    // `ENTERED_BOOK`; and a word we do not know yet counts as open, so that nobody takes a live
    // order for an ended one.
    default:
      return openStatus(executedQty)
  }
}
