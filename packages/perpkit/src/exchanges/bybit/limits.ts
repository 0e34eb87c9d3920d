import type { Limit } from '../../client/definition.ts'

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
]

function perSecond(name: string, limit: number): Limit {
  return { name, limit, windowMs: 1_000, scope: 'key' }
}
