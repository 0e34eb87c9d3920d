import type { Call, Endpoint, Fields, HistoryQuery } from '../../client/definition.ts'
import { type Page, type PageRequest, readPages } from './pages.ts'

/** The newest rows of a window. */
export interface Newest<Row> {
  rows: Row[]
  /** Whether there are as many as were asked for. */
  isFull: boolean
}

/** Two lists of the same things: what is of late, and what is older too. */
export interface Past<Row> {
  recent: Endpoint<PageRequest, Page<Row>>
  archive: Endpoint<PageRequest, Page<Row>>
  /** How far back the first of them holds everything. */
  keptMs: number
  timeOf(row: Row): number
  /** Whether a row will surely be one of the result. */
  counts(row: Row): boolean
}

/**
 * The newest `limit` rows whose time lies in the window, newest first. Rows that do not count, since
 * they may yet be left out, come on top.
 */
export function takeNewest<Row>(
  rows: readonly Row[],
  { startTime, endTime, limit }: Omit<HistoryQuery, 'instrument'>,
  timeOf: (row: Row) => number,
  counts: (row: Row) => boolean = () => true,
): Newest<Row> {
  const inside = rows.filter((row) => timeOf(row) >= startTime && timeOf(row) <= endTime)
  const newest: Row[] = []
  let counted = 0
  for (const row of inside.sort((a, b) => timeOf(b) - timeOf(a))) {
    if (counted === limit) break
    newest.push(row)
    if (counts(row)) counted += 1
  }
  return { rows: newest, isFull: counted === limit }
}

/** At least the newest `limit` rows of the window that count, perhaps more and some of them twice. */
export async function readPast<Row>(
  call: Call,
  { recent, archive, keptMs, timeOf, counts }: Past<Row>,
  query: HistoryQuery,
): Promise<Row[]> {
  const isFull = (rows: readonly Row[], window: HistoryQuery): boolean =>
    takeNewest(rows, window, timeOf, counts).isFull
  const first = await readPages(call, recent, { filter: windowFilter(query) }, (rows) =>
    isFull(rows, query),
  )
  const edge = first.receivedAt - keptMs
  if (query.startTime >= edge || isFull(first.rows, { ...query, startTime: edge })) {
    return first.rows
  }
  const older = { ...query, endTime: Math.min(query.endTime, edge) }
  const second = await readPages(call, archive, { filter: windowFilter(older) }, (rows) =>
    isFull(rows, older),
  )
  return [...first.rows, ...second.rows]
}

/**
 * Wider than the window: fills are filtered by the time of their record, which is a little later
 * than that of the trade.
 */
function windowFilter({ instrument, startTime, endTime }: HistoryQuery): Fields {
  return {
    instType: 'SWAP',
    instId: instrument.nativeSymbol,
    begin: Math.max(startTime - 1, 0),
    end: endTime + RECORDING_MS,
  }
}

const RECORDING_MS = 60_000
