import type { Cost, Limit, RawAnswer, Usage } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'

/**
 * Budgets of an account without a volume tier; each path has its own, counted on the account.
 * https://bybit-exchange.github.io/docs/v5/rate-limit (docs/wire/bybit.md 7).
 */
export const limits: readonly Limit[] = [
  { name: 'address', limit: 600, windowMs: 5_000, scope: 'address' },
  perSecond('account/fee-rate', 5),
  perSecond('account/info', 50),
  perSecond('account/set-margin-mode', 5),
  perSecond('account/wallet-balance', 50),
  perSecond('execution/list', 50),
  perSecond('order/amend', 10),
  perSecond('order/cancel', 10),
  perSecond('order/cancel-all', 10),
  perSecond('order/create', 10),
  // Counted in orders, not in requests.
  perSecond('order/create-batch', 10),
  perSecond('order/history', 50),
  perSecond('order/realtime', 50),
  perSecond('position/list', 50),
  perSecond('position/set-leverage', 10),
  perSecond('position/switch-mode', 10),
  perSecond('position/trading-stop', 10),
  perSecond('user/query-api', 10),
]

function perSecond(name: string, limit: number): Limit {
  return { name, limit, windowMs: 1_000, scope: 'key' }
}

/** Headers speak of the path's own budget, as what is left of how much (docs/wire/bybit.md 7). */
export function readUsage({ headers, json }: RawAnswer, cost: Cost): Usage[] {
  const left = headers['x-bapi-limit-status']
  if (left === undefined) return []
  const limit = numberIn(headers['x-bapi-limit'])
  const now = numberIn(headers.timenow) ?? (isRecord(json) ? json.time : undefined)
  const reset = numberIn(headers['x-bapi-limit-reset-timestamp'])
  const resetInMs = reset === undefined || typeof now !== 'number' ? undefined : reset - now
  return ownNames(cost).map((name) => ({ name, left: Number(left), limit, resetInMs }))
}

/** 403 and 10403 shut the address out for ten minutes; all else is about the path. */
export function closedBy({ status, json }: RawAnswer, cost: Cost): readonly string[] | 'address' {
  if (status === 403 || (isRecord(json) && json.retCode === 10403)) return 'address'
  const own = ownNames(cost)
  return own.length > 0 ? own : Object.keys(cost)
}

function ownNames(cost: Cost): string[] {
  return Object.keys(cost).filter((name) => name !== 'address')
}

function numberIn(header: string | undefined): number | undefined {
  return header === undefined ? undefined : Number(header)
}
