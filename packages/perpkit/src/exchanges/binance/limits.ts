import type { Limit } from '../../client/definition.ts'

/**
 * The live figures; the demo environment allows more. Orders are counted by account, which is what
 * a key stands for here.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info
 */
export const limits: readonly Limit[] = [
  { name: 'weight', limit: 2_400, windowMs: 60_000, scope: 'address' },
  { name: 'orders10s', limit: 300, windowMs: 10_000, scope: 'key' },
  { name: 'orders1m', limit: 1_200, windowMs: 60_000, scope: 'key' },
  { name: 'funding', limit: 500, windowMs: 300_000, scope: 'address' },
  { name: 'statistics', limit: 1_000, windowMs: 300_000, scope: 'address' },
]
