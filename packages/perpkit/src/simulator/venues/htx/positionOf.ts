import { type Decimal, sub, sum } from '../../../core/decimal.ts'
import type { Engine, PositionView } from '../../engine/types.ts'

/** The account's position in a contract. */
export function positionOf(
  engine: Engine,
  accountId: string,
  symbol: string,
): PositionView | undefined {
  return engine.positions(accountId).find((position) => position.symbol === symbol)
}

/** What of a position no resting closing order covers: docs/wire/htx.md 4.2. */
export function closeable(engine: Engine, position: PositionView): Decimal {
  const { accountId, side, size, symbol } = position
  const closing = engine
    .openOrders(accountId)
    .filter(
      (order) =>
        order.symbol === symbol &&
        order.reduceOnly &&
        order.side === (side === 'LONG' ? 'SELL' : 'BUY'),
    )
  return sub(size, sum(closing.map((order) => sub(order.quantity, order.executedQuantity))))
}
