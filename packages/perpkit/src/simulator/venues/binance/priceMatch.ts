import type { Decimal } from '../../../core/decimal.ts'
import type { Engine, EngineConditional, EngineSide } from '../../engine/types.ts'
import { Refused } from './errors.ts'
import { type PriceMatch, priceMatches } from './tokens.ts'

// Prices that are looked up in the book: docs/wire/binance.md 4.4 and 4.6, `priceMatch`.

/** The price of that rank: on the other side, or in the own queue; -5041 when there is none. */
export function matchedPrice(
  engine: Engine,
  { symbol }: { symbol: string },
  side: EngineSide,
  priceMatch: PriceMatch,
): Decimal {
  const price = findPrice(engine, symbol, side, priceMatch)
  if (price === undefined) throw new Refused('-5041')
  return price
}

/** The price of a stop-limit's child: looked up when it triggers, where the order says so. */
export function priceWhenTriggered(engine: Engine, conditional: EngineConditional): Decimal {
  const { symbol, side, venueData, triggerPrice, price = triggerPrice } = conditional
  const priceMatch = priceMatches.find((word) => word === venueData.priceMatch) ?? 'NONE'
  if (priceMatch === 'NONE') return price
  return findPrice(engine, symbol, side, priceMatch) ?? price
}

function findPrice(
  engine: Engine,
  symbol: string,
  side: EngineSide,
  priceMatch: PriceMatch,
): Decimal | undefined {
  const rank = Number(/\d+$/.exec(priceMatch)?.[0] ?? 1)
  const { bids, asks } = engine.depth(symbol, rank)
  const isBid = (side === 'SELL') === priceMatch.startsWith('OPPONENT')
  return (isBid ? bids : asks)[rank - 1]?.[0]
}
