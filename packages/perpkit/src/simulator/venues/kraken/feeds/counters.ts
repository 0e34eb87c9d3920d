import type { Engine, EngineTrade } from '../../../engine/types.ts'

// Sequence numbers of products go on while nobody listens, as long as an engine lives.

/** A trade and its number within its product. */
interface Anchor {
  tradeId: number
  seq: number
}

interface Counters {
  books: Map<string, number>
  trades: Map<string, Anchor>
}

const counters = new WeakMap<Engine, Counters>()

/** `seq` of the latest book message of a product. */
export function bookSequence(engine: Engine, symbol: string): number {
  return countersOf(engine).books.get(symbol) ?? FIRST_BOOK
}

/** `seq` of the next one, which is then the latest. */
export function nextBookSequence(engine: Engine, symbol: string): number {
  const next = bookSequence(engine, symbol) + 1
  countersOf(engine).books.set(symbol, next)
  return next
}

/** The latest trades of a product with their contiguous numbers, newest last. */
export function numberedTrades(
  engine: Engine,
  symbol: string,
): { trade: EngineTrade; seq: number }[] {
  const { trades: anchors } = countersOf(engine)
  const anchor = anchors.get(symbol) ?? FIRST_TRADE
  const trades = engine.trades(symbol, Number.MAX_SAFE_INTEGER)
  // The engine numbers the trades of all its markets together.
  const known = trades.findLastIndex(({ tradeId }) => Number(tradeId) <= anchor.tradeId)
  const first = anchor.seq - known
  const last = trades.at(-1)
  if (last) {
    anchors.set(symbol, { tradeId: Number(last.tradeId), seq: first + trades.length - 1 })
  }
  return trades.map((trade, index) => ({ trade, seq: first + index }))
}

const FIRST_BOOK = 1_000
const FIRST_TRADE: Anchor = { tradeId: 0, seq: 100_000 }

function countersOf(engine: Engine): Counters {
  const known = counters.get(engine) ?? { books: new Map(), trades: new Map() }
  counters.set(engine, known)
  return known
}
