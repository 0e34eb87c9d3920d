import type { MarginMode, PositionLeg, PositionMode, PositionSide } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'

// Position and margin modes: docs/wire/bitget.md 4.3, 5 and 12.2.

export const positionModeWords = ['one_way_mode', 'hedge_mode'] as const

export type PositionModeWord = (typeof positionModeWords)[number]

export const marginModeWords = ['crossed', 'isolated'] as const

export type MarginModeWord = (typeof marginModeWords)[number]

export const holdSides = ['long', 'short'] as const

export type HoldSide = (typeof holdSides)[number]

export function isHedge({ accountId, engine }: Handling, symbol: string): boolean {
  return engine.positionMode(accountId, symbol) === 'hedge'
}

export function positionModeOf(word: PositionModeWord): PositionMode {
  return word === 'hedge_mode' ? 'hedge' : 'oneWay'
}

export function positionModeWord(isHedged: boolean): PositionModeWord {
  return isHedged ? 'hedge_mode' : 'one_way_mode'
}

export function marginModeOf(word: MarginModeWord): MarginMode {
  return word === 'isolated' ? 'ISOLATED' : 'CROSS'
}

export function marginModeWord(mode: MarginMode): MarginModeWord {
  return mode === 'ISOLATED' ? 'isolated' : 'crossed'
}

export function sideOf(word: HoldSide): PositionSide {
  return word === 'long' ? 'LONG' : 'SHORT'
}

export function holdSideOf(side: PositionSide): HoldSide {
  return side === 'LONG' ? 'long' : 'short'
}

/** The leg of a request; the position side is there in hedge mode alone. */
export function legOf(
  symbol: string,
  marginMode: MarginMode,
  positionSide: PositionSide | undefined,
): PositionLeg {
  return positionSide === undefined ? { symbol, marginMode } : { symbol, marginMode, positionSide }
}

export function isOnLeg(row: PositionLeg, leg: PositionLeg): boolean {
  return (
    row.symbol === leg.symbol &&
    row.marginMode === leg.marginMode &&
    row.positionSide === leg.positionSide
  )
}
