import type { Limit } from '../../client/definition.ts'

/**
 * Two budgets of a key; public calls cost nothing. Answers never say how much is used.
 * https://docs.kraken.com/exchange/guides/futures/ratelimits (docs/wire/kraken.md 7)
 */
export const limits: readonly Limit[] = [
  { name: 'derivatives', limit: 500, windowMs: 10_000, scope: 'key' },
  { name: 'history', limit: 100, windowMs: 600_000, scope: 'key' },
]
