import type { Clock } from '../../../core/clock.ts'
import { PerpkitError, ProtectionError } from '../../../model/errors.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { PositionSide } from '../../../model/tokens.ts'
import type { Logger } from '../../logger.ts'
import type { Stream } from '../../streams/stream.ts'
import type { Streams } from '../../streams/streams.ts'
import { Timers } from '../../streams/timers.ts'
import type { ManagedOrders } from './managed.ts'
import type { ManagedRecord } from './managedRecord.ts'

/** A managed order as its supervisor has it. */
export interface Guarded extends ManagedOrders {
  readonly positionSide: PositionSide
  readonly record: ManagedRecord
  readonly isOver: boolean
  /** When it was last begun to bring it to where it should be, by our clock. */
  readonly lookedAt: number
  isSupervised: boolean
  /** Something of its symbol has happened. */
  wake(): void
  /** An order of its symbol as a stream has told it. */
  hear(order: FuturesOrder): void
  /** One run; how long until the next one is due, where something is under way. */
  supervise(): Promise<{ do: 'settled' } | { do: 'wait'; ms: number }>
  /** Does nothing until it is told to go on. */
  pause(): Promise<void>
  resume(): void
  /** Another object takes its place: its legs are that one's now. */
  supersede(): Promise<void>
  /** Ends watching; the orders stay. */
  leave(): void
}

/** How often it is asked whether a look is due. */
const TICK_MS = 500
/** Between two looks at what nothing tells of. */
const ALONE_MS = 2_000
/** Between two looks that confirm what streams tell. */
const CONFIRM_MS = 15_000
/** Until what could not be covered is tried again for the first time. */
const URGENT_MS = 500
const URGENT_TRIES = 3
/** Between two tries to change a stop, at most. */
const OFF_PLAN_MS = 5_000
/** Until streams that have ended are opened again. */
const REOPEN_MS = 30_000
const METHODS = ['watchFills', 'watchPositions'] as const
/** What is under way is waited for ever longer, up to this many times its first pause. */
const LONGEST_WAIT = 8

export interface GuardParts {
  clock: Clock
  logger: Logger
  /** Absent where there are none. */
  streams: Streams | undefined
}

/** The managed orders of one exchange object: private streams wake them, a slow timer confirms. */
export class Guard {
  readonly #parts: GuardParts
  readonly #timers: Timers
  readonly #charges = new Map<string, Charge>()
  #streams: Stream<{ symbol: string }>[] = []
  #wereLive = false
  #isTicking = false
  #isReopening = false
  #isOver = false

  constructor(parts: GuardParts) {
    this.#parts = parts
    this.#timers = new Timers(parts.clock)
  }

  /** The one that is in charge of this side of the symbol. */
  find(symbol: string, positionSide: PositionSide): Guarded | undefined {
    const charge = this.#charges.get(keyOf({ symbol, positionSide }))
    return charge && !charge.object.isOver ? charge.object : undefined
  }

  all(): Guarded[] {
    return [...this.#charges.values()].map(({ object }) => object).filter(({ isOver }) => !isOver)
  }

  /** Puts it in charge of its side; another one that was is left alone. */
  take(object: Guarded, { supervise }: { supervise: boolean }): void {
    const key = keyOf(object)
    this.#charges.get(key)?.stop()
    const charge = new Charge(object, this.#parts)
    this.#charges.set(key, charge)
    if (!supervise || this.#isOver) return
    object.isSupervised = true
    this.#watch()
    this.#tick()
    charge.run()
  }

  /** Ends supervision; orders stay at the exchange. */
  close(): void {
    this.#isOver = true
    this.#timers.cancelAll()
    for (const { object } of this.#charges.values()) object.leave()
    for (const charge of this.#charges.values()) charge.stop()
    this.#closeStreams()
  }

  #supervised(): Charge[] {
    return [...this.#charges.values()].filter(({ object }) => object.isSupervised && !object.isOver)
  }

  #watch(): void {
    const { streams } = this.#parts
    if (!streams || this.#streams.length > 0 || this.#isReopening) return
    const orders = streams.watchUser('watchOrders', {})
    const others = METHODS.map((method) => streams.watchUser(method, {}))
    this.#streams = [orders, ...others]
    void this.#listen(orders, (object, order) => object.hear(order))
    for (const stream of others) void this.#listen<{ symbol: string }>(stream)
  }

  async #listen<Item extends { symbol: string }>(
    stream: Stream<Item>,
    hear: (object: Guarded, item: Item) => void = () => undefined,
  ): Promise<void> {
    try {
      for await (const item of stream) {
        for (const charge of this.#supervised()) {
          if (charge.object.symbol !== item.symbol) continue
          charge.object.wake()
          hear(charge.object, item)
          charge.run()
        }
      }
    } catch (error) {
      this.#parts.logger.warn(
        { error: PerpkitError.is(error) ? error.code : String(error) },
        'a private stream has ended; managed orders are looked at by timer until it is back',
      )
    }
    this.#lost(stream)
  }

  /** One that ends takes the others along: they are opened again together. */
  #lost(stream: Stream<{ symbol: string }>): void {
    if (this.#isOver || !this.#streams.includes(stream)) return
    this.#closeStreams()
    this.#isReopening = true
    this.#timers.after(REOPEN_MS, () => {
      this.#isReopening = false
      if (this.#supervised().length > 0) this.#watch()
    })
  }

  #closeStreams(): void {
    const streams = this.#streams
    this.#streams = []
    for (const stream of streams) stream.close()
  }

  /** Looks at the time; what is due is run. */
  #tick(): void {
    if (this.#isTicking) return
    this.#isTicking = true
    this.#timers.after(TICK_MS, () => {
      this.#isTicking = false
      const charges = this.#supervised()
      if (charges.length === 0) return this.#closeStreams()
      const areLive =
        this.#streams.length > 0 && this.#streams.every(({ status }) => status === 'LIVE')
      const isBack = areLive && !this.#wereLive
      this.#wereLive = areLive
      const now = this.#parts.clock.now()
      for (const charge of charges) {
        const waitMs = Math.min(charge.retryMs, areLive ? CONFIRM_MS : ALONE_MS)
        if (isBack || now - charge.object.lookedAt >= waitMs) charge.run()
      }
      this.#tick()
    })
  }
}

/** One managed order under supervision: one run at a time, and one more for all that wakes it meanwhile. */
class Charge {
  readonly object: Guarded
  readonly #parts: GuardParts
  #isRunning = false
  #isDue = false
  #failures = 0
  /** Whether the last failure was about the stop. */
  #isOffPlan = false
  /** How often in a row it had to wait. */
  #waits = 0
  #cancelTimer: (() => void) | undefined
  #isStopped = false

  constructor(object: Guarded, parts: GuardParts) {
    this.object = object
    this.#parts = parts
  }

  /**
   * When to try again what has failed: soon while something is not covered or could not be looked at,
   * which is as if no stream told of it; changes of a stop that stands ever later.
   */
  get retryMs(): number {
    if (this.#failures === 0) return CONFIRM_MS
    const isBlind = !this.#isOffPlan || this.object.status === 'UNPROTECTED'
    return isBlind ? ALONE_MS : Math.min(OFF_PLAN_MS, ALONE_MS * 2 ** (this.#failures - 1))
  }

  run(): void {
    this.#isDue = true
    if (this.#isRunning || this.#isStopped) return
    this.#isRunning = true
    this.#cancelTimer?.()
    void this.#runs().finally(() => {
      this.#isRunning = false
    })
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelTimer?.()
  }

  async #runs(): Promise<void> {
    while (this.#isDue && !this.#isStopped && !this.object.isOver) {
      this.#isDue = false
      try {
        const rest = await this.object.supervise()
        this.#failures = 0
        this.#waits = rest.do === 'wait' ? this.#waits + 1 : 0
        if (rest.do === 'wait') this.#again(rest.ms * this.#patience())
      } catch (error) {
        if (this.#isStopped) return
        this.#failures += 1
        this.#log(error)
        this.#isOffPlan = error instanceof ProtectionError
        // What is not covered does not wait for the timer that looks after all; nor does at first a
        // stop of the wrong size, which may be worth nothing.
        const isUrgent = this.#isOffPlan && this.#failures <= URGENT_TRIES
        if (isUrgent || this.object.status === 'UNPROTECTED') this.#again(this.#urgencyMs())
      }
    }
  }

  #urgencyMs(): number {
    return Math.min(ALONE_MS, URGENT_MS * 2 ** (this.#failures - 1))
  }

  /** A few looks in short order, then rarer ones. */
  #patience(): number {
    return Math.min(LONGEST_WAIT, 2 ** Math.max(0, this.#waits - 4))
  }

  #again(ms: number): void {
    if (this.#isStopped) return
    this.#cancelTimer?.()
    this.#cancelTimer = this.#parts.clock.after(ms, () => this.run())
  }

  #log(error: unknown): void {
    const { id, symbol, status } = this.object
    const { logger } = this.#parts
    const record = {
      id,
      symbol,
      status,
      error: error instanceof Error ? error.message : String(error),
    }
    const message = 'a managed order could not be brought to where it should be'
    if (status === 'UNPROTECTED') logger.error(record, message)
    else logger.warn(record, message)
  }
}

function keyOf({ symbol, positionSide }: { symbol: string; positionSide: PositionSide }): string {
  return `${symbol} ${positionSide}`
}
