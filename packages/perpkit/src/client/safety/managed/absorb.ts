import {
  add,
  type Decimal,
  equals,
  isGreater,
  isLess,
  isNegative,
  isPositive,
  isZero,
  max,
  roundToStep,
  sub,
  sum,
} from '../../../core/decimal.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { attachedStops, type Facts, isAsked, orderOf, revivedOf } from './facts.ts'
import type { Fate } from './fates.ts'
import type { ManagedReason } from './managed.ts'
import {
  hasEnded,
  isLive,
  isWorking,
  type LegKind,
  lastLeg,
  legKey,
  legsOf,
  type ManagedLeg,
  type ManagedRecord,
  withLeg,
} from './managedRecord.ts'
import { splitTargets } from './split.ts'
import type { Traits } from './traits.ts'

/** What is known after a look, and what has happened since the one before. */
export interface Absorbed {
  record: ManagedRecord
  reasons: ManagedReason[]
}

/** For how long the position may differ from what fills make it: answers lag behind each other. */
export const LAG_MS = 1_000

const LOSSES: ReadonlySet<ManagedReason> = new Set(['STOP_LOST', 'TAKE_PROFIT_LOST'])

/** Pure: the record with what was seen. */
export function absorb(before: ManagedRecord, facts: Facts, traits: Traits): Absorbed {
  const reasons: ManagedReason[] = []
  let record = before
  for (const leg of before.legs) {
    const seen = isAsked(leg)
      ? (orderOf(record, leg, facts.open) ?? facts.fates.get(legKey(leg)))
      : revivedOf(leg, facts.open)
    if (seen === undefined) continue
    const now = asTold(leg, seen, facts, traits)
    record = withLeg(record, now)
    reasons.push(...reasonsOf(leg, now))
  }
  record = adoptAttached(record, facts, traits)
  record = afterEntry(record, facts.now, traits)
  record = breakEven(record, facts, traits)
  // Exchanges end legs of a position that is gone by themselves: that is no loss.
  const told = facts.position ? reasons : reasons.filter((reason) => !LOSSES.has(reason))
  return sized(before, record, facts, told)
}

/** The leg as the exchange shows its order. */
export function legAs(leg: ManagedLeg, order: FuturesOrder): ManagedLeg {
  const { nextClientOrderId, ...rest } = leg
  // As long as the order is the one it was, another may still take its place.
  const isReplaced = order.clientOrderId === nextClientOrderId
  const known = isReplaced ? rest : leg
  const isCovering = order.closePosition === true || (leg.isOfPosition && isZero(order.quantity))
  return {
    ...known,
    clientOrderId: order.clientOrderId === '' ? leg.clientOrderId : order.clientOrderId,
    orderId: order.orderId,
    status: order.status,
    quantity: isCovering && isZero(order.quantity) ? leg.quantity : order.quantity,
    ...(order.stopPrice !== undefined && leg.kind !== 'ENTRY' && { stopPrice: order.stopPrice }),
    ...(isCovering && { closePosition: true as const }),
    // Answers may arrive out of order: what was executed stays executed.
    executedQty: isGreater(leg.executedQty, order.executedQty)
      ? leg.executedQty
      : order.executedQty,
    ...(order.averagePrice !== undefined && { averagePrice: order.averagePrice }),
  }
}

function asTold(leg: ManagedLeg, fate: Fate, facts: Facts, traits: Traits): ManagedLeg {
  if (fate === 'MISSING') return whenMissing(leg, facts, traits)
  if (fate.orderId !== undefined) return legAs(leg, fate)
  // Its fills prove that it is done; without that, an entry may still fill, and what was only sent
  // may still appear.
  const executedQty = max(leg.executedQty, fate.executedQty)
  if (!isZero(executedQty) && !isLess(executedQty, leg.quantity)) {
    return { ...leg, executedQty, status: 'FILLED' }
  }
  const isOpenEnded = leg.kind === 'ENTRY' || leg.status === 'SENDING'
  return { ...leg, executedQty, status: isOpenEnded ? leg.status : 'UNSEEN' }
}

/** That an order is not found proves nothing until it must have become visible. */
function whenMissing(leg: ManagedLeg, { now }: Facts, { visibilityMs }: Traits): ManagedLeg {
  const isGone = leg.isOfPosition && leg.orderId !== undefined
  if (isGone || now - leg.sentAt >= visibilityMs) return { ...leg, status: 'MISSING' }
  return leg
}

function adoptAttached(
  record: ManagedRecord,
  { open, now }: Facts,
  { sizing }: Traits,
): ManagedRecord {
  const { entry } = record
  if (!entry?.isAttached) return record
  let known = record
  for (const order of attachedStops(record, open)) {
    // Beside another one it stands in, and goes when that one covers all.
    const isFirst = legsOf(known, 'STOP').every(hasEnded)
    const kind = isFirst ? 'STOP' : 'BRIDGE'
    const generation = 1 + (lastLeg(known, kind)?.generation ?? -1)
    const leg = adopted(order, { kind, generation, sentAt: now, sizing })
    const watches = entry.watches === undefined ? {} : { watches: entry.watches }
    known = withLeg(known, { ...leg, ...watches, isAttached: true })
  }
  return known
}

/** A stop that somebody else has placed, as one of ours. */
export function adopted(
  order: FuturesOrder,
  known: { kind: LegKind; generation: number; sentAt: number; sizing: Traits['sizing'] },
): ManagedLeg {
  const { kind, generation, sentAt, sizing } = known
  const leg: ManagedLeg = {
    kind,
    index: 0,
    generation,
    clientOrderId: order.clientOrderId,
    status: order.status,
    quantity: order.quantity,
    ...(sizing === 'set' && order.closePosition && { isOfPosition: true }),
    executedQty: '0',
    sentAt,
  }
  return legAs(leg, order)
}

/** Once the entry is final, what has filled is all there is to take profit of. */
export function afterEntry(
  record: ManagedRecord,
  now: number,
  steps: Parameters<typeof splitTargets>[2],
): ManagedRecord {
  const entry = lastLeg(record, 'ENTRY')
  if (!entry || !hasEnded(entry)) return record
  const isFirst = record.entry?.isAttached && record.enteredAt === undefined
  const known = isFirst ? { ...record, enteredAt: now } : record
  const filled = entry.executedQty
  const isPlaced = legsOf(record, 'TARGET').length > 0
  if (isPlaced || isZero(filled) || equals(filled, record.quantity)) return known
  return { ...known, quantity: filled, targets: splitTargets(filled, record.targets, steps) }
}

function breakEven(
  record: ManagedRecord,
  { position }: Facts,
  { tickSize }: Traits,
): ManagedRecord {
  if (record.breakEven !== 'WAITING' || !position) return record
  if (!legsOf(record, 'TARGET').some(({ status }) => status === 'FILLED')) return record
  return {
    ...record,
    breakEven: 'DONE',
    // Fixed once: the entry price an exchange tells may move in its last digits.
    stopPrice: roundToStep(position.entryPrice, tickSize),
  }
}

/** Compares the position with what fills make it; a difference that stays is a hand's. */
function sized(
  before: ManagedRecord,
  record: ManagedRecord,
  { position, now }: Facts,
  reasons: ManagedReason[],
): Absorbed {
  const size = position?.size ?? '0'
  const expected = withFills(before, record).size
  const { lagsSince, ...rest } = record
  const known = { ...rest, hasOpened: record.hasOpened || isPositive(size) }
  if (equals(size, expected)) return { record: { ...known, size }, reasons }
  const since = lagsSince ?? now
  if (now - since < LAG_MS) {
    return { record: { ...known, size: expected, lagsSince: since }, reasons }
  }
  return { record: { ...known, size }, reasons: [...reasons, 'POSITION_CHANGED'] }
}

/** The position as the fills make it that were seen between the two. */
export function withFills(before: ManagedRecord, record: ManagedRecord): ManagedRecord {
  const change = sub(flowOf(record), flowOf(before))
  if (isZero(change)) return record
  return { ...record, size: atLeastZero(add(before.size, change)) }
}

/** What fills of ours have made of the position. */
function flowOf(record: ManagedRecord): Decimal {
  const executed = (legs: ManagedLeg[]): Decimal => sum(legs.map((leg) => leg.executedQty))
  const exits = legsOf(record, 'STOP', 'BRIDGE', 'TARGET', 'CLOSE')
  return sub(executed(legsOf(record, 'ENTRY')), executed(exits))
}

function atLeastZero(value: Decimal): Decimal {
  return isNegative(value) ? '0' : value
}

function reasonsOf(was: ManagedLeg, now: ManagedLeg): ManagedReason[] {
  if (now.kind === 'CLOSE') return []
  const name = { ENTRY: 'ENTRY', TARGET: 'TAKE_PROFIT', STOP: 'STOP', BRIDGE: 'STOP' } as const
  const kind = name[now.kind]
  if (now.status === 'FILLED') return [`${kind}_FILLED`]
  if (isGreater(now.executedQty, was.executedQty)) return [`${kind}_PARTIALLY_FILLED`]
  if (isLive(now) || now.status === 'SENDING') {
    const hasTriggered = isWorking(now) && !isWorking(was) && was.status === 'PENDING'
    return hasTriggered && kind !== 'ENTRY' ? [`${kind}_TRIGGERED`] : []
  }
  // What never stood is not lost.
  // How it ended is not known yet.
  if (now.status === 'UNSEEN') return []
  return was.status === 'UNSEEN' || isLive(was) ? [`${kind}_LOST`] : []
}
