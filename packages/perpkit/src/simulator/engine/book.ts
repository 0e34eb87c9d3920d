import { ladderReach, levelSteps, touchTick } from '../market/makers.ts'
import { fromCount, toCount } from './grid.ts'
import type { BookEntry, Contract, Market } from './state.ts'
import type { BookLevel, Depth, EngineOrder, EngineSide } from './types.ts'

// One book of users' orders and makers' quotes, by price, then by time. Sides are those of the
// resting orders: BUY is the bids.

/** The best there is on one side: a user's order, or the makers' quote when `entry` is absent. */
export interface Offer {
  tick: number
  steps: number
  entry?: BookEntry
}

export function opposite(side: EngineSide): EngineSide {
  return side === 'BUY' ? 'SELL' : 'BUY'
}

/** Whether a resting order at `a` is served before one at `b`. */
export function isBetter(side: EngineSide, a: number, b: number): boolean {
  return side === 'BUY' ? a > b : a < b
}

export function insertEntry(market: Market, side: EngineSide, entry: BookEntry): void {
  const entries = market.book[side]
  entries.splice(placeOf(entries, side, entry.tick, entry.sequence), 0, entry)
  market.changes++
}

export function findEntry(
  market: Market,
  order: EngineOrder,
  contract: Contract,
): BookEntry | undefined {
  if (order.price === undefined) return undefined
  const entries = market.book[order.side]
  const tick = toCount(order.price, contract.ticks)
  const entry = entries[placeOf(entries, order.side, tick, order.sequence)]
  return entry?.orderId === order.orderId ? entry : undefined
}

export function removeEntry(market: Market, side: EngineSide, entry: BookEntry): void {
  const entries = market.book[side]
  const place = placeOf(entries, side, entry.tick, entry.sequence)
  if (entries[place] === entry) entries.splice(place, 1)
  market.changes++
}

/** The best offer of that side, or `undefined` when the side is empty. */
export function bestOffer(market: Market, contract: Contract, side: EngineSide): Offer | undefined {
  return walkSide(market, contract, side).next().value
}

/** Offers of that side in the order in which they are served. */
export function* walkSide(
  market: Market,
  contract: Contract,
  side: EngineSide,
): Generator<Offer, undefined> {
  const quotes = walkMakers(market, contract, side)
  let quote = quotes.next().value
  for (const entry of market.book[side]) {
    while (quote && isServedFirst(side, quote, entry, market.quotedAt)) {
      yield quote
      quote = quotes.next().value
    }
    yield { tick: entry.tick, steps: entry.remaining, entry }
  }
  while (quote) {
    yield quote
    quote = quotes.next().value
  }
  return undefined
}

/** Takes `steps` from the makers' best quote on that side. */
export function eat(market: Market, contract: Contract, side: EngineSide, offer: Offer): void {
  const touch = touchTick(contract.makers, market.tick, side)
  const eaten = market.eaten[side]
  const level = Math.abs(offer.tick - touch)
  eaten.steps = (level === eaten.level ? eaten.steps : 0) + offer.steps
  eaten.level = level
  market.changes++
}

/** Puts the makers' whole ladder back around the market's price, behind users' orders in time. */
export function requote(market: Market, sequence: number): void {
  market.eaten = { BUY: { level: 0, steps: 0 }, SELL: { level: 0, steps: 0 } }
  market.quotedAt = sequence
  delete market.refillAt
  market.changes++
}

export function depthOf(market: Market, contract: Contract, levels: number): Depth {
  return {
    bids: sideLevels(market, contract, 'BUY', levels),
    asks: sideLevels(market, contract, 'SELL', levels),
    sequence: market.changes,
  }
}

function sideLevels(
  market: Market,
  contract: Contract,
  side: EngineSide,
  levels: number,
): BookLevel[] {
  const rows: { tick: number; steps: number }[] = []
  for (const offer of walkSide(market, contract, side)) {
    const row = rows.at(-1)
    if (row?.tick === offer.tick) {
      row.steps += offer.steps
      continue
    }
    if (rows.length === levels) break
    rows.push({ tick: offer.tick, steps: offer.steps })
  }
  return rows.map(({ tick, steps }) => [
    fromCount(tick, contract.ticks),
    fromCount(steps, contract.steps),
  ])
}

function* walkMakers(
  market: Market,
  contract: Contract,
  side: EngineSide,
): Generator<Offer, undefined> {
  if (!market.isTrading) return undefined
  const { makers } = contract
  const touch = touchTick(makers, market.tick, side)
  const eaten = market.eaten[side]
  for (let level = eaten.level; level < ladderReach; level++) {
    const whole = levelSteps(makers, side, touch, level)
    const steps = level === eaten.level ? whole - eaten.steps : whole
    if (steps > 0) yield { tick: side === 'BUY' ? touch - level : touch + level, steps }
  }
  return undefined
}

function isServedFirst(
  side: EngineSide,
  quote: Offer,
  entry: BookEntry,
  quotedAt: number,
): boolean {
  if (quote.tick === entry.tick) return quotedAt < entry.sequence
  return isBetter(side, quote.tick, entry.tick)
}

/** Where an order of that price and age stands, or would stand. */
function placeOf(entries: BookEntry[], side: EngineSide, tick: number, sequence: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const entry = entries[middle]
    if (entry && isBehind(side, entry, tick, sequence)) high = middle
    else low = middle + 1
  }
  return low
}

function isBehind(side: EngineSide, entry: BookEntry, tick: number, sequence: number): boolean {
  if (entry.tick === tick) return entry.sequence >= sequence
  return isBetter(side, tick, entry.tick)
}
