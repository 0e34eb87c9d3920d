import type { EngineConditional } from '../../../engine/types.ts'
import { planClientIdOf } from '../clientIds.ts'
import { plain } from '../decimals.ts'
import { listingOf } from '../instruments.ts'
import { holdSideOf, marginModeWord, positionModeWord } from '../modes.ts'
import { type Notes, readNotes } from '../notes.ts'
import { classicSideOf, isAgainst } from '../orderWords.ts'
import { triggerTypeOf } from './orderRow.ts'

/** Keys as in the recorded row of docs/wire/bitget.md 4.8. */
export function planRow(plan: EngineConditional): Record<string, string | null> {
  const listing = listingOf(plan.symbol)
  const notes = readNotes(plan.venueData)
  const isHedged = plan.positionSide !== undefined
  const isProtection = isTpsl(plan)
  return {
    planType: notes.planType,
    symbol: listing.native,
    size: plain(plan.quantity),
    orderId: plan.conditionalId,
    clientOid: planClientIdOf(plan),
    price: plan.price ?? '',
    executePrice: plan.price ?? '',
    callbackRatio: notes.callback,
    triggerPrice: plan.triggerPrice,
    triggerType: triggerTypeOf(plan.triggerSource),
    planStatus: planStatusOf(plan),
    side: classicSideOf(plan),
    posSide: plan.positionSide === undefined ? 'net' : holdSideOf(plan.positionSide),
    marginCoin: listing.engine.settleAsset,
    marginMode: isProtection ? '' : marginModeWord(plan.marginMode),
    enterPointSource: 'API',
    tradeSide: planTradeSide(plan),
    posMode: positionModeWord(isHedged),
    orderType: plan.orderType === 'LIMIT' ? 'limit' : 'market',
    ...attachedOf(plan, notes),
    cTime: String(plan.createdAt),
    uTime: String(plan.updatedAt),
  }
}

/** One-way protection reads like an order that may open: docs/wire/bitget.md 4.8. */
function planTradeSide(plan: EngineConditional): string {
  if (plan.positionSide !== undefined) return isAgainst(plan) ? 'close' : 'open'
  const word = `${plan.side === 'BUY' ? 'buy' : 'sell'}_single`
  return plan.reduceOnly && !isTpsl(plan) ? `reduce_${word}` : word
}

/** Take-profit or stop of a position, as against a plan that may open one. */
export function isTpsl(plan: EngineConditional): boolean {
  const { planType } = readNotes(plan.venueData)
  return planType !== 'normal_plan' && planType !== 'track_plan'
}

export function planStatusOf({ status }: EngineConditional): string {
  switch (status) {
    case 'WAITING':
      return 'live'
    case 'TRIGGERED':
      return 'executed'
    case 'CANCELLED':
    case 'EXPIRED':
      return 'cancelled'
    case 'REJECTED':
      return 'fail_execute'
  }
}

/** A protection tells its own trigger there; a plan what is attached to it. */
function attachedOf(plan: EngineConditional, notes: Notes): Record<string, string | null> {
  const own = { trigger: plan.triggerPrice, limit: plan.price ?? '', by: plan.triggerSource }
  const take = notes.planType.includes('profit')
    ? own
    : { trigger: notes.takeProfit, limit: notes.takeLimit, by: notes.takeBy }
  const stop = notes.planType.includes('loss')
    ? own
    : { trigger: notes.stopLoss, limit: notes.stopLimit, by: notes.stopBy }
  return {
    stopSurplusTriggerPrice: orNull(take.trigger),
    stopSurplusExecutePrice: orNull(take.limit),
    stopSurplusTriggerType: take.trigger === '' ? null : triggerTypeOf(take.by),
    stopLossTriggerPrice: orNull(stop.trigger),
    stopLossExecutePrice: orNull(stop.limit),
    stopLossTriggerType: stop.trigger === '' ? null : triggerTypeOf(stop.by),
  }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
