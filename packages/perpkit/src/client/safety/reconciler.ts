import { type Decimal, isGreater } from '../../core/decimal.ts'
import { OutcomeUnknownError, PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { Client } from '../client.ts'
import { absorb } from './absorb.ts'
import { decide, type Step } from './decide.ts'
import type { Desk } from './desk.ts'
import { type Facts, look, ordersIn } from './facts.ts'
import { Fates } from './fates.ts'
import type { ManagedReason } from './managed.ts'
import {
  atRest,
  hasEnded,
  isFinal,
  lastLeg,
  legKey,
  legsOf,
  type ManagedRecord,
  standingStops,
  uncoveredOf,
  withLeg,
} from './managedRecord.ts'
import { adoptStop, perform } from './perform.ts'
import {
  closedInstead,
  closingFailed,
  keptPrevious,
  nothingStands,
  notMoved,
  withoutTarget,
} from './protectionErrors.ts'
import { isRefusal } from './sendLegs.ts'
import { type Traits, traitsOf } from './traits.ts'

/** How a run has ended: nothing is to be done, or something is under way. */
export type Rest = Extract<Step, { do: 'settled' | 'wait' }>

/** What a run tells while it runs. */
export interface ReconcilerEvents {
  /** An order of ours as it was just seen. */
  order(order: FuturesOrder): void
  reason(reason: ManagedReason): void
}

interface Losses {
  count: number
  /** Of the first, by our clock. */
  since: number
}

/** What reduces at most, however often it arrives. */
const REPEATABLE: ReadonlySet<Step['do']> = new Set([
  'placeStop',
  'placeBridge',
  'setStop',
  'amendStop',
  'close',
])
/** More steps than any situation takes: exchange and record contradict each other. */
const MAX_STEPS = 60
/** So often one order is cancelled in one run: the list that shows it may be behind. */
const MAX_CANCELS = 2
const BEHIND_MS = 250
/** So often in one run what can only reduce is sent once more after its answer was lost. */
const MAX_REPEATS = 3
/** And no later than this after the first of them. */
const REPEAT_WITHIN_MS = 5_000
/** So often in one run what was heard meanwhile is looked at before cover is taken away. */
const MAX_SECOND_LOOKS = 3

/**
 * Brings one managed order to where it should be, however it stands: looks, decides, writes down,
 * acts, until nothing is left to do. The same loop creates, supervises and resumes.
 */
export class Reconciler implements Desk {
  readonly client: Client
  readonly instrument: Instrument
  readonly signal: AbortSignal | undefined
  readonly traits: Traits
  readonly fates: Fates = new Fates()
  readonly #events: ReconcilerEvents
  #record: ManagedRecord
  #saved = ''
  /** Why the position is being closed. */
  #cause: unknown
  /** Why the stop could not be moved in this run. */
  #held: unknown
  /** Whether another stop of the whole position was in the way of ours in this run. */
  #isInTheWay = false
  /** Answers lost in this run. */
  #losses: Losses = { count: 0, since: 0 }
  /** Whether something was heard of its symbol since the last look. */
  #hasNews = false

  constructor(
    client: Client,
    instrument: Instrument,
    record: ManagedRecord,
    events: ReconcilerEvents,
    signal?: AbortSignal,
  ) {
    this.client = client
    this.instrument = instrument
    this.signal = signal
    this.traits = traitsOf(client.definition, instrument)
    this.#events = events
    this.#record = record
  }

  /** Whether something could not be covered and is being closed. */
  get isClosing(): boolean {
    return this.#cause !== undefined
  }

  get record(): ManagedRecord {
    return this.#record
  }

  async save(record: ManagedRecord): Promise<void> {
    const { id, exchange } = record
    const entry = { id, exchange, isFinal: isFinal(record), record }
    await this.client.journal.saveManaged(entry)
    this.#saved = JSON.stringify(record)
    this.#record = record
  }

  /** Something has happened: what was seen before is out of date. */
  wake(): void {
    this.#hasNews = true
  }

  note(order: FuturesOrder): void {
    this.#events.order(order)
  }

  tell(reason: ManagedReason): void {
    this.#events.reason(reason)
  }

  /**
   * Runs until nothing is left to do. Rejects when something cannot be done: with `ProtectionError`
   * where cover is concerned. `isCreation`: a missing target counts as well.
   */
  async run({ isCreation = false }: { isCreation?: boolean } = {}): Promise<Rest> {
    let facts: Facts | undefined
    let isConfirmed = false
    this.#held = undefined
    this.#isInTheWay = false
    this.#losses = { count: 0, since: 0 }
    const cancels: string[] = []
    let secondLooks = 0
    for (let count = 0; count < MAX_STEPS; count++) {
      const now: Facts = facts ?? { ...(await this.#look()), isConfirmed }
      const step = decide(this.#record, now, this.traits)
      isConfirmed = step.do === 'look'
      if (step.do === 'settled' || step.do === 'wait') return this.#rest(step, now)
      if (step.do === 'finish') {
        await this.save({ ...this.#record, stage: step.stage, isUnprotected: false })
        this.tell(step.stage)
        return this.#rest({ do: 'settled' }, now)
      }
      if (step.do === 'cancel' || step.do === 'cancelPrevious') {
        if (this.#hasNews && secondLooks < MAX_SECOND_LOOKS) {
          secondLooks += 1
          facts = undefined
          continue
        }
        const key = step.do === 'cancel' ? legKey(step.leg) : step.orderId
        const isBehind = cancels.filter((each) => each === key).length === MAX_CANCELS
        if (isBehind) return this.#rest({ do: 'wait', ms: BEHIND_MS }, now)
        cancels.push(key)
      }
      try {
        facts = await perform(this, step, now)
      } catch (error) {
        facts = await this.#failed(step, error, now, isCreation)
      }
    }
    const { id } = this.#record
    throw new Error(`${id}: ${MAX_STEPS} steps have not brought it to rest`)
  }

  async #look(): Promise<Facts> {
    this.#hasNews = false
    const facts = await look(this, this.fates).catch((error: unknown) => {
      if (this.#cause === undefined || !PerpkitError.is(error)) throw error
      throw closingFailed(this.#record, this.#cause, error)
    })
    for (const order of ordersIn(this.#record, facts)) this.note(order)
    const { stopPrice, breakEven } = this.#record
    const { record, reasons } = absorb(this.#record, facts, this.traits)
    this.#record = this.#held === undefined ? record : { ...record, stopPrice, breakEven }
    for (const reason of reasons) this.tell(reason)
    return facts
  }

  /** Writes down where it has come to rest. */
  async #rest(step: Rest, facts: Facts): Promise<Rest> {
    const isCovered = !isGreater(this.#uncovered(facts), '0')
    const record = step.do === 'settled' ? atRest(this.#record, isCovered) : this.#record
    if (record.isUnprotected && !this.#record.isUnprotected) await this.#markUnprotected()
    if (JSON.stringify(record) !== this.#saved) await this.save(record)
    if (step.do === 'settled') this.raise()
    if (step.do === 'settled' && this.#held !== undefined) throw this.#held
    return step
  }

  /** Throws what has led to closing, once; a run that comes to rest does so itself. */
  raise(): void {
    const cause = this.#cause
    this.#cause = undefined
    const closing = lastLeg(this.#record, 'CLOSE')
    if (cause !== undefined && closing) throw closedInstead(this.#record, cause, closing)
  }

  /** What is open and ours, and no waiting stop would close. */
  #uncovered({ position }: Facts): Decimal {
    return uncoveredOf(this.#record, position?.size ?? '0', this.traits)
  }

  /** What a failed step leads to: another step, or the error that is told. */
  async #failed(
    step: Step,
    error: unknown,
    facts: Facts,
    isCreation: boolean,
  ): Promise<Facts | undefined> {
    if (!PerpkitError.is(error)) throw error
    if (REPEATABLE.has(step.do) && this.#isWorthRepeating(error)) {
      // It may stand or not: that is told now, and not when it is known.
      if (isGreater(this.#uncovered(facts), '0')) await this.#markUnprotected()
      return undefined
    }
    switch (step.do) {
      case 'placeEntry':
        if (isRefusal(error)) await this.save({ ...this.#record, stage: 'CANCELLED' })
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
        this.tell('TAKE_PROFIT_REFUSED')
        if (isCreation || !isRefusal(error)) throw withoutTarget(this.#record, step.index, error)
        return undefined
      default:
        throw error
    }
  }

  /** Whether an answer was lost, and there is time to send the same again under its id. */
  #isWorthRepeating(error: PerpkitError): boolean {
    if (!(error instanceof OutcomeUnknownError)) return false
    const { clock } = this.client
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
    if (!isGreater(this.#uncovered(facts), '0')) return this.#hold(error, facts)
    const record = this.#record
    const before = facts.open.find(
      ({ orderId, type }) => type === 'STOP_MARKET' && record.previous.includes(orderId),
    )
    if (before && record.stage === 'PROTECTING') return this.#fallBack(before, error)
    await this.#markUnprotected()
    if (record.onUnprotected === 'REPORT') {
      // Told before it was handed out, and nothing of it may stand: it is its caller's to decide.
      const { legs } = this.#record
      const isOver = isCreation && legs.every((leg) => hasEnded(leg) && leg.status !== 'UNSEEN')
      if (isOver) await this.save({ ...this.#record, stage: 'CANCELLED' })
      throw nothingStands(record, error)
    }
    this.#cause = error
    await this.save({ ...this.#record, stage: 'CLOSING' })
    // At once, by what was seen last: looking again would cost time and may fail.
    return facts
  }

  /** There is another stop of the whole position; where none shows, ours gets a quantity. */
  async #makeWay(facts: Facts): Promise<Facts | undefined> {
    if (this.#isInTheWay) {
      await this.save({ ...this.#record, isFixed: true })
      return facts
    }
    this.#isInTheWay = true
    return undefined
  }

  /** A move to the entry price that is refused is tried again later; sizes are put right meanwhile. */
  async #hold(error: PerpkitError, facts: Facts): Promise<Facts> {
    const record = this.#record
    const failure = notMoved(record, error)
    const attached = standingStops(record).find(({ watches }) => watches !== undefined)
    if (attached && isRefusal(error)) {
      // It stays as it came: told once, and not tried for ever.
      const { watches: _, ...kept } = attached
      this.#held = failure
      await this.save(withLeg(record, kept))
      return facts
    }
    const stopPrice = standingStops(record).at(-1)?.stopPrice
    const isMove = record.breakEven === 'DONE' && stopPrice !== record.stopPrice
    if (this.#held !== undefined || !isMove || stopPrice === undefined) throw failure
    this.#held = failure
    await this.save({ ...record, stopPrice, breakEven: 'WAITING' })
    return facts
  }

  /** Refused for want of a position, it may be gone; only a look tells, and only once. */
  async #closeFailed(error: PerpkitError): Promise<undefined> {
    const closings = legsOf(this.#record, 'CLOSE').slice(-2)
    const isFirst = closings.filter(({ status }) => status === 'REFUSED').length < 2
    if (error.code === 'REDUCE_ONLY_REJECTED' && isFirst) return undefined
    await this.#markUnprotected()
    throw closingFailed(this.#record, this.#cause ?? error, error)
  }

  async #markUnprotected(): Promise<void> {
    const isNews = !this.#record.isUnprotected
    await this.save({ ...this.#record, isUnprotected: true })
    // The event shows the state as it is now.
    if (isNews) this.tell('UNPROTECTED')
  }

  /**
   * The stop that was there before stands. Where the exchange takes stops up to the position and no
   * more, there is no room for a second one: then that one is moved. Else it is left alone.
   */
  async #fallBack(before: FuturesOrder, error: PerpkitError): Promise<undefined> {
    const record = this.#record
    if (error.code !== 'REDUCE_ONLY_REJECTED' || !this.traits.canAmend) {
      await this.save({ ...record, stage: 'CANCELLING', previous: [] })
      await this.run()
      throw keptPrevious(record, before, error)
    }
    await adoptStop(this, before)
    return undefined
  }
}
