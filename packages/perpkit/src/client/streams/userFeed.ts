import { ReadError } from '../../core/reader.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import { PerpkitError, RequestError } from '../../model/errors.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import type { StreamDefinition, Topic, UserEvent, UserFeed } from '../definition.ts'
import { Audience, type FeedParts, toStreamed } from './audience.ts'
import { Audit } from './audit.ts'
import { FollowUp, type FollowUpEvents } from './followUp.ts'
import { Patrol } from './patrol.ts'
import { type AccountQuestions, type AccountReading, readAccount } from './reconcile.ts'
import type { ItemQueue, Streamed, StreamStatus } from './stream.ts'
import { Timers } from './timers.ts'
import type { UserStore } from './userStore.ts'

/** What private streams tell, by the method that tells it. */
export interface UserItems {
  watchOrders: FuturesOrder
  watchFills: Fill
  watchPositions: FuturesPosition
  watchAccount: AccountInfo
}

export interface UserParts extends FeedParts, AccountQuestions {
  definition: Pick<StreamDefinition, 'user'>
}

const AGAIN_MS = 1_000
const AGAIN_AT_MOST_MS = 15_000
interface Heard {
  event: UserEvent
  receivedAt: number
}

/**
 * Everything private, for all who watch it. After each connection the account is read and compared:
 * what was missed is told then, before anything that came later.
 */
export class UserRunner {
  readonly #parts: UserParts
  readonly #store: UserStore
  readonly #audiences: { readonly [Method in keyof UserItems]: Audience<UserItems[Method]> }
  readonly #live = new Map<string, number>()
  /** Held back while the account is read. */
  #pending: Heard[] | undefined = []
  readonly #followUp: FollowUp
  readonly #audit: Audit
  readonly #patrol: Patrol
  readonly #timers: Timers
  #feed: UserFeed | undefined
  /** Counts readings: what an older one brings is not heard. */
  #reading = 0
  #isFirst = true
  readonly #startedAt: number
  /** Exchange time up to which nothing is missing. */
  #verifiedAt: number | undefined
  #isOver = false

  /** `store` outlives the runner: a fill that was told is never told again. */
  constructor(parts: UserParts, store: UserStore, onStop: () => void) {
    this.#parts = parts
    this.#store = store
    this.#startedAt = parts.clock.now()
    const audience = <Item extends object>(): Audience<Item> =>
      new Audience(() => {
        if (Object.values(this.#audiences).every(({ isEmpty }) => isEmpty)) this.#stop(onStop)
      })
    this.#audiences = {
      watchOrders: audience(),
      watchFills: audience(),
      watchPositions: audience(),
      watchAccount: audience(),
    }
    this.#followUp = new FollowUp(parts, this.#followUpEvents())
    this.#timers = new Timers(parts.clock)
    this.#audit = new Audit(this.#timers, {
      fillsMissing: (nativeSymbol) => this.#readFills(nativeSymbol),
      orderMissing: (nativeSymbol, orderId) => {
        const known = store.orderById(orderId)
        this.#followUp.readOrder({ nativeSymbol, orderId }, known, parts.clock.now())
      },
    })
    this.#patrol = new Patrol(parts, store, this.#timers, {
      isLive: () => !this.#isOver && !this.#pending,
      sinceAt: (at) => this.#sinceAt(at),
      verified: (at) => {
        this.#verifiedAt = at
      },
      missing: () => this.#reconcile(),
    })
    void this.#start()
  }

  join<Method extends keyof UserItems>(
    method: Method,
    queue: ItemQueue<Streamed<UserItems[Method]>>,
  ): void {
    const audience: Audience<UserItems[Method]> = this.#audiences[method]
    audience.join(queue)
    if (this.#isFirst) return
    const receivedAt = this.#parts.clock.now()
    for (const item of this.#current(method)) {
      queue.push(toStreamed<UserItems[Method]>(item, receivedAt, receivedAt))
    }
  }

  /** What a stream begins with: the state, where it tells of one. */
  #current<Method extends keyof UserItems>(method: Method): readonly UserItems[Method][] {
    const { account } = this.#store
    const known: { readonly [Each in keyof UserItems]: readonly UserItems[Each][] } = {
      watchOrders: [],
      watchFills: [],
      watchPositions: this.#store.positions(),
      watchAccount: account ? [account] : [],
    }
    return known[method]
  }

  close(): void {
    for (const audience of Object.values(this.#audiences)) audience.close()
  }

  /** What cannot be read now is found by the reconciliation. */
  #followUpEvents(): FollowUpEvents {
    const { clock } = this.#parts
    return {
      order: (order, timestamp) => this.#takeOrder(order, timestamp, clock.now()),
      positions: (nativeSymbol, positions, timestamp) => {
        const news = this.#store.takePositions(positions, nativeSymbol)
        this.#tellPositions(news, timestamp, clock.now())
      },
      fills: (fills) => {
        for (const fill of fills) this.#takeFill(fill, clock.now(), true)
      },
      account: (account, timestamp) => this.#takeAccount(account, timestamp, clock.now()),
      failed: () => {
        if (!this.#isOver && !this.#pending) this.#reconcile()
      },
    }
  }

  async #start(pauseMs = AGAIN_MS): Promise<void> {
    const { definition, call, catalogue } = this.#parts
    try {
      await catalogue.load()
      this.#feed = await definition.user(call('watchAccount'))
    } catch (error) {
      if (this.#isOver) return
      // As with what is read later: what the exchange cannot answer now it is asked again.
      const isLost = PerpkitError.is(error) && !FINAL.has(error.code)
      if (!isLost || error instanceof RequestError) return this.#fail(error)
      this.#timers.after(pauseMs, () => void this.#start(Math.min(AGAIN_AT_MOST_MS, pauseMs * 2)))
      return
    }
    if (this.#isOver) return
    for (const topic of this.#feed.topics) this.#listen(topic)
  }

  #stop(onStop: () => void): void {
    this.#isOver = true
    this.#timers.cancelAll()
    this.#reading++
    for (const topic of this.#feed?.topics ?? []) this.#parts.pool.remove(topic)
    onStop()
  }

  #fail(error: unknown): void {
    for (const audience of Object.values(this.#audiences)) audience.fail(error)
  }

  #setStatus(status: StreamStatus): void {
    for (const audience of Object.values(this.#audiences)) audience.status = status
  }

  #listen(topic: Topic): void {
    this.#parts.pool.add(topic, {
      live: (source) => {
        // In a renewal both connections are heard: nothing is missed.
        const isRenewed = this.#live.has(topic.name)
        this.#live.set(topic.name, source)
        if (!isRenewed && this.#live.size === this.#feed?.topics.length) this.#reconcile()
      },
      lost: () => {
        this.#live.delete(topic.name)
        this.#reading++
        this.#pending = []
        if (!this.#isFirst) this.#setStatus('RESYNCING')
      },
      message: (name, value) => this.#message(name, value),
      failed: (error) => this.#fail(error),
      isBehind: () => this.#patrol.isBehind(),
    })
  }

  #message(name: string, value: unknown): void {
    const { catalogue, clock, logger } = this.#parts
    const receivedAt = clock.now()
    let events: UserEvent[]
    try {
      events =
        this.#feed?.decode(name, value, {
          instruments: catalogue,
          receivedAt,
          orderById: (orderId) => this.#store.orderById(orderId),
          ordersByClientId: (clientOrderId) => this.#store.ordersByClientId(clientOrderId),
        }) ?? []
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      // What it told is asked for instead.
      logger.warn({ topic: name, expected: error.message }, 'a private message was not understood')
      if (!this.#pending) this.#reconcile()
      return
    }
    for (const event of events) {
      if (this.#pending) this.#pending.push({ event, receivedAt })
      else this.#take(event, receivedAt)
    }
  }

  /** Reads what may have been missed, until it has been read. */
  #reconcile(pauseMs = AGAIN_MS): void {
    const reading = ++this.#reading
    this.#pending ??= []
    if (!this.#isFirst) this.#setStatus('RESYNCING')
    void this.#read().then(
      ({ told, at, since }) => {
        if (reading === this.#reading) this.#takeReading(told, at, since)
      },
      (error: unknown) => {
        if (reading !== this.#reading || this.#isOver) return
        if (PerpkitError.is(error) && FINAL.has(error.code)) return this.#fail(error)
        this.#timers.after(pauseMs, () => {
          const next = Math.min(AGAIN_AT_MOST_MS, pauseMs * 2)
          if (reading === this.#reading && !this.#isOver) this.#reconcile(next)
        })
      },
    )
  }

  async #read(): Promise<{ told: AccountReading; at: number; since: number }> {
    const at = await this.#parts.now()
    const since = this.#sinceAt(at)
    return { told: await readAccount(this.#parts, this.#store, since), at, since }
  }

  /** From when on something may be missing, in exchange time; `at` is that of now. */
  #sinceAt(at: number): number {
    const startedAt = this.#startedAt + at - this.#parts.clock.now()
    return Math.max(startedAt, (this.#verifiedAt ?? startedAt) - SINCE_SLACK_MS)
  }

  #readFills(nativeSymbol: string): void {
    if (this.#pending) return
    this.#parts.now().then(
      (at) => this.#followUp.readFills(nativeSymbol, this.#sinceAt(at)),
      () => undefined,
    )
  }

  #takeReading(told: AccountReading, at: number, since: number): void {
    const isFirst = this.#isFirst
    this.#isFirst = false
    const receivedAt = this.#parts.clock.now()
    for (const order of [...told.endedOrders, ...told.openOrders]) {
      const news = this.#store.takeOrder(order)
      if (!news) continue
      // What had happened before anyone watched is no event.
      const isOld = isFirst && (order.updatedAt ?? order.createdAt ?? 0) < since
      if (isOld) this.#audit.excuse(news)
      else this.#tellOrder(news, order.updatedAt ?? at, receivedAt, true)
    }
    for (const fill of told.fills) this.#takeFill(fill, receivedAt, true)
    const positions = this.#store.takePositions(told.positions)
    const account = this.#store.takeAccount(told.account, at)
    if (isFirst) {
      this.#tellPositions(this.#current('watchPositions'), at, receivedAt)
      for (const each of this.#current('watchAccount')) {
        this.#tell('watchAccount', each, at, receivedAt)
      }
    } else {
      this.#tellPositions(positions, at, receivedAt, true)
      if (account) this.#tell('watchAccount', account, at, receivedAt, true)
    }
    this.#verifiedAt = at
    const pending = this.#pending ?? []
    this.#pending = undefined
    for (const heard of pending) this.#take(heard.event, heard.receivedAt)
    this.#setStatus('LIVE')
  }

  #take(event: UserEvent, receivedAt: number): void {
    const { timestamp } = event
    switch (event.kind) {
      case 'order':
        this.#takeOrder(event.order, timestamp, receivedAt)
        return
      case 'fill':
        this.#takeFill(event.fill, receivedAt)
        return
      case 'position': {
        const news = this.#store.takePosition(event, timestamp)
        if (news === 'unknown') this.#followUp.readPositions(event.nativeSymbol, timestamp)
        else this.#tellPositions(news, timestamp, receivedAt)
        return
      }
      case 'account':
        if (event.account) this.#takeAccount(event.account, timestamp, receivedAt)
        else this.#followUp.readAccount()
        return
      case 'positionChanged':
        this.#followUp.readPositions(event.nativeSymbol, timestamp)
        return
      case 'orderChanged':
        this.#followUp.readOrder(
          event,
          event.known ?? this.#store.orderById(event.orderId),
          timestamp,
        )
    }
  }

  #takeOrder(order: FuturesOrder, timestamp: number, receivedAt: number): void {
    const news = this.#store.takeOrder(order)
    if (news) this.#tellOrder(news, timestamp, receivedAt)
  }

  #tellOrder(
    order: FuturesOrder,
    timestamp: number,
    receivedAt: number,
    isRecovered = false,
  ): void {
    this.#audit.noteOrder(order)
    this.#tell('watchOrders', order, timestamp, receivedAt, isRecovered)
  }

  #takeFill(fill: Fill, receivedAt: number, isRecovered = false): void {
    if (!this.#store.takeFill(fill)) return
    this.#audit.noteFill({ ...fill, orderId: this.#store.ownerOf(fill) })
    this.#tell('watchFills', fill, fill.timestamp, receivedAt, isRecovered)
  }

  #takeAccount(account: AccountInfo, timestamp: number, receivedAt: number): void {
    const news = this.#store.takeAccount(account, timestamp)
    if (news) this.#tell('watchAccount', news, timestamp, receivedAt)
  }

  #tellPositions(
    news: readonly FuturesPosition[],
    timestamp: number,
    receivedAt: number,
    isRecovered = false,
  ): void {
    for (const position of news) {
      this.#tell('watchPositions', position, timestamp, receivedAt, isRecovered)
    }
  }

  #tell<Method extends keyof UserItems>(
    method: Method,
    item: UserItems[Method],
    timestamp: number,
    receivedAt: number,
    isRecovered = false,
  ): void {
    const audience: Audience<UserItems[Method]> = this.#audiences[method]
    audience.push(toStreamed<UserItems[Method]>(item, timestamp, receivedAt, isRecovered))
  }
}

/** How far events may lag behind what they tell. */
const SINCE_SLACK_MS = 10_000
const FINAL: ReadonlySet<string> = new Set(['INVALID_CREDENTIALS', 'PERMISSION_DENIED', 'CLOSED'])
