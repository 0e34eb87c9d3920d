import { type Decimal, isPositive } from '../../core/decimal.ts'
import type { OrderStatus } from '../../model/tokens.ts'

// What an order has become, from a word and a reason (docs/wire/kraken.md 5.3).

/** Of an order that rests, or that nobody calls ended. */
export function openStatus(executedQty: Decimal): OrderStatus {
  return isPositive(executedQty) ? 'PARTIALLY_FILLED' : 'NEW'
}

/** Of an order that has ended without being filled. */
export function endedStatus(
  word: 'CANCELLED' | 'REJECTED',
  reasons: readonly (string | undefined)[],
  executedQty: Decimal,
): OrderStatus {
  const told = reasons.map((reason) => reason?.toUpperCase().replace(/_REASON$/, '') ?? '')
  if (told.some((reason) => EXPIRIES.has(reason))) return 'EXPIRED'
  if (isPositive(executedQty)) return 'CANCELLED'
  return told.some((reason) => REFUSALS.has(reason)) ? 'REJECTED' : word
}

const EXPIRIES: ReadonlySet<string> = new Set([
  'CONTRACT_EXPIRED',
  'EXPIRED',
  'IOC_ORDER_FAILED_BECAUSE_IT_WOULD_NOT_BE_EXECUTED',
  'IOC_WOULD_NOT_EXECUTE',
])

const REFUSALS: ReadonlySet<string> = new Set([
  'INSUFFICIENT_MARGIN',
  'MARKET_INACTIVE',
  'NOT_ENOUGH_MARGIN',
  'POST_ORDER_FAILED_BECAUSE_IT_WOULD_BE_FILLED',
  'POST_ORDER_FAILED_BECAUSE_IT_WOULD_FILLED',
  'POST_WOULD_EXECUTE',
  'WOULD_NOT_REDUCE_POSITION',
])
