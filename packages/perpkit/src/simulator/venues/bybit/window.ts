import type { Engine } from '../../engine/types.ts'
import { type Fields, readWhole } from './fields.ts'
import { Refused } from './replies.ts'

/** Inclusive, in milliseconds since the epoch. */
export interface TimeWindow {
  from: number
  to: number
}

const DAY = 86_400_000

const LONGEST = 7 * DAY

/**
 * `startTime` and `endTime`, seven days apart at most; with one of them, or none, the window is as
 * long as `standard`: docs/wire/bybit.md 4.1 and 4.3.
 */
export function readWindow(
  engine: Engine,
  fields: Fields<'startTime' | 'endTime'>,
  standard: number = LONGEST,
): TimeWindow {
  const start = readWhole(fields, 'startTime')
  const end = readWhole(fields, 'endTime')
  if (start === undefined) {
    const to = end ?? engine.now()
    return { from: to - standard, to }
  }
  const to = end ?? start + standard
  if (to < start) throw new Refused(10001, 'params error: startTime should be less than endTime')
  if (to - start > LONGEST) {
    throw new Refused(10001, 'params error: the time range should not exceed 7 days')
  }
  return { from: start, to }
}
