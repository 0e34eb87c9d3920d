import { isZero } from '../../../../core/decimal.ts'
import type { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import { readClientId } from '../clientIds.ts'
import { parameterMalformed, refused } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import type { Notes, Watched } from '../notes.ts'
import { forces, timeInForceOf } from '../orderWords.ts'
import type { Draft } from '../placement.ts'
import { categories, readUnified } from '../scope.ts'
import { readNumber, readPrice, readQuantity } from '../sizes.ts'

/** Take-profit and stop that come with an entry. */
export const presetFields = [
  'takeProfit',
  'tpTriggerBy',
  'tpOrderType',
  'tpLimitPrice',
  'stopLoss',
  'slTriggerBy',
  'slOrderType',
  'slLimitPrice',
] as const

export type PresetFields = Fields<(typeof presetFields)[number]>

/** Parameters of trade/place-order: docs/wire/bitget.md 12.4. */
export const draftFields = [
  'category',
  'symbol',
  'qty',
  'side',
  'orderType',
  'price',
  'timeInForce',
  'posSide',
  'reduceOnly',
  'marginMode',
  'clientOid',
  'stpMode',
  'takeProfit',
  'tpTriggerBy',
  'tpOrderType',
  'tpLimitPrice',
  'stopLoss',
  'slTriggerBy',
  'slOrderType',
  'slLimitPrice',
] as const

const stpModes = ['none', 'cancel_taker', 'cancel_maker', 'cancel_both'] as const

/** Reads an order: parameters, symbol, mode and precision, in this order. */
export function readDraft(handling: Handling, params: Params): Draft {
  const fields = readFields(params, draftFields)
  requiredToken(handling, fields, 'category', categories)
  required(handling, fields, 'symbol')
  const qty = required(handling, fields, 'qty')
  const side = requiredToken(handling, fields, 'side', ['buy', 'sell'])
  const orderType = requiredToken(handling, fields, 'orderType', ['limit', 'market'])
  const price = orderType === 'limit' ? required(handling, fields, 'price') : undefined
  const force = readToken(handling, fields, 'timeInForce', forces) ?? 'gtc'
  const reduceOnly = readToken(handling, fields, 'reduceOnly', ['yes', 'no']) === 'yes'
  // One-way: nothing is made of a position side.
  readToken(handling, fields, 'posSide', ['long', 'short', 'net'])
  const mode = readToken(handling, fields, 'marginMode', ['crossed', 'isolated']) ?? 'crossed'
  const stpMode = readToken(handling, fields, 'stpMode', stpModes) ?? 'none'
  const clientOid = readClientId(handling, fields.text('clientOid'))
  const listing = readUnified(handling, fields)
  if (!handling.engine.isTrading(listing.engine.symbol)) throw refused(handling, 'suspended')
  if (mode !== 'crossed') throw parameterMalformed(handling, 'marginMode')
  const quantity = readQuantity(handling, listing, 'qty', qty)
  const limit = price === undefined ? undefined : readPrice(handling, listing, 'price', price)
  const preset = readPreset(handling, fields, listing)
  const isPreset = preset.takeProfit !== '' || preset.stopLoss !== ''
  if (reduceOnly && isPreset) throw refused(handling, 'presetOnClose')
  return {
    listing,
    side: side === 'buy' ? 'BUY' : 'SELL',
    type: limit === undefined ? 'MARKET' : 'LIMIT',
    quantity,
    price: limit,
    timeInForce: limit === undefined ? 'IOC' : timeInForceOf(force),
    reduceOnly,
    clientOid,
    notes: { generation: 3, stpMode, ...preset },
  }
}

/** Both legs; `''` where there is none, or `0` was sent. */
export function readPreset(
  handling: Handling,
  fields: PresetFields,
  listing: Listing,
): Pick<Notes, 'takeProfit' | 'takeBy' | 'takeLimit' | 'stopLoss' | 'stopBy' | 'stopLimit'> {
  return {
    takeProfit: readLegPrice(handling, fields, 'takeProfit', listing),
    takeBy: readTriggerBy(handling, fields, 'tpTriggerBy'),
    takeLimit: readLegLimit(handling, fields, 'tp', listing),
    stopLoss: readLegPrice(handling, fields, 'stopLoss', listing),
    stopBy: readTriggerBy(handling, fields, 'slTriggerBy'),
    stopLimit: readLegLimit(handling, fields, 'sl', listing),
  }
}

/** `market` is the last price, and the standard. */
export function readTriggerBy<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
): Watched {
  return readToken(handling, fields, name, ['market', 'mark']) === 'mark' ? 'mark' : 'last'
}

function readLegPrice(
  handling: Handling,
  fields: PresetFields,
  name: 'takeProfit' | 'stopLoss',
  listing: Listing,
): string {
  const given = fields.text(name)
  if (given === undefined || isZero(readNumber(handling, name, given))) return ''
  return readPrice(handling, listing, name, given)
}

function readLegLimit(
  handling: Handling,
  fields: PresetFields,
  prefix: 'tp' | 'sl',
  listing: Listing,
): string {
  const type = readToken(handling, fields, `${prefix}OrderType`, ['market', 'limit'])
  if (type !== 'limit') return ''
  const name = `${prefix}LimitPrice` as const
  return readPrice(handling, listing, name, required(handling, fields, name))
}
