import { nextInteger } from '../../core/random.ts'
import { requote } from './book.ts'
import { runConsequences } from './consequences.ts'
import { liquidationTicksOf } from './liquidationPrice.ts'
import { fillReached } from './matching.ts'
import { accountOf, contractOf, type Market, nextSequence, type World } from './state.ts'
import { printTrade } from './tape.ts'
import type { EngineSide } from './types.ts'

/**
 * Moves the market to `target` (in ticks) through every price between: it stops wherever a resting
 * order, a trigger or a liquidation lies, lets the consequences happen there, and goes on.
 */
export function moveMarket(world: World, market: Market, target: number): void {
  if (!market.isTrading) {
    market.tick = target
    requote(market, nextSequence(world))
    return
  }
  comeHome(world, market)
  do {
    arrive(world, market, nextStop(world, market, target))
  } while (market.tick !== target)
  comeHome(world, market)
}

/** Opens or closes the market. What the price has passed meanwhile happens at the opening. */
export function setTrading(world: World, market: Market, isTrading: boolean): void {
  if (market.isTrading === isTrading) return
  market.isTrading = isTrading
  market.changes++
  if (!isTrading) return
  arrive(world, market, market.tick)
  comeHome(world, market)
}

function arrive(world: World, market: Market, tick: number): void {
  const side = tick < market.tick ? 'SELL' : 'BUY'
  market.tick = tick
  requote(market, nextSequence(world))
  fillReached(world, market, tick, tick)
  printPath(world, market, side)
  for (const accountId of market.holders) world.touched.add(accountId)
  runConsequences(world)
}

/** Trades at the market's own price again, where orders have pushed the last price off it. */
function comeHome(world: World, market: Market): void {
  while (market.last !== market.tick) {
    printPath(world, market, market.last > market.tick ? 'SELL' : 'BUY')
    runConsequences(world)
  }
}

/** A trade among others than our users. */
function printPath(world: World, market: Market, side: EngineSide): void {
  const contract = contractOf(world, market.symbol)
  const most = Math.max(1, Math.round(contract.makers.sideSteps / 500))
  const steps = 1 + nextInteger(world.state.random, most)
  printTrade(world, contract, market, { tick: market.tick, steps, side })
}

/** The nearest tick on the way to `target` where something happens. */
function nextStop(world: World, market: Market, target: number): number {
  const { tick } = market
  if (target === tick) return target
  const isFalling = target < tick
  let stop = target
  const consider = (at: number): void => {
    if (isFalling ? at > stop && at <= tick : at < stop && at >= tick) stop = at
  }
  const reached = market.book[isFalling ? 'BUY' : 'SELL'][0]
  if (reached) consider(isFalling ? Math.min(reached.tick, tick) : Math.max(reached.tick, tick))
  const direction = isFalling ? 'fall' : 'rise'
  for (const watch of market.watches.values()) {
    if (watch.direction === direction && watch.tick !== undefined && watch.tick !== tick) {
      consider(watch.tick)
    }
  }
  for (const accountId of market.holders) {
    const account = accountOf(world, accountId)
    for (const at of liquidationTicksOf(world, account, market.symbol, isFalling)) {
      // Strictly ahead: where the market stands, margins have been looked at.
      consider(isFalling ? Math.min(at, tick - 1) : Math.max(at, tick + 1))
    }
  }
  return stop
}
