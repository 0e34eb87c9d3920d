import { isBetter } from './book.ts'
import { isReducing, remainingOf } from './endings.ts'
import { toCount } from './grid.ts'
import { isSameLeg, positionOn } from './legs.ts'
import { closingSide } from './positions.ts'
import { type Account, contractOf, type World } from './state.ts'
import type { EngineOrder, EngineSide, PositionLeg, Refusal } from './types.ts'

/** An order that may only shrink the position of its leg. */
export interface ReducingOrder extends PositionLeg {
  side: EngineSide
  steps: number
  /** Absent for market orders. */
  tick: number | undefined
  /** The order's own row when it rests already and is to be changed. */
  itself?: EngineOrder
}

export interface ReduceOnlyFit {
  /** What of the order fits the position. */
  steps: number
  /** Resting orders that no longer fit behind it. */
  displaced: EngineOrder[]
}

/** Cuts a reduce-only order to the position, or refuses it. */
export function fitReduceOnly(
  world: World,
  account: Account,
  order: ReducingOrder,
): ReduceOnlyFit | Refusal {
  const position = positionOn(account, order)
  if (!position || closingSide(position) !== order.side) {
    return { refused: 'reduceOnlyRejected', details: { position: position?.size ?? '0' } }
  }
  const { steps } = contractOf(world, order.symbol)
  const size = toCount(position.size, steps)
  const { reduceOnlyCountsResting: countsResting, reduceOnlyExcess } = world.rules
  const ranked = countsResting ? rankResting(world, account, order) : []
  if (reduceOnlyExcess === 'refuse' && order.steps > size - total(ranked)) {
    return { refused: 'reduceOnlyRejected', details: { position: position.size } }
  }
  if (!countsResting) return { steps: Math.min(order.steps, size), displaced: [] }
  const covered = total(ranked.filter((resting) => resting.isAhead))
  if (covered >= size) {
    return { refused: 'reduceOnlyRejected', details: { position: position.size } }
  }
  const fitting = Math.min(order.steps, size - covered)
  let room = size - covered - fitting
  const displaced: EngineOrder[] = []
  for (const resting of ranked) {
    if (resting.isAhead) continue
    if (resting.steps > room) displaced.push(resting.order)
    else room -= resting.steps
  }
  return { steps: fitting, displaced }
}

interface Resting {
  order: EngineOrder
  tick: number
  steps: number
  /** Ranks before the new order: market orders rank first, then price, then age. */
  isAhead: boolean
}

function rankResting(world: World, account: Account, order: ReducingOrder): Resting[] {
  const { ticks, steps } = contractOf(world, order.symbol)
  const resting: Resting[] = []
  for (const other of account.openOrders.values()) {
    if (!isSameLeg(other, order) || other.side !== order.side || !isReducing(other)) continue
    if (other === order.itself || other.price === undefined) continue
    const tick = toCount(other.price, ticks)
    const isAhead = order.tick !== undefined && !isBetter(order.side, order.tick, tick)
    resting.push({ order: other, tick, steps: toCount(remainingOf(other), steps), isAhead })
  }
  return resting.sort((a, b) => {
    if (a.tick === b.tick) return a.order.sequence - b.order.sequence
    return isBetter(order.side, a.tick, b.tick) ? -1 : 1
  })
}

function total(resting: Resting[]): number {
  return resting.reduce((sum, one) => sum + one.steps, 0)
}
