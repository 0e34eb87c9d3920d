import type { OrderBook } from 'perpkit'
import type { Engine } from '../../../packages/perpkit/src/simulator/engine/types.ts'

interface State {
  from: number
  until: number
  text: string
}

/** A book may be told as late as this: longer than any way of a frame and any pause between two. */
const LATEST_MS = 2_000
const BEST_LEVELS = 5

/**
 * All states a venue's book has been in. A book that was handed out is right when its levels are
 * exactly those of a state the venue's book was in at the item's own timestamp, and when that state
 * had not ended more than two seconds before it was handed out.
 */
export class BookTruth {
  readonly #symbol: string
  readonly #depth: number
  readonly #states: State[] = []
  #sequence: number | undefined
  #best = ''

  constructor(symbol: string, depth: number) {
    this.#symbol = symbol
    this.#depth = depth
  }

  /** Its best levels: who looks whether a market is quiet looks at these. */
  get best(): string {
    return this.#best
  }

  /** To be called whenever it may have changed. */
  note(engine: Engine): void {
    const now = engine.now()
    const { sequence } = engine.depth(this.#symbol, 1)
    const last = this.#states.at(-1)
    if (last) last.until = now
    if (sequence === this.#sequence) return
    this.#sequence = sequence
    this.#states.push({ from: now, until: now, text: this.#textOf(engine, this.#depth) })
    this.#best = this.#textOf(engine, BEST_LEVELS)
  }

  /** What is wrong with a book that is handed out at `now`; `undefined`: nothing. */
  faultOf({ bids, asks, timestamp }: OrderBook, now: number): string | undefined {
    const text = JSON.stringify([bids, asks])
    const same = this.#states.filter((state) => state.text === text)
    const newest = same.at(-1)
    if (!newest) return 'the venue never had this book'
    if (!same.some(({ from, until }) => from <= timestamp && timestamp <= until)) {
      return `the venue had this book ${newest.from - timestamp} ms after the time it bears`
    }
    const late = now - newest.until
    return late > LATEST_MS ? `the venue had this book ${late} ms ago` : undefined
  }

  /** Whether the venue has this book now. */
  isCurrent({ bids, asks }: OrderBook): boolean {
    return this.#states.at(-1)?.text === JSON.stringify([bids, asks])
  }

  #textOf(engine: Engine, depth: number): string {
    const { bids, asks } = engine.depth(this.#symbol, depth)
    return JSON.stringify([bids, asks])
  }
}
