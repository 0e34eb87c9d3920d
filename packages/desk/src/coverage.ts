import type { FuturesOrder, FuturesPosition } from 'perpkit'
import { add, compare } from './numbers.ts'

export interface Coverage {
  /** Whether stops stand for all of it, for a part, or for nothing. */
  coverage: 'COVERED' | 'PARTLY' | 'NAKED'
  /** The nearest stop, where there is one. */
  stop?: string
}

/** How far the stops among the open orders cover a position. */
export function coverageOf(position: FuturesPosition, orders: readonly FuturesOrder[]): Coverage {
  const stops = orders.filter((order) => isStopOf(position, order))
  const [first] = stops
  if (!first) return { coverage: 'NAKED' }
  const isWhole = stops.some(({ closePosition, quantity }) => closePosition || quantity === '0')
  const covered = stops.reduce((total, { quantity }) => add(total, quantity), '0')
  const isCovered = isWhole || compare(covered, position.size) >= 0
  const stop = nearest(position, stops)
  return { coverage: isCovered ? 'COVERED' : 'PARTLY', ...(stop !== undefined && { stop }) }
}

export function isStop({ type }: FuturesOrder): boolean {
  return type === 'STOP_MARKET' || type === 'STOP' || type === 'TRAILING_STOP_MARKET'
}

/** Whether an order can only make a position smaller. */
export function isProtective(order: FuturesOrder): boolean {
  return order.reduceOnly === true || order.closePosition === true
}

function isStopOf(position: FuturesPosition, order: FuturesOrder): boolean {
  if (!isStop(order) || order.symbol !== position.symbol) return false
  if (order.positionSide !== undefined && order.positionSide !== position.side) return false
  return order.side === (position.side === 'LONG' ? 'SELL' : 'BUY')
}

function nearest(position: FuturesPosition, stops: readonly FuturesOrder[]): string | undefined {
  const prices = stops.flatMap(({ stopPrice }) => stopPrice ?? [])
  const sign = position.side === 'LONG' ? -1 : 1
  return prices.sort((a, b) => compare(a, b) * sign)[0]
}
