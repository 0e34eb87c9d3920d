import { isGreater } from '../../../core/decimal.ts'
import { PerpkitError } from '../../../model/errors.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { Client } from '../../client.ts'
import { absorb } from './absorb.ts'
import { markUnprotected, uncoveredIn } from './cover.ts'
import { decide, type Step } from './decide.ts'
import type { Desk } from './desk.ts'
import { type Facts, look, ordersIn } from './facts.ts'
import { Fates } from './fates.ts'
import type { ManagedReason } from './managed.ts'
import { atRest, isFinal, legKey, type ManagedRecord } from './managedRecord.ts'
import { perform } from './perform.ts'
import { closingFailed } from './protectionErrors.ts'
import { Setbacks } from './setbacks.ts'
import { type Traits, traitsOf } from './traits.ts'

/** How a run has ended: nothing is to be done, or something is under way. */
export type Rest = Extract<Step, { do: 'settled' | 'wait' }>

/** What a run tells while it runs. */
export interface ReconcilerEvents {
  /** An order of ours as it was just seen. */
  order(order: FuturesOrder): void
  reason(reason: ManagedReason): void
}

/** More steps than any situation takes: exchange and record contradict each other. */
const MAX_STEPS = 60
/** So often one order is cancelled in one run: the list that shows it may be behind. */
const MAX_CANCELS = 2
const BEHIND_MS = 250
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
  readonly #setbacks: Setbacks = new Setbacks(this, () => this.run())
  #record: ManagedRecord
  #saved = ''
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

  /** Whether something is under way that may stay invisible: what is closed, or a target. */
  get isAwaiting(): boolean {
    return this.#setbacks.cause !== undefined || this.#setbacks.isTargetAwaited
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
    this.#setbacks.begin()
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
      if (step.do === 'placeTarget' && this.#setbacks.hasLostTarget) {
        return this.#rest({ do: 'wait', ms: BEHIND_MS }, now)
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
        facts = await this.#setbacks.after(step, error, now, isCreation)
      }
    }
    const { id } = this.#record
    throw new Error(`${id}: ${MAX_STEPS} steps have not brought it to rest`)
  }

  async #look(): Promise<Facts> {
    this.#hasNews = false
    const facts = await look(this, this.fates).catch((error: unknown) => {
      const { cause } = this.#setbacks
      if (cause === undefined || !PerpkitError.is(error)) throw error
      throw closingFailed(this.#record, cause, error)
    })
    for (const order of ordersIn(this.#record, facts)) this.note(order)
    const { stopPrice, breakEven } = this.#record
    const { record, reasons } = absorb(this.#record, facts, this.traits)
    this.#record = this.#setbacks.held === undefined ? record : { ...record, stopPrice, breakEven }
    for (const reason of reasons) this.tell(reason)
    return facts
  }

  /** Writes down where it has come to rest. */
  async #rest(step: Rest, facts: Facts): Promise<Rest> {
    const isCovered = !isGreater(uncoveredIn(this, facts), '0')
    const record = step.do === 'settled' ? atRest(this.#record, isCovered) : this.#record
    if (record.isUnprotected && !this.#record.isUnprotected) await markUnprotected(this)
    if (JSON.stringify(record) !== this.#saved) await this.save(record)
    if (step.do === 'settled') this.raise()
    const { held } = this.#setbacks
    if (step.do === 'settled' && held !== undefined) throw held
    return step
  }

  /** Throws what has led to closing, or left a target out; a run that comes to rest does so itself. */
  raise(): void {
    this.#setbacks.raise()
  }
}
