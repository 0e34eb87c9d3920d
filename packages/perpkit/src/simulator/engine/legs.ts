import type { Account } from './state.ts'
import type { EnginePosition, EngineSide, PositionLeg, PositionSide } from './types.ts'

// Orders, positions and the margin of resting orders belong to one leg each.

/** Names the leg in a map. */
export function legKey({ symbol, marginMode, positionSide }: PositionLeg): string {
  return positionSide === undefined
    ? `${symbol} ${marginMode}`
    : `${symbol} ${marginMode} ${positionSide}`
}

export function isSameLeg(a: PositionLeg, b: PositionLeg): boolean {
  return a.symbol === b.symbol && a.marginMode === b.marginMode && a.positionSide === b.positionSide
}

/** The leg alone, of something that belongs to one. */
export function legFrom({ symbol, marginMode, positionSide }: PositionLeg): PositionLeg {
  return positionSide === undefined ? { symbol, marginMode } : { symbol, marginMode, positionSide }
}

/** The leg a position stands on. */
export function legOf(position: EnginePosition): PositionLeg {
  const { symbol, marginMode, isHedged, side } = position
  return isHedged ? { symbol, marginMode, positionSide: side } : { symbol, marginMode }
}

export function positionOn(account: Account, leg: PositionLeg): EnginePosition | undefined {
  return account.positions.get(legKey(leg))
}

/** All positions of a symbol: up to two for each margin mode. */
export function positionsOf(account: Account, symbol: string): EnginePosition[] {
  const positions: EnginePosition[] = []
  for (const position of account.positions.values()) {
    if (position.symbol === symbol) positions.push(position)
  }
  return positions
}

/** The side of an order that shrinks a position of that side. */
export function closingSideOf(side: PositionSide): EngineSide {
  return side === 'LONG' ? 'SELL' : 'BUY'
}
