import type { Decimal } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import type { ConditionalOrderType, MarginMode } from '../../model/tokens.ts'
import { readContracts } from './contracts.ts'
import { priceOrNone, readFlag, readToken, timeOrNone } from './fields.ts'
import { isClosing, readPositionSide } from './positionSide.ts'
import { algoStatuses, marginModes, sides } from './tokens.ts'

// Conditional orders have a store of their own, with ids that are not those of the plain book. They
// hold no margin and no part of the position until they trigger (docs/wire/htx.md 4.10).

const PREFIX = 'algo:'

/** Our id of a conditional order. */
export function ofAlgoId(algoId: string): string {
  return PREFIX + algoId
}

/** Their id in ours; `undefined` for an order of the plain book. */
export function toAlgoId(orderId: string): string | undefined {
  return orderId.startsWith(PREFIX) ? orderId.slice(PREFIX.length) : undefined
}

/** A conditional order by its own record. */
export interface ConditionalOrder {
  order: FuturesOrder
  marginMode: MarginMode
  /** The order it became in the plain book, once triggered. */
  childId: string | undefined
}

export function readConditional(row: Reader, instrument: Instrument): ConditionalOrder {
  const { type, price, stopPrice, reduceOnly, ...trailing } = readKind(row)
  const side = readToken(row.at('side'), sides)
  const positionSide = readPositionSide(row.at('position_side'))
  const order: FuturesOrder = {
    orderId: ofAlgoId(row.at('algo_id').id()),
    clientOrderId: row.at('algo_client_order_id').optionalId() ?? '',
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    side,
    type,
    quantity: readContracts(row.at('volume'), instrument),
    price: price ?? '0',
    status: readToken(row.at('state'), algoStatuses),
    // What was executed is known of the order it became alone.
    executedQty: '0',
    timeInForce: type === 'STOP_MARKET' || type === 'TAKE_PROFIT_MARKET' ? 'IOC' : 'GTC',
    reduceOnly: positionSide ? isClosing(side, positionSide) : reduceOnly,
    ...trailing,
  }
  if (positionSide !== undefined) order.positionSide = positionSide
  const createdAt = timeOrNone(row.at('created_time'))
  const updatedAt = timeOrNone(row.at('updated_time'))
  if (stopPrice !== undefined) order.stopPrice = stopPrice
  if (createdAt !== undefined) order.createdAt = createdAt
  if (updatedAt !== undefined) order.updatedAt = updatedAt
  const childId = row.at('relation_order_id').optionalId()
  return {
    order: withRaw(order, row.value),
    marginMode: readToken(row.at('margin_mode'), marginModes),
    childId: childId === '0' ? undefined : childId,
  }
}

interface Kind {
  type: ConditionalOrderType
  price: Decimal | undefined
  stopPrice: Decimal | undefined
  reduceOnly: boolean
  callbackRate?: Decimal
  activationPrice?: Decimal
}

function readKind(row: Reader): Kind {
  switch (row.at('type').string()) {
    case 'sl':
    case 'tpsl':
      // Of the two legs of one order the stop is the one that protects; the other is in the raw row.
      return readLeg(row, 'sl', { market: 'STOP_MARKET', limit: 'STOP' })
    case 'tp':
      return readLeg(row, 'tp', { market: 'TAKE_PROFIT_MARKET', limit: 'TAKE_PROFIT' })
    case 'trigger':
      return {
        type: 'STOP',
        price: priceOrNone(row.at('price')),
        stopPrice: priceOrNone(row.at('trigger_price')),
        reduceOnly: readFlag(row.at('reduce_only')),
      }
    case 'trailing_stop':
      return readTrailing(row)
    default:
      throw new ReadError(row.at('type').path, 'a kind of conditional order', row.at('type').value)
  }
}

function readLeg(
  row: Reader,
  leg: 'sl' | 'tp',
  types: { market: ConditionalOrderType; limit: ConditionalOrderType },
): Kind {
  const isMarket = MARKET_TYPES.has(row.at(`${leg}_type`).optionalString() ?? '')
  return {
    type: isMarket ? types.market : types.limit,
    price: isMarket ? undefined : priceOrNone(row.at(`${leg}_order_price`)),
    stopPrice: row.at(`${leg}_trigger_price`).decimal(),
    // They carry no such field, because they only close.
    reduceOnly: true,
  }
}

function readTrailing(row: Reader): Kind {
  const kind: Kind = {
    type: 'TRAILING_STOP_MARKET',
    price: undefined,
    // The activation price is none: it only tells from where on the market is followed.
    stopPrice: undefined,
    reduceOnly: readFlag(row.at('reduce_only')),
    callbackRate: row.at('callback_rate').decimal(),
  }
  const activationPrice = priceOrNone(row.at('active_price'))
  return activationPrice === undefined ? kind : { ...kind, activationPrice }
}

/** What stands for the default in place of a type (docs/wire/htx.md 4.7). */
const MARKET_TYPES: ReadonlySet<string> = new Set(['market', '0', ''])
