import { type Decimal, sub, sum } from '../../../core/decimal.ts'
import type { Engine, MarginMode, PositionSide, PositionView } from '../../engine/types.ts'
import { closesHedge } from './sides.ts'

/** Where a position can be: docs/wire/htx.md 4.2. */
export interface Place {
  symbol: string
  marginMode: MarginMode
  /** Hedge mode only. */
  positionSide?: PositionSide
}

/** The account's position there. */
export function positionOf(
  engine: Engine,
  accountId: string,
  place: Place,
): PositionView | undefined {
  return engine
    .positions(accountId)
    .find(
      (position) =>
        position.symbol === place.symbol &&
        position.marginMode === place.marginMode &&
        sideOf(position) === place.positionSide,
    )
}

/** The side by which a position is named, if it is. */
export function sideOf({ isHedged, side }: PositionView): PositionSide | undefined {
  return isHedged ? side : undefined
}

/** What of a position no resting closing order covers: docs/wire/htx.md 4.2. */
export function closeable(engine: Engine, position: PositionView): Decimal {
  const { accountId, marginMode, side, size, symbol } = position
  const closing = engine
    .openOrders(accountId)
    .filter(
      (order) =>
        order.symbol === symbol &&
        order.marginMode === marginMode &&
        order.positionSide === sideOf(position) &&
        (order.reduceOnly || closesHedge(order)) &&
        order.side === (side === 'LONG' ? 'SELL' : 'BUY'),
    )
  return sub(size, sum(closing.map((order) => sub(order.quantity, order.executedQuantity))))
}
