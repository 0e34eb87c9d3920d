import { type Decimal, isGreater, isLess, isZero, min, sub } from '../../../core/decimal.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { LAG_MS } from './absorb.ts'
import type { Facts } from './facts.ts'
import { isPositionStop } from './facts.ts'
import {
  coverOf,
  hasEnded,
  isFinal,
  isLive,
  isRightStop,
  isWorking,
  lastLeg,
  legsOf,
  type ManagedLeg,
  type ManagedRecord,
  standingStops,
  wantedOf,
} from './managedRecord.ts'
import type { Traits } from './traits.ts'

/** The next thing to do. `leg`: the one that is meant; absent: a new one. */
export type Step =
  | { do: 'placeEntry' }
  | {
      do: 'placeStop'
      quantity: Decimal
      closePosition: boolean
      leg?: ManagedLeg
    }
  | { do: 'setStop'; quantity: Decimal }
  /** One that was there before becomes ours. */
  | { do: 'adoptStop'; order: FuturesOrder }
  | { do: 'amendStop'; leg: ManagedLeg; quantity: Decimal }
  | { do: 'placeBridge'; quantity: Decimal; leg?: ManagedLeg | undefined }
  | { do: 'placeTarget'; index: number; leg?: ManagedLeg }
  | { do: 'close'; quantity: Decimal; leg?: ManagedLeg }
  | { do: 'cancel'; leg: ManagedLeg }
  | { do: 'cancelPrevious'; orderId: string }
  | { do: 'finish'; stage: 'COMPLETED' | 'CANCELLED' }
  /** Once more, at once. */
  | { do: 'look' }
  /** Nothing can be done before something has happened; look again then, or after `ms`. */
  | { do: 'wait'; ms: number }
  | { do: 'settled' }

/** How soon to look again at what is under way. */
const SOON_MS = 250
/** How long a filled entry may show no position. */
const ENTRY_LAG_MS = 5_000

const SETTLED: Step = { do: 'settled' }
const SOON: Step = { do: 'wait', ms: SOON_MS }

/**
 * Pure: what to do next, from what is known and what was seen; the same again after the same. Cover
 * comes first, then what is too much of it, then the targets. When nothing is left to protect, all
 * legs go.
 */
export function decide(record: ManagedRecord, facts: Facts, traits: Traits): Step {
  if (isFinal(record)) return SETTLED
  if (record.stage === 'CANCELLING') return removing(record, facts, traits, 'CANCELLED')
  if (record.entry && !lastLeg(record, 'ENTRY')) return { do: 'placeEntry' }
  const wanted = wantedOf(record, facts.position?.size ?? '0', traits.stepSize)
  return isZero(wanted) ? whenFlat(record, facts, traits) : whenOpen(record, facts, traits, wanted)
}

function whenFlat(record: ManagedRecord, facts: Facts, traits: Traits): Step {
  const entry = lastLeg(record, 'ENTRY')
  const isExplained = record.lagsSince === undefined
  if (record.hasOpened && !isExplained && !facts.isConfirmed) return { do: 'look' }
  if (entry && !hasEnded(entry)) {
    if (entry.status === 'SENDING') return SOON
    // What has been closed must not be opened again by the rest of the entry.
    return record.hasOpened ? { do: 'cancel', leg: entry } : SETTLED
  }
  const lag = facts.now - (record.lagsSince ?? facts.now)
  const isLate = entry && !isZero(entry.executedQty) && !record.hasOpened && !isExplained
  if (isLate && lag < ENTRY_LAG_MS) return SOON
  const hasTraded = !entry || !isZero(entry.executedQty)
  return removing(record, facts, traits, hasTraded ? 'COMPLETED' : 'CANCELLED')
}

/** Removes all legs: what could open first, what protects last. */
function removing(
  record: ManagedRecord,
  facts: Facts,
  traits: Traits,
  stage: 'COMPLETED' | 'CANCELLED',
): Step {
  const order = ['ENTRY', 'TARGET', 'BRIDGE', 'STOP', 'CLOSE'] as const
  for (const kind of order) {
    const leg = legsOf(record, kind).find(isLive)
    if (leg && kind !== 'CLOSE') return { do: 'cancel', leg }
  }
  if (stage === 'COMPLETED') {
    const previous = standingPrevious(record, facts)
    if (previous !== undefined) return { do: 'cancelPrevious', orderId: previous }
  }
  const isOver = record.legs.every((leg) => hasEnded(leg) && !mayAppear(leg, facts, traits))
  return isOver && !isStopAwaited(record, facts, traits) ? { do: 'finish', stage } : SOON
}

/** A list may be behind: what it does not have yet is not gone. */
function mayAppear({ status, sentAt }: ManagedLeg, { now }: Facts, traits: Traits): boolean {
  return status === 'UNSEEN' && now - sentAt < traits.visibilityMs
}

/** The stop that comes with an entry may come alive when the position has gone again. */
function isStopAwaited(record: ManagedRecord, { now }: Facts, { visibilityMs }: Traits): boolean {
  const { entry, enteredAt = now, legs } = record
  const isDue = entry?.isAttached && legsOf(record, 'ENTRY').some(hasFilled)
  return isDue === true && !legs.some((leg) => leg.isAttached) && now - enteredAt < visibilityMs
}

function isUnseen({ status }: ManagedLeg): boolean {
  return status === 'UNSEEN'
}

function hasFilled({ executedQty }: ManagedLeg): boolean {
  return !isZero(executedQty)
}

function whenOpen(record: ManagedRecord, facts: Facts, traits: Traits, wanted: Decimal): Step {
  const stops = legsOf(record, 'STOP', 'BRIDGE')
  // A stop at work is not helped by a second one.
  if (stops.some(isWorking)) return SOON
  const hasFired = stops.some((leg) => hasEnded(leg) && hasFilled(leg))
  const isLagging = facts.now - (record.lagsSince ?? Number.NEGATIVE_INFINITY) < LAG_MS
  if (hasFired && isLagging && standingStops(record).length === 0) return SOON
  const uncovered = sub(wanted, coverOf(record, wanted, traits))
  if (record.stage === 'CLOSING' && isGreater(uncovered, '0')) {
    return closing(record, facts, traits, uncovered)
  }
  if (isGreater(uncovered, '0') && hasBroken(record) && record.onUnprotected === 'CLOSE') {
    return closing(record, facts, traits, uncovered)
  }
  return (
    covering(record, facts, traits, wanted) ??
    tidying(record, facts, wanted) ??
    targeting(record, facts, traits) ??
    SETTLED
  )
}

/** A stop that has fired and ended with a part of its work undone. */
function hasBroken(record: ManagedRecord): boolean {
  const stop = lastLeg(record, 'STOP')
  return stop !== undefined && hasEnded(stop) && hasFilled(stop) && stop.status !== 'FILLED'
}

/** Closes what no stop covers, in parts the exchange takes. */
function closing(record: ManagedRecord, facts: Facts, traits: Traits, uncovered: Decimal): Step {
  const last = lastLeg(record, 'CLOSE')
  const quantity = min(uncovered, traits.maxMarketQuantity)
  // Of a part, an exit whose fate is unknown may have closed it: the rest is somebody else's.
  if (record.covers === 'QUANTITY' && record.legs.some(isUnseen)) return SOON
  if (!last || hasEnded(last)) {
    const isLagging = facts.now - (record.lagsSince ?? Number.NEGATIVE_INFINITY) < LAG_MS
    if (last && !isZero(last.executedQty) && isLagging) return SOON
    return { do: 'close', quantity }
  }
  if (last.status !== 'SENDING') return SOON
  // Sent twice, it can close no more than the position; but a part of one would be closed twice.
  return record.covers === 'POSITION' ? { do: 'close', quantity, leg: last } : SOON
}

/** What is to be done for the stop to be the one that is wanted; `undefined` when it is. */
function covering(
  record: ManagedRecord,
  facts: Facts,
  traits: Traits,
  wanted: Decimal,
): Step | undefined {
  const standing = standingStops(record)
  if (standing.some((leg) => leg.kind === 'STOP' && isRightStop(record, leg, wanted))) {
    return undefined
  }
  if (isGrowing(record)) return growing(record, facts, traits, wanted)
  const last = lastLeg(record, 'STOP')
  const form = record.covers === 'POSITION' && !record.isFixed ? traits.sizing : undefined
  if (form === 'set') return { do: 'setStop', quantity: wanted }
  if (last?.status === 'SENDING') {
    // The same once more: if it stands already, the exchange says so.
    const { quantity, closePosition = false } = last
    return { do: 'placeStop', quantity, closePosition, leg: last }
  }
  const movable = standing.findLast(({ kind }) => kind === 'STOP')
  // There is one a side, whoever has placed it: ours cannot stand beside it.
  const before = facts.open.find((order) => isPositionStop(record, order) && !isOurs(record, order))
  if (form === 'bridge') return bridging(record, wanted, { movable, before })
  if (form === 'amend' && !movable && before) return { do: 'adoptStop', order: before }
  if (movable && (movable.closePosition ? form === 'amend' : traits.canAmend)) {
    return { do: 'amendStop', leg: movable, quantity: wanted }
  }
  return { do: 'placeStop', quantity: wanted, closePosition: form === 'amend' }
}

function isOurs(record: ManagedRecord, { orderId }: FuturesOrder): boolean {
  return record.legs.some((leg) => leg.orderId === orderId)
}

/** A stop of a fixed quantity that came with an entry grows as long as that fills. */
function isGrowing(record: ManagedRecord): boolean {
  const entry = lastLeg(record, 'ENTRY')
  if (!entry || hasEnded(entry)) return false
  return standingStops(record).some((leg) => leg.isAttached && !leg.closePosition)
}

/** Adds what it lacks, if it still does at a second look: it was seen before the position. */
function growing(
  record: ManagedRecord,
  facts: Facts,
  traits: Traits,
  wanted: Decimal,
): Step | undefined {
  const lacking = sub(wanted, coverOf(record, wanted, traits))
  if (isZero(lacking)) return undefined
  return facts.isConfirmed ? bridgeOf(record, lacking) : { do: 'look' }
}

/** A new one, or the one that is on its way. */
function bridgeOf(record: ManagedRecord, wanted: Decimal): Step {
  const last = lastLeg(record, 'BRIDGE')
  if (last?.status !== 'SENDING') return { do: 'placeBridge', quantity: wanted }
  return { do: 'placeBridge', quantity: last.quantity, leg: last }
}

/** One stop for the position is allowed a side: another stands in while it is placed anew. */
function bridging(
  record: ManagedRecord,
  wanted: Decimal,
  { movable, before }: { movable: ManagedLeg | undefined; before: FuturesOrder | undefined },
): Step {
  const place = { do: 'placeStop', quantity: wanted, closePosition: true } as const
  const inTheWay = movable?.closePosition ? movable : undefined
  if (!inTheWay && !before) return place
  const hasBridge = legsOf(record, 'BRIDGE').some(
    (leg) => leg.status === 'PENDING' && !isLess(leg.quantity, wanted),
  )
  if (!hasBridge) return bridgeOf(record, wanted)
  if (inTheWay) return { do: 'cancel', leg: inTheWay }
  return before ? { do: 'cancelPrevious', orderId: before.orderId } : place
}

/** Removes what is too much now that the stop stands. */
function tidying(record: ManagedRecord, facts: Facts, wanted: Decimal): Step | undefined {
  const standing = standingStops(record)
  const right = standing.findLast((leg) => leg.kind === 'STOP' && isRightStop(record, leg, wanted))
  const surplus = right && standing.find(({ orderId }) => orderId !== right.orderId)
  if (surplus) return { do: 'cancel', leg: surplus }
  const previous = standingPrevious(record, facts)
  return previous === undefined ? undefined : { do: 'cancelPrevious', orderId: previous }
}

/** One of those before that still stands, and has not become ours. */
function standingPrevious(record: ManagedRecord, { open }: Facts): string | undefined {
  return record.previous.find(
    (id) =>
      open.some(({ orderId }) => orderId === id) &&
      !record.legs.some(({ orderId }) => orderId === id),
  )
}

/** Places the targets that were never placed, once it is known how much there is to take. */
function targeting(record: ManagedRecord, facts: Facts, traits: Traits): Step | undefined {
  const entry = lastLeg(record, 'ENTRY')
  if (entry && !hasEnded(entry)) return undefined
  let isUnderWay = false
  for (const [index] of record.targets.entries()) {
    const leg = lastLeg(record, 'TARGET', index)
    if (!leg) return { do: 'placeTarget', index }
    if (leg.status === 'MISSING' && leg.orderId === undefined) {
      return { do: 'placeTarget', index, leg }
    }
    const isInvisible = facts.now - leg.sentAt < traits.visibilityMs
    if (leg.status === 'SENDING' && isInvisible) isUnderWay = true
  }
  return isUnderWay ? SOON : undefined
}
