import type { BookLevel, Depth, Engine } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { plain } from '../decimals.ts'
import type { Generation } from '../generation.ts'
import type { Listing } from '../instruments.ts'
import { type Arg, push } from './pushes.ts'

// Order books: docs/wire/bitget.md 8.4. Nothing carries a checksum any more.

/** A book channel: of which contract, for whom, and how often it is told of. */
export interface BookKind {
  arg: Arg
  listing: Listing
  generation: Generation
  everyMs: number
}

/** More levels than a book can have. */
const ALL_LEVELS = 10_000

/**
 * The whole book, then what has changed: each update names the sequence of the message before.
 * https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
 */
export function bookChannel(engine: Engine, kind: BookKind): Channel {
  const { symbol } = kind.listing.engine
  let told = engine.depth(symbol, ALL_LEVELS)
  let toldAt = engine.now()
  return {
    everyMs: kind.everyMs,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === symbol,
    // What was told last, and not what is there now, so that the next update joins on.
    welcome: () => [message(kind, 'snapshot', { depth: told, before: undefined, at: toldAt })],
    collect(now) {
      const depth = engine.depth(symbol, ALL_LEVELS)
      const bids = changesOf(told.bids, depth.bids)
      const asks = changesOf(told.asks, depth.asks)
      if (bids.length === 0 && asks.length === 0) return []
      const before = told.sequence
      told = depth
      toldAt = now
      return [message(kind, 'update', { depth: { ...depth, bids, asks }, before, at: now })]
    },
  }
}

/** The best levels, all of them each time. */
export function levelsChannel(engine: Engine, kind: BookKind, levels: number): Channel {
  const { symbol } = kind.listing.engine
  const say = (depth: Depth, at: number): Payload =>
    message(kind, 'snapshot', { depth, before: undefined, at })
  let told = engine.depth(symbol, levels)
  let toldAt = engine.now()
  return {
    everyMs: kind.everyMs,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === symbol,
    welcome: () => [say(told, toldAt)],
    collect(now) {
      const depth = engine.depth(symbol, levels)
      const changes = [...changesOf(told.bids, depth.bids), ...changesOf(told.asks, depth.asks)]
      if (changes.length === 0) return []
      told = depth
      toldAt = now
      return [say(depth, now)]
    },
  }
}

interface Told {
  depth: Depth
  /** Sequence of the book that the message builds on; absent: on none. */
  before: number | undefined
  at: number
}

function message(
  { arg, generation }: BookKind,
  action: 'snapshot' | 'update',
  { at, before, depth }: Told,
): Payload {
  const asks = rowsOf(depth.asks)
  const bids = rowsOf(depth.bids)
  const row = {
    ...(generation === 2 ? { asks, bids } : { a: asks, b: bids }),
    seq: sequenceOf(depth.sequence),
    pseq: before === undefined ? 0 : sequenceOf(before),
    ts: String(at),
  }
  return push(arg, action, [row], at)
}

/** Of the size seen in captures; never 0, which would say that the service has begun anew. */
function sequenceOf(sequence: number): number {
  return 483_415_000_000 + sequence
}

function rowsOf(levels: readonly BookLevel[]): string[][] {
  return levels.map(([price, size]) => [price, plain(size)])
}

/** Levels that are new or other, and those that have left with nothing in them. */
function changesOf(before: readonly BookLevel[], after: readonly BookLevel[]): BookLevel[] {
  const gone = new Map(before)
  const changed = after.filter(([price, size]) => {
    const was = gone.get(price)
    gone.delete(price)
    return was !== size
  })
  return [...changed, ...[...gone.keys()].map((price): BookLevel => [price, '0'])]
}
