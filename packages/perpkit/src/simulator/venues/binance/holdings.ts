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
import type { Engine, EngineSide, MarginMode, PositionView } from '../../engine/types.ts'
import { type Contract, contracts } from './contracts.ts'
import { positionOf, type ShownSide, shownSide, sidesOf } from './legs.ts'

// What an account has on one symbol and position side, with signs and sums as the venue shows them:
// docs/wire/binance.md 4.1, 4.2 and 4.7 (margin).

export interface Holding {
  contract: Contract
  positionSide: ShownSide
  position: PositionView | undefined
  marginMode: MarginMode
  leverage: number
  /** Negative when short. */
  amount: Decimal
  /** amount × mark price. */
  notional: Decimal
  markPrice: Decimal
  /** Entry price with what has been settled since, fees included, spread over the size. */
  breakEvenPrice: Decimal
  unrealizedProfit: Decimal
  /** Put aside for an isolated position, and the same with what it has won or lost. */
  isolatedWallet: Decimal
  isolatedMargin: Decimal
  positionInitialMargin: Decimal
  openOrderInitialMargin: Decimal
  initialMargin: Decimal
  maintMargin: Decimal
  /** Open orders that may increase a position. */
  bidNotional: Decimal
  askNotional: Decimal
  hasOpenOrder: boolean
  updateTime: number
}

function holdingOf(
  engine: Engine,
  accountId: string,
  contract: Contract,
  positionSide: ShownSide,
): Holding {
  const { symbol } = contract
  const position = positionOf(engine, accountId, symbol, positionSide)
  const orders = engine
    .openOrders(accountId)
    .filter((order) => order.symbol === symbol && shownSide(order) === positionSide)
  const leverage = engine.leverage(accountId, symbol)
  const signed = (value: Decimal): Decimal => (position?.side === 'SHORT' ? negate(value) : value)
  const openNotional = (side: EngineSide): Decimal =>
    sum(
      orders
        .filter((order) => order.side === side && !order.reduceOnly)
        .map((order) => mul(sub(order.quantity, order.executedQuantity), order.price ?? '0')),
    )
  const notional = signed(position?.notional ?? '0')
  const bidNotional = openNotional('BUY')
  const askNotional = openNotional('SELL')
  const positionInitialMargin = position?.initialMargin ?? '0'
  const openOrderInitialMargin = div(
    sub(widest(notional, bidNotional, askNotional), abs(notional)),
    String(leverage),
  )
  return {
    contract,
    positionSide,
    position,
    marginMode: engine.marginMode(accountId, symbol),
    leverage,
    amount: signed(position?.size ?? '0'),
    notional,
    markPrice: engine.prices(symbol).mark,
    breakEvenPrice: breakEvenOf(position),
    unrealizedProfit: position?.unrealizedPnl ?? '0',
    isolatedWallet: position?.isolatedMargin ?? '0',
    isolatedMargin: position?.isolatedMargin
      ? add(position.isolatedMargin, position.unrealizedPnl)
      : '0',
    positionInitialMargin,
    openOrderInitialMargin,
    initialMargin: add(positionInitialMargin, openOrderInitialMargin),
    maintMargin: position?.maintenanceMargin ?? '0',
    bidNotional,
    askNotional,
    hasOpenOrder: orders.length > 0,
    updateTime: Math.max(position?.updatedAt ?? 0, ...orders.map((order) => order.updatedAt)),
  }
}

/** Every symbol, with one row in one-way mode and two in hedge mode. */
export function allHoldings(
  engine: Engine,
  accountId: string,
  list: readonly Contract[] = contracts,
): Holding[] {
  return list.flatMap((contract) =>
    sidesOf(engine, accountId).map((side) => holdingOf(engine, accountId, contract, side)),
  )
}

/** Those with a position or an open order. */
export function liveHoldings(
  engine: Engine,
  accountId: string,
  list: readonly Contract[] = contracts,
): Holding[] {
  return allHoldings(engine, accountId, list).filter(
    (holding) => holding.position !== undefined || holding.hasOpenOrder,
  )
}

function breakEvenOf(position: PositionView | undefined): Decimal {
  if (!position || isZero(position.size)) return '0'
  const settled = div(position.realizedPnl, position.size)
  const { entryPrice, side } = position
  return side === 'LONG' ? sub(entryPrice, settled) : add(entryPrice, settled)
}

/** The largest notional the orders of one side could lead to. */
function widest(notional: Decimal, bids: Decimal, asks: Decimal): Decimal {
  return max(abs(notional), max(abs(add(notional, bids)), abs(sub(notional, asks))))
}
