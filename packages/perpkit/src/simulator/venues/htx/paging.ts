import type { Engine } from '../../engine/types.ts'
import { invalidField } from './errors.ts'
import type { Form } from './form.ts'

// Pages and windows of all V5 lists: docs/wire/htx.md 4, "Paging".

export const pageNames: readonly string[] = ['from', 'limit', 'direct']

export const windowNames: readonly string[] = ['start_time', 'end_time']

/** Which way a list runs; `next` follows it, `prev` goes against it. */
export type Order = 'oldestFirst' | 'newestFirst'

/** The page a call asks for, out of `rows` in the order of their ids. */
export function readPage<Row>(
  form: Form,
  rows: readonly Row[],
  order: Order,
  idOf: (row: Row) => string,
): Row[] {
  const limit = readLimit(form)
  const from = readFrom(form)
  const direction = form.token('direct', ['next', 'prev'] as const) ?? 'next'
  const ascends = (order === 'oldestFirst') === (direction === 'next')
  const beyond = rows.filter((row) => {
    if (from === 0n) return true
    const id = BigInt(idOf(row))
    return ascends ? id > from : id < from
  })
  // The nearest rows to where the page starts, then in the list's own order.
  const nearest = ascends ? beyond.slice(0, limit) : beyond.slice(-limit)
  return order === 'oldestFirst' ? nearest : nearest.reverse()
}

/** `limit`: 10 when it is not sent, 100 at most. */
export function readLimit(form: Form): number {
  const limit = form.whole('limit') ?? 10
  if (limit < 1 || limit > 100) throw invalidField('limit')
  return limit
}

/** `from`: an id, not itself part of the page; 0 for none. */
export function readFrom(form: Form): bigint {
  const given = form.text('from')
  if (given === undefined) return 0n
  if (!/^\d{1,19}$/.test(given)) throw invalidField('from')
  return BigInt(given)
}

/** Inclusive, in milliseconds since the epoch. */
export interface TimeWindow {
  from: number
  to: number
}

export const DAY_MS = 86_400_000

const WINDOW_MS = 2 * DAY_MS

/** 48 hours at most and by default, none of it farther back than `reachMs`. */
export function readWindow(form: Form, engine: Engine, reachMs: number): TimeWindow {
  const start = form.whole('start_time')
  const end = form.whole('end_time')
  const now = engine.now()
  const to = end ?? (start === undefined ? now : start + WINDOW_MS)
  const from = start ?? to - WINDOW_MS
  if (to < from || to - from > WINDOW_MS) throw invalidField('end_time')
  if (from < now - reachMs) throw invalidField('start_time')
  return { from, to }
}

export function isWithin(window: TimeWindow, time: number): boolean {
  return time >= window.from && time <= window.to
}
