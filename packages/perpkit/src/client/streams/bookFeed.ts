import { ReadError } from '../../core/reader.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Level, OrderBook } from '../../model/market.ts'
import type { BookFeed, BookMessage } from '../definition.ts'
import { Audience, type FeedParts, toStreamed } from './audience.ts'
import { Book } from './book.ts'
import type { ItemQueue, Streamed } from './stream.ts'

export interface BookParts extends FeedParts {
  instrument: Instrument
  /** Best levels as the exchange has them now, to tell a quiet market from a dead connection. */
  look(depth: number): Promise<OrderBook>
}

/** How long a snapshot may take to come before it is asked for again. */
const SNAPSHOT_WITHIN_MS = 3_000
const SNAPSHOT_AGAIN_MS = 500
/** Diffs kept while a snapshot is on its way: minutes of the busiest market. */
const MAX_PENDING = 5_000
const LOOK_DEPTH = 5

/**
 * `waiting`: for a snapshot. `joining`: a snapshot that was read stands, no diff has followed yet.
 * `following`: by the rule.
 */
type Phase = 'waiting' | 'joining' | 'following'

/**
 * The book of one symbol, for all who watch it. It is handed out only while every change since its
 * snapshot is known to be in it.
 */
export class BookRunner {
  readonly #parts: BookParts
  readonly #feed: BookFeed
  readonly #audience: Audience<OrderBook>
  readonly #depths = new WeakMap<ItemQueue<Streamed<OrderBook>>, number>()
  readonly #book = new Book()
  #phase: Phase = 'waiting'
  #lastId = 0
  #timestamp = 0
  #receivedAt = 0
  #source: number | undefined
  #pending: BookMessage[] = []
  /** Whether snapshots are read: always, or because the stream began with a change. */
  #isRead: boolean
  /** From a subscription to its first message. */
  #isBeginning = false
  /** Counts the snapshots asked for: an answer to an older question is not heard. */
  #asked = 0
  #stopWaiting: (() => void) | undefined

  constructor(parts: BookParts, feed: BookFeed, onStop: () => void) {
    this.#parts = parts
    this.#feed = feed
    this.#isRead = feed.snapshot !== undefined
    this.#audience = new Audience(() => {
      this.#asked++
      this.#stopWaiting?.()
      parts.pool.remove(feed.topic)
      onStop()
    })
    parts.pool.add(feed.topic, {
      live: (source) => this.#live(source),
      lost: () => this.#lost(),
      message: (_, value, source) => this.#message(value, source),
      failed: (error) => this.#audience.fail(error),
      isBehind: () => this.#isBehind(),
    })
  }

  join(queue: ItemQueue<Streamed<OrderBook>>, depth: number): void {
    this.#audience.join(queue)
    this.#depths.set(queue, depth)
    queue.offer(() => this.#tell(queue))
  }

  close(): void {
    this.#audience.close()
  }

  #live(source: number): void {
    const isRenewed = this.#source !== undefined && this.#source !== source
    this.#source = source
    // Where the stream begins with diffs, those of the new connection follow those of the old.
    if (isRenewed && this.#feed.snapshot) return
    this.#isRead = this.#feed.snapshot !== undefined
    this.#resync()
    this.#isBeginning = true
  }

  #lost(): void {
    this.#source = undefined
    this.#asked++
    this.#stopWaiting?.()
    this.#unknown()
  }

  /** What stands is not known to be true any more. */
  #unknown(): void {
    this.#phase = 'waiting'
    this.#pending = []
    this.#isBeginning = false
    if (this.#audience.status === 'LIVE') this.#audience.status = 'RESYNCING'
  }

  /** Waits for the snapshot that is under way, or asks for one. */
  #resync(): void {
    this.#unknown()
    const asked = ++this.#asked
    this.#stopWaiting?.()
    if (this.#isRead) {
      void this.#readSnapshot(asked)
      return
    }
    this.#stopWaiting = this.#parts.clock.after(SNAPSHOT_WITHIN_MS, () => this.#missSnapshot())
  }

  /** None was streamed. */
  #missSnapshot(): void {
    if (!this.#feed.seed) {
      this.#again()
      return
    }
    this.#isRead = true
    this.#resync()
  }

  #again(): void {
    if (this.#source !== undefined) this.#parts.pool.refresh(this.#feed.topic)
  }

  #gap(message: BookMessage, why: string): void {
    const { logger, instrument } = this.#parts
    logger.info({ symbol: instrument.symbol, why }, 'an order book is resynchronised')
    this.#resync()
    if (!this.#isRead) this.#again()
    else if (message.kind === 'diff') this.#pending.push(message)
  }

  async #readSnapshot(asked: number): Promise<void> {
    try {
      const { snapshot: always, seed = always } = this.#feed
      const snapshot = await seed?.(this.#parts.call('watchOrderBook'))
      if (asked === this.#asked && snapshot) this.#begin(snapshot)
    } catch (error) {
      if (asked !== this.#asked) return
      if (PerpkitError.is(error) && FINAL.has(error.code)) return this.#audience.fail(error)
      this.#stopWaiting = this.#parts.clock.after(
        SNAPSHOT_AGAIN_MS,
        () => void this.#readSnapshot(asked),
      )
    }
  }

  /** A snapshot that was read, and what has come since it was asked for. */
  #begin(snapshot: BookMessage): void {
    const pending = this.#pending
    this.#pending = []
    if (!this.#replace(snapshot)) {
      this.#readAgain(pending)
      return
    }
    this.#phase = 'joining'
    for (const [index, diff] of pending.entries()) {
      if (this.#step(diff) !== 'gap' && !this.#book.isCrossed) continue
      // It was older than all that came: what came is kept for the next one.
      this.#readAgain(pending.slice(index))
      return
    }
    this.#tellAll()
  }

  #readAgain(pending: BookMessage[]): void {
    this.#unknown()
    this.#pending = pending
    const asked = ++this.#asked
    this.#stopWaiting?.()
    this.#stopWaiting = this.#parts.clock.after(
      SNAPSHOT_AGAIN_MS,
      () => void this.#readSnapshot(asked),
    )
  }

  #message(value: unknown, source: number): void {
    if (this.#source === undefined) return
    if (source !== this.#source && !this.#feed.snapshot) return
    let message: BookMessage | undefined
    try {
      message = this.#feed.decode(value)
      if (message) this.#take(message)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      // What it changed is not known.
      this.#resync()
      if (!this.#isRead) this.#again()
    }
  }

  #take(message: BookMessage): void {
    if (message.kind === 'snapshot') {
      this.#takeSnapshot(message)
      return
    }
    if (this.#phase === 'waiting') {
      if (this.#isBeginning && this.#feed.seed) this.#missSnapshot()
      // Without a snapshot to read, diffs before the streamed one mean nothing.
      if (!this.#isRead) return
      this.#pending.push(message)
      if (this.#pending.length > MAX_PENDING) this.#pending.shift()
      return
    }
    const step = this.#step(message)
    if (step === 'stale') return
    const wrong = this.#wrongAfter(step, message)
    if (wrong === undefined) this.#tellAll()
    else this.#gap(message, wrong)
  }

  /** A streamed one: worth more than one that is being read. */
  #takeSnapshot(snapshot: BookMessage): void {
    if (this.#pending.length > 0) {
      // It was overtaken by what follows it.
      this.#asked++
      this.#stopWaiting?.()
      this.#begin(snapshot)
      return
    }
    if (!this.#replace(snapshot)) {
      this.#gap(snapshot, 'the snapshot is crossed')
      return
    }
    this.#asked++
    this.#stopWaiting?.()
    this.#isBeginning = false
    this.#phase = 'following'
    this.#tellAll()
  }

  #wrongAfter(step: 'next' | 'gap', message: BookMessage): string | undefined {
    if (step === 'gap') return 'a message is missing'
    if (this.#book.isCrossed) return 'the book is crossed'
    return this.#isVerified(message) ? undefined : 'the checksum differs'
  }

  #step(diff: BookMessage): 'next' | 'stale' | 'gap' {
    const { rule, maxDepth } = this.#feed
    const isJoining = this.#phase === 'joining' && rule.joins !== undefined
    const step = isJoining ? rule.joins?.(this.#lastId, diff) : rule.follows(this.#lastId, diff)
    if (step !== 'next') return step ?? 'gap'
    this.#book.apply(diff.bids, diff.asks)
    if (maxDepth !== undefined) this.#book.trim(maxDepth)
    this.#phase = 'following'
    this.#note(diff)
    return 'next'
  }

  #replace(snapshot: BookMessage): boolean {
    this.#book.replace(snapshot.bids, snapshot.asks)
    this.#note(snapshot)
    return !this.#book.isCrossed && this.#isVerified(snapshot)
  }

  #note({ last, timestamp }: BookMessage): void {
    this.#lastId = last
    this.#timestamp = timestamp
    this.#receivedAt = this.#parts.clock.now()
  }

  #isVerified({ checksum }: BookMessage): boolean {
    const { checksum: of } = this.#feed
    if (!of || checksum === undefined) return true
    const { bids, asks } = this.#book.raw(CHECKSUM_DEPTH)
    return of(bids, asks) === checksum
  }

  #tellAll(): void {
    this.#audience.status = 'LIVE'
    this.#audience.offer((queue) => this.#tell(queue))
  }

  #tell(queue: ItemQueue<Streamed<OrderBook>>): Streamed<OrderBook> | undefined {
    if (this.#audience.status !== 'LIVE') return undefined
    const depth = this.#depths.get(queue) ?? LOOK_DEPTH
    const { symbol, nativeSymbol } = this.#parts.instrument
    const book: OrderBook = {
      symbol,
      nativeSymbol,
      bids: this.#book.bids(depth),
      asks: this.#book.asks(depth),
      timestamp: this.#timestamp,
    }
    return toStreamed(book, this.#timestamp, this.#receivedAt)
  }

  async #isBehind(): Promise<boolean> {
    const { bids, asks } = await this.#parts.look(LOOK_DEPTH)
    // Some exchanges always answer with the whole book.
    const differs = (ours: Level[], theirs: readonly Level[]): boolean =>
      JSON.stringify(ours) !== JSON.stringify(theirs.slice(0, LOOK_DEPTH))
    return differs(this.#book.bids(LOOK_DEPTH), bids) || differs(this.#book.asks(LOOK_DEPTH), asks)
  }
}

/** The most levels a side that any exchange's checksum covers. */
const CHECKSUM_DEPTH = 25
/** Asking again would not help. */
const FINAL: ReadonlySet<string> = new Set(['UNKNOWN_SYMBOL', 'CLOSED', 'PERMISSION_DENIED'])
