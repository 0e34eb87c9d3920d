import { equals } from '../../../../core/decimal.ts'
import { type AmendRequest, type EngineConditional, isRefusal } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { checkIds } from '../cancellation.ts'
import { refused, refusedByEngine } from '../errors.ts'
import { type Fields, readFields, readToken } from '../fields.ts'
import { type Listing, listingOf } from '../instruments.ts'
import { keepNotes, readNotes, type Watched } from '../notes.ts'
import { reply } from '../replies.ts'
import { categories } from '../scope.ts'
import { checkQuantity, readPrice, readQuantity } from '../sizes.ts'
import { checkSide, directionOf } from '../triggers.ts'
import { presetFields, readTriggerBy } from './draft.ts'
import { endStrategy, findStrategy, isLive, type Strategy } from './strategies.ts'
import { readDistance, readTrailing } from './trailing.ts'

// Changing and cancelling strategy orders: docs/wire/bitget.md 12.5. What is not sent stays.

const modifyFields = [
  'orderId',
  'clientOid',
  'category',
  'symbol',
  'qty',
  'triggerPrice',
  'triggerBy',
  'triggerOrderType',
  'triggerOrderPrice',
  'trailingStopParams',
  ...presetFields,
] as const

type ModifyFields = Fields<(typeof modifyFields)[number]>

// https://www.bitget.com/api-doc/uta/strategy/Modify-Strategy-Order
export const modifyStrategy: Route = {
  method: 'POST',
  path: '/api/v3/trade/modify-strategy-order',
  access: 'signed',
  operation: 'amendOrder',
  parameters: modifyFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, modifyFields)
    readToken(handling, fields, 'category', categories)
    const row = readLive(handling, fields)
    const listing = listingOf(row.legs[0].symbol)
    const changes = row.legs
      .filter((leg) => leg.status === 'WAITING')
      .map((leg) => ({ leg, change: readChange(handling, fields, listing, leg) }))
    if (changes.every(({ change }) => Object.keys(change).length === 0)) {
      throw refused(handling, 'strategyUnchanged')
    }
    for (const { change, leg } of changes) {
      if (Object.keys(change).length === 0) continue
      const amended = engine.amendConditional(accountId, leg.conditionalId, {
        ...change,
        firesAtOnce: true,
      })
      if (isRefusal(amended)) throw refusedByEngine(handling, amended)
    }
    return reply(handling, { orderId: row.orderId, clientOid: row.clientOid })
  },
}

const cancelFields = ['orderId', 'clientOid', 'category', 'symbol'] as const

// https://www.bitget.com/api-doc/uta/strategy/Cancel-Strategy-Order
export const cancelStrategy: Route = {
  method: 'POST',
  path: '/api/v3/trade/cancel-strategy-order',
  access: 'signed',
  operation: 'cancelOrder',
  parameters: cancelFields,
  handle(handling) {
    const fields = readFields(handling.params, cancelFields)
    endStrategy(handling, readLive(handling, fields))
    return reply(handling, null)
  },
}

function readLive<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'orderId' | 'clientOid'>,
): Strategy {
  const ids = { orderId: fields.text('orderId'), clientOid: fields.text('clientOid') }
  checkIds(handling, ids)
  const row = findStrategy(handling, ids)
  if (!row || !isLive(row)) throw refused(handling, 'planUnknown')
  return row
}

/** What a leg is to become, as far as that is another thing than it is. */
function readChange(
  handling: Handling,
  fields: ModifyFields,
  listing: Listing,
  leg: EngineConditional,
): AmendRequest {
  const quantity = newQuantity(handling, fields, listing, leg)
  const [price, by, limit] = namesFor(leg)
  const isNamed = fields.has(price)
  const trigger = isNamed
    ? readPrice(handling, listing, price, fields.text(price) ?? '')
    : leg.triggerPrice
  const watched: Watched = fields.has(by) ? readTriggerBy(handling, fields, by) : leg.triggerSource
  const isMoved = !equals(trigger, leg.triggerPrice) || watched !== leg.triggerSource
  if (isMoved && leg.endsWithPosition === true) {
    const side = leg.side === 'SELL' ? ('LONG' as const) : ('SHORT' as const)
    const goal = leg.kind === 'takeProfit' ? 'takeProfit' : 'stopLoss'
    checkSide(handling, { side, symbol: leg.symbol }, { goal, trigger, watched })
  }
  const given = leg.orderType === 'LIMIT' ? fields.text(limit) : undefined
  const limitPrice = given === undefined ? undefined : readPrice(handling, listing, limit, given)
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(isMoved ? movedTo(handling, leg, trigger, watched) : {}),
    ...newTrailing(handling, fields, listing, leg),
    ...(limitPrice === undefined || equals(limitPrice, leg.price ?? '0')
      ? {}
      : { price: limitPrice }),
  }
}

/** A trigger order infers its direction anew. */
function movedTo(
  { engine }: Handling,
  leg: EngineConditional,
  triggerPrice: string,
  triggerSource: Watched,
): AmendRequest {
  if (leg.endsWithPosition === true) return { triggerPrice, triggerSource }
  const triggerDirection = directionOf(engine, leg.symbol, triggerPrice, triggerSource)
  return { triggerPrice, triggerSource, triggerDirection }
}

/** Another distance, and another activation price as long as that is not reached. */
function newTrailing(
  handling: Handling,
  fields: ModifyFields,
  listing: Listing,
  leg: EngineConditional,
): AmendRequest {
  if (leg.kind !== 'trailing' || !fields.has('trailingStopParams')) return {}
  const trailing = readTrailing(handling, fields)
  const activation = trailing.text('activationPrice')
  const variance = trailing.text('trailVariance')
  const kind = leg.trailingDistance === undefined ? 'ratio' : 'spread'
  const notes = readNotes(leg.venueData)
  const isSame = variance === undefined || equals(variance, notes.callback)
  return {
    ...(activation !== undefined && {
      triggerPrice: readPrice(handling, listing, 'activationPrice', activation),
    }),
    ...(isSame
      ? {}
      : {
          ...readDistance(handling, kind, variance),
          venueData: keepNotes({ ...notes, callback: variance }),
        }),
  }
}

type LegNames = readonly [
  price: 'takeProfit' | 'stopLoss' | 'triggerPrice',
  by: 'tpTriggerBy' | 'slTriggerBy' | 'triggerBy',
  limit: 'tpLimitPrice' | 'slLimitPrice' | 'triggerOrderPrice',
]

/** Parameters that speak of a leg. */
function namesFor(leg: EngineConditional): LegNames {
  if (leg.endsWithPosition !== true) return ['triggerPrice', 'triggerBy', 'triggerOrderPrice']
  return leg.kind === 'takeProfit'
    ? ['takeProfit', 'tpTriggerBy', 'tpLimitPrice']
    : ['stopLoss', 'slTriggerBy', 'slLimitPrice']
}

function newQuantity(
  handling: Handling,
  fields: ModifyFields,
  listing: Listing,
  leg: EngineConditional,
): string | undefined {
  const given = fields.text('qty')
  if (given === undefined || leg.closePosition) return undefined
  const quantity = readQuantity(handling, listing, 'qty', given)
  const { reduceOnly: isClosing, side } = leg
  checkQuantity(handling, listing, { side, quantity, price: leg.price, isClosing })
  return equals(quantity, leg.quantity) ? undefined : quantity
}
