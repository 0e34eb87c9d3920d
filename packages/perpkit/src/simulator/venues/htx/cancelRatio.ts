import { isZero } from '../../../core/decimal.ts'
import type { Engine, EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { readNotes } from './notes.ts'

// Who cancels nearly all orders at once may not place any for a while: docs/wire/htx.md 7. Slots of
// ten minutes are judged when they are over.

/** An order of the account was accepted; what has ended at once, unfilled, counts as cancelled. */
export function notePlaced(handling: Handling, order: EngineOrder): void {
  if (!counts(order)) return
  tallyOf(handling).placed++
  if (order.status !== 'NEW' && order.status !== 'PARTIALLY_FILLED') noteEnded(handling, order)
}

/** An order of the account has been cancelled. */
export function noteEnded(handling: Handling, order: EngineOrder): void {
  const now = handling.engine.now()
  const isQuick = now - order.createdAt <= QUICK_MS && slotOf(order.createdAt) === slotOf(now)
  if (counts(order) && isQuick && isZero(order.executedQuantity)) tallyOf(handling).cancelled++
}

/** Until when the account may place no orders, if it may not. */
export function barredUntil(handling: Handling): number | undefined {
  const last = tallyOf(handling).bans.at(-1)
  return last && last.until > handling.engine.now() ? last.until : undefined
}

interface Tally {
  /** Of which the figures are; slots count from the epoch. */
  slot: number
  placed: number
  /** Of these, within three seconds and without a fill. */
  cancelled: number
  /** Oldest first. */
  bans: { from: number; until: number }[]
}

const SLOT_MS = 600_000
const QUICK_MS = 3_000
const HOUR_MS = 3_600_000
const LEAST_ORDERS = 3_000
const BAN_MS = 300_000
/** Of the third within an hour. */
const LONG_BAN_MS = 1_800_000

const byEngine = new WeakMap<Engine, Map<string, Tally>>()

function tallyOf({ accountId, engine }: Handling): Tally {
  const tallies = byEngine.get(engine) ?? new Map<string, Tally>()
  byEngine.set(engine, tallies)
  const slot = slotOf(engine.now())
  const before = tallies.get(accountId)
  if (before?.slot === slot) return before
  const tally = { slot, placed: 0, cancelled: 0, bans: before ? bansAfter(before) : [] }
  tallies.set(accountId, tally)
  return tally
}

/** The bans of an account once the slot of its figures is over. */
function bansAfter({ bans, cancelled, placed, slot }: Tally): Tally['bans'] {
  // More than 99 of a hundred.
  if (placed < LEAST_ORDERS || cancelled * 100 <= placed * 99) return bans
  const from = (slot + 1) * SLOT_MS
  const recent = bans.filter((ban) => ban.from > from - HOUR_MS)
  const length = recent.length >= 2 ? LONG_BAN_MS : BAN_MS
  return [...recent, { from, until: from + length }]
}

function slotOf(time: number): number {
  return Math.floor(time / SLOT_MS)
}

/** Limit orders of all kinds, except those the venue priced from its book. */
function counts({ type, venueData }: EngineOrder): boolean {
  return type !== 'MARKET' && readNotes(venueData).priceMatch === ''
}
