import { touchTick } from '../market/makers.ts'
import { requote } from './book.ts'
import { settleInterval } from './funding.ts'
import { liquidateIfDue } from './liquidation.ts'
import { fillReached } from './matching.ts'
import { accountOf, contractOf, type Market, nextSequence, type World } from './state.ts'
import { runOut } from './timers.ts'
import { fireNext } from './triggers.ts'

/**
 * Lets everything happen that follows from what has just happened, until nothing does: the venue
 * hears of fills, conditional orders fire one by one, accounts are liquidated.
 */
export function runConsequences(world: World): void {
  while (tellNext(world) || fireFirst(world) || liquidateFirst(world));
  tellObserver(world)
}

/**
 * Brings everything to `now`, in order of time: makers fill their ladders up again, funding is
 * settled, timers run out.
 */
export function catchUp(world: World, now: number): void {
  for (let event = nextEvent(world, now); event; event = nextEvent(world, now)) {
    world.at = event.at
    event.happen()
    runConsequences(world)
  }
  world.at = now
}

/** When something is due next: makers coming back, a settlement of funding, a timer. */
export function nextEventTime(world: World): number | undefined {
  return nextEvent(world, Number.POSITIVE_INFINITY)?.at
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

function tellObserver(world: World): void {
  for (const accountId of world.unsettled) {
    world.observer?.settled(accountOf(world, accountId), world.at)
  }
  world.unsettled.clear()
}

interface Event {
  at: number
  happen(): void
}

/** The earliest of what is due by `now`. */
function nextEvent(world: World, now: number): Event | undefined {
  let first: Event | undefined
  const comesFirst = (at: number): boolean => at <= now && (!first || at < first.at)
  for (const market of world.state.markets.values()) {
    const { refillAt, fundingAt } = market
    if (refillAt !== undefined && comesFirst(refillAt)) {
      first = { at: refillAt, happen: () => refill(world, market) }
    }
    if (comesFirst(fundingAt)) {
      first = { at: fundingAt, happen: () => settleInterval(world, market) }
    }
  }
  for (const timer of world.state.timers.values()) {
    if (comesFirst(timer.at)) first = { at: timer.at, happen: () => runOut(world, timer) }
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
