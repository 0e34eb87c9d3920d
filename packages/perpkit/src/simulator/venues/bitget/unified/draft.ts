import { isZero } from '../../../../core/decimal.ts'
import type { EngineSide, MarginMode, PositionSide } from '../../../engine/types.ts'
import type { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import { readClientId } from '../clientIds.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { positionOf } from '../legs.ts'
import { isHedge, type MarginModeWord, marginModeOf, marginModeWords, sideOf } from '../modes.ts'
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

type DraftName = (typeof draftFields)[number]

/** Items of a batch know neither `reduceOnly` nor presets (12.4): there these are words like any. */
export const batchFields: readonly DraftName[] = draftFields.filter(
  (name) => name !== 'reduceOnly' && !presetFields.some((preset) => preset === name),
)

/** Reads an order: parameters, symbol, mode and precision, in this order. */
export function readDraft(
  handling: Handling,
  params: Params,
  names: readonly DraftName[] = draftFields,
): Draft {
  const fields = readFields(params, names)
  requiredToken(handling, fields, 'category', categories)
  required(handling, fields, 'symbol')
  const qty = required(handling, fields, 'qty')
  const side = requiredToken(handling, fields, 'side', ['buy', 'sell'])
  const orderType = requiredToken(handling, fields, 'orderType', ['limit', 'market'])
  const price = orderType === 'limit' ? required(handling, fields, 'price') : undefined
  const force = readToken(handling, fields, 'timeInForce', forces) ?? 'gtc'
  readToken(handling, fields, 'reduceOnly', ['yes', 'no'])
  readToken(handling, fields, 'posSide', posSides)
  const mode = readToken(handling, fields, 'marginMode', marginModeWords)
  const stpMode = readToken(handling, fields, 'stpMode', stpModes) ?? 'none'
  const clientOid = readClientId(handling, fields.text('clientOid'))
  const listing = readUnified(handling, fields)
  if (!handling.engine.isTrading(listing.engine.symbol)) throw refused(handling, 'suspended')
  const intent = readIntent(handling, fields, listing, side === 'buy' ? 'BUY' : 'SELL')
  const quantity = readQuantity(handling, listing, 'qty', qty)
  const limit = price === undefined ? undefined : readPrice(handling, listing, 'price', price)
  const preset = readPreset(handling, fields, listing)
  const isPreset = preset.takeProfit !== '' || preset.stopLoss !== ''
  if (intent.isClosing && isPreset) throw refused(handling, 'presetOnClose')
  return {
    listing,
    ...intent,
    marginMode: readMarginMode(handling, listing, intent, mode),
    type: limit === undefined ? 'MARKET' : 'LIMIT',
    quantity,
    price: limit,
    timeInForce: limit === undefined ? 'IOC' : timeInForceOf(force),
    clientOid,
    notes: { generation: 3, stpMode, ...preset },
  }
}

const posSides = ['long', 'short', 'net'] as const

/** What an order is to do with a position. */
export interface Intent {
  side: EngineSide
  positionSide: PositionSide | undefined
  isClosing: boolean
}

/**
 * In hedge mode `posSide` is needed and `reduceOnly` refused, and `side` is the direction; in one-way
 * mode nothing is made of a `posSide` (docs/wire/bitget.md 12.2).
 */
export function readIntent<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'posSide' | 'reduceOnly'>,
  listing: Listing,
  side: EngineSide,
): Intent {
  const posSide = readToken(handling, fields, 'posSide', posSides)
  const isReducing = readToken(handling, fields, 'reduceOnly', ['yes', 'no']) === 'yes'
  if (!isHedge(handling, listing.engine.symbol)) {
    return { side, positionSide: undefined, isClosing: isReducing }
  }
  if (posSide === undefined || posSide === 'net') throw refused(handling, 'modeMismatch')
  if (fields.has('reduceOnly')) throw refused(handling, 'reduceOnlyHedged')
  const isClosing = (posSide === 'long') === (side === 'SELL')
  return { side, positionSide: sideOf(posSide), isClosing }
}

/** As it is said; else that of the position that is closed, or cross. */
export function readMarginMode(
  { accountId, engine }: Handling,
  listing: Listing,
  { isClosing, side }: Intent,
  given: MarginModeWord | undefined,
): MarginMode {
  if (given !== undefined || !isClosing) return marginModeOf(given ?? 'crossed')
  const positionSide = side === 'SELL' ? 'LONG' : 'SHORT'
  const position = positionOf(engine, accountId, { symbol: listing.engine.symbol, positionSide })
  return position?.marginMode ?? 'CROSS'
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
