import type { Reader } from '../../core/reader.ts'
import type { MarginMode, PositionSide, Side } from '../../model/tokens.ts'
import { readFlag } from './fields.ts'
import { marginModeTokens, positionSideTokens, readSide } from './tokens.ts'

// Which position an order moves. In net mode there is one a contract, and `reduceOnly` is a word of
// its own; in long/short mode `posSide` names it, closing is told by `side` and `posSide` together,
// and `reduceOnly` is ignored (docs/wire/okx.md 4.2).

interface Target {
  side: Side
  reduceOnly: boolean
  positionSide?: PositionSide
  marginMode?: MarginMode
}

/** The same of an order as it is told. */
interface Direction {
  side: Side
  positionSide?: PositionSide
  reduceOnly?: boolean
}

/** `tdMode`: the margin mode is no setting here, every order says it. */
export function tradeMode({ marginMode }: Pick<Target, 'marginMode'>): string {
  return marginModeTokens[marginMode ?? 'CROSS']
}

/** `posSide`: required in long/short mode, left out in net mode. */
export function targetSide({ positionSide }: Pick<Target, 'positionSide'>): string | undefined {
  return positionSide && positionSideTokens[positionSide]
}

/** Refused in portfolio margin even when false: sent only where it is meant. */
export function reduceOnlyFlag({ reduceOnly, positionSide }: Target): true | undefined {
  return reduceOnly && positionSide === undefined ? true : undefined
}

/** What a new order says of its direction, in our words again. */
export function directionOf(target: Target): Direction {
  const { side, positionSide, reduceOnly } = target
  return { side, ...(positionSide !== undefined && { positionSide }), reduceOnly }
}

export function readDirection(row: Reader): Direction {
  const side = readSide(row.at('side'))
  const positionSide = readTargetSide(row.at('posSide'))
  if (positionSide !== undefined) {
    // The row's own flag is false there, whatever the order does.
    return { side, positionSide, reduceOnly: (side === 'BUY') === (positionSide === 'SHORT') }
  }
  const reduceOnly = readFlag(row.at('reduceOnly'))
  return { side, ...(reduceOnly !== undefined && { reduceOnly }) }
}

/** `undefined` in net mode. */
export function readTargetSide(field: Reader): PositionSide | undefined {
  switch (field.optionalString()) {
    case 'long':
      return 'LONG'
    case 'short':
      return 'SHORT'
    default:
      return undefined
  }
}
