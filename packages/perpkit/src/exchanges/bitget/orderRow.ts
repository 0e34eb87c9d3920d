import type {
  AmendIntent,
  ConditionalOrderIntent,
  Instruments,
  PlainOrderIntent,
  TrailingOrderIntent,
} from '../../client/definition.ts'
import { type Decimal, isPositive } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { OrderNotFoundError, PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, PositionSide, Side } from '../../model/tokens.ts'
import { amountOrNone, timeOrNone } from './fields.ts'
import { readTimeInForce, wordOf } from './tokens.ts'

// What plain orders of V2 and V3 have in common, under different names.

/** How one generation names the fields of an order, and what it says in its own way. */
export interface OrderRow {
  row: Reader
  side: Side
  /** In hedge mode only. */
  positionSide?: PositionSide
  reduceOnly: boolean
  quantity: Reader
  executed: Reader
  averagePrice: Reader
  status: Reader
  timeInForce: Reader
  createdAt: Reader
  updatedAt: Reader
}

export function readOrder(names: OrderRow, instruments: Instruments): FuturesOrder {
  const { row, positionSide } = names
  const nativeSymbol = row.at('symbol').string()
  const isMarket = wordOf(row.at('orderType')) === 'market'
  const executedQty = names.executed.optionalDecimal() ?? '0'
  const averagePrice = amountOrNone(names.averagePrice)
  const createdAt = timeOrNone(names.createdAt)
  const updatedAt = timeOrNone(names.updatedAt)
  return withRaw(
    {
      orderId: row.at('orderId').id(),
      clientOrderId: row.at('clientOid').optionalString() ?? '',
      symbol: instruments.symbolOf(nativeSymbol),
      nativeSymbol,
      side: names.side,
      type: isMarket ? 'MARKET' : 'LIMIT',
      quantity: names.quantity.decimal(),
      price: isMarket ? '0' : row.at('price').decimal(),
      status: readStatus(names, executedQty, isMarket),
      executedQty,
      timeInForce: readTimeInForce(names.timeInForce, isMarket),
      ...(averagePrice !== undefined && { averagePrice }),
      ...(positionSide !== undefined && { positionSide }),
      reduceOnly: names.reduceOnly,
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    row.value,
  )
}

// docs/wire/bitget.md 5
function readStatus(names: OrderRow, executedQty: Decimal, isMarket: boolean): OrderStatus {
  switch (wordOf(names.status) ?? names.status.string()) {
    case 'filled':
    case 'full_fill':
      return 'FILLED'
    case 'canceled':
    case 'cancelled':
      return readEnding(names, isMarket)
    // `live`, `new`, `init`, `partially_filled`; and a word we do not know yet counts as open, so
    // that nobody takes a live order for an ended one.
    default:
      return isPositive(executedQty) ? 'PARTIALLY_FILLED' : 'NEW'
  }
}

/** One word for what was withdrawn, refused to rest, or found nobody to trade with. */
function readEnding({ row, timeInForce }: OrderRow, isMarket: boolean): OrderStatus {
  const reason = wordOf(row.at('cancelReason')) ?? wordOf(row.at('cancelSource')) ?? ''
  if (reason === 'post_only_fill_cancel') return 'REJECTED'
  if (BY_OTHERS.has(reason)) return 'CANCELLED'
  // Nobody is quick enough to withdraw these.
  const isImmediate = isMarket || ['ioc', 'fok'].includes(wordOf(timeInForce) ?? '')
  return isImmediate ? 'EXPIRED' : 'CANCELLED'
}

/** What ends an order that might have gone on. */
const BY_OTHERS: ReadonlySet<string> = new Set([
  'stp_cancel',
  'self_trade_cancel',
  'tpsl_plan_cancel',
  'modify_limit_order',
  'adl_cancel',
  'burst_cancel',
  'delivery_order_cancel',
])

/**
 * The answer to a new plain order only says that it arrived. One that displaced older reduce-only
 * orders comes without its id: that reads as an answer which does not tell the outcome, and the
 * order is then looked up by its client order id (docs/wire/bitget.md 9, trap 6).
 */
export function readReceipt(answer: Reader, intent: PlainOrderIntent): FuturesOrder {
  return receiptOf(answer.at('data'), intent)
}

export function receiptOf(receipt: Reader, intent: PlainOrderIntent): FuturesOrder {
  const isLimit = intent.type === 'LIMIT'
  return withRaw(
    {
      orderId: receipt.at('orderId').id(),
      ...ofIntent(intent),
      type: intent.type,
      price: isLimit ? (intent.price ?? '0') : '0',
      status: 'NEW',
      timeInForce: isLimit ? (intent.timeInForce ?? 'GTC') : 'IOC',
    },
    receipt.value,
  )
}

/** The same for a conditional order. */
export function readTriggerReceipt(answer: Reader, intent: ConditionalOrderIntent): FuturesOrder {
  const receipt = answer.at('data')
  return withRaw(
    {
      orderId: toOrderId(receipt.at('orderId').id()),
      ...ofIntent(intent),
      type: intent.type,
      ...UNTRIGGERED,
      stopPrice: intent.stopPrice,
      // Its rows tell no quantity either.
      ...(intent.closePosition && { quantity: '0', closePosition: true }),
    },
    receipt.value,
  )
}

/** The same for a trailing stop. */
export function readTrailingReceipt(answer: Reader, intent: TrailingOrderIntent): FuturesOrder {
  const receipt = answer.at('data')
  const { callbackRate, activationPrice } = intent
  return withRaw(
    {
      orderId: toOrderId(receipt.at('orderId').id()),
      ...ofIntent(intent),
      type: 'TRAILING_STOP_MARKET',
      ...UNTRIGGERED,
      callbackRate,
      ...(activationPrice !== undefined && { activationPrice }),
    },
    receipt.value,
  )
}

const UNTRIGGERED = { price: '0', status: 'PENDING', timeInForce: 'IOC' } as const

type Intent = PlainOrderIntent | ConditionalOrderIntent | TrailingOrderIntent

type Intended =
  | 'clientOrderId'
  | 'symbol'
  | 'nativeSymbol'
  | 'side'
  | 'quantity'
  | 'executedQty'
  | 'positionSide'
  | 'reduceOnly'

function ofIntent(intent: Intent): Pick<FuturesOrder, Intended> {
  const { instrument, clientOrderId, side, quantity, positionSide, reduceOnly } = intent
  const { symbol, nativeSymbol } = instrument
  return {
    clientOrderId,
    symbol,
    nativeSymbol,
    side,
    quantity,
    executedQty: '0',
    ...(positionSide !== undefined && { positionSide }),
    reduceOnly,
  }
}

/** The order with what an amend asked for, where the answer only says that it arrived. */
export function amended({ order, quantity, price, stopPrice }: AmendIntent): FuturesOrder {
  return withRaw(
    {
      ...order,
      ...(quantity !== undefined && { quantity }),
      ...(price !== undefined && { price }),
      ...(stopPrice !== undefined && { stopPrice }),
    },
    order.raw,
  )
}

/** The conditional order with the state of the order it became, under its own id. */
export function become(conditional: FuturesOrder, child: FuturesOrder): FuturesOrder {
  const { averagePrice, updatedAt, status, executedQty } = child
  return withRaw(
    {
      ...conditional,
      status,
      executedQty,
      ...(averagePrice !== undefined && { averagePrice }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
    { conditional: conditional.raw, order: child.raw },
  )
}

const PREFIX = 'algo:'

/** Our id of a conditional order: theirs with a prefix, so that all stores share one id space. */
export function toOrderId(triggerId: string): string {
  return PREFIX + triggerId
}

/** Their id in ours; `undefined` for a plain order. */
export function toTriggerId(orderId: string): string | undefined {
  return orderId.startsWith(PREFIX) ? orderId.slice(PREFIX.length) : undefined
}

/** Without one of the caller's, the exchange makes a client order id: a long number. */
export function isMadeByExchange(clientOrderId: string): boolean {
  return /^\d{15,20}$/.test(clientOrderId)
}

/** Throws for ids no order of this exchange can have: there is nothing to ask. */
export function requireOrderId(instrument: Instrument, orderId: string): void {
  if (!/^(algo:)?\d{1,20}$/.test(orderId)) throw notFound(instrument, orderId)
}

export function notFound(instrument: Instrument, id: string): OrderNotFoundError {
  return new OrderNotFoundError(`BITGET knows no order ${id} of ${instrument.symbol}`, {
    code: 'ORDER_NOT_FOUND',
    exchange: 'BITGET',
  })
}

/** `undefined` instead of the refusal that says that there is no such thing. */
export async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND') return undefined
    throw error
  }
}
