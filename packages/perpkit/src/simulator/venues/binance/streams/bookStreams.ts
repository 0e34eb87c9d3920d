import type { BookLevel, Depth, Engine } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { levelRows, updateIdOf } from '../books.ts'
import { type Contract, contracts } from '../contracts.ts'
import { priceText, quantityText } from '../format.ts'

// Order books: docs/wire/binance.md 8.3 and 8.4.

/** More levels than a book can have. */
const ALL_LEVELS = 10_000

/**
 * Changes of the book since the event before.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Diff-Book-Depth-Streams
 */
export function depthChannel(engine: Engine, contract: Contract, everyMs: number): Channel {
  let told = engine.depth(contract.symbol, ALL_LEVELS)
  return {
    everyMs,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === contract.symbol,
    collect(now) {
      const depth = engine.depth(contract.symbol, ALL_LEVELS)
      if (depth.sequence === told.sequence) return []
      const bids = changesOf(told.bids, depth.bids)
      const asks = changesOf(told.asks, depth.asks)
      const before = told.sequence
      told = depth
      return [depthEvent(contract, { ...depth, bids, asks }, before, now)]
    },
  }
}

/**
 * The best levels, all of them each time.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Partial-Book-Depth-Streams
 */
export function partialDepthChannel(
  engine: Engine,
  contract: Contract,
  levels: number,
  everyMs: number,
): Channel {
  let told = engine.depth(contract.symbol, levels)
  let before = told.sequence - 1
  return {
    everyMs,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === contract.symbol,
    // A market that stands still would leave it without a book; a real one never does.
    welcome: () => [depthEvent(contract, told, before, engine.now())],
    collect(now) {
      const depth = engine.depth(contract.symbol, levels)
      if (depth.sequence === told.sequence) return []
      before = told.sequence
      told = depth
      return [depthEvent(contract, depth, before, now)]
    },
  }
}

/**
 * The touch, whenever it changes.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Individual-Symbol-Book-Ticker-Streams
 */
export function bookTickerChannel(engine: Engine, contract: Contract): Channel {
  let told = touchOf(engine, contract)
  return {
    welcome: () => [bookTicker(engine, contract)],
    hear(events) {
      if (!events.some((one) => one.kind === 'book' && one.symbol === contract.symbol)) return []
      const touch = touchOf(engine, contract)
      if (touch === told) return []
      told = touch
      return [bookTicker(engine, contract)]
    },
  }
}

/** All touches that have changed, every five seconds. */
export function allBookTickersChannel(engine: Engine): Channel {
  const changed = new Set<string>()
  return {
    everyMs: 5_000,
    isStirredBy(event) {
      if (event.kind === 'book') changed.add(event.symbol)
      return event.kind === 'book'
    },
    collect() {
      const rows = contracts
        .filter(({ symbol }) => changed.has(symbol))
        .map((contract) => bookTicker(engine, contract))
      changed.clear()
      return rows
    },
  }
}

function depthEvent(contract: Contract, depth: Depth, before: number, now: number): Payload {
  return {
    e: 'depthUpdate',
    E: now,
    T: now,
    s: contract.symbol,
    ps: contract.symbol,
    st: 1,
    // Somewhere after the event before, at the latest at the first change of this book.
    U: updateIdOf(before) + 2,
    u: updateIdOf(depth.sequence),
    pu: updateIdOf(before),
    b: levelRows(contract, depth.bids),
    a: levelRows(contract, depth.asks),
  }
}

/** Levels that are new or other, and those that are gone with nothing in them. */
function changesOf(before: readonly BookLevel[], after: readonly BookLevel[]): BookLevel[] {
  const gone = new Map(before)
  const changed = after.filter(([price, quantity]) => {
    const was = gone.get(price)
    gone.delete(price)
    return was !== quantity
  })
  return [...changed, ...[...gone.keys()].map((price): BookLevel => [price, '0'])]
}

function touchOf(engine: Engine, { symbol }: Contract): string {
  const { bid, bidQuantity, ask, askQuantity } = engine.prices(symbol)
  return [bid, bidQuantity, ask, askQuantity].join(' ')
}

function bookTicker(engine: Engine, contract: Contract): Payload {
  const { symbol } = contract
  const { bid, bidQuantity, ask, askQuantity } = engine.prices(symbol)
  const now = engine.now()
  return {
    e: 'bookTicker',
    u: updateIdOf(engine.depth(symbol, 1).sequence),
    E: now,
    T: now,
    s: symbol,
    ps: symbol,
    b: priceText(contract, bid),
    B: quantityText(contract, bidQuantity),
    a: priceText(contract, ask),
    A: quantityText(contract, askQuantity),
    st: 1,
  }
}
