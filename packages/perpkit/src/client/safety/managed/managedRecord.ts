import type { Decimal } from '../../../core/decimal.ts'
import {
  equals,
  floorToStep,
  isGreater,
  isPositive,
  isZero,
  max,
  min,
  sub,
  sum,
} from '../../../core/decimal.ts'
import type {
  ExchangeName,
  OrderStatus,
  PositionSide,
  Side,
  TimeInForce,
  TriggerSource,
} from '../../../model/tokens.ts'
import { isOpen } from '../../../model/tokens.ts'
import type { Traits } from './traits.ts'

// What is known of a managed order: a plain JSON value, journalled before every step.

export type LegKind = 'ENTRY' | 'STOP' | 'BRIDGE' | 'TARGET' | 'CLOSE'

/**
 * `SENDING`: it may be on its way. `REFUSED`: the exchange did not take it. `MISSING`: it was asked
 * for and is not there. `UNSEEN`: it is not open any more, and nobody has told yet how it ended.
 */
export type LegStatus = OrderStatus | 'SENDING' | 'REFUSED' | 'MISSING' | 'UNSEEN'

/** One order of a managed order. */
export interface ManagedLeg {
  readonly kind: LegKind
  /** Which target; 0 of other legs. */
  readonly index: number
  /** How often it was placed anew. */
  readonly generation: number
  /** Written down before it is sent. */
  readonly clientOrderId: string
  /** Of the order that takes its place, where an amendment replaces it. */
  readonly nextClientOrderId?: string
  readonly orderId?: string
  readonly status: LegStatus
  /** `closePosition`: of the position when it was placed. */
  readonly quantity: Decimal
  readonly stopPrice?: Decimal
  readonly closePosition?: true
  /** It belongs to the position: set, not placed. */
  readonly isOfPosition?: true
  /** It came with the entry. */
  readonly isAttached?: true
  /** The price it watches, where that is another one than is wanted. */
  readonly watches?: TriggerSource
  readonly executedQty: Decimal
  readonly averagePrice?: Decimal
  /** When it was sent, by our clock. */
  readonly sentAt: number
}

export interface ManagedTarget {
  readonly price: Decimal
  /** Of the whole. */
  readonly share: Decimal
  readonly quantity: Decimal
}

export interface ManagedEntryPlan {
  readonly type: 'MARKET' | 'LIMIT'
  readonly price?: Decimal
  readonly timeInForce?: TimeInForce
  /** Whether the exchange places the stop with it. */
  readonly isAttached: boolean
  /** Of the stop that comes with it: the plan's own may be moved. */
  readonly stopPrice?: Decimal
  /** The price that stop watches, where that is another one than is wanted. */
  readonly watches?: TriggerSource
}

export type ManagedStage =
  | 'ENTERING'
  | 'PROTECTING'
  | 'ACTIVE'
  | 'CLOSING'
  | 'CANCELLING'
  | 'COMPLETED'
  | 'CANCELLED'

export interface ManagedRecord {
  readonly version: 1
  readonly id: string
  readonly exchange: ExchangeName
  readonly symbol: string
  readonly nativeSymbol: string
  /** Of the protective orders. */
  readonly side: Side
  readonly positionSide: PositionSide
  /** Of the ids of new legs; another one after each restart. */
  readonly number: number
  readonly quantity: Decimal
  /** The whole position, whatever becomes of it, or this quantity of it. */
  readonly covers: 'POSITION' | 'QUANTITY'
  readonly stopPrice: Decimal
  readonly triggerSource: TriggerSource
  readonly targets: readonly ManagedTarget[]
  /** `DONE`: `stopPrice` is the entry price now. */
  readonly breakEven: 'NO' | 'WAITING' | 'DONE'
  readonly onUnprotected: 'CLOSE' | 'REPORT'
  readonly entry?: ManagedEntryPlan
  readonly stage: ManagedStage
  /** No stop covers all that is open. */
  readonly isUnprotected: boolean
  /** Whether its position was ever seen. */
  readonly hasOpened: boolean
  /** Of the position, as fills of ours since the last look make it. */
  readonly size: Decimal
  /** In the order they were placed. */
  readonly legs: readonly ManagedLeg[]
  /** Protection from before, to be removed when the stop stands. */
  readonly previous: readonly string[]
  /** Orders that were open before an entry that brings its stop: none of them is that stop. */
  readonly foreign: readonly string[]
  /** Since when the position is not what fills make it, by our clock. */
  readonly lagsSince?: number
  /** When an entry that brings its stop was seen to have ended, by our clock. */
  readonly enteredAt?: number
  /** A stop of the whole position was not to be had: it has one of a fixed quantity. */
  readonly isFixed?: true
}

export function isFinal({ stage }: Pick<ManagedRecord, 'stage'>): boolean {
  return stage === 'COMPLETED' || stage === 'CANCELLED'
}

export function legsOf(record: ManagedRecord, ...kinds: LegKind[]): ManagedLeg[] {
  return record.legs.filter(({ kind }) => kinds.includes(kind))
}

/** The one that was placed last. */
export function lastLeg(record: ManagedRecord, kind: LegKind, index = 0): ManagedLeg | undefined {
  return record.legs.findLast((leg) => leg.kind === kind && leg.index === index)
}

/** Which leg it is, among all of its record. */
export function legKey({ kind, index, generation }: ManagedLeg): string {
  return `${kind} ${index} ${generation}`
}

/** Whether the exchange has it, waiting or at work. */
export function isLive({ status }: ManagedLeg): boolean {
  return !isOurWord(status) && isOpen(status)
}

/** Whether a status is no exchange's. */
export function isOurWord(status: LegStatus): status is Exclude<LegStatus, OrderStatus> {
  return (OUR_WORDS as readonly string[]).includes(status)
}

const OUR_WORDS = ['SENDING', 'REFUSED', 'MISSING', 'UNSEEN'] as const

/** Whether it is over with it, known how or not. */
export function hasEnded(leg: ManagedLeg): boolean {
  return leg.status !== 'SENDING' && !isLive(leg)
}

/** Whether it has triggered and is at work. */
export function isWorking(leg: ManagedLeg): boolean {
  return isLive(leg) && (leg.status !== 'PENDING' || !isZero(leg.executedQty))
}

/** Stops of ours that wait for their trigger. */
export function standingStops(record: ManagedRecord): ManagedLeg[] {
  return legsOf(record, 'STOP', 'BRIDGE').filter(({ status }) => status === 'PENDING')
}

/** What the stops that wait would close of `wanted`; one that would fail closes nothing. */
export function coverOf(
  record: ManagedRecord,
  wanted: Decimal,
  { oversizedFails }: Pick<Traits, 'oversizedFails'>,
): Decimal {
  const standing = standingStops(record)
  if (standing.some(({ closePosition }) => closePosition)) return wanted
  const closing = standing.filter(
    ({ quantity }) => !oversizedFails || !isGreater(quantity, max(record.size, wanted)),
  )
  return min(wanted, sum(closing.map(({ quantity }) => quantity)))
}

/** How much of a position of this size is this object's to protect: what can be ordered of it. */
export function wantedOf(record: ManagedRecord, size: Decimal, stepSize: Decimal): Decimal {
  const open = floorToStep(size, stepSize)
  if (record.covers === 'POSITION') return open
  const exits = legsOf(record, 'STOP', 'BRIDGE', 'TARGET', 'CLOSE')
  const left = sub(record.quantity, sum(exits.map(({ executedQty }) => executedQty)))
  return isPositive(left) ? min(open, left) : '0'
}

/** What is open and ours, and no waiting stop would close. */
export function uncoveredOf(record: ManagedRecord, size: Decimal, traits: Traits): Decimal {
  const wanted = wantedOf(record, size, traits.stepSize)
  return sub(wanted, coverOf(record, wanted, traits))
}

/** The record where nothing is left to do for now. */
export function atRest(record: ManagedRecord, isCovered: boolean): ManagedRecord {
  if (isFinal(record) || record.stage === 'CANCELLING') return record
  const entry = lastLeg(record, 'ENTRY')
  const stage = entry && !hasEnded(entry) ? 'ENTERING' : 'ACTIVE'
  return { ...record, stage, isUnprotected: !isCovered }
}

/** The record with this leg: in the place of the one it was, or as the last one. */
export function withLeg(record: ManagedRecord, leg: ManagedLeg): ManagedRecord {
  const isSame = (other: ManagedLeg): boolean => legKey(other) === legKey(leg)
  const legs = record.legs.some(isSame)
    ? record.legs.map((other) => (isSame(other) ? leg : other))
    : [...record.legs, leg]
  return { ...record, legs }
}

/** The number of a leg in client order ids. */
export function legNumber({ kind, index }: Pick<ManagedLeg, 'kind' | 'index'>): number {
  if (kind === 'TARGET') return 2 + index
  return { ENTRY: 0, STOP: 1, CLOSE: 10, BRIDGE: 11 }[kind]
}

/** Whether a stop of ours is the one that is wanted. */
export function isRightStop(record: ManagedRecord, leg: ManagedLeg, wanted: Decimal): boolean {
  if (leg.stopPrice === undefined || !equals(leg.stopPrice, record.stopPrice)) return false
  if (leg.watches !== undefined) return false
  if (leg.closePosition) return record.covers === 'POSITION'
  return equals(leg.quantity, wanted)
}
