import { isZero } from '../../core/decimal.ts'
import { isOpen } from '../engine/endings.ts'
import type { EngineConditional, EngineOrder, Holding } from '../engine/types.ts'

export interface RepeatFigures {
  duplicateOrders: number
  reusedClientOrderIds: number
}

/** An accepted order, and what came of the request that placed it. */
export interface Attempt {
  /** Of the order or conditional order. */
  orderId: string
  isConditional: boolean
  /** Same for all orders of one request. */
  request: number
  at: number
  /** Whether the answer is known to have reached its sender, or not to have. */
  isHeard: boolean
  isLost: boolean
  /** Whether it is counted as a duplicate. */
  isCounted: boolean
  /** The same order, placed once more by a later request. */
  repeats: Attempt[]
}

/** Is told of each repeat; `first`: what it repeats, unless only its client order id was used before. */
export type OnRepeat = (again: Attempt, first: Attempt | undefined) => void

/**
 * Orders that were placed twice.
 *
 * A duplicate is an accepted order, plain or conditional, of the same account, symbol, sides, type,
 * quantity, price and stop price (of a trailing order its distance) as one that another request had
 * placed less than 60 s before and whose true answer did not reach its sender, be it that the answer
 * was lost only afterwards. It is none when the first had ended unfilled by then. Orders that
 * triggers or venues make of themselves are not looked at.
 *
 * A reused client order id is an accepted order under an id the account had used before, for a plain
 * or a conditional order, open or ended, whatever the venue allows.
 */
export class Repeats {
  readonly #onRepeat: OnRepeat
  #state: RepeatState = { recent: new Map(), ids: new Map(), duplicates: 0, reused: 0 }

  constructor(onRepeat: OnRepeat) {
    this.#onRepeat = onRepeat
  }

  accepted(
    order: EngineOrder | EngineConditional,
    holding: Holding,
    { request, at }: { request: number; at: number },
  ): Attempt {
    const attempt: Attempt = {
      orderId: idOf(order),
      isConditional: isConditionalOrder(order),
      request,
      at,
      isHeard: false,
      isLost: false,
      isCounted: false,
      repeats: [],
    }
    this.#noteId(order, attempt)
    const { recent } = this.#state
    forgetBefore(recent, at - REPEAT_MS)
    const key = likeness(order)
    const before = (recent.get(key) ?? []).filter((one) => one.at > at - REPEAT_MS && !one.isHeard)
    for (const first of before) {
      if (first.request === request || !hasEffect(first, holding)) continue
      if (first.isLost) this.#count(attempt, first)
      else first.repeats.push(attempt)
    }
    recent.delete(key)
    recent.set(key, [...before, attempt])
    return attempt
  }

  /** The answer to what placed it did not reach its sender, or did. */
  answered(attempt: Attempt, hasArrived: boolean): void {
    if (!hasArrived) {
      attempt.isLost = true
      for (const repeat of attempt.repeats) this.#count(repeat, attempt)
    }
    // Whoever heard the answer places the next one knowingly.
    attempt.isHeard = hasArrived
    attempt.repeats = []
  }

  figures(): RepeatFigures {
    const { duplicates, reused } = this.#state
    return { duplicateOrders: duplicates, reusedClientOrderIds: reused }
  }

  exportState(): RepeatState {
    return structuredClone(this.#state)
  }

  /** Goes back to a state, its attempts made `laterMs` later. */
  importState(state: RepeatState, laterMs: number): void {
    this.#state = structuredClone(state)
    for (const attempts of this.#state.recent.values()) {
      for (const attempt of attempts) attempt.at += laterMs
    }
  }

  #noteId({ accountId, clientOrderId }: EngineOrder | EngineConditional, attempt: Attempt): void {
    if (clientOrderId === '') return
    const { ids } = this.#state
    const used = ids.get(accountId) ?? new Set<string>()
    if (used.has(clientOrderId)) {
      this.#state.reused++
      this.#onRepeat(attempt, undefined)
    }
    used.add(clientOrderId)
    ids.set(accountId, used)
  }

  #count(attempt: Attempt, first: Attempt): void {
    if (attempt.isCounted) return
    attempt.isCounted = true
    this.#state.duplicates++
    this.#onRepeat(attempt, first)
  }
}

/** What can be gone back to. */
export interface RepeatState {
  /** Orders of the last 60 s by what they have to share, the latest last. */
  recent: Map<string, Attempt[]>
  /** Client order ids that each account has used. */
  ids: Map<string, Set<string>>
  duplicates: number
  reused: number
}

const REPEAT_MS = 60_000

function isConditionalOrder(order: EngineOrder | EngineConditional): order is EngineConditional {
  return 'triggerSource' in order
}

function idOf(order: EngineOrder | EngineConditional): string {
  return isConditionalOrder(order) ? order.conditionalId : order.orderId
}

function likeness(order: EngineOrder | EngineConditional): string {
  const { accountId, symbol, side, positionSide, quantity, price } = order
  const own = isConditionalOrder(order)
    ? [
        order.kind,
        order.orderType,
        order.trailingRate ?? order.trailingDistance ?? order.triggerPrice,
      ]
    : [order.type]
  return [accountId, symbol, side, positionSide, quantity, price, ...own].join(' ')
}

/** Whether the order of the attempt is open, or has done something. */
function hasEffect({ isConditional, orderId }: Attempt, holding: Holding): boolean {
  if (isConditional) {
    const conditional = holding.conditionalById.get(orderId)
    return conditional?.status === 'WAITING' || conditional?.orderId !== undefined
  }
  const order = holding.orderById.get(orderId)
  return order !== undefined && (isOpen(order) || !isZero(order.executedQuantity))
}

function forgetBefore(recent: Map<string, Attempt[]>, before: number): void {
  for (const [key, attempts] of recent) {
    if ((attempts.at(-1)?.at ?? before) >= before) return
    recent.delete(key)
  }
}
