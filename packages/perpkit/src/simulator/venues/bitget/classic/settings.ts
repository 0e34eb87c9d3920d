import type { Route } from '../../../server/types.ts'
import { parameterMissing, refused } from '../errors.ts'
import { readFields, readToken, required, requiredToken } from '../fields.ts'
import { listings, productTypes } from '../instruments.ts'
import { applyLeverage, readLeverage } from '../leverage.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'

// Settings of a classic account (docs/wire/bitget.md 4.3). Positions here are one-way and cross.

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
    readToken(handling, fields, 'holdSide', ['long', 'short'])
    // In cross mode the long one silently wins.
    const given = fields.text('longLeverage') ?? fields.text('leverage')
    if (given === undefined) throw parameterMissing(handling, 'leverage')
    const leverage = readLeverage(handling, listing, given)
    applyLeverage(handling, listing, leverage)
    const text = String(leverage)
    return reply(handling, {
      symbol: listing.native,
      marginCoin: listing.engine.settleAsset,
      longLeverage: text,
      shortLeverage: text,
      crossMarginLeverage: text,
      marginMode: 'crossed',
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
    for (const { leverage, listing } of wanted) applyLeverage(handling, listing, leverage)
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
    const fields = readFields(handling.params, marginModeFields)
    const listing = readClassic(handling, fields)
    required(handling, fields, 'marginCoin')
    checkMarginCoin(handling, fields, listing.productType)
    const mode = requiredToken(handling, fields, 'marginMode', ['crossed', 'isolated'])
    if (mode !== 'crossed') throw refused(handling, 'marginModeLocked')
    const leverage = handling.engine.leverage(handling.accountId, listing.engine.symbol)
    return reply(handling, {
      symbol: listing.native,
      marginCoin: listing.engine.settleAsset,
      longLeverage: String(leverage),
      shortLeverage: String(leverage),
      marginMode: mode,
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
    const fields = readFields(handling.params, positionModeFields)
    requiredToken(handling, fields, 'productType', productTypes)
    const posMode = requiredToken(handling, fields, 'posMode', ['one_way_mode', 'hedge_mode'])
    if (posMode !== 'one_way_mode') throw refused(handling, 'positionModeLocked')
    return reply(handling, { posMode })
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
