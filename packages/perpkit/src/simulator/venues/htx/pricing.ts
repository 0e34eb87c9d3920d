import { add, ceilToStep, type Decimal, floorToStep, mul, sub } from '../../../core/decimal.ts'
import type { Engine, EngineConditional, EngineSide } from '../../engine/types.ts'
import { type Listing, listingOf } from './contracts.ts'
import { noOpposite } from './errors.ts'
import { readNotes } from './notes.ts'

// Prices the venue works out by itself: the band, prices matched to the book, prices of trailing
// orders. docs/wire/htx.md 4.4 and 4.10.

export const priceMatches = ['opponent', 'optimal_5', 'optimal_10', 'optimal_20'] as const

export type PriceMatch = (typeof priceMatches)[number]

/** Share of the mark price a limit order may lie beyond it. */
const BAND: Decimal = '0.05'

/** The highest price to buy and the lowest price to sell at, on the tick. */
export function priceBand(engine: Engine, listing: Listing): { high: Decimal; low: Decimal } {
  const { symbol, tickSize } = listing.engine
  const { mark } = engine.prices(symbol)
  return {
    high: floorToStep(mul(mark, add('1', BAND)), tickSize),
    low: ceilToStep(mul(mark, sub('1', BAND)), tickSize),
  }
}

/** The price of the opposite side's best level, or of the one so many levels deep. */
export function matchPrice(
  engine: Engine,
  symbol: string,
  side: EngineSide,
  match: PriceMatch,
): Decimal | undefined {
  const levels = depths[match]
  const { asks, bids } = engine.depth(symbol, levels)
  return (side === 'BUY' ? asks : bids).at(-1)?.[0]
}

/** Like {@link matchPrice}; refused where nobody is on the other side. */
export function matchedPrice(
  engine: Engine,
  listing: Listing,
  side: EngineSide,
  match: PriceMatch,
): Decimal {
  const price = matchPrice(engine, listing.engine.symbol, side, match)
  if (price === undefined) throw noOpposite()
  return price
}

/** The price the callback rate away from the extreme, cut to the tick. */
export function formulaPrice(
  listing: Listing,
  side: EngineSide,
  extreme: Decimal,
  callbackRate: Decimal,
): Decimal {
  const factor = side === 'SELL' ? sub('1', callbackRate) : add('1', callbackRate)
  return floorToStep(mul(extreme, factor), listing.engine.tickSize)
}

/** The price of the limit order a conditional becomes when it fires. */
export function priceWhenTriggered(engine: Engine, conditional: EngineConditional): Decimal {
  const { bestPrice, price, side, symbol, trailingRate } = conditional
  const { last } = engine.prices(symbol)
  const match = matchOf(conditional)
  if (match !== undefined) return matchPrice(engine, symbol, side, match) ?? last
  if (trailingRate !== undefined && bestPrice !== undefined) {
    return formulaPrice(listingOf(symbol), side, bestPrice, trailingRate)
  }
  return price ?? last
}

const depths: Readonly<Record<PriceMatch, number>> = {
  opponent: 1,
  optimal_5: 5,
  optimal_10: 10,
  optimal_20: 20,
}

/** How a conditional order matches its price to the book, if it does. */
function matchOf(conditional: EngineConditional): PriceMatch | undefined {
  const { orderPriceType, priceMatch } = readNotes(conditional.venueData)
  return priceMatches.find((match) => match === priceMatch || match === orderPriceType)
}
