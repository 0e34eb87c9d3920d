import { isDecimal, isPositive } from '../../../core/decimal.ts'
import type { Leg } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { parameterMalformed, refused } from './errors.ts'
import type { Listing } from './instruments.ts'

/** A whole leverage within the contract's limits. */
export function readLeverage(handling: Handling, listing: Listing, given: string): number {
  if (!isDecimal(given)) throw parameterMalformed(handling, 'leverage')
  const leverage = Number(given)
  if (!isPositive(given) || leverage > listing.engine.maxLeverage) {
    throw refused(handling, 'leverageTooHigh')
  }
  if (!Number.isInteger(leverage)) throw parameterMalformed(handling, 'leverage')
  return leverage
}

/** Sets it for a leg; the same again is no refusal. */
export function applyLeverage(
  handling: Handling,
  listing: Listing,
  leverage: number,
  leg: Leg,
): void {
  const { accountId, engine } = handling
  const refusal = engine.setLeverage(accountId, listing.engine.symbol, leverage, leg)
  if (!refusal) return
  const isMargin = refusal.refused === 'insufficientMargin'
  throw refused(handling, isMargin ? 'leverageMargin' : 'leverageTooHigh')
}
