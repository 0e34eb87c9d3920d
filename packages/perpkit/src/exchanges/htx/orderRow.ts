import { type Decimal, isPositive } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { OrderStatus, PlainOrderType, TimeInForce } from '../../model/tokens.ts'
import { readContracts } from './contracts.ts'
import { priceOrNone, readFlag, readToken, timeOrNone } from './fields.ts'
import { isClosing, readPositionSide } from './positionSide.ts'
import {
  type AlgoType,
  algoTypesBySource,
  orderStatuses,
  orderTypes,
  sides,
  timesInForce,
} from './tokens.ts'

/** An order of the plain book. */
export interface PlainOrder {
  order: FuturesOrder
  instrument: Instrument
  /** Where a conditional order may have placed it when it triggered. */
  parent: ParentHint | undefined
}

/** The conditional order that is perhaps meant: its kind is not told. */
export interface ParentHint {
  algoId: string
  types: readonly AlgoType[]
}

/** A row of the plain book: single orders, open orders and the history look alike. */
export function readPlainOrder(row: Reader, instrument: Instrument): PlainOrder {
  const type = readToken(row.at('type'), orderTypes)
  const timeInForce = readTimeInForce(row, type)
  const executedQty = readContracts(row.at('trade_volume'), instrument)
  const side = readToken(row.at('side'), sides)
  const positionSide = readPositionSide(row.at('position_side'))
  const order: FuturesOrder = {
    orderId: row.at('order_id').id(),
    clientOrderId: row.at('client_order_id').optionalId() ?? '',
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    side,
    type,
    quantity: readContracts(row.at('volume'), instrument),
    price: type === 'MARKET' ? '0' : (priceOrNone(row.at('price')) ?? '0'),
    status: readStatus(row, timeInForce, executedQty),
    executedQty,
    timeInForce,
    reduceOnly: positionSide ? isClosing(side, positionSide) : readFlag(row.at('reduce_only')),
  }
  if (positionSide !== undefined) order.positionSide = positionSide
  const averagePrice = priceOrNone(row.at('trade_avg_price'))
  const createdAt = timeOrNone(row.at('created_time'))
  const updatedAt = timeOrNone(row.at('updated_time'))
  if (averagePrice !== undefined) order.averagePrice = averagePrice
  if (createdAt !== undefined) order.createdAt = createdAt
  if (updatedAt !== undefined) order.updatedAt = updatedAt
  return { order: withRaw(order, row.value), instrument, parent: readParent(row) }
}

function readTimeInForce(row: Reader, type: PlainOrderType): TimeInForce {
  // A market order never rests, whatever stands beside it.
  if (type === 'MARKET') return 'IOC'
  if (row.at('type').value === 'post_only') return 'GTX'
  const field = row.at('time_in_force')
  return field.isAbsent() ? 'GTC' : readToken(field, timesInForce)
}

/**
 * One word stands for what was withdrawn, what might not rest and what found nobody to trade with.
 * The reason tells them apart; where none is given, an order that may not rest has expired
 * (docs/wire/htx.md 5).
 */
function readStatus(row: Reader, timeInForce: TimeInForce, executedQty: Decimal): OrderStatus {
  const status = readToken(row.at('state'), orderStatuses)
  if (status === 'CANCELLED') {
    const reason = row.at('cancel_reason').optionalString() ?? ''
    return timeInForce === 'GTC' || /by the client/i.test(reason) ? 'CANCELLED' : 'EXPIRED'
  }
  if (status === 'NEW' && isPositive(executedQty)) return 'PARTIALLY_FILLED'
  return status
}

/** Its client order id is then the id of the conditional order (docs/wire/htx.md 4.10). */
function readParent(row: Reader): ParentHint | undefined {
  const types = algoTypesBySource[row.at('order_source').optionalString() ?? '']
  const algoId = row.at('client_order_id').optionalId()
  return types === undefined || algoId === undefined ? undefined : { algoId, types }
}
