import type { EngineSide, MarginMode } from '../../../engine/types.ts'
import type { Handling } from '../../../server/types.ts'
import { parameterMissing, refused } from '../errors.ts'
import { type Fields, readToken, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { holdSides, isHedge, marginModeWords } from '../modes.ts'
import { type Intent, readIntent, readMarginMode } from './draft.ts'

/** Parameters of trade/place-strategy-order. */
export const strategyFields = [
  'category',
  'symbol',
  'type',
  'clientOid',
  'side',
  'posSide',
  'reduceOnly',
  'tpslMode',
  'qty',
  'marginMode',
  'triggerPrice',
  'triggerBy',
  'triggerOrderType',
  'triggerOrderPrice',
  'trailingStopParams',
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

export type StrategyFields = Fields<(typeof strategyFields)[number]>

/** What a placement answers. */
export interface StrategyIds {
  clientOid: string
  orderId: string
}

/**
 * Direction of the order that closes: from `side`, from the position side, or both in agreement; in
 * hedge mode the position side is needed.
 */
export function readClosingSide(
  handling: Handling,
  fields: StrategyFields,
  listing: Listing,
): EngineSide {
  const side = readToken(handling, fields, 'side', ['buy', 'sell'])
  const posSide = readToken(handling, fields, 'posSide', holdSides)
  readToken(handling, fields, 'reduceOnly', ['yes', 'no'])
  if (isHedge(handling, listing.engine.symbol)) {
    if (posSide === undefined) throw refused(handling, 'modeMismatch')
    if (fields.has('reduceOnly')) throw refused(handling, 'reduceOnlyHedged')
  }
  const closes = posSide && (posSide === 'long' ? 'sell' : 'buy')
  if (side && closes && side !== closes) throw refused(handling, 'modeMismatch')
  const word = side ?? closes
  if (word === undefined) throw parameterMissing(handling, 'side')
  return word === 'buy' ? 'BUY' : 'SELL'
}

/** Direction of an order that may open; one against the position side it names closes. */
export function readSide(
  handling: Handling,
  fields: StrategyFields,
  listing: Listing,
): Intent & { marginMode: MarginMode } {
  const word = requiredToken(handling, fields, 'side', ['buy', 'sell'])
  const posSide = readToken(handling, fields, 'posSide', holdSides)
  const mode = readToken(handling, fields, 'marginMode', marginModeWords)
  const intent = readIntent(handling, fields, listing, word === 'buy' ? 'BUY' : 'SELL')
  const isAgainst = posSide !== undefined && (posSide === 'long') === (word === 'sell')
  const wanted = { ...intent, isClosing: intent.isClosing || isAgainst }
  return { ...wanted, marginMode: readMarginMode(handling, listing, wanted, mode) }
}
