import type { Instruments } from '../../client/definition.ts'
import { add, type Decimal, div } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, OrderType, Side, TimeInForce } from '../../model/tokens.ts'
import { openTypeOf, timeInForceOf } from './books.ts'
import { priceOrNone } from './fields.ts'
import { endedStatus, openStatus } from './statuses.ts'
import { readSymbols } from './symbols.ts'
import { hasLimitPrice, isConditional } from './tokens.ts'

// Rows of the feed of open orders, which has words of its own: docs/wire/kraken.md 5.1, 8.4.

/** An order that rests or waits; what else is said of it stands beside the row. */
export function readStreamedOrder(row: Reader, instruments: Instruments): FuturesOrder {
  const word = row.at('type').string()
  const stopPrice = priceOrNone(row.at('stop_price'))
  const type = openTypeOf(word, {
    isLimit: priceOrNone(row.at('limit_price')) !== undefined,
    hasTrigger: stopPrice !== undefined,
  })
  const executedQty = row.at('filled').decimal()
  const callbackRate = readCallbackRate(row)
  const createdAt = row.at('time').optionalInteger()
  const updatedAt = row.at('last_update_time').optionalInteger()
  return withRaw(
    {
      orderId: row.at('order_id').id(),
      clientOrderId: row.at('cli_ord_id').optionalString() ?? '',
      ...readSymbols(row.at('instrument'), instruments),
      side: readDirection(row.at('direction')),
      type,
      // `qty` is what is left.
      quantity: add(row.at('qty').decimal(), executedQty),
      price: hasLimitPrice(type) ? row.at('limit_price').decimal() : '0',
      status: openStatusOf(type, executedQty),
      executedQty,
      timeInForce: TIMES_IN_FORCE.get(word) ?? timeInForceOf(type),
      ...(stopPrice !== undefined && isConditional(type) && { stopPrice }),
      ...(callbackRate !== undefined && { callbackRate }),
      reduceOnly: row.at('reduce_only').boolean(),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
}

/** What an order that is said to be gone has become; `undefined` where the reason does not tell. */
export function goneStatusOf(reason: string, executedQty: Decimal): OrderStatus | undefined {
  switch (reason) {
    case 'full_fill':
      return 'FILLED'
    case 'partial_fill':
      return undefined
    // It works from here on, as the order it has become.
    case 'stop_order_triggered':
      return openStatus(executedQty)
    default:
      return endedStatus('CANCELLED', [reason], executedQty)
  }
}

/** The words in which post-only and immediate orders may be told. */
const TIMES_IN_FORCE: ReadonlyMap<string, TimeInForce> = new Map([
  ['post', 'GTX'],
  ['ioc', 'IOC'],
  ['fok', 'FOK'],
  ['fillOrKill', 'FOK'],
])

function openStatusOf(type: OrderType, executedQty: Decimal): OrderStatus {
  const status = openStatus(executedQty)
  return status === 'NEW' && isConditional(type) ? 'PENDING' : status
}

function readDirection(field: Reader): Side {
  if (field.value === 0) return 'BUY'
  if (field.value === 1) return 'SELL'
  throw new ReadError(field.path, '0 or 1, for buy or sell', field.value)
}

/** A distance in dollars is no rate. */
function readCallbackRate(row: Reader): Decimal | undefined {
  if (!row.has('trailing_stop_options')) return undefined
  const options = row.at('trailing_stop_options')
  const isPercent = options.at('unit').optionalString()?.toLowerCase() === 'percent'
  return isPercent ? div(options.at('max_deviation').decimal(), '100') : undefined
}
