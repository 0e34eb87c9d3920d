import { positionsOf } from './legs.ts'
import { type Account, accountOf, contractOf, type World } from './state.ts'
import type { MarginMode, PositionMode, PositionSide, Refusal } from './types.ts'

export function positionModeOf(account: Account, symbol: string): PositionMode {
  return account.positionModes.get(symbol) ?? 'oneWay'
}

export function marginModeOf(account: Account, symbol: string): MarginMode {
  return account.marginModes.get(symbol) ?? 'CROSS'
}

/** Changes the mode of the given symbols, or of all; of none when one of them cannot change. */
export function setPositionMode(
  world: World,
  accountId: string,
  mode: PositionMode,
  symbols: readonly string[] = [...world.contracts.keys()],
): Refusal | undefined {
  const account = accountOf(world, accountId)
  const changing = symbols.filter((symbol) => {
    contractOf(world, symbol)
    return positionModeOf(account, symbol) !== mode
  })
  const refusal = checkIdle(account, changing)
  if (refusal) return refusal
  for (const symbol of changing) account.positionModes.set(symbol, mode)
  return undefined
}

/** Changes the mode of the given symbols, or of all; of none when one of them cannot change. */
export function setMarginMode(
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
  const refusal = checkIdle(account, changing)
  if (refusal) return refusal
  for (const symbol of changing) account.marginModes.set(symbol, mode)
  return undefined
}

/** Refuses an order that says which position it moves where there is one only, or does not say. */
export function checkPositionSide(
  account: Account,
  { symbol, positionSide }: { symbol: string; positionSide?: PositionSide },
): Refusal | undefined {
  const positionMode = positionModeOf(account, symbol)
  if ((positionMode === 'hedge') === (positionSide !== undefined)) return undefined
  return {
    refused: 'positionModeMismatch',
    details: { symbol, positionMode, positionSide: positionSide ?? '' },
  }
}

function checkIdle(account: Account, symbols: readonly string[]): Refusal | undefined {
  for (const symbol of symbols) {
    const [position] = positionsOf(account, symbol)
    if (position) {
      return { refused: 'positionsOpen', details: { symbol, size: position.size } }
    }
  }
  for (const symbol of symbols) {
    const orders = countOf(account.openOrders.values(), symbol)
    const conditionals = countOf(account.waiting.values(), symbol)
    if (orders + conditionals === 0) continue
    return {
      refused: 'ordersOpen',
      details: { symbol, orders: String(orders), conditionals: String(conditionals) },
    }
  }
  return undefined
}

function countOf(rows: Iterable<{ symbol: string }>, symbol: string): number {
  let count = 0
  for (const row of rows) if (row.symbol === symbol) count++
  return count
}
