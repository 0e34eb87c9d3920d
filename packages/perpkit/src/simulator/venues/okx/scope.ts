import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'
import { type Fields, readToken } from './fields.ts'
import { findListing, type Listing, listings } from './instruments.ts'

// Which contracts a call is about: `instType`, `instFamily` (old clients: `uly`), `instId`.

const instTypes = ['SWAP', 'FUTURES', 'SPOT', 'MARGIN', 'OPTION'] as const

type ScopeName = 'instType' | 'instFamily' | 'uly' | 'instId'

/** The contract a call must name. */
export function readListing(fields: Fields<'instId'>): Listing {
  return knownListing(fields.required('instId'))
}

export function knownListing(instId: string): Listing {
  const listing = findListing(instId)
  if (!listing) throw new Refused('51001')
  return listing
}

/** Contracts a list is narrowed to. A name that is not listed is refused: docs/wire/okx.md 4.6. */
export function readScope(
  handling: Handling,
  fields: Fields<ScopeName>,
  needs: { instType: boolean },
): readonly Listing[] {
  const instType = readToken(handling, fields, 'instType', instTypes)
  if (instType === undefined && needs.instType) throw new Refused('50014', 'instType')
  if (instType !== undefined && instType !== 'SWAP') return []
  const families = (fields.text('instFamily') ?? fields.text('uly'))?.split(',')
  const named = fields.text('instId')?.split(',').map(knownListing) ?? listings
  return named.filter(({ family }) => families?.includes(family) ?? true)
}

/** The contract whose underlying index has that name. */
export function readIndex(fields: Fields<'instId'>): Listing {
  const name = fields.required('instId')
  const listing = listings.find(({ family }) => family === name)
  if (!listing) throw new Refused('51001')
  return listing
}
