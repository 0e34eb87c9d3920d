import type { Call, Endpoint, Fields, HistoryQuery } from '../../client/definition.ts'
import type { Page, PageRequest } from './pages.ts'

// Lists of the past come newest first, in pages, and a question may span so much and no more
// (docs/wire/bitget.md 4.5, 12.2). All of a page is read before anything is left out, and pages go on
// by id or cursor, never by time: rows of one millisecond are not lost at a seam.

/** A row of the past: when it began, and what tells it from all others. */
export interface PastRow {
  id: string
  timestamp: number
}

/** A page, and when it was answered. */
export interface PastPage<Row> extends Page<Row> {
  /** In exchange time. */
  receivedAt: number
}

export interface PastList<Row extends PastRow> {
  endpoint: Endpoint<PageRequest, PastPage<Row>>
  filter: Fields
  /** What one question may span. */
  spanMs: number
  /**
   * Whether later pages repeat the times. In V2 a range of times goes before the id a page begins at,
   * so they would be the first page again; ids are dated, so the way back ends by itself.
   */
  repeatsTimes: boolean
  /** Rows that count; all others are put aside. Default: all. */
  isMeant?: (row: Row) => boolean
}

export type Stretch = Pick<HistoryQuery, 'startTime' | 'endTime' | 'limit'>

/** What was read of a stretch. */
export interface Past<Row> {
  /** The newest `limit` that count, and perhaps more; newest first. */
  rows: Row[]
  /** Those put aside on the way, by id. */
  aside: ReadonlyMap<string, Row>
}

export async function readPast<Row extends PastRow>(
  call: Call,
  list: PastList<Row>,
  { startTime, endTime, limit }: Stretch,
): Promise<Past<Row>> {
  const found = new Map<string, Row>()
  const aside = new Map<string, Row>()
  let keptSince = startTime
  for (let end = endTime; end >= keptSince && found.size < limit; ) {
    const start = Math.max(startTime, end - list.spanMs)
    const span = { startTime: start, endTime: end, limit }
    const receivedAt = await readSpan(call, list, span, { found, aside })
    // What is older than this is not kept: there is no need to ask for it, span after span.
    keptSince = Math.max(startTime, receivedAt - KEPT_MS)
    end = start - 1
  }
  const rows = [...found.values()].sort((a, b) => b.timestamp - a.timestamp)
  return { rows, aside }
}

const DAY_MS = 86_400_000
/** 90 days, and a few for those who count otherwise. */
const KEPT_MS = 100 * DAY_MS

/** Three months of plain orders and fills of classic accounts (docs/wire/bitget.md 4.5). */
export const CLASSIC_SPAN_MS: number = 90 * DAY_MS
/** docs/wire/bitget.md 12.2 */
export const UNIFIED_SPAN_MS: number = 30 * DAY_MS

/** Sorts what one span holds; tells when the last answer came. */
async function readSpan<Row extends PastRow>(
  call: Call,
  { endpoint, filter, repeatsTimes, isMeant = () => true }: PastList<Row>,
  { startTime, endTime, limit }: Stretch,
  { found, aside }: { found: Map<string, Row>; aside: Map<string, Row> },
): Promise<number> {
  const times = { startTime: String(startTime), endTime: String(endTime) }
  const asked = new Set<string>()
  let from: string | undefined
  for (;;) {
    const withTimes = from === undefined || repeatsTimes ? { ...filter, ...times } : filter
    const page: PastPage<Row> = await call(endpoint, { filter: withTimes, from })
    for (const row of page.rows) {
      const isInside = row.timestamp >= startTime && row.timestamp <= endTime
      if (isInside) (isMeant(row) ? found : aside).set(row.id, row)
    }
    const isPast = page.rows.some((row) => row.timestamp < startTime)
    const isNew = page.next !== undefined && !asked.has(page.next)
    if (found.size >= limit || isPast || !isNew || page.next === undefined) return page.receivedAt
    asked.add(page.next)
    from = page.next
  }
}
