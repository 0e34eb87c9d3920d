import type { Decimal } from '../../../../core/decimal.ts'
import type { MarginMode } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { planClientIdOf, readClientId } from '../clientIds.ts'
import { parameterMalformed } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { legOf, marginModeOf, marginModeWords } from '../modes.ts'
import { keepNotes, type Notes, type Watched } from '../notes.ts'
import { accepted } from '../planAnswers.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'
import { checkQuantity, readPrice, readQuantity } from '../sizes.ts'
import { directionOf } from '../triggers.ts'
import { checkMarginMode, checkTrading, type Intent, readIntent, stpModes } from './draft.ts'
import { readAttached, readExecutePrice, readPercent, readWatched } from './planFields.ts'

// Trigger orders that open or close: docs/wire/bitget.md 4.7.

const planFields = [
  'planType',
  'symbol',
  'productType',
  'marginCoin',
  'marginMode',
  'size',
  'side',
  'tradeSide',
  'orderType',
  'triggerPrice',
  'triggerType',
  'price',
  'executePrice',
  'callbackRatio',
  'reduceOnly',
  'clientOid',
  'stpMode',
  'stopSurplusTriggerPrice',
  'stopSurplusExecutePrice',
  'stopSurplusTriggerType',
  'stopLossTriggerPrice',
  'stopLossExecutePrice',
  'stopLossTriggerType',
] as const

// https://www.bitget.com/api-doc/contract/plan/Place-Plan-Order
export const placePlan: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/place-plan-order',
  access: 'signed',
  operation: 'createStop',
  // ccxt leaves a word of plain orders in the body.
  parameters: [...planFields, 'force'],
  handle(handling) {
    const { accountId, engine } = handling
    const plan = readPlan(handling)
    const { callback, listing, marginMode, planType, price, triggerPrice, watched } = plan
    const { isClosing, positionSide, side } = plan.intent
    const { symbol } = listing.engine
    const direction = directionOf(engine, symbol, triggerPrice, watched)
    const isStop = (side === 'BUY') === (direction === 'rise')
    const placed = engine.placeConditional(accountId, {
      clientOrderId: plan.clientOid,
      ...legOf(symbol, marginMode, positionSide),
      side,
      kind: planType === 'track_plan' ? 'trailing' : isStop ? 'stop' : 'takeProfit',
      orderType: price === undefined ? 'MARKET' : 'LIMIT',
      quantity: plan.quantity,
      ...(price === undefined ? {} : { price }),
      timeInForce: price === undefined ? 'IOC' : 'GTC',
      reduceOnly: isClosing,
      triggerPrice,
      triggerSource: watched,
      triggerDirection: direction,
      firesAtOnce: true,
      ...(callback !== '' && { trailingRate: readPercent(handling, 'callbackRatio', callback) }),
      venueData: keepNotes({ generation: 2, planType, callback, ...plan.attached }),
    })
    const made = accepted(handling, placed)
    return reply(handling, { orderId: made.conditionalId, clientOid: planClientIdOf(made) })
  },
}

/** A plan as asked for. */
interface PlanDraft {
  planType: 'normal_plan' | 'track_plan'
  listing: Listing
  intent: Intent
  marginMode: MarginMode
  quantity: Decimal
  /** Absent at market. */
  price: Decimal | undefined
  triggerPrice: Decimal
  watched: Watched
  /** Percent; `''` where nothing trails. */
  callback: string
  clientOid: string
  attached: Partial<Notes>
}

/** Parameters, symbol, mode, precision and limits, in this order. */
function readPlan(handling: Handling): PlanDraft {
  const fields = readFields(handling.params, planFields)
  handling.params.ignore('force')
  const planType = requiredToken(handling, fields, 'planType', ['normal_plan', 'track_plan'])
  for (const name of ['symbol', 'productType', 'marginCoin'] as const) {
    required(handling, fields, name)
  }
  const marginMode = requiredToken(handling, fields, 'marginMode', marginModeWords)
  const size = required(handling, fields, 'size')
  const word = requiredToken(handling, fields, 'side', ['buy', 'sell'])
  const orderType = requiredToken(handling, fields, 'orderType', ['limit', 'market'])
  const trigger = required(handling, fields, 'triggerPrice')
  required(handling, fields, 'triggerType')
  const watched = readWatched(handling, fields, 'triggerType')
  const isTrailing = planType === 'track_plan'
  const callback = isTrailing ? required(handling, fields, 'callbackRatio') : ''
  if (isTrailing && orderType === 'limit') throw parameterMalformed(handling, 'orderType')
  const reduceOnly = readToken(handling, fields, 'reduceOnly', ['YES', 'NO']) === 'YES'
  readToken(handling, fields, 'stpMode', stpModes)
  const clientOid = readClientId(handling, fields.text('clientOid'))
  const listing = readClassic(handling, fields)
  checkMarginCoin(handling, fields, listing.productType)
  checkTrading(handling, listing)
  const intent = readIntent(handling, fields, listing, { side: word, reduceOnly })
  const mode = checkMarginMode(handling, listing, marginModeOf(marginMode))
  const quantity = readQuantity(handling, listing, 'size', size)
  const triggerPrice = readPrice(handling, listing, 'triggerPrice', trigger)
  const limit = readLimitPrice(handling, fields, listing)
  if (orderType === 'limit' && limit === undefined) throw parameterMalformed(handling, 'price')
  const price = orderType === 'limit' ? limit : undefined
  const attached = readTerms(handling, fields, listing)
  checkQuantity(handling, listing, { ...intent, quantity, price })
  const numbers = { quantity, price, triggerPrice, watched, callback }
  return { planType, listing, intent, marginMode: mode, clientOid, attached, ...numbers }
}

type PlanFields = Fields<(typeof planFields)[number]>

/** Some clients send the same price under both names. */
function readLimitPrice(
  handling: Handling,
  fields: PlanFields,
  listing: Listing,
): Decimal | undefined {
  return (
    readExecutePrice(handling, fields, 'price', listing) ??
    readExecutePrice(handling, fields, 'executePrice', listing)
  )
}

/** Take-profit and stop of the order to come. */
function readTerms(handling: Handling, fields: PlanFields, listing: Listing): Partial<Notes> {
  return {
    takeProfit: readAttached(handling, fields, 'stopSurplusTriggerPrice', listing),
    takeLimit: readAttached(handling, fields, 'stopSurplusExecutePrice', listing),
    takeBy: readWatched(handling, fields, 'stopSurplusTriggerType'),
    stopLoss: readAttached(handling, fields, 'stopLossTriggerPrice', listing),
    stopLimit: readAttached(handling, fields, 'stopLossExecutePrice', listing),
    stopBy: readWatched(handling, fields, 'stopLossTriggerType'),
  }
}
