import type { BookLevel, Depth, Engine } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { type LevelRow, plainLevel } from '../bookLevels.ts'
import { contractsOf, plain } from '../decimals.ts'
import type { Listing } from '../instruments.ts'

// Order books: docs/wire/okx.md 8.2.

/**
 * A snapshot, then what has changed; `seqId` is that of the book over REST.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
 */
export function bookChannel(
  engine: Engine,
  listing: Listing,
  { hasChecksum, level }: { hasChecksum: boolean; level: LevelRow },
): Channel {
  const { symbol } = listing.engine
  let told = engine.depth(symbol, LEVELS)
  let saidAt = engine.now()
  const message = (action: string, depth: Depth, prevSeqId: number): Payload => ({
    action,
    data: [
      {
        ...sides(listing, depth, level),
        ts: String(saidAt),
        // It was given up: docs/wire/okx.md 8.2.
        ...(hasChecksum && { checksum: 0 }),
        prevSeqId,
        seqId: depth.sequence,
      },
    ],
  })
  return {
    everyMs: 100,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === symbol,
    nextAt: () => saidAt + KEEP_ALIVE_MS,
    welcome: () => [message('snapshot', told, -1)],
    collect(now) {
      const depth = engine.depth(symbol, LEVELS)
      const bids = changesOf(told.bids, depth.bids)
      const asks = changesOf(told.asks, depth.asks)
      const isSame = bids.length === 0 && asks.length === 0
      if (isSame && now - saidAt < KEEP_ALIVE_MS) return []
      const before = told.sequence
      if (!isSame) told = depth
      saidAt = now
      return [message('update', { bids, asks, sequence: told.sequence }, before)]
    },
  }
}

/**
 * The best levels, all of them each time.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
 */
export function bestLevelsChannel(
  engine: Engine,
  listing: Listing,
  { everyMs, levels, more }: { everyMs: number; levels: number; more: PayloadObject },
): Channel {
  const { symbol } = listing.engine
  const textOf = ({ bids, asks }: Depth): string => JSON.stringify([bids, asks])
  let told = textOf(engine.depth(symbol, levels))
  const row = (depth: Depth, now: number): Payload => ({
    data: [
      {
        ...sides(listing, depth, plainLevel),
        ...more,
        ts: String(now),
        seqId: depth.sequence,
      },
    ],
  })
  return {
    everyMs,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === symbol,
    welcome: () => [row(engine.depth(symbol, levels), engine.now())],
    collect(now) {
      const depth = engine.depth(symbol, levels)
      const text = textOf(depth)
      if (text === told) return []
      told = text
      return [row(depth, now)]
    },
  }
}

const LEVELS = 400

/** How long a book that stands still is silent: docs/wire/okx.md 8.2. */
const KEEP_ALIVE_MS = 60_000

function sides(listing: Listing, depth: Depth, level: LevelRow): PayloadObject {
  const rows = (levels: readonly BookLevel[]): string[][] =>
    levels.map(([price, quantity]) =>
      quantity === '0'
        ? [price, ...level(price, '0').slice(1, -1), '0']
        : level(price, plain(contractsOf(listing, quantity))),
    )
  return { asks: rows(depth.asks), bids: rows(depth.bids) }
}

/** Levels that are new or other, and those that have left with nothing in them. */
function changesOf(before: readonly BookLevel[], after: readonly BookLevel[]): BookLevel[] {
  const gone = new Map(before)
  const changed = after.filter(([price, quantity]) => {
    const was = gone.get(price)
    gone.delete(price)
    return was !== quantity
  })
  return [...[...gone.keys()].map((price): BookLevel => [price, '0']), ...changed]
}
