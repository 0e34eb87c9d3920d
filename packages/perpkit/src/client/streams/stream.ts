import { PerpkitError } from '../../model/errors.ts'
import type { ExchangeName } from '../../model/tokens.ts'

/**
 * `CONNECTING` until the first word; `LIVE` while everything arrives; `RESYNCING` from the moment
 * something is known to be missing until it has been made good; `CLOSED` at the end.
 */
export type StreamStatus = 'CONNECTING' | 'LIVE' | 'RESYNCING' | 'CLOSED'

/** Items as they come, until it is closed or left. One consumer at a time. */
export interface Stream<Item> extends AsyncIterableIterator<Item, undefined> {
  readonly status: StreamStatus
  close(): void
}

export interface StreamOptions {
  /** Closes the stream; a waiting `next()` rejects with the signal's reason. */
  signal?: AbortSignal
}

/** Items as streams hand them out. */
export type Streamed<Item> = Item & {
  /** The event's own time at the exchange; of a candle the start of its interval. */
  timestamp: number
  /** When it arrived here, by our clock. */
  receivedAt: number
  /** It was missed while the connection was away, and has been read since. */
  recovered?: true
  /** Something before it was missed and cannot be read any more. */
  afterGap?: true
}

interface Waiter<Item> {
  resolve(result: IteratorResult<Item, undefined>): void
  reject(error: unknown): void
}

export interface QueueOptions extends StreamOptions {
  exchange: ExchangeName
  /** The method, for errors. */
  action: string
  /** How many items may wait; more end the stream with an error. Absent: the newest alone waits. */
  bound?: number
}

/** What fills a queue. */
export interface QueueSource {
  readonly status: StreamStatus
  /** The queue has ended. */
  leave(): void
}

/** The bounded queue behind one stream. */
export class ItemQueue<Item> implements Stream<Item> {
  readonly #options: QueueOptions
  /** Told when taken, so that what is handed out is of that moment. */
  #newest: (() => Item | undefined) | undefined
  #items: Item[] = []
  #taken = 0
  readonly #waiters: Waiter<Item>[] = []
  #source: QueueSource | undefined
  #end: { error: unknown } | 'done' | undefined

  constructor(options: QueueOptions) {
    this.#options = options
    const { signal } = options
    if (signal?.aborted) this.fail(signal.reason)
    else signal?.addEventListener('abort', this.#abort, { once: true })
  }

  get status(): StreamStatus {
    return this.#end ? 'CLOSED' : (this.#source?.status ?? 'CONNECTING')
  }

  /** Where its items come from; known after it was handed out. */
  attach(source: QueueSource): void {
    this.#source = source
    if (this.#end) source.leave()
  }

  /**
   * Adds an item that must not be lost; one over the bound ends the stream. Where `replaces` says
   * so, it takes the place of the one that came before it.
   */
  push(item: Item, replaces?: (last: Item) => boolean): void {
    if (this.#end) return
    const waiter = this.#waiters.shift()
    if (waiter) {
      waiter.resolve({ value: item, done: false })
      return
    }
    const last = this.#taken < this.#items.length ? this.#items.at(-1) : undefined
    if (last !== undefined && replaces?.(last)) this.#items.pop()
    const { bound = Number.POSITIVE_INFINITY } = this.#options
    if (this.#items.length - this.#taken >= bound) {
      this.#overflow(bound)
      return
    }
    this.#items.push(item)
  }

  /** Puts the newest in the place of what was not taken yet. `tell` may find nothing to tell. */
  offer(tell: () => Item | undefined): void {
    if (this.#end) return
    this.#newest = tell
    const [waiter] = this.#waiters
    if (!waiter) return
    const item = this.#takeNewest()
    if (item === undefined) return
    this.#waiters.shift()
    waiter.resolve({ value: item, done: false })
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const end = this.#end
    if (end === 'done') return Promise.resolve({ value: undefined, done: true })
    if (end) {
      // Told once; afterwards the stream is simply over.
      this.#end = 'done'
      return Promise.reject(end.error)
    }
    const item = this.#takeItem() ?? this.#takeNewest()
    if (item !== undefined) return Promise.resolve({ value: item, done: false })
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }))
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    this.close()
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  close(): void {
    if (this.#end) return
    this.#finish('done')
    for (const waiter of this.#waiters.splice(0)) waiter.resolve({ value: undefined, done: true })
  }

  /** Ends the stream: the waiting `next()`, or the following one, rejects. */
  fail(error: unknown): void {
    if (this.#end) return
    const [first, ...others] = this.#waiters.splice(0)
    this.#finish(first ? 'done' : { error })
    first?.reject(error)
    for (const waiter of others) waiter.resolve({ value: undefined, done: true })
  }

  #finish(end: { error: unknown } | 'done'): void {
    this.#end = end
    this.#items = []
    this.#newest = undefined
    this.#options.signal?.removeEventListener('abort', this.#abort)
    this.#source?.leave()
  }

  #takeItem(): Item | undefined {
    const item = this.#items[this.#taken]
    if (item === undefined) return undefined
    this.#taken++
    // Moved rarely, so that taking from a long queue stays cheap.
    if (this.#taken > 512 && this.#taken * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#taken)
      this.#taken = 0
    }
    return item
  }

  #takeNewest(): Item | undefined {
    const item = this.#newest?.()
    if (item !== undefined) this.#newest = undefined
    return item
  }

  #overflow(bound: number): void {
    const { exchange, action } = this.#options
    this.fail(
      new PerpkitError(
        `${exchange} ${action}: ${bound} items wait to be taken and another has come; none may be dropped, so the stream has ended`,
        { code: 'STREAM_OVERFLOW', exchange, action },
      ),
    )
  }

  readonly #abort = (): void => this.fail(this.#options.signal?.reason)
}
