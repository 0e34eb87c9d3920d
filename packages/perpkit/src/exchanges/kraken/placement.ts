import type {
  ConditionalOrderIntent,
  PlainOrderIntent,
  TrailingOrderIntent,
} from '../../client/definition.ts'
import {
  type Decimal,
  div,
  isLess,
  isPositive,
  isZero,
  max,
  mul,
  sub,
  sum,
} from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus } from '../../model/tokens.ts'
import { priceOrNone, readOptionalTime } from './fields.ts'
import { isConditional } from './tokens.ts'

export type NewOrderIntent = PlainOrderIntent | ConditionalOrderIntent | TrailingOrderIntent

/** The order as it is asked for, before the exchange has given it an id. */
export function askedOrder(intent: NewOrderIntent): FuturesOrder {
  const { instrument, side, quantity, reduceOnly, clientOrderId } = intent
  const type = 'callbackRate' in intent ? 'TRAILING_STOP_MARKET' : intent.type
  const limit = 'type' in intent && intent.type === 'LIMIT' ? intent : undefined
  return {
    orderId: '',
    clientOrderId,
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    side,
    type,
    quantity,
    price: limit?.price ?? '0',
    status: isConditional(type) ? 'PENDING' : 'NEW',
    executedQty: '0',
    timeInForce: limit ? (limit.timeInForce ?? 'GTC') : 'IOC',
    ...('stopPrice' in intent && { stopPrice: intent.stopPrice }),
    ...('callbackRate' in intent && { callbackRate: intent.callbackRate }),
    reduceOnly,
  }
}

/**
 * The order as the answer to its sending tells it: the status says only that it was taken, the
 * events what became of it (docs/wire/kraken.md 4.5, 5.2).
 */
export function readPlacement(placement: Reader, asked: FuturesOrder): FuturesOrder {
  const events = readEvents(placement.at('orderEvents'))
  const executions = events.filter((event) => event.at('type').value === 'EXECUTION')
  const places = events.filter((event) => event.at('type').value === 'PLACE')
  const quantity = sub(asked.quantity, cutOf(executions, places))
  const amounts = executions.map((event) => event.at('amount').decimal())
  const isFilled = placement.at('status').string() === 'filled'
  const executedQty = isFilled && executions.length === 0 ? quantity : sum(amounts)
  const averagePrice = averageOf(
    executions.map((event, index) => [event.at('price').decimal(), amounts[index] ?? '0']),
  )
  // Another name in batches.
  const createdAt =
    readOptionalTime(placement.at('receivedTime')) ??
    readOptionalTime(placement.at('dateTimeReceived'))
  const stopPrice = readTriggerPrice(places)
  return withRaw(
    {
      ...asked,
      orderId: readOrderId(placement, places),
      quantity,
      status: statusOf(placement, { asked, quantity, executedQty, rests: places.length > 0 }),
      executedQty,
      ...(averagePrice !== undefined && { averagePrice }),
      ...(stopPrice !== undefined && { stopPrice }),
      ...(createdAt !== undefined && { createdAt, updatedAt: createdAt }),
    },
    placement.value,
  )
}

/** Average of prices weighted by amounts; `undefined` without any. */
export function averageOf(
  executions: readonly (readonly [price: Decimal, amount: Decimal])[],
): Decimal | undefined {
  const total = sum(executions.map(([, amount]) => amount))
  if (isZero(total)) return undefined
  return div(sum(executions.map(([price, amount]) => mul(price, amount))), total, 12)
}

export function readEvents(list: Reader): Reader[] {
  return list.isAbsent() ? [] : list.items()
}

/** A trigger is named by its event too, and once was by that alone. */
function readOrderId(placement: Reader, places: readonly Reader[]): string {
  const trigger = places.find((event) => event.has('orderTrigger'))
  const uid = trigger?.at('orderTrigger').at('uid').optionalId()
  return placement.at('order_id').optionalId() ?? uid ?? placement.at('order_id').id()
}

/** A trailing stop has one too: that of the moment. */
function readTriggerPrice(places: readonly Reader[]): Decimal | undefined {
  const trigger = places.find((event) => event.has('orderTrigger'))
  return trigger && priceOrNone(trigger.at('orderTrigger').at('triggerPrice'))
}

/** What was cut off because the position is smaller than the reduce-only order. */
function cutOf(executions: readonly Reader[], places: readonly Reader[]): Decimal {
  const cuts = [
    ...places.map((event) => event.at('reducedQuantity').optionalDecimal() ?? '0'),
    ...executions.map((event) => event.at('takerReducedQuantity').optionalDecimal() ?? '0'),
  ]
  return cuts.reduce((largest, cut) => max(largest, cut), '0')
}

function statusOf(
  placement: Reader,
  order: { asked: FuturesOrder; quantity: Decimal; executedQty: Decimal; rests: boolean },
): OrderStatus {
  const { asked, quantity, executedQty, rests } = order
  const word = placement.at('status').string()
  if (word === 'iocWouldNotExecute') return 'EXPIRED'
  if (word === 'cancelled') return 'CANCELLED'
  if (!isPositive(executedQty)) return asked.status
  if (!isLess(executedQty, quantity)) return 'FILLED'
  // What an immediate order does not get at once is gone, without an event.
  return asked.timeInForce === 'IOC' && !rests ? 'EXPIRED' : 'PARTIALLY_FILLED'
}
