import type { Clock } from '../../core/clock.ts'
import { withRaw } from '../../model/raw.ts'
import type { Call } from '../definition.ts'
import type { Logger } from '../logger.ts'
import type { Pool } from './pool.ts'
import type { ItemQueue, Streamed, StreamStatus } from './stream.ts'

/** What every feed is given. */
export interface FeedParts {
  pool: Pool
  clock: Clock
  logger: Logger
  call(action: string): Call
  /** Exchange time; asks when it is not known. */
  now(): Promise<number>
}

/** The streams that one feed fills: it runs from the first of them to the last. */
export class Audience<Item extends object> {
  status: StreamStatus = 'CONNECTING'
  readonly #queues = new Set<ItemQueue<Streamed<Item>>>()
  readonly #onEmpty: () => void

  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty
  }

  join(queue: ItemQueue<Streamed<Item>>): void {
    this.#queues.add(queue)
    const statusOf = (): StreamStatus => this.status
    queue.attach({
      get status() {
        return statusOf()
      },
      leave: () => {
        if (this.#queues.delete(queue) && this.isEmpty) this.#onEmpty()
      },
    })
  }

  get isEmpty(): boolean {
    return this.#queues.size === 0
  }

  push(item: Streamed<Item>, replaces?: (last: Streamed<Item>) => boolean): void {
    for (const queue of [...this.#queues]) queue.push(item, replaces)
  }

  /** The newest, told when it is taken. */
  offer(tell: (queue: ItemQueue<Streamed<Item>>) => Streamed<Item> | undefined): void {
    for (const queue of [...this.#queues]) queue.offer(() => tell(queue))
  }

  fail(error: unknown): void {
    for (const queue of [...this.#queues]) queue.fail(error)
  }

  close(): void {
    for (const queue of [...this.#queues]) queue.close()
  }
}

/** An item as streams hand it out, with the `raw` it came with. */
export function toStreamed<Item extends { raw?: unknown }>(
  item: Item,
  timestamp: number,
  receivedAt: number,
  isRecovered = false,
): Streamed<Item> {
  const streamed = { ...item, timestamp, receivedAt }
  return withRaw(isRecovered ? { ...streamed, recovered: true as const } : streamed, item.raw)
}
