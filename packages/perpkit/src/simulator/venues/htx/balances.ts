import {
  abs,
  add,
  type Decimal,
  div,
  isZero,
  max,
  mul,
  negate,
  sub,
  sum,
} from '../../../core/decimal.ts'
import type { Engine, EngineOrder, PositionView } from '../../engine/types.ts'
import { closesHedge } from './sides.ts'

// The account's money by margin mode: what is put aside for isolated positions is no part of the
// equity (docs/wire/htx.md 4.1).

/** What stands behind the cross positions, and what they and their orders ask for. */
export interface CrossFigures {
  /** Without what is put aside. */
  wallet: Decimal
  equity: Decimal
  profit: Decimal
  initialMargin: Decimal
  maintenanceMargin: Decimal
  /** Of open orders. */
  frozen: Decimal
  isolated: IsolatedFigures
}

/** Of all isolated positions and orders together. */
export interface IsolatedFigures {
  equity: Decimal
  profit: Decimal
  frozen: Decimal
}

/** The figures of an account's USDT. */
export function crossFigures(engine: Engine, accountId: string): CrossFigures {
  const all = engine.margin(accountId, 'USDT')
  const cross = engine.positions(accountId).filter(({ marginMode }) => marginMode === 'CROSS')
  const wallet = sub(all.walletBalance, all.isolatedMargin)
  const profit = sum(cross.map(({ unrealizedPnl }) => unrealizedPnl))
  const frozen = isolatedFrozen(engine, accountId)
  return {
    wallet,
    equity: add(wallet, profit),
    profit,
    initialMargin: sum(cross.map(({ initialMargin }) => initialMargin)),
    maintenanceMargin: sum(cross.map(({ maintenanceMargin }) => maintenanceMargin)),
    frozen: sub(all.orderInitialMargin, frozen),
    isolated: {
      equity: add(all.isolatedMargin, all.isolatedUnrealizedPnl),
      profit: all.isolatedUnrealizedPnl,
      frozen,
    },
  }
}

/**
 * Margin of isolated orders: what the larger of the two ways they could fill would ask for beyond
 * the position there is.
 */
function isolatedFrozen(engine: Engine, accountId: string): Decimal {
  const orders = engine
    .openOrders(accountId)
    .filter((order) => order.marginMode === 'ISOLATED' && !order.reduceOnly && !closesHedge(order))
  const legs = new Map<string, EngineOrder[]>()
  for (const order of orders) {
    const key = `${order.symbol} ${order.positionSide ?? ''}`
    legs.set(key, [...(legs.get(key) ?? []), order])
  }
  const positions = engine
    .positions(accountId)
    .filter(({ marginMode }) => marginMode === 'ISOLATED')
  return sum([...legs.values()].map((leg) => frozenOf(engine, leg, positions)))
}

function frozenOf(
  engine: Engine,
  orders: readonly EngineOrder[],
  positions: readonly PositionView[],
): Decimal {
  const [first] = orders
  if (!first) return '0'
  const { accountId, marginMode, positionSide, symbol } = first
  const position = positions.find(
    (one) => one.symbol === symbol && (positionSide === undefined || one.side === positionSide),
  )
  const held = position
    ? position.side === 'LONG'
      ? position.notional
      : negate(position.notional)
    : '0'
  const buys = add(held, notionalOf(orders, 'BUY'))
  const sells = sub(held, notionalOf(orders, 'SELL'))
  const more = sub(max(max(abs(buys), abs(sells)), abs(held)), abs(held))
  if (isZero(more)) return '0'
  const leg = { marginMode, ...(positionSide === undefined ? {} : { positionSide }) }
  return div(more, String(engine.leverage(accountId, symbol, leg)))
}

function notionalOf(orders: readonly EngineOrder[], side: EngineOrder['side']): Decimal {
  const own = orders.filter((order) => order.side === side)
  return sum(
    own.map(({ executedQuantity, price = '0', quantity }) =>
      mul(sub(quantity, executedQuantity), price),
    ),
  )
}
