import type { Call, HistoryQuery } from '../../client/definition.ts'
import { getServerTime } from './market.ts'

// Histories come ascending, and of a stretch with more rows than one page holds the oldest come
// first. The newest rows are therefore read window by window backwards, each window page by page
// forwards (docs/wire/binance.md 4.7).

/** What a page is asked by: a stretch of time, both ends in it, or all from an id up. */
export interface PageKey {
  startTime?: number
  endTime?: number
  fromId?: string
}

export interface PageRow<Value> {
  id: string
  timestamp: number
  value: Value
}

export interface PagedList<Value> {
  read(key: PageKey): Promise<readonly PageRow<Value>[]>
  /** Rows that one page holds at most. */
  pageSize: number
  /** Length of the first window, both its ends counted. */
  windowMs: number
  /** How much longer each further window is; 1 where the exchange bounds it. */
  growth: number
  /** Whether pages can be asked by id. */
  hasIds: boolean
  /** Whether a row is one of those wanted. */
  isWanted(value: Value): boolean
}

/** The longest span of one call for orders must be under seven days, for fills not above. */
export const WEEK_MS = 604_800_000

/** Three months and a little: older orders and fills are no longer told. */
const RETENTION_MS = 93 * 86_400_000

/** What the exchange can tell of the stretch. Its clock is asked only where that matters. */
export async function withinRetention(call: Call, query: HistoryQuery): Promise<HistoryQuery> {
  if (query.endTime - query.startTime <= RETENTION_MS) return query
  const now = await getServerTime(call)
  return {
    ...query,
    startTime: Math.max(query.startTime, now - RETENTION_MS),
    endTime: Math.min(query.endTime, now),
  }
}

/** The newest `limit` wanted rows of the stretch at least, and every row that came along. */
export async function readNewest<Value>(
  list: PagedList<Value>,
  { startTime, endTime, limit }: Omit<HistoryQuery, 'instrument'>,
): Promise<Value[]> {
  const found: Value[] = []
  let wanted = 0
  let windowMs = list.windowMs
  for (let end = endTime; end >= startTime && wanted < limit; ) {
    const start = Math.max(startTime, end - windowMs + 1)
    const values = await readWindow(list, start, end)
    found.push(...values)
    wanted += values.filter((value) => list.isWanted(value)).length
    end = start - 1
    windowMs *= list.growth
  }
  return found
}

async function readWindow<Value>(
  list: PagedList<Value>,
  startTime: number,
  endTime: number,
): Promise<Value[]> {
  // Pages overlap by the rows of one millisecond.
  const values = new Map<string, Value>()
  let key: PageKey | undefined = { startTime, endTime }
  while (key) {
    const rows: readonly PageRow<Value>[] = await list.read(key)
    for (const { id, timestamp, value } of rows) {
      // A page asked by id knows no end.
      if (timestamp <= endTime) values.set(id, value)
    }
    key = rows.length < list.pageSize ? undefined : keyAfter(list, key, endTime, rows)
  }
  return [...values.values()]
}

/**
 * From the millisecond of the last row, that row included: others of the same millisecond may not
 * have fitted. Where one millisecond fills a page, by id. `undefined` when that leads no further.
 */
function keyAfter<Value>(
  list: PagedList<Value>,
  key: PageKey,
  endTime: number,
  rows: readonly PageRow<Value>[],
): PageKey | undefined {
  const last = rows.at(-1)
  if (!last || last.timestamp > endTime) return undefined
  if (key.startTime !== undefined && last.timestamp > key.startTime) {
    return { startTime: last.timestamp, endTime }
  }
  if (!list.hasIds) return undefined
  const lastId = BigInt(last.id)
  const hasMoved = key.fromId === undefined || lastId >= BigInt(key.fromId)
  return hasMoved ? { fromId: String(lastId + 1n) } : undefined
}
