import type { Limit } from '../../client/definition.ts'

/**
 * An account may send 144 private requests in 3 s, half of them to trade and half to read; all its
 * keys share them (docs/wire/htx.md 7).
 */
export const limits: readonly Limit[] = [
  { name: 'trade', limit: 72, windowMs: 3_000, scope: 'key' },
  { name: 'read', limit: 72, windowMs: 3_000, scope: 'key' },
  { name: 'market', limit: 800, windowMs: 1_000, scope: 'address' },
  { name: 'marketV5', limit: 80, windowMs: 1_000, scope: 'address' },
  { name: 'reference', limit: 240, windowMs: 3_000, scope: 'address' },
  { name: 'elements', limit: 20, windowMs: 2_000, scope: 'address' },
]
