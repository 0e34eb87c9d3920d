import { isZero } from '../../../../core/decimal.ts'
import type { EngineSide, MarginMode, PositionSide } from '../../../engine/types.ts'
import type { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import { readClientId } from '../clientIds.ts'
import { parameterMalformed, refused } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { isHedge, marginModeOf, marginModeWords } from '../modes.ts'
import type { Notes } from '../notes.ts'
import { forces, timeInForceOf } from '../orderWords.ts'
import type { Draft } from '../placement.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'
import { readPrice, readQuantity } from '../sizes.ts'

/** Parameters of order/place-order: docs/wire/bitget.md 4.4. */
export const draftFields = [
  'symbol',
  'productType',
  'marginMode',
  'marginCoin',
  'size',
  'price',
  'side',
  'tradeSide',
  'orderType',
  'force',
  'clientOid',
  'reduceOnly',
  'presetStopSurplusPrice',
  'presetStopLossPrice',
  'presetStopSurplusExecutePrice',
  'presetStopLossExecutePrice',
  'stpMode',
] as const

type DraftFields = Fields<(typeof draftFields)[number]>

export const stpModes = ['none', 'cancel_taker', 'cancel_maker', 'cancel_both'] as const

/** Reads an order: parameters, symbol, mode and precision, in this order. */
export function readDraft(handling: Handling, params: Params): Draft {
  const fields = readFields(params, draftFields)
  for (const name of ['symbol', 'productType', 'marginCoin'] as const) {
    required(handling, fields, name)
  }
  const marginMode = requiredToken(handling, fields, 'marginMode', marginModeWords)
  const size = required(handling, fields, 'size')
  const side = requiredToken(handling, fields, 'side', ['buy', 'sell'])
  const orderType = requiredToken(handling, fields, 'orderType', ['limit', 'market'])
  const price = orderType === 'limit' ? required(handling, fields, 'price') : undefined
  const force = readToken(handling, fields, 'force', forces) ?? 'gtc'
  const reduceOnly = readToken(handling, fields, 'reduceOnly', ['YES', 'NO']) === 'YES'
  const stpMode = readToken(handling, fields, 'stpMode', stpModes) ?? 'none'
  const clientOid = readClientId(handling, fields.text('clientOid'))
  const listing = readClassic(handling, fields)
  checkMarginCoin(handling, fields, listing.productType)
  checkTrading(handling, listing)
  const intent = readIntent(handling, fields, listing, { side, reduceOnly })
  const mode = checkMarginMode(handling, listing, marginModeOf(marginMode))
  const quantity = readQuantity(handling, listing, 'size', size)
  const limit = price === undefined ? undefined : readPrice(handling, listing, 'price', price)
  const preset = intent.isClosing ? {} : readPreset(handling, fields, listing)
  return {
    listing,
    ...intent,
    marginMode: mode,
    type: limit === undefined ? 'MARKET' : 'LIMIT',
    quantity,
    price: limit,
    timeInForce: limit === undefined ? 'IOC' : timeInForceOf(force),
    clientOid,
    notes: { generation: 2, stpMode, ...preset },
  }
}

/** What an order is to do with a position. */
export interface Intent {
  side: EngineSide
  positionSide: PositionSide | undefined
  isClosing: boolean
}

/**
 * Direction and position side. In hedge mode `side` is the position side, `tradeSide` is needed and
 * `reduceOnly` ignored; in one-way mode `tradeSide` is refused (docs/wire/bitget.md 4.4).
 */
export function readIntent<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'tradeSide'>,
  listing: Listing,
  { reduceOnly, side }: { side: 'buy' | 'sell'; reduceOnly: boolean },
): Intent {
  const tradeSide = readToken(handling, fields, 'tradeSide', ['open', 'close'])
  const isHedged = isHedge(handling, listing.engine.symbol)
  if (isHedged !== (tradeSide !== undefined)) throw refused(handling, 'modeMismatch')
  const isBuy = side === 'buy'
  if (!isHedged) {
    return { side: isBuy ? 'BUY' : 'SELL', positionSide: undefined, isClosing: reduceOnly }
  }
  const isClosing = tradeSide === 'close'
  return {
    side: isBuy === isClosing ? 'SELL' : 'BUY',
    positionSide: isBuy ? 'LONG' : 'SHORT',
    isClosing,
  }
}

/** The margin mode of an order must be the symbol's: docs/wire/bitget.md 6.1. */
export function checkMarginMode(
  { accountId, engine, request }: Handling,
  listing: Listing,
  given: MarginMode,
): MarginMode {
  if (given !== engine.marginMode(accountId, listing.engine.symbol)) {
    throw parameterMalformed({ request }, 'marginMode')
  }
  return given
}

export function checkTrading(handling: Handling, listing: Listing): void {
  if (!handling.engine.isTrading(listing.engine.symbol)) throw refused(handling, 'suspended')
}

/** Prices that come with the entry; `0` to execute at is at market. Ignored on a closing order. */
function readPreset(handling: Handling, fields: DraftFields, listing: Listing): Partial<Notes> {
  const read = (name: (typeof presetNames)[number]): string => {
    const given = fields.text(name)
    if (given === undefined || given === '0') return ''
    const price = readPrice(handling, listing, name, given)
    return isZero(price) ? '' : price
  }
  const [takeProfit, stopLoss, takeLimit, stopLimit] = [
    read('presetStopSurplusPrice'),
    read('presetStopLossPrice'),
    read('presetStopSurplusExecutePrice'),
    read('presetStopLossExecutePrice'),
  ]
  // There is no field for what they watch: the last price.
  return { takeProfit, takeBy: 'last', takeLimit, stopLoss, stopBy: 'last', stopLimit }
}

const presetNames = [
  'presetStopSurplusPrice',
  'presetStopLossPrice',
  'presetStopSurplusExecutePrice',
  'presetStopLossExecutePrice',
] as const
