import { isGreater } from '../../core/decimal.ts'
import { closingSideOf, isSameLeg, legOf } from '../engine/legs.ts'
import type { EngineConditional, EngineOrder, Holding, PositionStep } from '../engine/types.ts'
import { isProtective } from './cover.ts'

/** What an order that fills was meant for. */
export interface Intent {
  /** Names what was placed: the order, or the conditional order it comes from. */
  name: string
  /** It may only have closed something. */
  isClosing: boolean
  /** Something that had been placed before was placed once more. */
  isRepeat: boolean
}

/**
 * Which orders were meant to close, and which were placed twice.
 *
 * Meant to close are reduce-only and closing orders, protection attached to an entry, conditional
 * orders that were no larger than the position on whose closing side they were placed, all that
 * these become, and repeats of orders that have reduced a position. A plain order is its client's
 * own will, whatever it does.
 */
export class Intents {
  #state: IntentState = {
    protects: new Map(),
    reducing: new Set(),
    repeats: new Set(),
    closings: new Set(),
  }

  /** Looks at what has come to wait since. */
  settled(holding: Holding): void {
    const { protects } = this.#state
    for (const conditional of holding.waiting.values()) {
      const { conditionalId } = conditional
      if (!protects.has(conditionalId)) protects.set(conditionalId, isGuard(conditional, holding))
    }
  }

  filled(order: EngineOrder, { before, after }: PositionStep): Intent {
    const { protects, reducing, repeats, closings } = this.#state
    const name = nameOf(order)
    const { conditionalId } = order
    const isReduced = before && (after?.side !== before.side || isGreater(before.size, after.size))
    if (isReduced) reducing.add(name)
    const isClosing =
      isProtective(order) ||
      closings.has(name) ||
      (conditionalId !== undefined && protects.get(conditionalId) === true)
    return { name, isClosing, isRepeat: repeats.has(name) }
  }

  /** `again` was placed once more; `first` is what it repeats, where that is known. */
  repeated(again: PlacedOrder, first: PlacedOrder | undefined): Intent {
    const { reducing, repeats, closings } = this.#state
    const name = placedName(again)
    repeats.add(name)
    if (first && reducing.has(placedName(first))) closings.add(name)
    return { name, isClosing: closings.has(name), isRepeat: true }
  }

  /** Whether what waits was meant to close a position. */
  protects({ conditionalId }: EngineConditional): boolean {
    return this.#state.protects.get(conditionalId) === true
  }

  exportState(): IntentState {
    return structuredClone(this.#state)
  }

  importState(state: IntentState): void {
    this.#state = structuredClone(state)
  }
}

/** An order or conditional order by its id. */
export interface PlacedOrder {
  orderId: string
  isConditional: boolean
}

/** What can be gone back to. */
export interface IntentState {
  /** By conditional id: whether it was meant to close when it was first seen. */
  protects: Map<string, boolean>
  /** Names of what has reduced a position. */
  reducing: Set<string>
  /** Names of what was placed once more, and of that what repeats something that reduced. */
  repeats: Set<string>
  closings: Set<string>
}

function isGuard(conditional: EngineConditional, holding: Holding): boolean {
  if (isProtective(conditional)) return true
  for (const position of holding.positions.values()) {
    if (conditional.side !== closingSideOf(position.side)) continue
    if (isSameLeg(conditional, legOf(position))) {
      return !isGreater(conditional.quantity, position.size)
    }
  }
  return false
}

function nameOf({ orderId, conditionalId }: EngineOrder): string {
  return placedName({
    orderId: conditionalId ?? orderId,
    isConditional: conditionalId !== undefined,
  })
}

function placedName({ orderId, isConditional }: PlacedOrder): string {
  return `${isConditional ? 'conditional' : 'order'} ${orderId}`
}
