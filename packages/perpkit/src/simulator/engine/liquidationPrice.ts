import { add, type Decimal, div, isPositive, isZero, mul, negate, sub } from '../../core/decimal.ts'
import { ceilCount, floorCount } from './grid.ts'
import { legOf, positionsOf } from './legs.ts'
import { crossMarginOf, legMarginOf } from './margin.ts'
import { type Account, contractOf, type World } from './state.ts'
import type { EnginePosition } from './types.ts'

/** Where positions that share their margin are liquidated, and whether on the way down. */
export interface LiquidationPrice {
  price: Decimal
  isFalling: boolean
}

/** The mark price at which the margin behind the position is used up; other markets stand still. */
export function liquidationPriceOf(
  world: World,
  account: Account,
  position: EnginePosition,
): LiquidationPrice | undefined {
  if (position.marginMode === 'ISOLATED') return isolatedPrice(world, position)
  return crossPrice(world, account, crossPositions(account, position.symbol))
}

/** Ticks at which positions of the symbol would be liquidated on the way down, or up. */
export function liquidationTicksOf(
  world: World,
  account: Account,
  symbol: string,
  isFalling: boolean,
): number[] {
  const { ticks } = contractOf(world, symbol)
  const found = [crossPrice(world, account, crossPositions(account, symbol))]
  for (const position of positionsOf(account, symbol)) {
    if (position.marginMode === 'ISOLATED') found.push(isolatedPrice(world, position))
  }
  return found
    .filter((at) => at !== undefined)
    .filter((at) => at.isFalling === isFalling)
    .map(({ price }) => (isFalling ? floorCount(price, ticks) : ceilCount(price, ticks)))
}

function crossPositions(account: Account, symbol: string): EnginePosition[] {
  return positionsOf(account, symbol).filter(({ marginMode }) => marginMode === 'CROSS')
}

function isolatedPrice(world: World, position: EnginePosition): LiquidationPrice | undefined {
  return priceOf(world, [position], position.isolatedMargin ?? '0')
}

function crossPrice(
  world: World,
  account: Account,
  positions: EnginePosition[],
): LiquidationPrice | undefined {
  const [first] = positions
  if (!first) return undefined
  const { settleAsset } = contractOf(world, first.symbol).instrument
  const all = crossMarginOf(world, account, settleAsset)
  let cover = sub(all.equity, all.maintenanceMargin)
  for (const position of positions) {
    const own = legMarginOf(world, account, legOf(position))
    cover = add(sub(cover, own.unrealizedPnl), own.maintenanceMargin)
  }
  return priceOf(world, positions, cover)
}

/**
 * Where what covers the positions at their entry, plus their profit, is what they need: with
 * signed sizes s, cover + Σ s·(price − entry) = rate · price · Σ |s|.
 */
function priceOf(
  world: World,
  positions: EnginePosition[],
  cover: Decimal,
): LiquidationPrice | undefined {
  let cost = '0'
  let slope = '0'
  for (const { symbol, side, size, entryPrice } of positions) {
    const signed = side === 'LONG' ? size : negate(size)
    const needed = mul(size, contractOf(world, symbol).instrument.maintenanceMarginRate)
    cost = add(cost, mul(signed, entryPrice))
    slope = add(slope, sub(signed, needed))
  }
  if (isZero(slope)) return undefined
  const price = div(sub(cost, cover), slope)
  return isPositive(price) ? { price, isFalling: isPositive(slope) } : undefined
}
