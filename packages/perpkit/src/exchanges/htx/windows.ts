import type { HistoryQuery } from '../../client/definition.ts'
import type { Window } from './pages.ts'

export interface Lengths {
  /** Of the newest window; each next one is longer. */
  firstMs: number
  longestMs: number
}

export interface Rows<Row> {
  /** All rows of a window, in any order. Both its ends belong to it. */
  read(window: Window): Promise<Row[]>
  keyOf(row: Row): string
  /** By which callers sort; `undefined` where it is not told. */
  timeOf(row: Row): number | undefined
}

/**
 * The newest rows of a stretch of time. Lists begin with the oldest rows of a window or with the
 * newest, so each window is read to its end; short windows first keep that from reading too much.
 * Neighbours share their edge, so that no row lies between them.
 */
export async function readNewest<Row>(
  { startTime, endTime, limit }: HistoryQuery,
  { firstMs, longestMs }: Lengths,
  { read, keyOf, timeOf }: Rows<Row>,
): Promise<Row[]> {
  const rows = new Map<string, Row>()
  let windowEnd = endTime
  let length = firstMs
  while (startTime <= windowEnd) {
    const windowStart = Math.max(startTime, windowEnd - length)
    for (const row of await read({ startTime: windowStart, endTime: windowEnd })) {
      rows.set(keyOf(row), row)
    }
    // A row may be older than the window it is found in; earlier windows may have newer ones.
    const certain = [...rows.values()].filter((row) => (timeOf(row) ?? 0) > windowStart)
    if (windowStart === startTime || certain.length >= limit) break
    windowEnd = windowStart
    length = Math.min(length * GROWTH, longestMs)
  }
  return [...rows.values()]
}

const GROWTH = 4
