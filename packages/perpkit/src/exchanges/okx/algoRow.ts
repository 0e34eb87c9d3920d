import { type Decimal, isLess } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, OrderType, TimeInForce } from '../../model/tokens.ts'
import { readDirection } from './direction.ts'
import { amountOrNone, timeOrNone } from './fields.ts'
import { fromContracts } from './symbols.ts'
import { readSide } from './tokens.ts'

const PREFIX = 'algo:'

/** Our id of a conditional order: theirs with a prefix, so that both stores have one id space. */
export function toOrderId(algoId: string): string {
  return PREFIX + algoId
}

/** Their id in ours; `undefined` for an order of the book. */
export function toAlgoId(orderId: string): string | undefined {
  return orderId.startsWith(PREFIX) ? orderId.slice(PREFIX.length) : undefined
}

/** A conditional order by its own record. */
export interface ConditionalOrder {
  order: FuturesOrder
  /** The order it became in the book, once it has fired. */
  childId: string | undefined
}

export function readConditionalOrder(
  row: Reader,
  instrument: Instrument,
  receivedAt: number,
): ConditionalOrder {
  const { type, price, stopPrice } = readTrigger(row)
  const callbackRate = amountOrNone(row.at('callbackRatio'))
  const activationPrice = amountOrNone(row.at('activePx'))
  const isWhole = !row.at('closeFraction').isAbsent()
  const createdAt = timeOrNone(row.at('cTime'))
  const updatedAt = timeOrNone(row.at('uTime'))
  const order: FuturesOrder = {
    orderId: toOrderId(row.at('algoId').id()),
    clientOrderId: row.at('algoClOrdId').optionalString() ?? '',
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    ...readDirection(row),
    type,
    quantity: isWhole ? '0' : fromContracts(row.at('sz').decimal(), instrument),
    price: price ?? '0',
    status: readStatus(row, receivedAt),
    // What was executed stands in the order it became.
    executedQty: '0',
    timeInForce: price === undefined ? 'IOC' : readTimeInForce(row),
    ...(stopPrice !== undefined && { stopPrice }),
    ...(callbackRate !== undefined && { callbackRate }),
    ...(activationPrice !== undefined && { activationPrice }),
    ...(isWhole && { closePosition: true }),
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
  return { order: withRaw(order, row.value), childId: readChildId(row) }
}

interface Trigger {
  type: OrderType
  /** Absent where it fires a market order. */
  price: Decimal | undefined
  stopPrice: Decimal | undefined
}

function readTrigger(row: Reader): Trigger {
  const field = row.at('ordType')
  switch (field.string()) {
    case 'conditional':
    case 'oco':
      return isTakeProfitLeg(row)
        ? legOf('TAKE_PROFIT', row.at('tpTriggerPx'), row.at('tpOrdPx'))
        : legOf('STOP', row.at('slTriggerPx'), row.at('slOrdPx'))
    case 'trigger': {
      const kind = isTouchedFromBehind(row) ? 'TAKE_PROFIT' : 'STOP'
      // Placed as `orderPx`, read back under this name.
      return legOf(kind, row.at('triggerPx'), row.at('ordPx'))
    }
    case 'move_order_stop':
      // Its activation price is no trigger.
      return { type: 'TRAILING_STOP_MARKET', price: undefined, stopPrice: undefined }
    default:
      throw new ReadError(field.path, 'a conditional order', field.value)
  }
}

function legOf(kind: 'STOP' | 'TAKE_PROFIT', trigger: Reader, orderPrice: Reader): Trigger {
  const price = orderPrice.value === '-1' ? undefined : amountOrNone(orderPrice)
  return {
    type: price === undefined ? `${kind}_MARKET` : kind,
    price,
    stopPrice: amountOrNone(trigger),
  }
}

// With both legs the stop speaks for the order, until the other one has fired. A `conditional` with
// both executes the stop alone (docs/wire/okx.md 9).
/** Whether the take-profit leg of a `conditional` or `oco` order speaks for it. */
export function isTakeProfitLeg(row: Reader): boolean {
  if (row.at('slTriggerPx').isAbsent()) return true
  return row.at('actualSide').optionalString() === 'tp'
}

// A generic trigger fires from wherever the price was when it was placed: `last`.
function isTouchedFromBehind(row: Reader): boolean {
  const last = amountOrNone(row.at('last'))
  const triggerPrice = amountOrNone(row.at('triggerPx'))
  if (last === undefined || triggerPrice === undefined) return false
  return readSide(row.at('side')) === 'BUY'
    ? isLess(triggerPrice, last)
    : isLess(last, triggerPrice)
}

function readTimeInForce(row: Reader): TimeInForce {
  switch (row.at('advanceOrdType').optionalString()) {
    case 'fok':
      return 'FOK'
    case 'ioc':
      return 'IOC'
    default:
      return 'GTC'
  }
}

// docs/wire/okx.md 5
function readStatus(row: Reader, receivedAt: number): OrderStatus {
  switch (row.at('state').string()) {
    case 'effective':
    case 'order_placed':
    case 'filled':
      return withoutChild(row, receivedAt)
    case 'partially_effective':
      return 'PARTIALLY_FILLED'
    case 'canceled':
      return 'CANCELLED'
    case 'order_failed':
    case 'partially_failed':
      return 'REJECTED'
    // `live`, `pause`; and a word we do not know yet counts as open.
    default:
      return 'PENDING'
  }
}

/** How long an order that was cancelled without a fill can be looked up. */
const FORGOTTEN_AFTER_MS = 2 * 3_600_000

// Once it has fired the order it became knows better. One that cannot be found is on its way, or
// was cancelled unfilled and is forgotten (docs/wire/okx.md 4.3).
function withoutChild(row: Reader, receivedAt: number): OrderStatus {
  const firedAt = timeOrNone(row.at('triggerTime')) ?? timeOrNone(row.at('uTime')) ?? receivedAt
  return receivedAt - firedAt > FORGOTTEN_AFTER_MS ? 'EXPIRED' : 'NEW'
}

function readChildId(row: Reader): string | undefined {
  const own = row.at('ordId').optionalId()
  if (own !== undefined || !row.at('ordIdList').isArray()) return own
  return row.at('ordIdList').at(0).optionalId()
}
