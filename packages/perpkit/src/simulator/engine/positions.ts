import {
  add,
  type Decimal,
  decimalPlaces,
  div,
  equals,
  isGreater,
  isZero,
  mul,
  negate,
  sub,
} from '../../core/decimal.ts'
import { closingSideOf } from './legs.ts'
import type { EnginePosition, EngineSide, PositionLeg } from './types.ts'

/** What a fill does to the position of its leg. */
export interface PositionFill extends PositionLeg {
  accountId: string
  side: EngineSide
  quantity: Decimal
  price: Decimal
  /** price × quantity. */
  notional: Decimal
  fee: Decimal
  at: number
}

export interface PositionChange {
  /** Absent: flat. */
  position?: EnginePosition
  /** Settled by this fill, before its fee. */
  realizedPnl: Decimal
}

/** The side of an order that reduces the position. */
export function closingSide(position: EnginePosition): EngineSide {
  return closingSideOf(position.side)
}

/**
 * Opens, adds to, reduces, closes or, in one-way mode, turns the position over. Changes nothing
 * itself; margin put aside is seen to elsewhere.
 */
export function applyFill(before: EnginePosition | undefined, fill: PositionFill): PositionChange {
  if (!before) return { position: openPosition(fill), realizedPnl: '0' }
  if (fill.side !== closingSide(before)) return { position: addTo(before, fill), realizedPnl: '0' }
  if (!isGreater(fill.quantity, before.size)) return reduce(before, fill)
  return turnOver(before, fill)
}

/** Profit of closing `quantity` of the position at `price`, before fees. */
export function profitOf(position: EnginePosition, quantity: Decimal, price: Decimal): Decimal {
  const change = sub(price, position.entryPrice)
  const profit = mul(position.side === 'LONG' ? change : negate(change), quantity)
  // An average price is rounded far behind the point; what is booked must not carry that along.
  return decimalPlaces(profit) > bookedPlaces ? div(profit, '1', bookedPlaces) : profit
}

/** Venues book eight decimals. */
const bookedPlaces = 10

function openPosition(fill: PositionFill): EnginePosition {
  return {
    accountId: fill.accountId,
    symbol: fill.symbol,
    side: fill.side === 'BUY' ? 'LONG' : 'SHORT',
    marginMode: fill.marginMode,
    isHedged: fill.positionSide !== undefined,
    size: fill.quantity,
    entryPrice: fill.price,
    realizedPnl: negate(fill.fee),
    openedAt: fill.at,
    updatedAt: fill.at,
  }
}

function addTo(before: EnginePosition, fill: PositionFill): EnginePosition {
  const size = add(before.size, fill.quantity)
  const entryPrice = equals(before.entryPrice, fill.price)
    ? before.entryPrice
    : div(add(mul(before.entryPrice, before.size), fill.notional), size)
  const realizedPnl = sub(before.realizedPnl, fill.fee)
  return { ...before, size, entryPrice, realizedPnl, updatedAt: fill.at }
}

function reduce(before: EnginePosition, fill: PositionFill): PositionChange {
  const realizedPnl = profitOf(before, fill.quantity, fill.price)
  const size = sub(before.size, fill.quantity)
  if (isZero(size)) return { realizedPnl }
  const settled = sub(add(before.realizedPnl, realizedPnl), fill.fee)
  return {
    position: { ...before, size, realizedPnl: settled, updatedAt: fill.at },
    realizedPnl,
  }
}

function turnOver(before: EnginePosition, fill: PositionFill): PositionChange {
  const quantity = sub(fill.quantity, before.size)
  const notional = mul(quantity, fill.price)
  // The fee is proportional to the quantity: what opens the new position is charged to it.
  const fee = div(mul(fill.fee, quantity), fill.quantity)
  return {
    position: openPosition({ ...fill, quantity, notional, fee }),
    realizedPnl: profitOf(before, before.size, fill.price),
  }
}
