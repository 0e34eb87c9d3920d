import type { Decimal } from '../../../core/decimal.ts'
import type { PositionSide } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { refused, refusedByEngine } from './errors.ts'
import type { Listing } from './instruments.ts'
import { positionOf } from './legs.ts'

/** Adds margin to an isolated position, or takes it back when the amount is negative. */
export function moveMargin(
  handling: Handling,
  listing: Listing,
  positionSide: PositionSide,
  amount: Decimal,
): void {
  const { accountId, engine } = handling
  const { symbol } = listing.engine
  const position = positionOf(engine, accountId, { symbol, positionSide, marginMode: 'ISOLATED' })
  if (!position) throw refused(handling, 'flat')
  const refusal = engine.addMargin(accountId, symbol, positionSide, amount)
  if (!refusal) return
  if (refusal.refused === 'insufficientMargin') throw refused(handling, 'marginToAdd')
  if (refusal.refused === 'isolatedMargin') throw refused(handling, 'marginToTake')
  throw refusedByEngine(handling, refusal)
}
