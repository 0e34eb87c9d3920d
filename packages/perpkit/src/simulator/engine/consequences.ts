import { touchTick } from '../market/makers.ts'
import { requote } from './book.ts'
import { liquidateIfDue } from './liquidation.ts'
import { fillReached } from './matching.ts'
import { contractOf, type Market, nextSequence, type World } from './state.ts'
import { fireNext } from './triggers.ts'

/**
 * Lets everything happen that follows from what has just happened, until nothing does: the venue
 * hears of fills, conditional orders fire one by one, accounts are liquidated.
 */
export function runConsequences(world: World): void {
  while (tellNext(world) || fireFirst(world) || liquidateFirst(world));
}

/** Brings the markets to `now`: makers whose time has come fill their ladders up again. */
export function catchUp(world: World, now: number): void {
  for (let market = thirstiest(world, now); market; market = thirstiest(world, now)) {
    world.at = market.refillAt ?? now
    refill(world, market)
    runConsequences(world)
  }
  world.at = now
}

function tellNext(world: World): boolean {
  const [order] = world.filled
  if (!order) return false
  world.filled.delete(order)
  world.tellVenue(order)
  return true
}

function fireFirst(world: World): boolean {
  for (const symbol of world.stirred) {
    if (fireNext(world, symbol)) return true
    world.stirred.delete(symbol)
  }
  return false
}

function liquidateFirst(world: World): boolean {
  for (const accountId of world.touched) {
    if (liquidateIfDue(world, accountId)) return true
    world.touched.delete(accountId)
  }
  return false
}

function thirstiest(world: World, now: number): Market | undefined {
  let first: Market | undefined
  for (const market of world.state.markets.values()) {
    if (market.refillAt === undefined || market.refillAt > now) continue
    if (first?.refillAt === undefined || market.refillAt < first.refillAt) first = market
  }
  return first
}

/** The makers are back: users' orders that stand in their way are filled first. */
function refill(world: World, market: Market): void {
  requote(market, nextSequence(world))
  if (!market.isTrading) return
  const { makers } = contractOf(world, market.symbol)
  const bid = touchTick(makers, market.tick, 'BUY')
  const ask = touchTick(makers, market.tick, 'SELL')
  fillReached(world, market, ask, bid)
}
