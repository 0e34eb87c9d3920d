import { type Decimal, toDecimal } from '../../core/decimal.ts'
import { ReadError } from '../../core/reader.ts'
import type { Level } from '../../model/market.ts'
import type { RawLevel } from '../definition.ts'

interface Entry {
  /** Sorts as the price does. */
  key: string
  price: Decimal
  quantity: Decimal
  raw: RawLevel
}

/** One side of a book, kept sorted. No price or quantity passes through a float. */
class BookSide {
  readonly #isBid: boolean
  readonly #byPrice = new Map<Decimal, Entry>()
  /** Best last, so that what changes most is moved least. */
  readonly #sorted: Entry[] = []

  constructor(isBid: boolean) {
    this.#isBid = isBid
  }

  get size(): number {
    return this.#sorted.length
  }

  get best(): Entry | undefined {
    return this.#sorted.at(-1)
  }

  set(raw: RawLevel): void {
    const price = plain(raw[0])
    const quantity = plain(raw[1])
    const known = this.#byPrice.get(price)
    if (quantity === '0') {
      if (known) this.#remove(known)
      return
    }
    if (known) {
      known.quantity = quantity
      known.raw = raw
      return
    }
    const entry = { key: sortKey(price), price, quantity, raw }
    this.#byPrice.set(price, entry)
    this.#sorted.splice(this.#placeOf(entry.key), 0, entry)
  }

  clear(): void {
    this.#byPrice.clear()
    this.#sorted.length = 0
  }

  trim(depth: number): void {
    const surplus = this.#sorted.length - depth
    if (surplus <= 0) return
    for (const { price } of this.#sorted.splice(0, surplus)) this.#byPrice.delete(price)
  }

  top(depth: number): Entry[] {
    return this.#sorted.slice(-depth).reverse()
  }

  #remove(entry: Entry): void {
    this.#byPrice.delete(entry.price)
    this.#sorted.splice(this.#placeOf(entry.key), 1)
  }

  /** Where a price stands, or would stand. */
  #placeOf(key: string): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = this.#sorted[middle]?.key ?? key
      const isWorse = this.#isBid ? there < key : there > key
      if (isWorse) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** An order book that is kept by changes. */
export class Book {
  readonly #bids = new BookSide(true)
  readonly #asks = new BookSide(false)

  /** Starts anew from a whole book. Throws `ReadError` for a level that is none. */
  replace(bids: readonly RawLevel[], asks: readonly RawLevel[]): void {
    this.clear()
    this.apply(bids, asks)
  }

  /** Quantities are absolute; zero removes, also what is not there. */
  apply(bids: readonly RawLevel[], asks: readonly RawLevel[]): void {
    for (const level of bids) this.#bids.set(level)
    for (const level of asks) this.#asks.set(level)
  }

  clear(): void {
    this.#bids.clear()
    this.#asks.clear()
  }

  /** Forgets what lies behind the best `depth` levels of a side. */
  trim(depth: number): void {
    this.#bids.trim(depth)
    this.#asks.trim(depth)
  }

  /** Whether someone would buy for more than someone sells for: no true book is so. */
  get isCrossed(): boolean {
    const bid = this.#bids.best
    const ask = this.#asks.best
    return bid !== undefined && ask !== undefined && bid.key >= ask.key
  }

  get size(): number {
    return this.#bids.size + this.#asks.size
  }

  bids(depth: number): Level[] {
    return this.#bids.top(depth).map(toLevel)
  }

  asks(depth: number): Level[] {
    return this.#asks.top(depth).map(toLevel)
  }

  /** As the wire wrote them, for checksums. */
  raw(depth: number): { bids: RawLevel[]; asks: RawLevel[] } {
    return {
      bids: this.#bids.top(depth).map((entry) => entry.raw),
      asks: this.#asks.top(depth).map((entry) => entry.raw),
    }
  }
}

function toLevel({ price, quantity }: Entry): Level {
  return [price, quantity]
}

const INTEGER_DIGITS = 16
const SIMPLE = /^(?:0|[1-9]\d*)(?:\.\d+)?$/

/** Canonical plain notation; nearly all of the wire is so but for trailing zeros. */
function plain(value: string | number): Decimal {
  if (typeof value === 'string' && SIMPLE.test(value)) {
    if (!value.includes('.')) return value
    let end = value.length
    while (value.charCodeAt(end - 1) === 48) end--
    if (value.charCodeAt(end - 1) === 46) end--
    return end === value.length ? value : value.slice(0, end)
  }
  const decimal = toDecimal(value)
  if (decimal === undefined || decimal.startsWith('-')) {
    throw new ReadError('level', 'a decimal of at least zero', value)
  }
  return decimal
}

/** Padded in front, plain decimals sort as texts. */
function sortKey(price: Decimal): string {
  const point = price.indexOf('.')
  const digits = point === -1 ? price.length : point
  return digits >= INTEGER_DIGITS ? price : '0'.repeat(INTEGER_DIGITS - digits) + price
}
