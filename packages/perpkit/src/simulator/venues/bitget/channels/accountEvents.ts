import { add, type Decimal } from '../../../../core/decimal.ts'
import type { Engine, EngineEvent, EngineFill, EngineOrder } from '../../../engine/types.ts'
import { type ClosedPosition, closedPositions } from '../closedPositions.ts'
import type { Holder } from '../holder.ts'

// What private channels of both generations read from events.

/** A state of an order, with the fill that led to it, if one did. */
export interface OrderMoment {
  order: EngineOrder
  /** Whether it has just come into being. */
  isNew: boolean
  fill: EngineFill | undefined
}

/** Whether it is about that account; what happens to its symbol, where it is about one. */
export function isOf(accountId: string, event: EngineEvent): boolean {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return event.order.accountId === accountId
    case 'conditional':
      return event.conditional.accountId === accountId
    case 'funding':
      return event.funding.accountId === accountId
    case 'leverage':
    case 'margin':
      return event.accountId === accountId
    case 'trade':
    case 'book':
      return false
  }
}

/** The engine's name of the contract it is about. */
export function symbolOf(event: EngineEvent): string {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return event.order.symbol
    case 'conditional':
      return event.conditional.symbol
    case 'funding':
      return event.funding.symbol
    case 'trade':
      return event.trade.symbol
    case 'leverage':
    case 'margin':
    case 'book':
      return event.symbol
  }
}

/** Every state that orders have gone through. */
export function orderMoments(events: readonly EngineEvent[]): OrderMoment[] {
  const latest = new Map<string, EngineFill>()
  const moments: OrderMoment[] = []
  for (const event of events) {
    if (event.kind === 'fill') latest.set(event.fill.orderId, event.fill)
    if (event.kind !== 'order') continue
    const { change, order } = event
    const fill = change === 'filled' ? latest.get(order.orderId) : undefined
    moments.push({ order, isNew: change === 'placed', fill })
  }
  return moments
}

/** Profit an order had settled when that much of it was executed. */
export function profitOf(engine: Engine, order: EngineOrder): Decimal {
  let profit = '0'
  let executed = '0'
  for (const fill of engine.fills(order.accountId)) {
    if (executed === order.executedQuantity) break
    if (fill.orderId !== order.orderId) continue
    executed = add(executed, fill.quantity)
    profit = add(profit, fill.realizedPnl)
  }
  return profit
}

/** Positions that these events have brought to their end, oldest first. */
export function endedPositions(holder: Holder, events: readonly EngineEvent[]): ClosedPosition[] {
  const fills = new Set(events.flatMap((event) => (event.kind === 'fill' ? event.fill.fillId : [])))
  if (fills.size === 0) return []
  return closedPositions(holder)
    .filter(({ positionId }) => fills.has(positionId))
    .reverse()
}
