import type { Call, HistoryQuery } from '../../client/definition.ts'
import { getServerTime } from './market.ts'
import type { Lengths } from './windows.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The private lists refuse a window of more than 48 hours (docs/wire/htx.md 4). */
export const PRIVATE_WINDOWS: Lengths = { firstMs: 6 * HOUR, longestMs: 48 * HOUR }

/** How far back they go. */
export const FILLS_REACH: number = 3 * DAY
export const ORDERS_REACH: number = 90 * DAY

/** What is older is refused, and reading takes its time. */
const MARGIN = 5 * 60_000

/** As much of a stretch of time as the exchange still gives. */
export async function withinReach(
  call: Call,
  query: HistoryQuery,
  reachMs: number,
): Promise<HistoryQuery> {
  const earliest = (await getServerTime(call)) - reachMs + MARGIN
  return { ...query, startTime: Math.max(query.startTime, earliest) }
}
