import type { Handling } from '../../server/types.ts'
import {
  categoryInvalid,
  parameterError,
  scopeMissing,
  symbolInvalid,
  symbolNotSupported,
} from './errors.ts'
import { type Fields, readToken } from './fields.ts'
import { findListing, type Listing, listings } from './instruments.ts'

// Which contracts a call is about: `category`, `symbol`, `baseCoin`, `settleCoin`.

export const categories = ['linear', 'inverse', 'spot', 'option'] as const

export type Category = (typeof categories)[number]

/** `category`; `fallback` where the venue has one. */
export function readCategory(
  handling: Handling,
  fields: Fields<'category'>,
  fallback?: Category,
): Category {
  const category = readToken(
    handling,
    fields,
    'category',
    categories,
    'params error: Category is invalid',
  )
  if (category !== undefined) return category
  if (fallback !== undefined) return fallback
  throw categoryInvalid()
}

/** The contract of a private call that must name one. */
export function readListing(handling: Handling, fields: Fields<'category' | 'symbol'>): Listing {
  const category = readCategory(handling, fields)
  const symbol = fields.text('symbol')
  if (symbol === undefined) throw parameterError()
  return knownListing(category, symbol)
}

/** The contract of a public call that must name one. */
export function readPublicListing(
  handling: Handling,
  fields: Fields<'category' | 'symbol'>,
  fallback?: Category,
): Listing {
  const category = readCategory(handling, fields, fallback)
  const listing = findListing(fields.text('symbol') ?? '')
  if (category !== 'linear' || !listing) throw symbolNotSupported()
  return listing
}

/** All contracts a private list call is about; `symbol` before `baseCoin` before `settleCoin`. */
export function readScope(
  handling: Handling,
  fields: Fields<'category' | 'symbol' | 'baseCoin' | 'settleCoin'>,
  scope: { isRequired: boolean },
): readonly Listing[] {
  const category = readCategory(handling, fields)
  const symbol = fields.text('symbol')
  if (symbol !== undefined) return [knownListing(category, symbol)]
  const linear = category === 'linear' ? listings : []
  const baseCoin = fields.text('baseCoin')
  if (baseCoin !== undefined) return linear.filter(({ engine }) => engine.baseAsset === baseCoin)
  const settleCoin = fields.text('settleCoin')
  if (settleCoin !== undefined) {
    return linear.filter(({ engine }) => engine.settleAsset === settleCoin)
  }
  if (scope.isRequired && category === 'linear') throw scopeMissing()
  return linear
}

/** A contract named on a private call. */
export function knownListing(category: Category, symbol: string): Listing {
  const listing = category === 'linear' ? findListing(symbol) : undefined
  if (!listing) throw symbolInvalid(symbol)
  return listing
}
