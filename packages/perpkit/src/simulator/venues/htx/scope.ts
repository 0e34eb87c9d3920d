import type { MarginMode, PositionSide } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { findListing, type Listing, listings } from './contracts.ts'
import { emptyField, hedgeSideInOneWay, oneWaySideInHedge, unknownContract } from './errors.ts'
import type { Form } from './form.ts'
import { isHedged } from './sides.ts'

// Which contracts, and which side of an account, a call is about.

/** The contract of a call that must name one. */
export function readListing(form: Form): Listing {
  const code = form.text(NAME)
  // Market data has no word for a missing contract but that for an unknown one.
  if (code === undefined) throw isMarketData(form.handling) ? unknownContract() : emptyField(NAME)
  return known(code)
}

/** The contract a call names, if it does. */
export function readOptionalListing(form: Form): Listing | undefined {
  const code = form.text(NAME)
  return code === undefined ? undefined : known(code)
}

/** All contracts a list call is about. */
export function readListings(form: Form): readonly Listing[] {
  const listing = readOptionalListing(form)
  return listing ? [listing] : listings
}

export function known(code: string): Listing {
  const listing = findListing(code)
  if (!listing) throw unknownContract()
  return listing
}

export const marginModes = ['cross', 'isolated'] as const

/** `margin_mode` of a call that must say it: it is said with every order, never kept. */
export function readMarginMode(form: Form): MarginMode {
  return engineModes[form.requiredToken('margin_mode', marginModes)]
}

/** `margin_mode` as a filter; absent: both. */
export function readOptionalMarginMode(form: Form): MarginMode | undefined {
  const mode = form.token('margin_mode', marginModes)
  return mode === undefined ? undefined : engineModes[mode]
}

/**
 * `position_side` of a call that moves a position: which one in hedge mode, nothing or `both` in
 * one-way mode (docs/wire/htx.md 4.4).
 */
export function readPositionSide(form: Form): PositionSide | undefined {
  const side = readOptionalSide(form)
  if (side === undefined && isHedged(form.handling)) throw oneWaySideInHedge()
  return side
}

/** `position_side` where it need not be said; `both` and absent: either side. */
export function readOptionalSide(form: Form): PositionSide | undefined {
  const token = form.token('position_side', positionSides) ?? 'both'
  if (token === 'both') return undefined
  if (!isHedged(form.handling)) throw hedgeSideInOneWay()
  return token === 'long' ? 'LONG' : 'SHORT'
}

const engineModes = { cross: 'CROSS', isolated: 'ISOLATED' } as const

const positionSides = ['both', 'long', 'short'] as const

const businessTypes = ['swap', 'futures', 'all'] as const

/** Whether perpetuals are meant: there are no delivery contracts here. */
export function wantsSwaps(form: Form): boolean {
  return form.token('business_type', businessTypes) !== 'futures'
}

const NAME = 'contract_code'

function isMarketData({ request }: Handling): boolean {
  return !request.path.startsWith('/v5/')
}
