import { add, type Decimal, div, isGreater, isPositive, mul, sub } from '../../core/decimal.ts'
import { initialMargin } from './isolated.ts'
import { legKey, positionOn } from './legs.ts'
import { leverageOf } from './leverage.ts'
import { activeLegs, changeExposure, legMarginOf, viewMargin } from './margin.ts'
import { marginModeOf } from './modes.ts'
import { type Account, accountOf, contractOf, type World } from './state.ts'
import type { MarginMode, PositionLeg, Refusal } from './types.ts'

// Venues where the margin mode may change at any time take what is open along.

/**
 * Changes the margin mode of the given symbols, or of all, with their positions and orders; of none
 * when the free margin does not cover it. A position that becomes isolated gets its initial margin.
 */
export function moveMarginMode(
  world: World,
  accountId: string,
  mode: MarginMode,
  symbols: readonly string[] = [...world.contracts.keys()],
): Refusal | undefined {
  const account = accountOf(world, accountId)
  const changing = symbols.filter((symbol) => {
    contractOf(world, symbol)
    return marginModeOf(account, symbol) !== mode
  })
  const legs = activeLegs(account).filter(
    (leg) => leg.marginMode !== mode && changing.includes(leg.symbol),
  )
  const refusal = checkMove(world, account, legs, mode)
  if (refusal) return refusal
  for (const leg of legs) moveLeg(world, account, leg, mode)
  for (const row of [...account.openOrders.values(), ...account.waiting.values()]) {
    if (changing.includes(row.symbol)) row.marginMode = mode
  }
  for (const symbol of changing) account.marginModes.set(symbol, mode)
  world.touched.add(accountId)
  world.unsettled.add(accountId)
  return undefined
}

function checkMove(
  world: World,
  account: Account,
  legs: readonly PositionLeg[],
  mode: MarginMode,
): Refusal | undefined {
  const demands = new Map<string, Decimal>()
  for (const leg of legs) {
    const { symbol } = leg
    const there = positionOn(account, { ...leg, marginMode: mode })
    if (there) return { refused: 'positionsOpen', details: { symbol, size: there.size } }
    const { settleAsset } = contractOf(world, symbol).instrument
    const demand = demandOf(world, account, leg, mode)
    demands.set(settleAsset, add(demands.get(settleAsset) ?? '0', demand))
  }
  for (const [asset, required] of demands) {
    const available = viewMargin(world, account, asset).availableBalance
    if (!isPositive(required) || !isGreater(required, available)) continue
    return { refused: 'insufficientMargin', details: { required, available } }
  }
  return undefined
}

/** What the move takes of the free margin; profit and loss go with the position. */
function demandOf(world: World, account: Account, leg: PositionLeg, mode: MarginMode): Decimal {
  const target = { ...leg, marginMode: mode }
  const from = String(leverageOf(world, account, leg.symbol, leg))
  const to = String(leverageOf(world, account, leg.symbol, target))
  const { orderInitialMargin, positionInitialMargin, unrealizedPnl } = legMarginOf(
    world,
    account,
    leg,
  )
  const orders = sub(div(mul(orderInitialMargin, from), to), orderInitialMargin)
  if (mode === 'ISOLATED') {
    const isolated = add(asideOf(world, account, leg, target), unrealizedPnl)
    return add(orders, sub(isolated, positionInitialMargin))
  }
  const isolated = add(positionOn(account, leg)?.isolatedMargin ?? '0', unrealizedPnl)
  return add(orders, sub(div(mul(positionInitialMargin, from), to), isolated))
}

function asideOf(world: World, account: Account, leg: PositionLeg, target: PositionLeg): Decimal {
  const position = positionOn(account, leg)
  if (!position) return '0'
  const leverage = leverageOf(world, account, leg.symbol, target)
  return initialMargin(position.size, { price: position.entryPrice, leverage })
}

function moveLeg(world: World, account: Account, leg: PositionLeg, mode: MarginMode): void {
  const target = { ...leg, marginMode: mode }
  const position = positionOn(account, leg)
  if (position) {
    if (mode === 'ISOLATED') position.isolatedMargin = asideOf(world, account, leg, target)
    else delete position.isolatedMargin
    position.marginMode = mode
    account.positions.delete(legKey(leg))
    account.positions.set(legKey(target), position)
  }
  const exposure = account.exposure.get(legKey(leg))
  if (!exposure) return
  account.exposure.delete(legKey(leg))
  changeExposure(account, { ...target, side: 'BUY' }, exposure.BUY)
  changeExposure(account, { ...target, side: 'SELL' }, exposure.SELL)
}
