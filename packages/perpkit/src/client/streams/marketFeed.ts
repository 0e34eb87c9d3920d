import { ReadError } from '../../core/reader.ts'
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
}

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
        if (!this.#rules.hearsBoth) this.#decode = this.#feed.start()
        this.#sources.set(topic.name, source)
        this.#heardAt = this.#parts.clock.now()
        if (this.#sources.size === this.#feed.topics.length) this.#audience.status = 'LIVE'
      },
      lost: () => {
        this.#sources.delete(topic.name)
        this.#decode = this.#feed.start()
        if (this.#audience.status === 'LIVE') this.#audience.status = 'RESYNCING'
      },
      message: (name, value, source) => {
        const wanted = this.#sources.get(name)
        if (wanted === undefined || (wanted !== source && !this.#rules.hearsBoth)) return
        this.#take(name, value)
      },
      failed: (error) => this.#audience.fail(error),
      isBehind: () => this.#isBehind(),
    })
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
    for (const item of items) {
      if (!this.#rules.isNews(item, this.#last)) continue
      const streamed = toStreamed(item, item.timestamp, receivedAt)
      this.#last = streamed
      const { keeps, replaces } = this.#rules
      if (keeps === 'newest') this.#audience.offer(this.#tell)
      else this.#audience.push(streamed, replaces && ((last) => replaces(last, streamed)))
    }
  }

  async #isBehind(): Promise<boolean> {
    const heardAt = this.#heardAt + (await this.#parts.now()) - this.#parts.clock.now()
    return this.#rules.isBehind(this.#last, heardAt)
  }
}
