import type { Handling } from '../../server/types.ts'
import { parameterMalformed, refused } from './errors.ts'
import { type Fields, readWhole } from './fields.ts'

/** Sizes of a list call's pages. */
export interface PageLimits {
  standard: number
  most: number
}

/** What names a row and when it came about. */
export interface RowKey {
  id: string
  time: number
}

/** `limit` of a list call; more than the maximum is clamped. */
export function readLimit<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'limit'>,
  { most, standard }: PageLimits,
): number {
  const limit = readWhole(handling, fields, 'limit') ?? standard
  if (limit < 1) throw parameterMalformed(handling, 'limit')
  return Math.min(limit, most)
}

/**
 * Rows newest first, within the times asked for, after the row whose id `before` names; what is older
 * than `reachMs` is gone.
 */
export function readPage<Row, Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'limit' | 'startTime' | 'endTime'>,
  rows: readonly Row[],
  keyOf: (row: Row) => RowKey,
  page: PageLimits & { before: string | undefined; longestMs: number; reachMs?: number },
): Row[] {
  const { before, longestMs, reachMs } = page
  const oldest = reachMs === undefined ? 0 : handling.engine.now() - reachMs
  const { from, to } = readWindow(handling, fields, longestMs)
  if (before !== undefined && !/^\d{1,20}$/.test(before)) {
    throw parameterMalformed(handling, 'idLessThan')
  }
  const limit = readLimit(handling, fields, page)
  return rows
    .filter((row) => {
      const { id, time } = keyOf(row)
      if (time < Math.max(from, oldest) || time > to) return false
      return before === undefined || BigInt(id) < BigInt(before)
    })
    .slice(0, limit)
}

/** Inclusive; without times everything. */
function readWindow<Name extends string>(
  handling: Handling,
  fields: Fields<Name | 'startTime' | 'endTime'>,
  longestMs: number,
): { from: number; to: number } {
  const from = readWhole(handling, fields, 'startTime') ?? 0
  const to = readWhole(handling, fields, 'endTime') ?? Number.MAX_SAFE_INTEGER
  const until = Math.min(to, handling.engine.now())
  if (from > 0 && until - from > longestMs) throw refused(handling, 'rangeTooLong')
  return { from, to }
}

export const DAY = 86_400_000
