import { add, type Decimal, isGreater, isLess, sub, sum } from '../../core/decimal.ts'
import { balanceOf } from './accounts.ts'
import { endConditional, endOrder, isOpen } from './endings.ts'
import { isSameLeg, legOf, positionsOf } from './legs.ts'
import { crossMarginOf, legMarginOf } from './margin.ts'
import { fillAtMark, takeOffers } from './matching.ts'
import { openOrder } from './orders.ts'
import { closingSide } from './positions.ts'
import { type Account, accountOf, contractOf, marketOf, type World } from './state.ts'
import type { EnginePosition, PositionLeg } from './types.ts'

/** Closes what an account can no longer carry; whether there was anything to close. */
export function liquidateIfDue(world: World, accountId: string): boolean {
  const account = accountOf(world, accountId)
  const cross: EnginePosition[] = []
  for (const position of account.positions.values()) {
    if (!marketOf(world, position.symbol).isTrading) continue
    if (position.marginMode === 'CROSS') {
      cross.push(position)
    } else if (isUsedUp(world, account, position)) {
      liquidateIsolated(world, account, position)
      return true
    }
  }
  const assets = new Set(cross.map((position) => settleAssetOf(world, position)))
  for (const asset of assets) {
    const margin = crossMarginOf(world, account, asset)
    if (isGreater(margin.equity, margin.maintenanceMargin)) continue
    const doomed = cross.filter((position) => settleAssetOf(world, position) === asset)
    liquidateCross(world, account, asset, doomed)
    return true
  }
  return false
}

/** Liquidates the positions of one symbol, whatever their margin. */
export function liquidateSymbol(world: World, accountId: string, symbol: string): void {
  const account = accountOf(world, accountId)
  const { settleAsset } = contractOf(world, symbol).instrument
  const positions = positionsOf(account, symbol)
  for (const position of positions) {
    if (position.marginMode === 'ISOLATED') liquidateIsolated(world, account, position)
  }
  const cross = positions.filter(({ marginMode }) => marginMode === 'CROSS')
  if (cross.length > 0) liquidateCross(world, account, settleAsset, cross)
}

function isUsedUp(world: World, account: Account, position: EnginePosition): boolean {
  const { unrealizedPnl, maintenanceMargin } = legMarginOf(world, account, legOf(position))
  return !isGreater(add(position.isolatedMargin ?? '0', unrealizedPnl), maintenanceMargin)
}

function liquidateIsolated(world: World, account: Account, position: EnginePosition): void {
  const asset = settleAssetOf(world, position)
  const floor = sub(balanceOf(account, asset), position.isolatedMargin ?? '0')
  const own = legOf(position)
  endOrders(world, account, (leg) => isSameLeg(leg, own))
  close(world, account, position)
  // What its margin cannot pay is the venue's loss.
  raiseBalance(account, asset, floor)
}

function liquidateCross(
  world: World,
  account: Account,
  asset: string,
  positions: EnginePosition[],
): void {
  const symbols = new Set(positions.map(({ symbol }) => symbol))
  endOrders(world, account, (leg) => leg.marginMode === 'CROSS' && symbols.has(leg.symbol))
  for (const position of positions) close(world, account, position)
  // What the wallet cannot pay is the venue's loss; isolated margin is not there to pay it.
  raiseBalance(account, asset, isolatedMarginOf(world, account, asset))
}

function endOrders(world: World, account: Account, isDoomed: (leg: PositionLeg) => boolean): void {
  for (const order of [...account.openOrders.values()]) {
    if (isDoomed(order)) endOrder(world, order, 'CANCELLED', 'liquidation')
  }
  for (const conditional of [...account.waiting.values()]) {
    if (isDoomed(conditional)) endConditional(world, conditional, 'CANCELLED', 'liquidation')
  }
}

function close(world: World, account: Account, position: EnginePosition): void {
  const order = openOrder(world, account, {
    ...legOf(position),
    clientOrderId: '',
    side: closingSide(position),
    type: 'MARKET',
    quantity: position.size,
    timeInForce: 'IOC',
    reduceOnly: true,
    venueData: { liquidation: true },
  })
  takeOffers(world, order, undefined)
  if (isOpen(order)) fillAtMark(world, order)
}

function raiseBalance(account: Account, asset: string, floor: Decimal): void {
  if (isLess(balanceOf(account, asset), floor)) account.balances.set(asset, floor)
}

function isolatedMarginOf(world: World, account: Account, asset: string): Decimal {
  return sum(
    [...account.positions.values()]
      .filter((position) => settleAssetOf(world, position) === asset)
      .map(({ isolatedMargin }) => isolatedMargin ?? '0'),
  )
}

function settleAssetOf(world: World, position: EnginePosition): string {
  return contractOf(world, position.symbol).instrument.settleAsset
}
