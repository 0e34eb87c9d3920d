import { sleep } from '../../../core/clock.ts'
import { type Decimal, isZero } from '../../../core/decimal.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { PositionSide, Side } from '../../../model/tokens.ts'
import type { Client } from '../../client.ts'
import { ChangeLog } from './changeLog.ts'
import type { Guarded } from './guard.ts'
import { legOrder } from './legOrder.ts'
import type {
  ManagedOrdersChange,
  ManagedOrdersState,
  ManagedOrdersStatus,
  ManagedReason,
} from './managed.ts'
import {
  isFinal,
  isOurWord,
  lastLeg,
  type ManagedLeg,
  type ManagedRecord,
} from './managedRecord.ts'
import { Reconciler, type Rest } from './reconciler.ts'

const DEFAULT_INTERVAL_MS = 1_000
/** How long a caller waits for what is under way. */
const UNDER_WAY_MS = 2_000

/** A managed order as its caller has it: runs of the reconciler one after another. */
export class ManagedObject implements Guarded {
  readonly id: string
  readonly symbol: string
  readonly side: Side
  readonly positionSide: PositionSide
  readonly #reconciler: Reconciler
  readonly #client: Client
  /** Orders of ours as they were last seen, by id. */
  readonly #orders = new Map<string, FuturesOrder>()
  readonly #log = new ChangeLog()
  isSupervised = false
  #isAside = false
  /** Runs wait for each other. */
  #last: Promise<unknown> = Promise.resolve()
  #lookedAt: number

  constructor(client: Client, instrument: Instrument, record: ManagedRecord, signal?: AbortSignal) {
    this.#client = client
    this.id = record.id
    this.symbol = record.symbol
    this.side = record.side
    this.positionSide = record.positionSide
    this.#lookedAt = client.clock.now()
    const events = {
      order: (order: FuturesOrder) => void this.#orders.set(order.orderId, order),
      reason: (reason: ManagedReason) => {
        this.#log.add(reason)
        // This one must not wait until a run has ended.
        if (reason === 'UNPROTECTED') this.#publish()
      },
    }
    this.#reconciler = new Reconciler(client, instrument, record, events, signal)
  }

  get record(): ManagedRecord {
    return this.#reconciler.record
  }

  get quantity(): Decimal {
    return this.record.quantity
  }

  get status(): ManagedOrdersStatus {
    const { stage, isUnprotected } = this.record
    if (stage === 'COMPLETED' || stage === 'CANCELLED') return stage
    return isUnprotected ? 'UNPROTECTED' : 'ACTIVE'
  }

  get entryOrder(): FuturesOrder | undefined {
    const leg = lastLeg(this.record, 'ENTRY')
    return leg && this.#orderOf(leg)
  }

  get stopLossOrder(): FuturesOrder | undefined {
    const leg = this.record.legs.findLast(
      ({ kind, orderId }) => kind === 'STOP' && orderId !== undefined,
    )
    return leg && this.#orderOf(leg)
  }

  get takeProfitOrders(): FuturesOrder[] {
    return this.record.targets.flatMap((_, index) => {
      const leg = lastLeg(this.record, 'TARGET', index)
      return leg?.orderId === undefined ? [] : [this.#orderOf(leg)]
    })
  }

  /** Whether anything of it was ever written down to be sent. */
  get hasActed(): boolean {
    return this.record.legs.length > 0
  }

  get isOver(): boolean {
    return isFinal(this.record)
  }

  get lookedAt(): number {
    return this.#lookedAt
  }

  refresh(): Promise<ManagedOrdersState> {
    return this.#inTurn(async () => {
      await this.#run()
      return this.#state()
    })
  }

  cancel(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.isOver || this.#isAside) return true
      await this.#reconciler.save({ ...this.record, stage: 'CANCELLING' })
      const { visibilityMs } = this.#reconciler.traits
      await this.#runUntil(() => this.isOver, visibilityMs + UNDER_WAY_MS)
      return this.isOver
    })
  }

  watch(
    options: { intervalMs?: number; signal?: AbortSignal } = {},
  ): AsyncIterableIterator<ManagedOrdersChange, undefined> {
    const { intervalMs = DEFAULT_INTERVAL_MS, signal } = options
    return this.isSupervised ? this.#follow(signal) : this.#poll(intervalMs, signal)
  }

  /** Brings it into being; rejects when it is not protected as asked. */
  create(): Promise<void> {
    return this.#inTurn(async () => {
      const rest = await this.#run(true)
      if (rest.do === 'wait') await this.#awaitRest()
    })
  }

  /** Goes on after a restart. */
  takeUp(): Promise<void> {
    return this.#inTurn(async () => {
      this.#log.add('RESUMED')
      const rest = await this.#run()
      if (rest.do === 'wait') await this.#runUntil((again) => again.do === 'settled', UNDER_WAY_MS)
    })
  }

  /** Runs until the position is there and protected, or it is over; `false`: not in time. */
  open(withinMs: number): Promise<boolean> {
    return this.#inTurn(async () => {
      const hasEntered = await this.#runUntil(
        (rest) => this.#reconciler.isAwaiting || (rest.do === 'settled' && this.#hasEntered()),
        withinMs,
        true,
      )
      if (this.#reconciler.isAwaiting) await this.#awaitRest()
      return hasEntered
    })
  }

  wake(): void {
    this.#reconciler.wake()
  }

  hear(order: FuturesOrder): void {
    const isOurs = this.record.legs.some(({ orderId }) => orderId === order.orderId)
    if (isOurs) this.#reconciler.fates.hear(order)
  }

  supervise(): Promise<Rest> {
    return this.#inTurn(() => this.#run())
  }

  async pause(): Promise<void> {
    await this.#inTurn(async () => {
      this.#isAside = true
    })
  }

  resume(): void {
    this.#isAside = false
  }

  async supersede(): Promise<void> {
    await this.#inTurn(async () => {
      this.#isAside = true
      if (this.isOver) return
      await this.#reconciler.save({ ...this.record, stage: 'CANCELLED' })
      this.#log.add('CANCELLED')
      this.#publish()
    })
  }

  leave(): void {
    this.isSupervised = false
    this.#isAside = true
    this.#log.end()
  }

  /** A stray that may yet appear is waited for; else what is under way goes on by itself. */
  async #awaitRest(): Promise<void> {
    const { visibilityMs } = this.#reconciler.traits
    const waitMs = this.#reconciler.isAwaiting ? visibilityMs + UNDER_WAY_MS : UNDER_WAY_MS
    await this.#runUntil((rest) => rest.do === 'settled', waitMs, true)
    this.#reconciler.raise()
  }

  #hasEntered(): boolean {
    const entry = lastLeg(this.record, 'ENTRY')
    if (this.isOver || !entry || this.record.entry?.type === 'LIMIT') return true
    return this.record.stage === 'ACTIVE'
  }

  async #run(isCreation = false): Promise<Rest> {
    if (this.isOver || this.#isAside) return { do: 'settled' }
    this.#lookedAt = this.#client.clock.now()
    try {
      return await this.#reconciler.run({ isCreation })
    } finally {
      this.#publish()
    }
  }

  async #runUntil(
    isDone: (rest: Rest) => boolean,
    withinMs: number,
    isCreation = false,
  ): Promise<boolean> {
    const { clock } = this.#client
    const giveUpAt = clock.now() + withinMs
    for (let pause = 25; ; pause = Math.min(pause * 2, 400)) {
      const rest = await this.#run(isCreation)
      if (isDone(rest)) return true
      if (clock.now() + pause > giveUpAt || this.#isAside) return false
      await sleep(clock, pause)
    }
  }

  async *#follow(signal: AbortSignal | undefined): AsyncGenerator<ManagedOrdersChange, undefined> {
    const changes = this.#log.follow(signal)
    yield this.#current()
    if (!this.isOver && !this.#isAside) yield* changes
    return undefined
  }

  async *#poll(
    intervalMs: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ManagedOrdersChange, undefined> {
    const waiting: ManagedOrdersChange[] = []
    const stop = this.#log.listen((change) => {
      if (change !== 'END') waiting.push(change)
    })
    try {
      await this.refresh()
      waiting.splice(0)
      yield this.#current()
      while (!signal?.aborted && !this.isOver && !this.#isAside) {
        await sleep(this.#client.clock, intervalMs, signal).catch(() => undefined)
        if (signal?.aborted) break
        await this.refresh()
        for (const change of waiting.splice(0)) yield change
      }
    } finally {
      stop()
    }
    return undefined
  }

  #publish(): void {
    this.#log.publish(this.#state())
    if (this.isOver) this.#log.end()
  }

  #current(): ManagedOrdersChange {
    return { ...this.#state(), reason: 'CURRENT', reasons: ['CURRENT'] }
  }

  #state(): ManagedOrdersState {
    const { status, entryOrder, stopLossOrder, takeProfitOrders } = this
    return { status, entryOrder, stopLossOrder, takeProfitOrders }
  }

  #orderOf(leg: ManagedLeg): FuturesOrder {
    const { record } = this
    const seen = leg.orderId === undefined ? undefined : this.#orders.get(leg.orderId)
    const told = isOurWord(leg.status) ? {} : { status: leg.status, executedQty: leg.executedQty }
    // Its end may have been told otherwise than by its own row.
    const order = seen ? { ...seen, ...told } : legOrder(record, leg)
    if (!leg.closePosition) return order
    // It has no quantity of its own: it covers what the position is, or what it has closed.
    const closed = isZero(order.executedQty) ? leg.quantity : order.executedQty
    return { ...order, quantity: leg.status === 'PENDING' ? record.size : closed }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
