import { parameterError } from './errors.ts'
import type { Fields } from './fields.ts'

/** `limit` of a list call: more than the maximum is taken as the maximum (docs/wire/okx.md 4.6). */
export function readLimit(
  fields: Fields<'limit'>,
  limits: { standard: number; most: number } = { standard: 100, most: 100 },
): number {
  const limit = fields.whole('limit') ?? limits.standard
  if (limit < 1) throw parameterError('limit')
  return Math.min(limit, limits.most)
}

/**
 * One page of rows that run from new to old: older than `after`, newer than `before`, both
 * exclusive. The key is an id or a time; it falls from row to row.
 */
export function readPage<Row>(
  rows: readonly Row[],
  fields: Fields<'after' | 'before' | 'limit'>,
  keyOf: (row: Row) => string,
  limits?: { standard: number; most: number },
): Row[] {
  const after = readKey(fields, 'after')
  const before = readKey(fields, 'before')
  return rows
    .filter((row) => {
      const key = BigInt(keyOf(row))
      return (after === undefined || key < after) && (before === undefined || key > before)
    })
    .slice(0, readLimit(fields, limits))
}

/** Whether a time lies in [`begin`, `end`]. */
export function readSpan(fields: Fields<'begin' | 'end'>): (timestamp: number) => boolean {
  const begin = fields.whole('begin') ?? 0
  const end = fields.whole('end') ?? Number.POSITIVE_INFINITY
  return (timestamp) => timestamp >= begin && timestamp <= end
}

function readKey<Name extends string>(fields: Fields<Name>, name: Name): bigint | undefined {
  const text = fields.text(name)
  if (text === undefined) return undefined
  if (!/^-?\d{1,19}$/.test(text)) throw parameterError(name)
  return BigInt(text)
}
