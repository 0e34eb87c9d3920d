import type { BookLevel, Engine, EngineSide } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import type { Listing } from '../instruments.ts'
import { num } from '../numbers.ts'
import { bookSequence, nextBookSequence } from './counters.ts'

/**
 * The whole book, then one message a level that has changed: docs/wire/kraken.md 8.3.
 * https://docs.kraken.com/api/docs/futures-api/websocket/book
 */
export function bookChannel(engine: Engine, listing: Listing): Channel {
  const { symbol } = listing.engine
  let told = engine.depth(symbol, ALL_LEVELS)
  const say = ({ level: [price, qty], side }: Change): Payload => ({
    feed: 'book',
    product_id: listing.native,
    side: side === 'BUY' ? 'buy' : 'sell',
    seq: nextBookSequence(engine, symbol),
    price: num(price),
    qty: num(qty),
    timestamp: engine.now(),
  })
  return {
    welcome: () => [
      {
        feed: 'book_snapshot',
        product_id: listing.native,
        timestamp: engine.now(),
        seq: bookSequence(engine, symbol),
        tickSize: null,
        bids: told.bids.map(levelRow),
        asks: told.asks.map(levelRow),
      },
    ],
    hear(events) {
      if (!events.some((event) => event.kind === 'book' && event.symbol === symbol)) return []
      const depth = engine.depth(symbol, ALL_LEVELS)
      if (depth.sequence === told.sequence) return []
      const bids = changesOf('BUY', told.bids, depth.bids)
      const asks = changesOf('SELL', told.asks, depth.asks)
      told = depth
      // What has gone comes first: a book is never crossed between two messages.
      return [...bids.gone, ...asks.gone, ...bids.there, ...asks.there].map(say)
    },
  }
}

/** More levels than a book can have. */
const ALL_LEVELS = Number.MAX_SAFE_INTEGER

interface Change {
  side: EngineSide
  level: BookLevel
}

function levelRow([price, qty]: BookLevel): PayloadObject {
  return { price: num(price), qty: num(qty) }
}

/** Levels that have left with nothing in them, and those that are new or other. */
function changesOf(
  side: EngineSide,
  before: readonly BookLevel[],
  after: readonly BookLevel[],
): { gone: Change[]; there: Change[] } {
  const left = new Map(before)
  const there: Change[] = []
  for (const level of after) {
    const [price, quantity] = level
    if (left.get(price) !== quantity) there.push({ side, level })
    left.delete(price)
  }
  const gone = [...left.keys()].map((price): Change => ({ side, level: [price, '0'] }))
  return { gone, there }
}
