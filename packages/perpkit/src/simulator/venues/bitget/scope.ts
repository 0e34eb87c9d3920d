import type { Handling } from '../../server/types.ts'
import { parameterMalformed, refused } from './errors.ts'
import { type Fields, readToken, required, requiredToken } from './fields.ts'
import {
  findListing,
  type Listing,
  listings,
  marginCoinOf,
  type ProductType,
  productTypes,
} from './instruments.ts'

// Which contracts a call is about.

/** `category` of V3: the product types and two more words. */
export const categories = [
  'USDT-FUTURES',
  'USDC-FUTURES',
  'COIN-FUTURES',
  'SUSDT-FUTURES',
  'SUSDC-FUTURES',
  'SCOIN-FUTURES',
  'SPOT',
  'MARGIN',
] as const

export type Category = (typeof categories)[number]

/** The contract of a V2 call. */
export function readClassic<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'symbol' | 'productType'>,
): Listing {
  const symbol = required(handling, fields, 'symbol')
  const productType = requiredToken(handling, fields, 'productType', productTypes)
  return known(handling, productType, symbol)
}

/** The contract of a V3 call. */
export function readUnified<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'symbol' | 'category'>,
): Listing {
  const category = requiredToken(handling, fields, 'category', categories)
  return known(handling, category, required(handling, fields, 'symbol'))
}

/** The contracts a V2 list call is about: one that is named, or all of the product type. */
export function readProduct<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'symbol' | 'productType'>,
): readonly Listing[] {
  const productType = requiredToken(handling, fields, 'productType', productTypes)
  return namedOrAll(handling, productType, fields.text('symbol'))
}

/** The contracts a V3 list call is about; without `category`, all there are. */
export function readCategory<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'symbol' | 'category'>,
  category: Category | undefined = readToken(handling, fields, 'category', categories),
): readonly Listing[] {
  const symbol = fields.text('symbol')
  if (category !== undefined) return namedOrAll(handling, category, symbol)
  if (symbol === undefined) return listings
  const native = symbol.toUpperCase()
  const listing = listings.find((row) => row.native === native)
  if (!listing) throw refused(handling, 'symbolUnknown')
  return [listing]
}

/** Refuses a margin coin that is not the contract's. */
export function checkMarginCoin<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'marginCoin'>,
  productType: ProductType,
): void {
  const given = fields.text('marginCoin')
  if (given === undefined) return
  const coin = marginCoinOf(productType)
  if (coin !== undefined && given.toUpperCase() !== coin) {
    throw parameterMalformed(handling, 'marginCoin')
  }
}

/** The contract of that name, or all of the category. */
export function namedOrAll(
  handling: Handling,
  category: Category,
  symbol: string | undefined,
): readonly Listing[] {
  if (symbol !== undefined) return [known(handling, category, symbol)]
  return listings.filter((listing) => listing.productType === category)
}

function known(handling: Handling, category: Category, symbol: string): Listing {
  const listing =
    category === 'SPOT' || category === 'MARGIN' ? undefined : findListing(category, symbol)
  if (!listing) throw refused(handling, 'symbolUnknown')
  return listing
}
