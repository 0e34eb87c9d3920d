import type { Limit } from '../../client/definition.ts'

/**
 * Budgets of an account without a volume tier; each path has its own, counted on the account.
 * https://bybit-exchange.github.io/docs/v5/rate-limit (docs/wire/bybit.md 7).
 */
export const limits: readonly Limit[] = [
  { name: 'address', limit: 600, windowMs: 5_000, scope: 'address' },
  perSecond('account/info', 50),
  perSecond('account/wallet-balance', 50),
  perSecond('order/cancel', 10),
  perSecond('order/cancel-all', 10),
  perSecond('order/create', 10),
  perSecond('order/history', 50),
  perSecond('order/realtime', 50),
  perSecond('position/list', 50),
  perSecond('position/set-leverage', 10),
]

function perSecond(name: string, limit: number): Limit {
  return { name, limit, windowMs: 1_000, scope: 'key' }
}
