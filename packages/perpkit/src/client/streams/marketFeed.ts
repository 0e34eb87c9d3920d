import { sleep } from '../../core/clock.ts'
import { ReadError } from '../../core/reader.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { MarketDecoder, MarketFeed, Topic } from '../definition.ts'
import { Audience, type FeedParts, toStreamed } from './audience.ts'
import type { ItemQueue, Streamed } from './stream.ts'

export interface MarketItem {
  timestamp: number
  raw?: unknown
}

/** How the items of one kind are handed on. */
export interface MarketRules<Item> {
  /** Whether the newest alone waits to be taken, or all of them. */
  readonly keeps: 'newest' | 'all'
  /** Whether both connections of a renewal are heard: where items tell which came before. */
  readonly hearsBoth: boolean
  /** `false` for what was told already, or is older than what was told. */
  isNews(item: Item, last: Item | undefined): boolean
  /** Whether an item says all that the waiting one before it said. */
  replaces?(last: Item, item: Item): boolean
  /** Whether the exchange has news; `heardAt` is exchange time. */
  isBehind(last: Item | undefined, heardAt: number): Promise<boolean>
  /** What was told after `last` to those who listened. Absent where the newest says it all. */
  missed?(last: Item): Promise<Missed<Item>>
}

export interface Missed<Item> {
  /** Ascending. */
  items: readonly Item[]
  /** Whether it reaches back to what was heard last. */
  isWhole: boolean
}

interface Heard {
  name: string
  value: unknown
}

/** How often what was missed is asked for, and how much may come meanwhile. */
const MISSED_TRIES = 3
const MISSED_AGAIN_MS = 1_000
const MAX_PENDING = 10_000

/** Tickers, trades or candles of one symbol, for all who watch them. */
export class MarketRunner<Item extends MarketItem> {
  readonly #parts: FeedParts
  readonly #feed: MarketFeed<Item>
  readonly #rules: MarketRules<Item>
  readonly #audience: Audience<Item>
  /** The connection each topic is heard on, while it is. */
  readonly #sources = new Map<string, number>()
  #decode: MarketDecoder<Item>
  #last: Streamed<Item> | undefined
  #heardAt: number
  /** Held back while what was missed is read. */
  #pending: Heard[] | undefined
  /** Counts the readings of what was missed: an answer to an older one is not heard. */
  #reading = 0
  #isAfterGap = false

  constructor(
    parts: FeedParts,
    feed: MarketFeed<Item>,
    rules: MarketRules<Item>,
    onStop: () => void,
  ) {
    this.#parts = parts
    this.#feed = feed
    this.#rules = rules
    this.#decode = feed.start()
    this.#heardAt = parts.clock.now()
    this.#audience = new Audience(() => {
      this.#reading++
      for (const topic of feed.topics) parts.pool.remove(topic)
      onStop()
    })
    for (const topic of feed.topics) this.#listen(topic)
  }

  join(queue: ItemQueue<Streamed<Item>>): void {
    this.#audience.join(queue)
    if (this.#rules.keeps === 'newest') queue.offer(this.#tell)
  }

  close(): void {
    this.#audience.close()
  }

  readonly #tell = (): Streamed<Item> | undefined =>
    this.#audience.status === 'LIVE' ? this.#last : undefined

  #listen(topic: Topic): void {
    this.#parts.pool.add(topic, {
      live: (source) => {
        // What a decoder has gathered belongs to the connection it came from.
        if (!this.#rules.hearsBoth) this.#forget(topic)
        this.#sources.set(topic.name, source)
        this.#heardAt = this.#parts.clock.now()
        if (this.#sources.size === this.#feed.topics.length) this.#complete()
      },
      lost: () => {
        this.#sources.delete(topic.name)
        this.#forget(topic)
        this.#reading++
        this.#pending = undefined
        if (this.#audience.status === 'LIVE') this.#audience.status = 'RESYNCING'
      },
      message: (name, value, source) => {
        const wanted = this.#sources.get(name)
        if (wanted === undefined || (wanted !== source && !this.#rules.hearsBoth)) return
        if (this.#pending) this.#hold(this.#pending, { name, value })
        else this.#take(name, value)
      },
      failed: (error) => this.#audience.fail(error),
      isBehind: () => this.#isBehind(topic),
    })
  }

  /** All topics are heard: after a loss what was missed comes first. */
  #complete(): void {
    const last = this.#last
    if (this.#audience.status !== 'RESYNCING' || !last || !this.#rules.missed) {
      this.#audience.status = 'LIVE'
      return
    }
    this.#pending = []
    void this.#readMissed(last, ++this.#reading)
  }

  async #readMissed(last: Item, reading: number): Promise<void> {
    const { clock, logger } = this.#parts
    let missed: Missed<Item> | undefined
    for (let tries = 0; !missed && tries < MISSED_TRIES; tries++) {
      if (tries > 0) await sleep(clock, MISSED_AGAIN_MS)
      if (reading !== this.#reading) return
      missed = await this.#rules.missed?.(last).catch((error: unknown) => {
        if (PerpkitError.is(error)) return undefined
        throw error
      })
    }
    if (reading !== this.#reading) return
    if (!missed?.isWhole) {
      logger.warn({ topic: this.#feed.topics[0]?.name }, 'what a stream missed cannot be read')
    }
    this.#goOn(missed?.items ?? [], missed?.isWhole ?? false)
  }

  #goOn(missed: readonly Item[], isWhole: boolean): void {
    const pending = this.#pending ?? []
    this.#pending = undefined
    this.#isAfterGap = !isWhole
    const receivedAt = this.#parts.clock.now()
    for (const item of missed) this.#tellNews(item, receivedAt, true)
    for (const { name, value } of pending) this.#take(name, value)
    this.#audience.status = 'LIVE'
  }

  #hold(pending: Heard[], heard: Heard): void {
    pending.push(heard)
    if (pending.length <= MAX_PENDING) return
    this.#reading++
    this.#goOn([], false)
  }

  #forget({ name }: Topic): void {
    if (this.#decode.forget) this.#decode.forget(name)
    else this.#decode = this.#feed.start()
  }

  #take(name: string, value: unknown): void {
    const receivedAt = this.#parts.clock.now()
    this.#heardAt = receivedAt
    let items: Item[]
    try {
      items = this.#decode(name, value, receivedAt)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      this.#parts.logger.warn(
        { topic: name, expected: error.message },
        'a message was not understood',
      )
      return
    }
    for (const item of items) this.#tellNews(item, receivedAt)
  }

  #tellNews(item: Item, receivedAt: number, isRecovered = false): void {
    const { keeps, replaces, isNews } = this.#rules
    if (!isNews(item, this.#last)) return
    const streamed = toStreamed(item, item.timestamp, receivedAt, isRecovered)
    if (this.#isAfterGap) streamed.afterGap = true
    this.#isAfterGap = false
    this.#last = streamed
    if (keeps === 'newest') this.#audience.offer(this.#tell)
    else this.#audience.push(streamed, replaces && ((last) => replaces(last, streamed)))
  }

  async #isBehind(topic: Topic): Promise<boolean> {
    if (this.#feed.isBehind) {
      return this.#feed.isBehind(this.#parts.call('watch'), topic, this.#last)
    }
    const heardAt = this.#heardAt + (await this.#parts.now()) - this.#parts.clock.now()
    return this.#rules.isBehind(this.#last, heardAt)
  }
}
