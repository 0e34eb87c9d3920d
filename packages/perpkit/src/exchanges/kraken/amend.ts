import type { AmendIntent, Call, Endpoint, Fields } from '../../client/definition.ts'
import { add, type Decimal, isLess, isPositive, isZero, max, sum } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { OutcomeUnknownError, RequestError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus } from '../../model/tokens.ts'
import { priceOrNone, readOptionalTime } from './fields.ts'
import type { OrderMemory } from './memory.ts'
import { averageOf, readEvents } from './placement.ts'
import { hasLimitPrice, isConditional } from './tokens.ts'

/** In place: the order keeps its id. */
export async function amendOrder(
  call: Call,
  intent: AmendIntent,
  memory: OrderMemory,
): Promise<FuturesOrder> {
  if (intent.stopPrice !== undefined && intent.order.type === 'TRAILING_STOP_MARKET') {
    throw new RequestError('KRAKEN moves the trigger price of a trailing stop by itself', {
      code: 'UNSUPPORTED',
      exchange: 'KRAKEN',
    })
  }
  try {
    const order = await call(edit, intent)
    memory.learn(order)
    return order
  } catch (error) {
    // Which figures hold now is not known here any more.
    if (error instanceof OutcomeUnknownError) memory.forget(intent.order.clientOrderId)
    throw error
  }
}

/**
 * Not `order_id`, as in cancellations.
 * https://docs.kraken.com/api-reference/order-management/edit-order
 */
const edit: Endpoint<AmendIntent, FuturesOrder> = {
  method: 'POST',
  path: '/derivatives/api/v3/editorder',
  access: 'trade',
  effect: 'idempotent',
  cost: { derivatives: 10 },
  encode(intent) {
    const { order, quantity } = intent
    return {
      form: {
        orderId: order.orderId,
        size: quantity,
        ...pricesOf(intent),
        // A total; without it the size would be that of the open rest.
        qtyMode: quantity === undefined ? undefined : 'ABSOLUTE',
      },
    }
  },
  decode(answer, intent) {
    return readEdit(answer.at('editStatus'), intent)
  },
  unchanged: withFigures,
}

/** A trigger's prices must be named although they stay (docs/wire/kraken.md 4.6). */
function pricesOf({ order, price, stopPrice }: AmendIntent): Fields {
  if (!isConditional(order.type)) return { limitPrice: price }
  const isTrailing = order.type === 'TRAILING_STOP_MARKET'
  return {
    limitPrice: hasLimitPrice(order.type) ? (price ?? order.price) : undefined,
    stopPrice: isTrailing ? undefined : (stopPrice ?? order.stopPrice),
  }
}

function withFigures({ order, quantity, price, stopPrice }: AmendIntent): FuturesOrder {
  return withRaw(
    {
      ...order,
      quantity: quantity ?? order.quantity,
      price: price ?? order.price,
      ...(stopPrice !== undefined && { stopPrice }),
    },
    order.raw,
  )
}

/** Without an event it was so already; one that reaches into the book trades at once. */
function readEdit(edited: Reader, intent: AmendIntent): FuturesOrder {
  const events = readEvents(edited.at('orderEvents'))
  const change = events.find((event) => event.at('type').value === 'EDIT')
  const executions = events.filter((event) => event.at('type').value === 'EXECUTION')
  const asked = withFigures(intent)
  const told = change ? readFigures(change.at('new'), asked) : asked
  const amounts = executions.map((event) => event.at('amount').decimal())
  const word = edited.at('status').string()
  const total = add(told.executedQty, sum(amounts))
  const executedQty = word === 'filled' ? max(total, told.quantity) : total
  const updatedAt = readOptionalTime(edited.at('receivedTime'))
  const { averagePrice: before, ...rest } = told
  const isFirst = isZero(told.executedQty)
  // Of executions before and after only the latter are told: then no average.
  const averagePrice = isFirst
    ? averageOf(executions.map((event, i) => [event.at('price').decimal(), amounts[i] ?? '0']))
    : before
  const tellsAverage = averagePrice !== undefined && (isFirst || executions.length === 0)
  return withRaw(
    {
      ...rest,
      status: word === 'cancelled' ? 'CANCELLED' : statusOf(told, executedQty),
      executedQty,
      ...(tellsAverage && { averagePrice }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    edited.value,
  )
}

/** `quantity` is what is left; triggers have a price of their own instead of a limit. */
function readFigures(row: Reader, asked: FuturesOrder): FuturesOrder {
  const filled = row.at('filled').optionalDecimal() ?? '0'
  const price = priceOrNone(row.at('limitPrice'))
  const stopPrice = priceOrNone(row.at('triggerPrice'))
  return {
    ...asked,
    quantity: add(row.at('quantity').decimal(), filled),
    executedQty: max(filled, asked.executedQty),
    ...(price !== undefined && hasLimitPrice(asked.type) && { price }),
    ...(stopPrice !== undefined && { stopPrice }),
  }
}

function statusOf({ status, quantity }: FuturesOrder, executedQty: Decimal): OrderStatus {
  if (!isPositive(executedQty)) return status
  return isLess(executedQty, quantity) ? 'PARTIALLY_FILLED' : 'FILLED'
}
