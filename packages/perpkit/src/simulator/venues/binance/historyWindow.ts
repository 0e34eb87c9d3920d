import { Refused } from './errors.ts'
import type { Sent } from './sent.ts'

// Windows of time and pages of lists: docs/wire/binance.md 4.7, history windows.

export const windowNames = ['startTime', 'endTime', 'limit'] as const

export interface HistoryWindow {
  /** Whether the caller gave a start: then the oldest rows are the page. */
  hasStart: boolean
  holds(time: number): boolean
}

/**
 * From `startTime` to `endTime`, both inclusive; 7 days at most (-4165). With one of them alone the
 * 7 days next to it, with none the last 7 days, or all there is when the page is asked for by an id.
 */
export function readWindow(
  sent: Sent<'startTime' | 'endTime'>,
  now: number,
  hasId = false,
): HistoryWindow {
  const { start, end } = readTimes(sent)
  if (hasId && start === undefined && end === undefined)
    return { hasStart: false, holds: () => true }
  if (start !== undefined && end !== undefined && end - start > WEEK_MS) {
    throw new Refused('-4165', '7')
  }
  const from = start ?? (end ?? now) - WEEK_MS
  const to = end ?? (start === undefined ? Number.POSITIVE_INFINITY : start + WEEK_MS)
  return { hasStart: start !== undefined, holds: (time) => time >= from && time <= to }
}

/** `startTime` and `endTime` as sent; -1023 when the start is after the end. */
export function readTimes(sent: Sent<'startTime' | 'endTime'>): {
  start: number | undefined
  end: number | undefined
} {
  const start = sent.whole('startTime')
  const end = sent.whole('endTime')
  if (start !== undefined && end !== undefined && start > end) throw new Refused('-1023')
  return { start, end }
}

/** A page of an ascending list: its first rows, or its last. */
export function newestOrOldest<Row>(rows: readonly Row[], limit: number, isOldest: boolean): Row[] {
  return isOldest ? rows.slice(0, limit) : rows.slice(-limit)
}

const WEEK_MS = 7 * 86_400_000
