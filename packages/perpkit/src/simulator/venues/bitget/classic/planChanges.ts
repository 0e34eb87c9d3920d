import { isGreater } from '../../../../core/decimal.ts'
import { type AmendRequest, type EngineConditional, isRefusal } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { checkIds } from '../cancellation.ts'
import { planClientIdOf } from '../clientIds.ts'
import { refused, refusedByEngine } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import { type Listing, listingOf, productTypes } from '../instruments.ts'
import { positionOf } from '../legs.ts'
import { keepNotes, type Notes, planTypes, readNotes, type Watched } from '../notes.ts'
import { findPlan } from '../plans.ts'
import { Refused, reply } from '../replies.ts'
import { checkMarginCoin, readClassic, readProduct } from '../scope.ts'
import { checkQuantity, readPrice, readQuantity } from '../sizes.ts'
import { checkSide, directionOf } from '../triggers.ts'
import { readItems, settle } from './items.ts'
import { idsOf, withoutCodes } from './orders.ts'
import { readAttached, readExecutePrice, readPercent, readWatched } from './planFields.ts'
import { isTpsl } from './planRow.ts'

// Changing and cancelling plans: docs/wire/bitget.md 4.6 to 4.8. What is not sent is kept.

const tpslFields = [
  'orderId',
  'clientOid',
  'marginCoin',
  'productType',
  'symbol',
  'triggerPrice',
  'triggerType',
  'executePrice',
  'size',
  'rangeRate',
] as const

// https://www.bitget.com/api-doc/contract/plan/Modify-Tpsl-Order
export const modifyTpsl: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/modify-tpsl-order',
  access: 'signed',
  operation: 'amendOrder',
  parameters: tpslFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, tpslFields)
    const listing = readClassic(handling, fields)
    checkMarginCoin(handling, fields, listing.productType)
    const ids = idsOf(fields)
    checkIds(handling, ids)
    const trigger = required(handling, fields, 'triggerPrice')
    const plan = findPlan(handling, ids)
    const isOurs = plan?.symbol === listing.engine.symbol && isTpsl(plan)
    if (!plan || !isOurs || plan.status !== 'WAITING') throw refused(handling, 'planUnknown')
    const triggerPrice = readPrice(handling, listing, 'triggerPrice', trigger)
    const watched = fields.has('triggerType')
      ? readWatched(handling, fields, 'triggerType')
      : plan.triggerSource
    const quantity = newSize(handling, fields, 'size', listing, plan)
    checkCover(handling, plan, quantity)
    const execution = newExecution(handling, fields, listing, plan)
    const trailing = newTrailing(handling, fields, 'rangeRate', plan)
    if (plan.kind !== 'trailing') {
      const side = plan.side === 'SELL' ? ('LONG' as const) : ('SHORT' as const)
      const goal = plan.kind === 'takeProfit' ? 'takeProfit' : 'stopLoss'
      const position = { side, symbol: plan.symbol }
      checkSide(handling, position, { goal, trigger: triggerPrice, watched })
    }
    const amended = engine.amendConditional(accountId, plan.conditionalId, {
      triggerPrice,
      triggerSource: watched,
      ...(quantity === undefined ? {} : { quantity }),
      ...execution,
      ...(plan.kind === 'trailing' && { firesAtOnce: true }),
      ...(trailing && {
        trailingRate: trailing.rate,
        venueData: keepNotes({ ...readNotes(plan.venueData), callback: trailing.callback }),
      }),
    })
    return answerChanged(handling, amended)
  },
}

const planFields = [
  'orderId',
  'clientOid',
  'productType',
  'planType',
  'symbol',
  'marginCoin',
  'newSize',
  'newPrice',
  'newCallbackRatio',
  'newTriggerPrice',
  'newTriggerType',
  'newStopSurplusTriggerPrice',
  'newStopSurplusExecutePrice',
  'newStopSurplusTriggerType',
  'newStopLossTriggerPrice',
  'newStopLossExecutePrice',
  'newStopLossTriggerType',
] as const

// https://www.bitget.com/api-doc/contract/plan/Modify-Plan-Order
export const modifyPlan: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/modify-plan-order',
  access: 'signed',
  operation: 'amendOrder',
  parameters: planFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, planFields)
    requiredToken(handling, fields, 'productType', productTypes)
    readToken(handling, fields, 'planType', ['normal_plan', 'track_plan'])
    const ids = idsOf(fields)
    checkIds(handling, ids)
    const plan = findPlan(handling, ids)
    if (!plan || isTpsl(plan) || plan.status !== 'WAITING') {
      throw refused(handling, 'triggerUnknown')
    }
    const listing = listingOf(plan.symbol)
    const quantity = newSize(handling, fields, 'newSize', listing, plan)
    const trigger = fields.text('newTriggerPrice')
    const watched = fields.has('newTriggerType')
      ? readWatched(handling, fields, 'newTriggerType')
      : undefined
    const price = readExecutePrice(handling, fields, 'newPrice', listing)
    const trailing = newTrailing(handling, fields, 'newCallbackRatio', plan)
    const triggerPrice =
      trigger === undefined ? undefined : readPrice(handling, listing, 'newTriggerPrice', trigger)
    const amended = engine.amendConditional(accountId, plan.conditionalId, {
      ...(quantity === undefined ? {} : { quantity }),
      // One at market has no price to change.
      ...(price !== undefined && plan.orderType === 'LIMIT' && { price }),
      ...newTrigger(handling, plan, triggerPrice, watched),
      ...(trailing && { trailingRate: trailing.rate }),
      firesAtOnce: true,
      venueData: keepNotes({
        ...readNotes(plan.venueData),
        ...newAttached(handling, fields, listing),
        ...(trailing && { callback: trailing.callback }),
      }),
    })
    return answerChanged(handling, amended)
  },
}

const cancelFields = ['productType', 'symbol', 'marginCoin', 'planType', 'orderIdList'] as const

// https://www.bitget.com/api-doc/contract/plan/Cancel-Plan-Order
export const cancelPlan: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/cancel-plan-order',
  access: 'signed',
  operation: (params) => (params.peek('orderIdList') === undefined ? 'cancelAll' : 'cancelOrder'),
  parameters: cancelFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, cancelFields)
    const productType = requiredToken(handling, fields, 'productType', productTypes)
    checkMarginCoin(handling, fields, productType)
    const kinds = [...planTypes, 'profit_loss'] as const
    const kind = readToken(handling, fields, 'planType', kinds) ?? 'normal_plan'
    const scope = readProduct(handling, fields)
    const symbols = new Set(scope.map((listing) => listing.engine.symbol))
    const isMeant = (plan: EngineConditional): boolean =>
      symbols.has(plan.symbol) &&
      (kind === 'profit_loss' ? isTpsl(plan) : readNotes(plan.venueData).planType === kind)
    const cancel = (plan: EngineConditional): { orderId: string; clientOid: string } => {
      engine.cancelConditional(accountId, plan.conditionalId)
      return { orderId: plan.conditionalId, clientOid: planClientIdOf(plan) }
    }
    if (fields.has('orderIdList')) {
      required(handling, fields, 'symbol')
      const outcomes = settle(readItems(handling, fields.list('orderIdList')), (ids) => {
        const plan = findPlan(handling, ids)
        const isOpen = plan?.status === 'WAITING' && isMeant(plan)
        if (!plan || !isOpen) throw new Refused('43020', 'notExistend')
        return cancel(plan)
      })
      return reply(handling, withoutCodes(outcomes))
    }
    const open = engine.openConditionals(accountId).filter(isMeant)
    if (open.length === 0) throw refused(handling, 'noPlansToCancel')
    return reply(handling, { successList: open.map(cancel), failureList: [] })
  },
}

/** A new size; one of a whole position has none. */
function newSize<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  listing: Listing,
  plan: EngineConditional,
): string | undefined {
  const given = fields.text(name)
  if (given === undefined || plan.closePosition) return undefined
  const quantity = readQuantity(handling, listing, name, given)
  checkQuantity(handling, listing, {
    side: plan.side,
    quantity,
    price: plan.price,
    isClosing: plan.reduceOnly,
  })
  return quantity
}

function checkCover(
  handling: Handling,
  plan: EngineConditional,
  quantity: string | undefined,
): void {
  const position = positionOf(handling.engine, handling.accountId, plan)
  if (quantity !== undefined && position && isGreater(quantity, position.size)) {
    throw refused(handling, 'protectionTooLarge')
  }
}

/** What it becomes: at a price that is sent, or at market for `0`; what trails stays at market. */
function newExecution(
  handling: Handling,
  fields: Fields<'executePrice'>,
  listing: Listing,
  plan: EngineConditional,
): AmendRequest {
  if (!fields.has('executePrice') || plan.kind === 'trailing') return {}
  const price = readExecutePrice(handling, fields, 'executePrice', listing)
  return price === undefined ? { orderType: 'MARKET' } : { orderType: 'LIMIT', price }
}

/** A new trigger, or another price that is watched: the direction is inferred anew. */
function newTrigger(
  { engine }: Handling,
  plan: EngineConditional,
  triggerPrice: string | undefined,
  watched: Watched | undefined,
): AmendRequest {
  if (triggerPrice === undefined && watched === undefined) return {}
  const trigger = triggerPrice ?? plan.triggerPrice
  const source = watched ?? plan.triggerSource
  return {
    triggerPrice: trigger,
    triggerSource: source,
    triggerDirection: directionOf(engine, plan.symbol, trigger, source),
  }
}

/** How far behind the price it follows. */
function newTrailing<Name extends string>(
  handling: Handling,
  fields: Fields<Name>,
  name: Name,
  plan: EngineConditional,
): { rate: string; callback: string } | undefined {
  const callback = fields.text(name)
  if (callback === undefined || plan.kind !== 'trailing') return undefined
  return { rate: readPercent(handling, name, callback), callback }
}

/** Attached prices that were sent; `0` takes them off. */
function newAttached(
  handling: Handling,
  fields: Fields<(typeof planFields)[number]>,
  listing: Listing,
): Partial<Notes> {
  const notes: Partial<Notes> = {}
  if (fields.has('newStopSurplusTriggerPrice')) {
    notes.takeProfit = readAttached(handling, fields, 'newStopSurplusTriggerPrice', listing)
    notes.takeLimit = readAttached(handling, fields, 'newStopSurplusExecutePrice', listing)
    notes.takeBy = readWatched(handling, fields, 'newStopSurplusTriggerType')
  }
  if (fields.has('newStopLossTriggerPrice')) {
    notes.stopLoss = readAttached(handling, fields, 'newStopLossTriggerPrice', listing)
    notes.stopLimit = readAttached(handling, fields, 'newStopLossExecutePrice', listing)
    notes.stopBy = readWatched(handling, fields, 'newStopLossTriggerType')
  }
  return notes
}

function answerChanged(
  handling: Handling,
  amended: ReturnType<Handling['engine']['amendConditional']>,
): ReturnType<typeof reply> {
  if (isRefusal(amended)) throw refusedByEngine(handling, amended)
  return reply(handling, {
    orderId: amended.conditionalId,
    clientOid: planClientIdOf(amended),
  })
}
