import { div, isGreater, isLess, isPositive } from '../../../../core/decimal.ts'
import { isRecord } from '../../../../core/reader.ts'
import { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import { planClientIdOf } from '../clientIds.ts'
import { parameterMalformed, parameterMissing } from '../errors.ts'
import { type Fields, readFields, readToken, required } from '../fields.ts'
import type { Listing } from '../instruments.ts'
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
function readTrailing(
  handling: Handling,
  fields: StrategyFields,
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

/** A stop that follows the price. */
export function placeTrailing(
  handling: Handling,
  fields: StrategyFields,
  listing: Listing,
): StrategyIds {
  const { accountId, engine } = handling
  const { symbol } = listing.engine
  const { reduceOnly, side } = readSide(handling, fields)
  const quantity = readQuantity(handling, listing, 'qty', required(handling, fields, 'qty'))
  const trailing = readTrailing(handling, fields)
  const watches = ['market', 'mark', 'index'] as const
  const activationType = readToken(handling, trailing, 'activationType', watches) ?? 'market'
  const watched: Watched = activationType === 'market' ? 'last' : activationType
  const trailType = readToken(handling, trailing, 'trailType', ['ratio', 'spread']) ?? 'ratio'
  const preOrder = readToken(handling, trailing, 'preOrderType', ['market', 'limit'])
  if (preOrder === 'limit') throw parameterMalformed(handling, 'preOrderType')
  const variance = required(handling, trailing, 'trailVariance')
  const distance = readNumber(handling, 'trailVariance', variance)
  const isOutside = isLess(distance, '0.1') || isGreater(distance, '10')
  if (trailType === 'ratio' ? isOutside : !isPositive(distance)) {
    throw parameterMalformed(handling, 'trailVariance')
  }
  const activation = trailing.text('activationPrice')
  const triggerPrice =
    activation === undefined
      ? {}
      : { triggerPrice: readPrice(handling, listing, 'activationPrice', activation) }
  checkRoom(handling, symbol)
  checkQuantity(handling, listing, { side, quantity, price: undefined, isClosing: reduceOnly })
  const placed = engine.placeConditional(accountId, {
    clientOrderId: '',
    symbol,
    side,
    kind: 'trailing',
    orderType: 'MARKET',
    quantity,
    timeInForce: 'IOC',
    reduceOnly,
    ...triggerPrice,
    triggerSource: watched,
    triggerDirection: side === 'SELL' ? 'fall' : 'rise',
    firesAtOnce: true,
    ...(trailType === 'ratio'
      ? { trailingRate: div(distance, '100') }
      : { trailingDistance: distance }),
    venueData: keepNotes({ generation: 3, planType: 'track_plan', callback: variance }),
  })
  const plan = accepted(handling, placed)
  return { clientOid: planClientIdOf(plan), orderId: plan.conditionalId }
}
