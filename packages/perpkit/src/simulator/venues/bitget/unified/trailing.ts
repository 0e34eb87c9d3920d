import {
  type Decimal,
  decimalPlaces,
  div,
  isGreater,
  isLess,
  isPositive,
} from '../../../../core/decimal.ts'
import { isRecord } from '../../../../core/reader.ts'
import { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import { planClientIdOf } from '../clientIds.ts'
import { parameterMalformed, parameterMissing } from '../errors.ts'
import { type Fields, readFields, readToken, required } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { legOf } from '../modes.ts'
import { keepNotes, type Watched } from '../notes.ts'
import { accepted } from '../planAnswers.ts'
import { checkQuantity, readNumber, readPrice, readQuantity } from '../sizes.ts'
import { checkRoom } from './strategies.ts'
import { readSide, type StrategyFields, type StrategyIds } from './strategyFields.ts'

const trailingFields = [
  'activationPrice',
  'activationType',
  'trailType',
  'trailVariance',
  'preOrderType',
  'preOrderPrice',
] as const

/** The one object of `trailingStopParams`, bare or in an array. */
export function readTrailing<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'trailingStopParams'>,
): Fields<(typeof trailingFields)[number]> {
  const given = fields.value('trailingStopParams')
  const only: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given
  if (!isRecord(only)) throw parameterMissing(handling, 'trailingStopParams')
  const params = new Params(only)
  const trailing = readFields(params, trailingFields)
  for (const { name, value } of params.unread()) {
    handling.unknownWord(`trailingStopParams.${name}`, value)
  }
  return trailing
}

/** Percent of 12.5, with two decimals at most, or a distance in the quote asset. */
export function readDistance(
  handling: Handling,
  trailType: 'ratio' | 'spread',
  variance: string,
): { trailingRate: Decimal } | { trailingDistance: Decimal } {
  const distance = readNumber(handling, 'trailVariance', variance)
  if (trailType === 'spread') {
    if (!isPositive(distance)) throw parameterMalformed(handling, 'trailVariance')
    return { trailingDistance: distance }
  }
  const isOutside = isLess(distance, '0.1') || isGreater(distance, '10')
  if (isOutside || decimalPlaces(distance) > 2) throw parameterMalformed(handling, 'trailVariance')
  return { trailingRate: div(distance, '100') }
}

/** A stop that follows the price. */
export function placeTrailing(
  handling: Handling,
  fields: StrategyFields,
  listing: Listing,
): StrategyIds {
  const { accountId, engine } = handling
  const { symbol } = listing.engine
  const { isClosing, marginMode, positionSide, side } = readSide(handling, fields, listing)
  const quantity = readQuantity(handling, listing, 'qty', required(handling, fields, 'qty'))
  const trailing = readTrailing(handling, fields)
  const watches = ['market', 'mark', 'index'] as const
  const activationType = readToken(handling, trailing, 'activationType', watches) ?? 'market'
  const watched: Watched = activationType === 'market' ? 'last' : activationType
  const trailType = readToken(handling, trailing, 'trailType', ['ratio', 'spread']) ?? 'ratio'
  const preOrder = readToken(handling, trailing, 'preOrderType', ['market', 'limit'])
  if (preOrder === 'limit') throw parameterMalformed(handling, 'preOrderType')
  const variance = required(handling, trailing, 'trailVariance')
  const distance = readDistance(handling, trailType, variance)
  const activation = trailing.text('activationPrice')
  const triggerPrice =
    activation === undefined
      ? {}
      : { triggerPrice: readPrice(handling, listing, 'activationPrice', activation) }
  checkRoom(handling, symbol)
  checkQuantity(handling, listing, { side, quantity, price: undefined, isClosing })
  const placed = engine.placeConditional(accountId, {
    clientOrderId: '',
    ...legOf(symbol, marginMode, positionSide),
    side,
    kind: 'trailing',
    orderType: 'MARKET',
    quantity,
    timeInForce: 'IOC',
    reduceOnly: isClosing,
    ...triggerPrice,
    triggerSource: watched,
    triggerDirection: side === 'SELL' ? 'fall' : 'rise',
    firesAtOnce: true,
    ...distance,
    venueData: keepNotes({ generation: 3, planType: 'track_plan', callback: variance }),
  })
  const plan = accepted(handling, placed)
  return { clientOid: planClientIdOf(plan), orderId: plan.conditionalId }
}
