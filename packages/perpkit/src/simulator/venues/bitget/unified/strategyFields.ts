import type { EngineSide } from '../../../engine/types.ts'
import type { Handling } from '../../../server/types.ts'
import { parameterMissing, refused } from '../errors.ts'
import { type Fields, readToken, requiredToken } from '../fields.ts'

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

/** Direction of the order that closes: from `side`, from the position side, or both in agreement. */
export function readClosingSide(handling: Handling, fields: StrategyFields): EngineSide {
  const side = readToken(handling, fields, 'side', ['buy', 'sell'])
  const posSide = readToken(handling, fields, 'posSide', ['long', 'short'])
  readToken(handling, fields, 'reduceOnly', ['yes', 'no'])
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
): { side: EngineSide; reduceOnly: boolean } {
  const side = requiredToken(handling, fields, 'side', ['buy', 'sell'])
  const posSide = readToken(handling, fields, 'posSide', ['long', 'short'])
  const isReducing = readToken(handling, fields, 'reduceOnly', ['yes', 'no']) === 'yes'
  const isAgainst = posSide !== undefined && (posSide === 'long') === (side === 'sell')
  return { side: side === 'buy' ? 'BUY' : 'SELL', reduceOnly: isReducing || isAgainst }
}
