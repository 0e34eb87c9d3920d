import { div, isZero, negate, sum } from '../../../core/decimal.ts'
import type { Engine, EngineOrder } from '../../engine/types.ts'
import { listingOf, toVolume } from './contracts.ts'
import { plain } from './figures.ts'
import { isLiquidation, type LegNotes, noLeg, readNotes } from './notes.ts'
import { clientIdOf } from './orderLookup.ts'
import { readsReduceOnly, sideFields } from './sides.ts'

/** An order as queries show it: docs/wire/htx.md 4.7. `id` is the place in the list. */
export function orderRow(engine: Engine, order: EngineOrder, id: string): Record<string, unknown> {
  const listing = listingOf(order.symbol)
  const notes = readNotes(order.venueData)
  const profit = profitOf(engine, order)
  const { executedNotional, executedQuantity } = order
  const isUntouched = isZero(executedQuantity)
  // The notes of an order that was a conditional one still tell of its legs.
  const [tp, sl] = notes.algoType === '' ? [notes.tp, notes.sl] : [noLeg, noLeg]
  return {
    id,
    side: order.side.toLowerCase(),
    type: typeOf(order),
    price: order.price === undefined ? '0' : plain(order.price),
    volume: toVolume(listing, order.quantity),
    state: stateOf(order),
    profit,
    contract_code: listing.native,
    price_match: notes.priceMatch === '' ? null : notes.priceMatch,
    order_id: order.orderId,
    client_order_id: clientIdOf(order),
    ...sideFields(order),
    lever_rate:
      notes.leverRate === 0
        ? engine.leverage(order.accountId, order.symbol, order)
        : notes.leverRate,
    order_source: sourceOf(order),
    reduce_only: readsReduceOnly(order),
    time_in_force: notes.timeInForce,
    ...legFields('tp', tp, isOpen(order)),
    ...legFields('sl', sl, isOpen(order)),
    trade_avg_price: isUntouched ? '0' : plain(div(executedNotional, executedQuantity)),
    trade_volume: toVolume(listing, executedQuantity),
    trade_turnover: plain(executedNotional),
    fee_currency: isUntouched ? '' : 'USDT',
    // What was paid is negative here, and positive in the fills.
    fee: plain(negate(order.fee)),
    price_protect: notes.priceProtect,
    real_profit: profit,
    contract_type: 'swap',
    created_time: String(order.createdAt),
    updated_time: String(order.updatedAt),
    cancel_reason: cancelReasonOf(order),
    self_match_prevent: notes.selfMatchPrevent,
  }
}

/** `type` of an order, in its fills too. */
export function typeOf(order: EngineOrder): 'market' | 'limit' | 'post_only' {
  if (order.type === 'MARKET') return 'market'
  return order.timeInForce === 'GTX' ? 'post_only' : 'limit'
}

/** `order_source` of an order, in its fills too. */
export function sourceOf(order: EngineOrder): string {
  if (isLiquidation(order.venueData)) return 'risk'
  switch (readNotes(order.venueData).algoType) {
    case '':
      return 'api'
    case 'trigger':
    case 'trailing_stop':
      return 'trigger'
    case 'tp':
    case 'sl':
    case 'tpsl':
      return 'tpsl'
  }
}

export function isOpen(order: EngineOrder): boolean {
  return order.status === 'NEW' || order.status === 'PARTIALLY_FILLED'
}

/** `state` of an order: docs/wire/htx.md 5. */
export function stateOf(order: EngineOrder): OrderState {
  switch (order.status) {
    case 'NEW':
      return 'new'
    case 'PARTIALLY_FILLED':
      return 'partially_filled'
    case 'FILLED':
      return 'filled'
    case 'REJECTED':
      return 'rejected'
    case 'CANCELLED':
    case 'EXPIRED':
      return isZero(order.executedQuantity) ? 'canceled' : 'partially_canceled'
  }
}

export const orderStates = [
  'new',
  'partially_filled',
  'filled',
  'partially_canceled',
  'canceled',
  'rejected',
] as const

export type OrderState = (typeof orderStates)[number]

/** Settled by the order's fills; `null` while there are none. */
function profitOf(engine: Engine, order: EngineOrder): string | null {
  if (isZero(order.executedQuantity)) return null
  const own = engine.fills(order.accountId).filter((fill) => fill.orderId === order.orderId)
  return plain(sum(own.map((fill) => fill.realizedPnl)))
}

/** Fields of an attached leg. An order without one says so differently when it has ended. */
function legFields(goal: 'tp' | 'sl', leg: LegNotes, isRunning: boolean): Record<string, unknown> {
  const isThere = leg.trigger !== ''
  const blankType = isRunning ? '0' : null
  const blankSource = isRunning ? '' : null
  return {
    [`${goal}_trigger_price`]: leg.trigger,
    [`${goal}_order_price`]: leg.orderPrice,
    [`${goal}_type`]: isThere ? leg.type : blankType,
    [`${goal}_trigger_price_type`]: isThere ? leg.source : blankSource,
  }
}

function cancelReasonOf({ endReason, type }: EngineOrder): string | null {
  switch (endReason) {
    case undefined:
      return null
    case 'user':
      return 'Limit order cancelation by the client'
    case 'timer':
      return 'Order cancelation due to API timeout'
    case 'selfTrade':
      return 'Self trading prevention'
    case 'noLiquidity':
      return type === 'MARKET'
        ? 'Order cancelation due to no matching orders'
        : 'Order cancelation by system'
    default:
      return 'Order cancelation by system'
  }
}
