import { marginModeOf, positionModeOf } from './modes.ts'
import { type Account, contractOf, type World } from './state.ts'
import type { Leg, PositionSide } from './types.ts'

/** The leverage in force; of two sides that have their own, the long one when none is named. */
export function leverageOf(world: World, account: Account, symbol: string, leg: Leg = {}): number {
  return chosenLeverageOf(world, account, symbol, leg) ?? defaultLeverageOf(world, symbol)
}

export function chosenLeverageOf(
  world: World,
  account: Account,
  symbol: string,
  leg: Leg = {},
): number | undefined {
  if (!isKeptByLeg(world, account, symbol, leg)) return account.leverage.get(symbol)
  const side = sideOf(account, symbol, leg, 'LONG')
  return (
    (side && account.leverage.get(isolatedKey(symbol, side))) ??
    account.leverage.get(isolatedKey(symbol))
  )
}

export function defaultLeverageOf(world: World, symbol: string): number {
  const { defaultLeverage } = world.rules
  if (defaultLeverage !== 'most') return defaultLeverage
  return contractOf(world, symbol).instrument.maxLeverage
}

/** Keeps a leverage, or forgets it. */
export function keepLeverage(
  world: World,
  account: Account,
  symbol: string,
  leverage: number | undefined,
  leg: Leg,
): void {
  const keep = (key: string): void => {
    if (leverage === undefined) account.leverage.delete(key)
    else account.leverage.set(key, leverage)
  }
  if (!isKeptByLeg(world, account, symbol, leg)) {
    keep(symbol)
    return
  }
  const side = sideOf(account, symbol, leg)
  if (!side) {
    account.leverage.delete(isolatedKey(symbol, 'LONG'))
    account.leverage.delete(isolatedKey(symbol, 'SHORT'))
  }
  keep(isolatedKey(symbol, side))
}

/** Whether the legs of the symbol have a leverage of their own, apart from the symbol's. */
function isKeptByLeg(world: World, account: Account, symbol: string, leg: Leg): boolean {
  if (world.rules.oneLeverage) return false
  return (leg.marginMode ?? marginModeOf(account, symbol)) === 'ISOLATED'
}

function sideOf(
  account: Account,
  symbol: string,
  leg: Leg,
  otherwise?: PositionSide,
): PositionSide | undefined {
  if (positionModeOf(account, symbol) !== 'hedge') return undefined
  return leg.positionSide ?? otherwise
}

function isolatedKey(symbol: string, side?: PositionSide): string {
  return side ? `${symbol} ISOLATED ${side}` : `${symbol} ISOLATED`
}
