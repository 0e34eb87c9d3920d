import { add, type Decimal, div, isPositive, mul, sub, sum } from '../../../core/decimal.ts'
import type { Engine, EngineFill, EngineOrder, PositionView } from '../../engine/types.ts'
import { listingOf } from './instruments.ts'
import { isOnLeg, legOf } from './modes.ts'

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
  /** Funding got since it was opened; negative: paid. Absent before the first. */
  funding: Decimal | undefined
  /** Held for it: put aside when isolated, else what its leverage asks for. */
  margin: Decimal
  /** Maintenance margin as a share of the equity behind it. */
  marginRatio: Decimal
}

/** What of an asset's money is not put aside for isolated positions. */
export interface CrossMoney {
  balance: Decimal
  unrealizedPnl: Decimal
  /** balance + unrealizedPnl. */
  equity: Decimal
  positionMargin: Decimal
  maintenanceMargin: Decimal
}

export function crossMoney(engine: Engine, accountId: string, asset: string): CrossMoney {
  const money = engine.margin(accountId, asset)
  const positions = engine
    .positions(accountId)
    .filter(
      (row) => row.marginMode === 'CROSS' && listingOf(row.symbol).engine.settleAsset === asset,
    )
  const balance = sub(money.walletBalance, money.isolatedMargin)
  const unrealizedPnl = sub(money.unrealizedPnl, money.isolatedUnrealizedPnl)
  return {
    balance,
    unrealizedPnl,
    equity: add(balance, unrealizedPnl),
    positionMargin: sum(positions.map((row) => row.initialMargin)),
    maintenanceMargin: sum(positions.map((row) => row.maintenanceMargin)),
  }
}

export function figuresOf(engine: Engine, position: PositionView, asset: string): PositionFigures {
  const { accountId, maintenanceMargin, marginMode, side, size, symbol } = position
  const leg = legOf(symbol, marginMode, position.isHedged ? side : undefined)
  const resting = engine.openOrders(accountId).filter((order) => isOnLeg(order, leg))
  const isAdding = (order: EngineOrder): boolean => (order.side === 'BUY') === (side === 'LONG')
  const locked = rest(resting.filter((order) => !isAdding(order) && order.reduceOnly))
  const made = engine
    .fills(accountId)
    .filter((fill) => isOnLeg(fill, leg) && fill.timestamp >= position.openedAt)
  const equity = equityBehind(engine, position, asset)
  return {
    locked,
    available: sub(size, locked),
    opening: rest(resting.filter((order) => isAdding(order) && !order.reduceOnly)),
    settled: sum(made.map((fill) => fill.realizedPnl)),
    fees: feesOf(made),
    breakEvenPrice: breakEvenOf(engine, position),
    funding: fundingOf(engine, position),
    margin: position.isolatedMargin ?? position.initialMargin,
    marginRatio: isPositive(equity) ? div(maintenanceMargin, equity) : '0',
  }
}

/** What stands behind a position: its own margin, or all of the wallet that is not put aside. */
function equityBehind(engine: Engine, position: PositionView, asset: string): Decimal {
  const { accountId, isolatedMargin, unrealizedPnl } = position
  if (isolatedMargin !== undefined) return add(isolatedMargin, unrealizedPnl)
  return crossMoney(engine, accountId, asset).equity
}

function fundingOf(engine: Engine, position: PositionView): Decimal | undefined {
  const { accountId, marginMode, openedAt, side, symbol } = position
  const got = engine
    .fundings(accountId)
    .filter((row) => row.symbol === symbol && row.marginMode === marginMode && row.side === side)
    .filter((row) => row.timestamp >= openedAt)
  return got.length === 0 ? undefined : sum(got.map((row) => row.amount))
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
