import type { BookLevel, Depth, Engine } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { bookTick, printLevels } from '../books.ts'
import type { Listing } from '../contracts.ts'

/** A whole book is told at least as often as this. */
const REPEAT_MS = 1_000

/**
 * The whole book, put together as `type` says.
 * https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-subscribe-market-depth-data
 */
export function stepBookChannel(
  engine: Engine,
  listing: Listing,
  ch: string,
  type: string,
): Channel {
  let saidAt = engine.now()
  const say = (now: number): Payload[] => {
    saidAt = now
    return [{ ch, ts: now, tick: bookTick(engine, listing, { ch, type, now }) }]
  }
  return {
    everyMs: 100,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === listing.engine.symbol,
    nextAt: () => saidAt + REPEAT_MS,
    welcome: () => say(engine.now()),
    collect: say,
  }
}

/** A book topic of one connection. */
export interface DiffKind {
  ch: string
  levels: number
  dataType: string | undefined
  connection: number
  joined: number
}

/**
 * A snapshot, then what has changed, or snapshots alone. Versions are counted for each subscription
 * of a connection, and mean nothing on another: docs/wire/htx.md 8.1, "Correct local book".
 * https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-subscribe-incremental-market-depth-data
 */
export function diffBookChannel(engine: Engine, listing: Listing, kind: DiffKind): Channel {
  const { symbol } = listing.engine
  const isWhole = kind.dataType !== 'incremental'
  let depth = engine.depth(symbol, kind.levels)
  let version = FIRST_VERSION + kind.connection * 1_000_003 + kind.joined * 10_007
  const say = (now: number, event: 'snapshot' | 'update', levels: Depth): Payload => ({
    ch: kind.ch,
    tick: {
      asks: printLevels(listing, levels.asks),
      bids: printLevels(listing, levels.bids),
      ch: kind.ch,
      event,
      id: depth.sequence,
      mrid: depth.sequence,
      ts: now,
      version,
    },
    ts: now,
  })
  return {
    everyMs: 30,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === symbol,
    welcome: () => [say(engine.now(), 'snapshot', depth)],
    collect(now) {
      const before = depth
      depth = engine.depth(symbol, kind.levels)
      const asks = changesOf(before.asks, depth.asks)
      const bids = changesOf(before.bids, depth.bids)
      if (asks.length + bids.length === 0) return []
      version++
      if (isWhole) return [say(now, 'snapshot', depth)]
      return [say(now, 'update', { ...depth, asks, bids })]
    },
  }
}

const FIRST_VERSION = 37_536_690

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
