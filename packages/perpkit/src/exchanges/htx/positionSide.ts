import type { Reader } from '../../core/reader.ts'
import type { PositionSide, Side } from '../../model/tokens.ts'
import { readToken } from './fields.ts'

/** The position side of one-way mode. */
const BOTH = 'both'

/** Conditional orders have to name it, in one-way mode too (docs/wire/htx.md 4.10). */
export function positionSideToken(positionSide: PositionSide | undefined): string {
  return positionSide === undefined ? BOTH : positionSideTokens[positionSide]
}

/** `undefined` in one-way mode. */
export function readPositionSide(field: Reader): PositionSide | undefined {
  if (field.isAbsent() || field.value === BOTH) return undefined
  return readToken(field, positionSides)
}

/** Whether an order of that side shrinks the position of hedge mode it moves. */
export function isClosing(side: Side, positionSide: PositionSide): boolean {
  return positionSide === (side === 'BUY' ? 'SHORT' : 'LONG')
}

const positionSideTokens: Readonly<Record<PositionSide, string>> = { LONG: 'long', SHORT: 'short' }

const positionSides: Readonly<Record<string, PositionSide>> = { long: 'LONG', short: 'SHORT' }
