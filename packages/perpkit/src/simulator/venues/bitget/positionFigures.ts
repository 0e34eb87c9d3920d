import { add, type Decimal, div, isPositive, mul, sub, sum } from '../../../core/decimal.ts'
import type { Engine, EngineFill, EngineOrder, PositionView } from '../../engine/types.ts'

/** What both generations tell of a position beside the engine's figures. */
export interface PositionFigures {
  /** Held by resting orders that close. */
  locked: Decimal
  available: Decimal
  /** Size of resting orders that would add to it. */
  opening: Decimal
  /** Profit settled since it was opened, before fees. */
  settled: Decimal
  /** Fees paid since it was opened. */
  fees: Decimal
  breakEvenPrice: Decimal
  /** Maintenance margin as a share of the equity behind it. */
  marginRatio: Decimal
}

export function figuresOf(engine: Engine, position: PositionView, asset: string): PositionFigures {
  const { accountId, maintenanceMargin, side, size, symbol } = position
  const resting = engine.openOrders(accountId).filter((order) => order.symbol === symbol)
  const isAdding = (order: EngineOrder): boolean => (order.side === 'BUY') === (side === 'LONG')
  const locked = rest(resting.filter((order) => !isAdding(order) && order.reduceOnly))
  const made = engine
    .fills(accountId)
    .filter((fill) => fill.symbol === symbol && fill.timestamp >= position.openedAt)
  const { marginBalance } = engine.margin(accountId, asset)
  return {
    locked,
    available: sub(size, locked),
    opening: rest(resting.filter((order) => isAdding(order) && !order.reduceOnly)),
    settled: sum(made.map((fill) => fill.realizedPnl)),
    fees: feesOf(made),
    breakEvenPrice: breakEvenOf(engine, position),
    marginRatio: isPositive(marginBalance) ? div(maintenanceMargin, marginBalance) : '0',
  }
}

function feesOf(fills: readonly EngineFill[]): Decimal {
  return sum(fills.map((fill) => fill.fee))
}

/** Where it closes without loss, both fees paid. */
function breakEvenOf(engine: Engine, { entryPrice, side, symbol }: PositionView): Decimal {
  const fee = engine.instrument(symbol)?.takerFee ?? '0'
  const more = add('1', fee)
  const less = sub('1', fee)
  return side === 'LONG' ? div(mul(entryPrice, more), less) : div(mul(entryPrice, less), more)
}

function rest(orders: readonly EngineOrder[]): Decimal {
  return sum(orders.map((order) => sub(order.quantity, order.executedQuantity)))
}
