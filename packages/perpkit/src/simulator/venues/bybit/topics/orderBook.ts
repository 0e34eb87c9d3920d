import type { BookLevel, Depth, Engine } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { plain, priceText } from '../decimals.ts'
import type { Listing } from '../instruments.ts'

/** A book topic: how many levels, how often, and what stands behind price and size. */
export interface BookKind {
  topic: string
  levels: number
  everyMs: number
  more: readonly string[]
}

/**
 * A snapshot, then what has changed: docs/wire/bybit.md 8, "Local book rule".
 * https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
 */
export function bookChannel(engine: Engine, listing: Listing, kind: BookKind): Channel {
  const feed = openFeed(engine, listing, kind)
  return {
    everyMs: kind.everyMs,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === listing.engine.symbol,
    welcome: () => [message(listing, kind, feed, 'snapshot')],
    collect(now) {
      const depth = engine.depth(listing.engine.symbol, kind.levels)
      if (depth.sequence === feed.depth.sequence) return []
      const bids = changesOf(feed.depth.bids, depth.bids)
      const asks = changesOf(feed.depth.asks, depth.asks)
      feed.depth = depth
      feed.at = now
      if (bids.length === 0 && asks.length === 0) return []
      feed.updateId++
      return [message(listing, kind, { ...feed, depth: { ...depth, bids, asks } }, 'delta')]
    },
  }
}

/**
 * The touch alone, a snapshot each time; the same once more when three seconds have been silent.
 */
export function touchChannel(engine: Engine, listing: Listing, kind: BookKind): Channel {
  const feed = openFeed(engine, listing, kind)
  let saidAt = engine.now()
  const say = (now: number): Payload[] => {
    saidAt = now
    return [message(listing, kind, { ...feed, at: now }, 'snapshot')]
  }
  return {
    everyMs: kind.everyMs,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === listing.engine.symbol,
    nextAt: () => saidAt + REPEAT_MS,
    welcome: () => [message(listing, kind, feed, 'snapshot')],
    collect(now) {
      const depth = engine.depth(listing.engine.symbol, kind.levels)
      const bids = changesOf(feed.depth.bids, depth.bids)
      const asks = changesOf(feed.depth.asks, depth.asks)
      const hasChanged = bids.length + asks.length > 0
      feed.depth = depth
      if (hasChanged) feed.updateId++
      return hasChanged || now - saidAt >= REPEAT_MS ? say(now) : []
    },
  }
}

const REPEAT_MS = 3_000

/** What a topic has told, to whomever. */
interface Feed {
  depth: Depth
  /** `u`: one more with each message. */
  updateId: number
  at: number
}

/** A book changes more often than it is told of: ids go on upward when the topic is opened again. */
function openFeed(engine: Engine, { engine: { symbol } }: Listing, { levels }: BookKind): Feed {
  const depth = engine.depth(symbol, levels)
  // 1 would say that the service has begun anew.
  return { depth, updateId: FIRST_ID + depth.sequence, at: engine.now() }
}

const FIRST_ID = 1_000

function message(
  listing: Listing,
  { topic, more }: BookKind,
  { depth, updateId, at }: Feed,
  type: 'snapshot' | 'delta',
): Payload {
  const rows = (levels: readonly BookLevel[]): string[][] =>
    levels.map(([price, size]) => [priceText(listing, price), plain(size), ...more])
  return {
    topic,
    type,
    ts: at,
    data: {
      s: listing.native,
      b: rows(depth.bids),
      a: rows(depth.asks),
      u: updateId,
      seq: depth.sequence,
    },
    cts: at,
  }
}

/** Levels that are new or other, and those that have left with nothing in them. */
function changesOf(before: readonly BookLevel[], after: readonly BookLevel[]): BookLevel[] {
  const gone = new Map(before)
  const changed = after.filter(([price, size]) => {
    const was = gone.get(price)
    gone.delete(price)
    return was !== size
  })
  return [...[...gone.keys()].map((price): BookLevel => [price, '0']), ...changed]
}
