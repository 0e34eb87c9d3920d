import { isGreater } from '../../../core/decimal.ts'
import { OutcomeUnknownError, PerpkitError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { markUnprotected, uncoveredIn } from './cover.ts'
import type { Step } from './decide.ts'
import type { Desk } from './desk.ts'
import type { Facts } from './facts.ts'
import { hasEnded, lastLeg, legsOf, standingStops, withLeg } from './managedRecord.ts'
import { adoptStop } from './perform.ts'
import {
  closedInstead,
  closingFailed,
  keptPrevious,
  nothingStands,
  notMoved,
  withoutTarget,
} from './protectionErrors.ts'
import { isRefusal } from './sendLegs.ts'

/** What reduces at most, however often it arrives. */
const REPEATABLE: ReadonlySet<Step['do']> = new Set([
  'placeStop',
  'placeBridge',
  'setStop',
  'amendStop',
  'close',
])
/** So often in one run it is sent once more after its answer was lost. */
const MAX_REPEATS = 3
/** And no later than this after the first of them. */
const REPEAT_WITHIN_MS = 5_000

interface Losses {
  count: number
  /** Of the first, by our clock. */
  since: number
}

/** What steps that failed lead to: another step, or the error that is told. */
export class Setbacks {
  readonly #desk: Desk
  /** Runs until nothing is left to do. */
  readonly #settle: () => Promise<unknown>
  /** Why the position is being closed. */
  #cause: unknown
  /** Why the stop could not be moved in this run. */
  #held: unknown
  /** Whether another stop of the whole position was in the way of ours in this run. */
  #isInTheWay = false
  /** Answers lost in this run. */
  #losses: Losses = { count: 0, since: 0 }
  /** Whether a target's answer was lost in this run. */
  #hasLostTarget = false
  /** By their places; some of them may have been found since. */
  readonly #lostTargets = new Map<number, OutcomeUnknownError>()

  constructor(desk: Desk, settle: () => Promise<unknown>) {
    this.#desk = desk
    this.#settle = settle
  }

  /** A new run begins: only why a position is being closed outlasts one. */
  begin(): void {
    this.#held = undefined
    this.#isInTheWay = false
    this.#losses = { count: 0, since: 0 }
    this.#hasLostTarget = false
  }

  /** Whether this run has lost a target: no other is sent in it, since cover would wait for that. */
  get hasLostTarget(): boolean {
    return this.#hasLostTarget
  }

  get cause(): unknown {
    return this.#cause
  }

  get held(): unknown {
    return this.#held
  }

  /** Whether a target was sent, and nobody has told yet whether it stands. */
  get isTargetAwaited(): boolean {
    return this.#awaitedTarget() !== undefined
  }

  /** Throws what has led to closing, or left a target out, once; a run that comes to rest does so itself. */
  raise(): void {
    const lost = this.#awaitedTarget()
    this.#lostTargets.clear()
    const cause = this.#cause
    this.#cause = undefined
    const closing = lastLeg(this.#desk.record, 'CLOSE')
    if (cause !== undefined && closing) throw closedInstead(this.#desk.record, cause, closing)
    if (lost) throw withoutTarget(this.#desk.record, ...lost)
  }

  /** The first of those. */
  #awaitedTarget(): [index: number, error: OutcomeUnknownError] | undefined {
    const { record } = this.#desk
    return [...this.#lostTargets]
      .sort(([one], [other]) => one - other)
      .find(([index]) => lastLeg(record, 'TARGET', index)?.orderId === undefined)
  }

  /** The facts to go on with, or `undefined` for another look; else throws what is told. */
  async after(
    step: Step,
    error: unknown,
    facts: Facts,
    isCreation: boolean,
  ): Promise<Facts | undefined> {
    if (!PerpkitError.is(error)) throw error
    if (REPEATABLE.has(step.do) && this.#isWorthRepeating(error)) {
      // It may stand or not: that is told now, and not when it is known.
      const isOpen = isGreater(uncoveredIn(this.#desk, facts), '0')
      if (isOpen && !this.#stopBefore(facts)) await markUnprotected(this.#desk)
      return undefined
    }
    switch (step.do) {
      case 'placeEntry':
        if (isRefusal(error)) await this.#desk.save({ ...this.#desk.record, stage: 'CANCELLED' })
        throw error
      case 'placeStop':
        if (step.closePosition && error.code === 'STATE_CONFLICT') return this.#makeWay(facts)
        // What was sent before a restart may be out of date: a new one is placed instead.
        if (step.leg && isRefusal(error)) return undefined
        return this.#stopFailed(error, facts, isCreation)
      case 'amendStop':
        // It has ended meanwhile; how, a look tells.
        if (error.code === 'ORDER_ENDED' || error.code === 'ORDER_NOT_FOUND') return undefined
        return this.#stopFailed(error, facts, isCreation)
      case 'setStop':
      case 'placeBridge':
        return this.#stopFailed(error, facts, isCreation)
      case 'close':
        return this.#closeFailed(error)
      case 'placeTarget':
        if (error instanceof OutcomeUnknownError) {
          this.#hasLostTarget = true
          this.#lostTargets.set(step.index, error)
          return undefined
        }
        this.#desk.tell('TAKE_PROFIT_REFUSED')
        if (!isCreation && isRefusal(error)) return undefined
        throw withoutTarget(this.#desk.record, step.index, error)
      default:
        throw error
    }
  }

  /** Whether an answer was lost, and there is time to send the same again under its id. */
  #isWorthRepeating(error: PerpkitError): boolean {
    if (!(error instanceof OutcomeUnknownError)) return false
    const { clock } = this.#desk.client
    const { count, since } = this.#losses
    const first = count === 0 ? clock.now() : since
    this.#losses = { count: count + 1, since: first }
    return count < MAX_REPEATS && clock.now() - first < REPEAT_WITHIN_MS
  }

  async #stopFailed(
    error: PerpkitError,
    facts: Facts,
    isCreation: boolean,
  ): Promise<Facts | undefined> {
    // It stands as well as before: what was refused is only a change.
    if (!isGreater(uncoveredIn(this.#desk, facts), '0')) return this.#hold(error, facts)
    const record = this.#desk.record
    const before = this.#stopBefore(facts)
    if (before && record.stage === 'PROTECTING') return this.#fallBack(before, error)
    await markUnprotected(this.#desk)
    if (record.onUnprotected === 'REPORT') {
      // Told before it was handed out, and nothing of it may stand: it is its caller's to decide.
      const { legs } = this.#desk.record
      const isOver = isCreation && legs.every((leg) => hasEnded(leg) && leg.status !== 'UNSEEN')
      if (isOver) await this.#desk.save({ ...this.#desk.record, stage: 'CANCELLED' })
      throw nothingStands(record, error)
    }
    this.#cause = error
    await this.#desk.save({ ...this.#desk.record, stage: 'CLOSING' })
    // At once, by what was seen last: looking again would cost time and may fail.
    return facts
  }

  /** One that was there before ours. */
  #stopBefore({ open }: Facts): FuturesOrder | undefined {
    const { previous } = this.#desk.record
    return open.find(({ orderId, type }) => type === 'STOP_MARKET' && previous.includes(orderId))
  }

  /** There is another stop of the whole position; where none shows, ours gets a quantity. */
  async #makeWay(facts: Facts): Promise<Facts | undefined> {
    if (this.#isInTheWay) {
      await this.#desk.save({ ...this.#desk.record, isFixed: true })
      return facts
    }
    this.#isInTheWay = true
    return undefined
  }

  /** A move to the entry price that is refused is tried again later; sizes are put right meanwhile. */
  async #hold(error: PerpkitError, facts: Facts): Promise<Facts> {
    const record = this.#desk.record
    const failure = notMoved(record, error)
    const attached = standingStops(record).find(({ watches }) => watches !== undefined)
    if (attached && isRefusal(error)) {
      // It stays as it came: told once, and not tried for ever.
      const { watches: _, ...kept } = attached
      this.#held = failure
      await this.#desk.save(withLeg(record, kept))
      return facts
    }
    const stopPrice = standingStops(record).at(-1)?.stopPrice
    const isMove = record.breakEven === 'DONE' && stopPrice !== record.stopPrice
    if (this.#held !== undefined || !isMove || stopPrice === undefined) throw failure
    this.#held = failure
    await this.#desk.save({ ...record, stopPrice, breakEven: 'WAITING' })
    return facts
  }

  /** Refused for want of a position, it may be gone; only a look tells, and only once. */
  async #closeFailed(error: PerpkitError): Promise<undefined> {
    const closings = legsOf(this.#desk.record, 'CLOSE').slice(-2)
    const isFirst = closings.filter(({ status }) => status === 'REFUSED').length < 2
    if (error.code === 'REDUCE_ONLY_REJECTED' && isFirst) return undefined
    await markUnprotected(this.#desk)
    throw closingFailed(this.#desk.record, this.#cause ?? error, error)
  }

  /**
   * The stop that was there before stands. Where the exchange takes stops up to the position and no
   * more, there is no room for a second one: then that one is moved. Else it is left alone.
   */
  async #fallBack(before: FuturesOrder, error: PerpkitError): Promise<undefined> {
    const record = this.#desk.record
    if (error.code !== 'REDUCE_ONLY_REJECTED' || !this.#desk.traits.canAmend) {
      await this.#desk.save({ ...record, stage: 'CANCELLING', previous: [] })
      await this.#settle()
      throw keptPrevious(record, before, error)
    }
    await adoptStop(this.#desk, before)
    return undefined
  }
}
