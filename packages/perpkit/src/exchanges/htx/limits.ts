import type { Cost, Limit, RawAnswer, Usage } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'

const PRIVATE_LIMIT = 72
const PRIVATE_WINDOW_MS = 3_000

/**
 * An account may send 144 private requests in 3 s, half of them to trade and half to read; all its
 * keys share them (docs/wire/htx.md 7).
 */
export const limits: readonly Limit[] = [
  { name: 'trade', limit: PRIVATE_LIMIT, windowMs: PRIVATE_WINDOW_MS, scope: 'key' },
  { name: 'read', limit: PRIVATE_LIMIT, windowMs: PRIVATE_WINDOW_MS, scope: 'key' },
  { name: 'market', limit: 800, windowMs: 1_000, scope: 'address' },
  { name: 'reference', limit: 240, windowMs: 3_000, scope: 'address' },
  { name: 'elements', limit: 20, windowMs: 2_000, scope: 'address' },
]

const PRIVATE: readonly string[] = ['trade', 'read']

/**
 * Of private calls alone: what is left of the account's budget (docs/wire/htx.md 7). Headers that
 * speak of another budget, of both halves or of a path, tell nothing of ours.
 */
export function readUsage({ headers }: RawAnswer, cost: Cost): Usage[] {
  const left = headers['ratelimit-remaining']
  if (left === undefined) return []
  const limit = numberIn(headers['ratelimit-limit']) ?? PRIVATE_LIMIT
  const windowMs = numberIn(headers['ratelimit-interval']) ?? PRIVATE_WINDOW_MS
  if (limit > PRIVATE_LIMIT || windowMs !== PRIVATE_WINDOW_MS) return []
  const resetInMs = numberIn(headers['ratelimit-reset'])
  return Object.keys(cost)
    .filter((name) => PRIVATE.includes(name))
    .map((name) => ({ name, left: Number(left), limit, resetInMs }))
}

const CANCEL_RATIO_BAN = 1084

/** The ban for cancelling too much is on new orders: cancelling must go on, in the same budget. */
export function closedBy({ json }: RawAnswer, cost: Cost): readonly string[] {
  const isBan = isRecord(json) && Number(json.code) === CANCEL_RATIO_BAN
  return isBan ? [] : Object.keys(cost)
}

function numberIn(header: string | undefined): number | undefined {
  return header === undefined ? undefined : Number(header)
}
