import type { EndReason, EngineOrder, EngineTimeInForce } from '../../engine/types.ts'
import { isLiquidation, type PlanType, readNotes } from './notes.ts'

// Words of both generations for what an engine's order is: docs/wire/bitget.md 4.5 and 5.

export const forces = ['gtc', 'ioc', 'fok', 'post_only'] as const

export type Force = (typeof forces)[number]

export function timeInForceOf(force: Force): EngineTimeInForce {
  switch (force) {
    case 'gtc':
      return 'GTC'
    case 'ioc':
      return 'IOC'
    case 'fok':
      return 'FOK'
    case 'post_only':
      return 'GTX'
  }
}

/** The word for an order; one at market always reads `gtc`. */
export function forceOf({ timeInForce, type }: EngineOrder): Force {
  if (type === 'MARKET') return 'gtc'
  return forces.find((force) => timeInForceOf(force) === timeInForce) ?? 'gtc'
}

/** `''` while it is open, and when it was filled. */
export function cancelReasonOf({ endReason, venueData }: EngineOrder): string {
  if (endReason === undefined) return ''
  const own = endReason === 'user' ? readNotes(venueData).cancelReason : ''
  return own === '' ? cancelReasons[endReason] : own
}

const cancelReasons: Readonly<Record<EndReason, string>> = {
  user: 'normal_cancel',
  noLiquidity: 'ioc_not_full_cancel',
  wouldTakeLiquidity: 'post_only_fill_cancel',
  notFillable: 'fok_not_full_cancel',
  liquidation: 'burst_cancel',
  selfTrade: 'self_trade_cancel',
  oco: 'tpsl_plan_cancel',
  positionClosed: 'tpsl_plan_cancel',
  reduceOnly: 'normal_cancel',
  insufficientMargin: 'normal_cancel',
  timer: 'normal_cancel',
}

/** `orderSource` of V2: which plan it came from, if any. */
export function sourceOf(order: EngineOrder): string {
  if (isLiquidation(order.venueData)) return 'liquidation'
  const { planType } = readNotes(order.venueData)
  if (planType === '' || order.conditionalId === undefined) {
    return order.type === 'MARKET' ? 'market' : 'normal'
  }
  return `${sources[planType]}_${order.type === 'MARKET' ? 'market' : 'limit'}`
}

const sources: Readonly<Record<PlanType, string>> = {
  normal_plan: 'plan',
  track_plan: 'tracking',
  profit_plan: 'profit',
  loss_plan: 'loss',
  moving_plan: 'move',
  pos_profit: 'pos_profit',
  pos_loss: 'pos_loss',
}

/**
 * Whether an order of hedge mode closes its position side: the venue does not call that
 * reduce-only.
 */
export function isAgainst({
  positionSide,
  side,
}: Pick<EngineOrder, 'positionSide' | 'side'>): boolean {
  return positionSide !== undefined && (positionSide === 'LONG') === (side === 'SELL')
}

/** In one-way mode alone; a close of hedge mode reads as no such thing. */
export function isReduceOnly(order: EngineOrder): boolean {
  return order.positionSide === undefined && (order.reduceOnly || order.closePosition)
}

/** `side` of V2: in hedge mode the position side (docs/wire/bitget.md 4.5). */
export function classicSideOf({
  positionSide,
  side,
}: Pick<EngineOrder, 'positionSide' | 'side'>): 'buy' | 'sell' {
  if (positionSide !== undefined) return positionSide === 'LONG' ? 'buy' : 'sell'
  return side === 'BUY' ? 'buy' : 'sell'
}

/** `tradeSide` of V2 as it is read back. */
export function tradeSideOf(order: EngineOrder): string {
  const word = order.side === 'BUY' ? 'buy' : 'sell'
  if (isLiquidation(order.venueData)) return `burst_close_${word === 'buy' ? 'short' : 'long'}`
  if (order.positionSide !== undefined) return isAgainst(order) ? 'close' : 'open'
  return order.reduceOnly || order.closePosition ? `reduce_${word}_single` : `${word}_single`
}
