import { add, type Decimal, isGreater, sub } from '../../core/decimal.ts'
import { isReducing, remainingOf } from '../engine/endings.ts'
import { closingSideOf, isSameLeg, legOf } from '../engine/legs.ts'
import type { EngineConditional, EngineOrder, EnginePosition, Holding } from '../engine/types.ts'

/** What a venue does with a reduce-only order beyond what resting ones leave of the position. */
export type Excess = 'cut' | 'refuse'

/**
 * How much of the position working stops would close; more than there is counts as it stands.
 *
 * A stop is a conditional order that waits on the closing side of the position's leg, may only shrink
 * it or came attached to its entry, and fires when the price goes against it; a trailing one once it
 * is active. Stop-limit orders count like stop-market ones, and so do stops beyond the price of
 * liquidation or of a price band: where to stop is the client's choice, and those prices move. One
 * that closes the position counts for all of it. Of stops that end each other (one cancels the
 * other) the largest counts. The order a stop has become counts as far as it rests unfilled; other
 * resting orders do not, as nothing fills them when the price goes the wrong way.
 *
 * Where a venue refuses what is too much (`excess`), a stop counts only if it fits beside the
 * reduce-only orders that rest: it would end without an order.
 */
export function coverOf(
  holding: Holding,
  position: EnginePosition,
  excess: Excess = 'cut',
): Decimal {
  let cover: Decimal = '0'
  let room = position.size
  for (const order of holding.openOrders.values()) {
    if (!isCloserOf(position, order)) continue
    const remaining = remainingOf(order)
    room = sub(room, remaining)
    const origin = originOf(holding, order)
    if (origin && isStopOf(position, origin)) cover = add(cover, remaining)
  }
  for (const quantity of waitingStops(holding, position)) {
    if (excess === 'refuse' && isGreater(quantity, room)) continue
    room = sub(room, quantity)
    cover = add(cover, quantity)
  }
  return cover
}

/** Whether the order is there to close a position, and must never open one. */
export function isProtective(order: EngineOrder | EngineConditional): boolean {
  return isReducing(order) || order.isAttached === true
}

/** Quantities, oldest first. */
function waitingStops(holding: Holding, position: EnginePosition): Decimal[] {
  const quantities: Decimal[] = []
  const places = new Map<string, number>()
  for (const conditional of holding.waiting.values()) {
    if (!isStopOf(position, conditional)) continue
    const { group, closePosition } = conditional
    const quantity = closePosition ? position.size : conditional.quantity
    const place = group === undefined ? undefined : places.get(group)
    if (place === undefined) {
      if (group !== undefined) places.set(group, quantities.length)
      quantities.push(quantity)
    } else if (isGreater(quantity, quantities[place] ?? '0')) {
      quantities[place] = quantity
    }
  }
  return quantities
}

function isStopOf(position: EnginePosition, conditional: EngineConditional): boolean {
  if (!isCloserOf(position, conditional)) return false
  if (conditional.kind === 'trailing') return conditional.bestPrice !== undefined
  return conditional.triggerDirection === (position.side === 'LONG' ? 'fall' : 'rise')
}

function isCloserOf(position: EnginePosition, order: EngineOrder | EngineConditional): boolean {
  if (order.side !== closingSideOf(position.side)) return false
  return isSameLeg(order, legOf(position)) && isProtective(order)
}

function originOf(holding: Holding, order: EngineOrder): EngineConditional | undefined {
  if (order.conditionalId === undefined) return undefined
  return holding.conditionalById.get(order.conditionalId)
}
