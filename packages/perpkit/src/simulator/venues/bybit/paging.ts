import { invalidParameter } from './errors.ts'
import { type Fields, readWhole } from './fields.ts'

/** Sizes of a list call's pages: docs/wire/bybit.md 3 and 4. */
export interface PageLimits {
  standard: number
  most: number
}

export interface Page<Row> {
  rows: Row[]
  /** `''` on the last page; percent-encoded, as the venue gives it. */
  nextPageCursor: string
}

/** `limit` of a list call: more than the maximum is clamped (docs/wire/bybit.md 3). */
export function readLimit(fields: Fields<'limit'>, limits: PageLimits): number {
  const limit = readWhole(fields, 'limit') ?? limits.standard
  if (limit < 1) throw invalidParameter('limit')
  return Math.min(limit, limits.most)
}

/** What names a row for good. */
export interface RowKey {
  id: string
  /** Falls, or stays, from row to row. */
  time: number
}

/**
 * The page after the cursor, which holds the first and the last key of the page before. Where the
 * last row has left the list since, the page starts with what is older.
 */
export function readPage<Row>(
  rows: readonly Row[],
  fields: Fields<'limit' | 'cursor'>,
  limits: PageLimits,
  keyOf: (row: Row) => RowKey,
): Page<Row> {
  const limit = readLimit(fields, limits)
  const start = startOf(rows, fields, keyOf)
  const page = rows.slice(start, start + limit)
  const first = page[0]
  const last = page[page.length - 1]
  const isLast = start + limit >= rows.length || first === undefined || last === undefined
  return {
    rows: page,
    nextPageCursor: isLast
      ? ''
      : encodeURIComponent(`${keyText(keyOf(first))},${keyText(keyOf(last))}`),
  }
}

/** The cursor as one text, whether it came back verbatim or encoded once more (2, V3 and V4). */
export function readCursor(fields: Fields<'cursor'>): string | undefined {
  const given = fields.text('cursor')
  if (given === undefined) return undefined
  if (!given.includes('%')) return given
  try {
    return decodeURIComponent(given)
  } catch {
    throw invalidParameter('cursor')
  }
}

function startOf<Row>(
  rows: readonly Row[],
  fields: Fields<'cursor'>,
  keyOf: (row: Row) => RowKey,
): number {
  const cursor = readCursor(fields)
  if (cursor === undefined) return 0
  const lastKey = cursor.slice(cursor.indexOf(',') + 1)
  const time = Number(lastKey.slice(lastKey.lastIndexOf(':') + 1))
  if (!lastKey.includes(':') || Number.isNaN(time)) {
    throw invalidParameter('cursor')
  }
  const same = rows.findIndex((row) => keyText(keyOf(row)) === lastKey)
  if (same !== -1) return same + 1
  const older = rows.findIndex((row) => keyOf(row).time < time)
  return older === -1 ? rows.length : older
}

function keyText(key: RowKey): string {
  return `${key.id}:${key.time}`
}
