import type { Handling } from '../../server/types.ts'
import { findListing, type Listing, listings } from './contracts.ts'
import { emptyField, hedgeSideInOneWay, isolatedRefused, unknownContract } from './errors.ts'
import type { Form } from './form.ts'

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

/** `margin_mode` of a call that places or sets something: only cross is offered. */
export function readCrossMode(form: Form): void {
  if (form.requiredToken('margin_mode', marginModes) === 'isolated') throw isolatedRefused()
}

const positionSides = ['both', 'long', 'short'] as const

/** Refuses a side of the hedge mode: accounts here are in one-way mode. */
export function refuseHedgeSide(form: Form): void {
  const side = form.token('position_side', positionSides) ?? 'both'
  if (side !== 'both') throw hedgeSideInOneWay()
}

const businessTypes = ['swap', 'futures', 'all'] as const

/** Whether perpetuals are meant: there are no delivery contracts here. */
export function wantsSwaps(form: Form): boolean {
  return form.token('business_type', businessTypes) !== 'futures'
}

const NAME = 'contract_code'

function isMarketData({ request }: Handling): boolean {
  return !request.path.startsWith('/v5/')
}
