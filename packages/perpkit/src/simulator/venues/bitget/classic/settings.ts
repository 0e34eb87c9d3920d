import { isDecimal, isZero } from '../../../../core/decimal.ts'
import type { Leg, MarginMode } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { parameterMalformed, parameterMissing, refused } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import { type Listing, listings, type ProductType, productTypes } from '../instruments.ts'
import { moveMargin } from '../isolatedMargin.ts'
import { applyLeverage, readLeverage } from '../leverage.ts'
import {
  holdSides,
  isHedge,
  marginModeOf,
  marginModeWord,
  marginModeWords,
  positionModeOf,
  positionModeWords,
  sideOf,
} from '../modes.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'

// Settings of a classic account: docs/wire/bitget.md 4.3.

const leverageFields = [
  'symbol',
  'productType',
  'marginCoin',
  'leverage',
  'longLeverage',
  'shortLeverage',
  'holdSide',
] as const

// https://www.bitget.com/api-doc/contract/account/Change-Leverage
export const setLeverage: Route = {
  method: 'POST',
  path: '/api/v2/mix/account/set-leverage',
  access: 'signed',
  operation: 'setLeverage',
  parameters: leverageFields,
  handle(handling) {
    const fields = readFields(handling.params, leverageFields)
    const listing = readClassic(handling, fields)
    required(handling, fields, 'marginCoin')
    checkMarginCoin(handling, fields, listing.productType)
    const marginMode = modeOf(handling, listing)
    for (const { leg, leverage } of readLeverages(handling, fields, listing, marginMode)) {
      applyLeverage(handling, listing, leverage, leg)
    }
    const { crossed, long, short } = leveragesOf(handling, listing)
    const ownMode = marginMode === 'CROSS' ? { long: crossed, short: crossed } : { long, short }
    return reply(handling, {
      symbol: listing.native,
      marginCoin: listing.engine.settleAsset,
      longLeverage: String(ownMode.long),
      shortLeverage: String(ownMode.short),
      crossMarginLeverage: String(crossed),
      marginMode: marginModeWord(marginMode),
    })
  },
}

const allLeverageFields = ['productType', 'leverage'] as const

// https://www.bitget.com/api-doc/contract/account/Set-All-Leverage
export const setAllLeverage: Route = {
  method: 'POST',
  path: '/api/v2/mix/account/set-all-leverage',
  access: 'signed',
  operation: 'setLeverage',
  parameters: allLeverageFields,
  handle(handling) {
    const fields = readFields(handling.params, allLeverageFields)
    const productType = requiredToken(handling, fields, 'productType', productTypes)
    const given = required(handling, fields, 'leverage')
    const wanted = listings
      .filter((listing) => listing.productType === productType)
      .map((listing) => ({ listing, leverage: readLeverage(handling, listing, given) }))
    for (const { leverage, listing } of wanted) applyLeverage(handling, listing, leverage, {})
    return reply(handling, 'success')
  },
}

const marginModeFields = ['symbol', 'productType', 'marginCoin', 'marginMode'] as const

// https://www.bitget.com/api-doc/contract/account/Change-Margin-Mode
export const setMarginMode: Route = {
  method: 'POST',
  path: '/api/v2/mix/account/set-margin-mode',
  access: 'signed',
  parameters: marginModeFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, marginModeFields)
    const listing = readClassic(handling, fields)
    required(handling, fields, 'marginCoin')
    checkMarginCoin(handling, fields, listing.productType)
    const marginMode = requiredToken(handling, fields, 'marginMode', marginModeWords)
    const mode = marginModeOf(marginMode)
    if (engine.setMarginMode(accountId, mode, [listing.engine.symbol])) {
      throw refused(handling, 'marginModeLocked')
    }
    const { crossed, long, short } = leveragesOf(handling, listing)
    return reply(handling, {
      symbol: listing.native,
      marginCoin: listing.engine.settleAsset,
      longLeverage: String(mode === 'CROSS' ? crossed : long),
      shortLeverage: String(mode === 'CROSS' ? crossed : short),
      marginMode,
    })
  },
}

const positionModeFields = ['productType', 'posMode'] as const

// https://www.bitget.com/api-doc/contract/account/Change-Hold-Mode
export const setPositionMode: Route = {
  method: 'POST',
  path: '/api/v2/mix/account/set-position-mode',
  access: 'signed',
  parameters: positionModeFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, positionModeFields)
    const productType = requiredToken(handling, fields, 'productType', productTypes)
    const posMode = requiredToken(handling, fields, 'posMode', positionModeWords)
    const refusal = engine.setPositionMode(
      accountId,
      positionModeOf(posMode),
      symbolsOf(productType),
    )
    if (refusal) throw refused(handling, 'positionModeLocked')
    return reply(handling, { posMode })
  },
}

const marginFields = ['symbol', 'productType', 'marginCoin', 'holdSide', 'amount'] as const

// https://www.bitget.com/api-doc/contract/account/Change-Margin
export const setMargin: Route = {
  method: 'POST',
  path: '/api/v2/mix/account/set-margin',
  access: 'signed',
  parameters: marginFields,
  handle(handling) {
    const fields = readFields(handling.params, marginFields)
    const amount = required(handling, fields, 'amount')
    required(handling, fields, 'marginCoin')
    const holdSide = requiredToken(handling, fields, 'holdSide', holdSides)
    const listing = readClassic(handling, fields)
    checkMarginCoin(handling, fields, listing.productType)
    if (!isDecimal(amount) || isZero(amount)) throw parameterMalformed(handling, 'amount')
    moveMargin(handling, listing, sideOf(holdSide), amount)
    return reply(handling, '')
  },
}

const assetModeFields = ['productType', 'assetMode'] as const

// https://www.bitget.com/api-doc/contract/account/Set-Asset-Mode
export const setAssetMode: Route = {
  method: 'POST',
  path: '/api/v2/mix/account/set-asset-mode',
  access: 'signed',
  parameters: assetModeFields,
  handle(handling) {
    const fields = readFields(handling.params, assetModeFields)
    requiredToken(handling, fields, 'productType', productTypes)
    const mode = requiredToken(handling, fields, 'assetMode', ['single', 'union'])
    if (mode !== 'single') throw refused(handling, 'positionModeLocked')
    return reply(handling, 'success')
  },
}

/** The leverages of a contract: docs/wire/bitget.md 4.1. */
export function leveragesOf(
  { accountId, engine }: Handling,
  listing: Listing,
): { crossed: number; long: number; short: number } {
  const of = (leg: Leg): number => engine.leverage(accountId, listing.engine.symbol, leg)
  return {
    crossed: of({ marginMode: 'CROSS' }),
    long: of({ marginMode: 'ISOLATED', positionSide: 'LONG' }),
    short: of({ marginMode: 'ISOLATED', positionSide: 'SHORT' }),
  }
}

/** One leverage for both sides, or one for each where the margin is isolated and the mode hedge. */
function readLeverages(
  handling: Handling,
  fields: Fields<(typeof leverageFields)[number]>,
  listing: Listing,
  marginMode: MarginMode,
): { leg: Leg; leverage: number }[] {
  const read = (name: 'leverage' | 'longLeverage' | 'shortLeverage'): number | undefined => {
    const given = fields.text(name)
    return given === undefined ? undefined : readLeverage(handling, listing, given)
  }
  const holdSide = readToken(handling, fields, 'holdSide', holdSides)
  const [both, long, short] = [read('leverage'), read('longLeverage'), read('shortLeverage')]
  if (marginMode === 'CROSS' || !isHedge(handling, listing.engine.symbol)) {
    // In cross mode the long one silently wins.
    const leverage = (marginMode === 'CROSS' ? long : undefined) ?? both
    if (leverage === undefined) throw parameterMissing(handling, 'leverage')
    return [{ leg: { marginMode }, leverage }]
  }
  if (holdSide !== undefined) {
    const leverage = both ?? (holdSide === 'long' ? long : short)
    if (leverage === undefined) throw parameterMissing(handling, 'leverage')
    return [{ leg: { marginMode, positionSide: sideOf(holdSide) }, leverage }]
  }
  if (long === undefined || short === undefined) throw refused(handling, 'sideMissing')
  return [
    { leg: { marginMode, positionSide: 'LONG' }, leverage: long },
    { leg: { marginMode, positionSide: 'SHORT' }, leverage: short },
  ]
}

function modeOf({ accountId, engine }: Handling, listing: Listing): MarginMode {
  return engine.marginMode(accountId, listing.engine.symbol)
}

function symbolsOf(productType: ProductType): string[] {
  return listings.filter((row) => row.productType === productType).map((row) => row.engine.symbol)
}
