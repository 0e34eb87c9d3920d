import { add, type Decimal, isGreater, isPositive, sub } from '../../core/decimal.ts'
import { isReducing, remainingOf } from '../engine/endings.ts'
import { closingSideOf, isSameLeg, legKey, legOf } from '../engine/legs.ts'
import type {
  Engine,
  EngineConditional,
  EnginePosition,
  Holding,
  PositionLeg,
  PositionSide,
} from '../engine/types.ts'

/** A time during which a position was larger than its working stops. */
export interface Stretch {
  accountId: string
  symbol: string
  side: PositionSide
  from: number
  to: number
  /** The most of it that was not covered at any moment, in the base asset. */
  worstSize: Decimal
}

export interface CoverageFigures {
  /** Milliseconds, summed over all positions there ever were. */
  uncoveredMs: number
  /** Longest of the stretches. */
  worstUncoveredMs: number
  /** The newest thousand, those that still last included: they reach up to now. */
  uncovered: Stretch[]
}

/**
 * Which positions have been without a stop, and for how long. All positions count, whether or not
 * anybody meant to protect them.
 *
 * Covered is what working stops would close: conditional orders that wait on the closing side of the
 * position's leg, may only shrink it, and fire when the price goes against it (trailing ones once
 * they are active); and the orders such stops have become, as far as they rest unfilled. Stop-limit
 * orders count like stop-market ones. A stop that closes the position covers all of it.
 */
export class Coverage {
  #state: CoverageState = { accounts: new Map(), ended: [], uncoveredMs: 0, worstUncoveredMs: 0 }

  /** Positions and orders of the account are these from that time on. */
  settled(holding: Holding, at: number): void {
    const account = this.#accountOf(holding.accountId)
    const open = new Set<string>()
    for (const position of holding.positions.values()) {
      const key = placeKey(legOf(position), position.side)
      open.add(key)
      const place = placeOf(account, key, position)
      delete place.flatSince
      this.#measure(place, sub(position.size, coverOf(holding, position)), at)
    }
    for (const [key, place] of account) {
      if (open.has(key) || place.flatSince !== undefined) continue
      place.flatSince = at
      this.#end(place, at)
    }
  }

  figures(now: number): CoverageFigures {
    const { accounts, ended, ...sums } = this.#state
    let { uncoveredMs, worstUncoveredMs } = sums
    const lasting: Stretch[] = []
    for (const account of accounts.values()) {
      for (const { stretch } of account.values()) {
        if (!stretch || stretch.from >= now) continue
        uncoveredMs += now - stretch.from
        worstUncoveredMs = Math.max(worstUncoveredMs, now - stretch.from)
        lasting.push({ ...stretch, to: now })
      }
    }
    const uncovered = [...ended, ...lasting].slice(-MOST_STRETCHES)
    return { uncoveredMs, worstUncoveredMs, uncovered }
  }

  /**
   * Orders, plain and conditional, that can only close a position which has not been there for more
   * than a second, or was never; an order counts from its own making at the earliest.
   */
  orphans(engine: Engine): number {
    const before = engine.now() - ORPHAN_MS
    let count = 0
    for (const accountId of engine.accountIds()) {
      const positions = engine.positions(accountId)
      const account = this.#state.accounts.get(accountId)
      for (const order of [
        ...engine.openOrders(accountId),
        ...engine.openConditionals(accountId),
      ]) {
        if (!isReducing(order)) continue
        const closes: PositionSide = order.side === 'SELL' ? 'LONG' : 'SHORT'
        if (positions.some((one) => one.side === closes && isSameLeg(legOf(one), order))) continue
        const flatSince = account?.get(placeKey(order, closes))?.flatSince ?? 0
        if (Math.max(flatSince, order.createdAt) < before) count++
      }
    }
    return count
  }

  exportState(): CoverageState {
    return structuredClone(this.#state)
  }

  /** Goes back to a state; what was under way then goes on from now, `laterMs` later. */
  importState(state: CoverageState, laterMs: number): void {
    this.#state = structuredClone(state)
    for (const account of this.#state.accounts.values()) {
      for (const place of account.values()) {
        if (place.stretch) place.stretch.from += laterMs
        if (place.flatSince !== undefined) place.flatSince += laterMs
      }
    }
  }

  #accountOf(accountId: string): Map<string, Place> {
    const { accounts } = this.#state
    const account = accounts.get(accountId) ?? new Map<string, Place>()
    accounts.set(accountId, account)
    return account
  }

  #measure(place: Place, missing: Decimal, at: number): void {
    if (!isPositive(missing)) {
      this.#end(place, at)
      return
    }
    const { accountId, symbol, side } = place
    place.stretch ??= { accountId, symbol, side, from: at, to: at, worstSize: missing }
    const { stretch } = place
    if (isGreater(missing, stretch.worstSize)) stretch.worstSize = missing
  }

  #end(place: Place, at: number): void {
    const { stretch } = place
    if (!stretch) return
    delete place.stretch
    const ms = at - stretch.from
    if (ms <= 0) return
    const state = this.#state
    state.uncoveredMs += ms
    state.worstUncoveredMs = Math.max(state.worstUncoveredMs, ms)
    state.ended.push({ ...stretch, to: at })
    if (state.ended.length > MOST_STRETCHES) state.ended.shift()
  }
}

/** What can be gone back to. */
export interface CoverageState {
  /** By account, then by leg and side. */
  accounts: Map<string, Map<string, Place>>
  ended: Stretch[]
  uncoveredMs: number
  worstUncoveredMs: number
}

/** Where a position is or has been. */
interface Place {
  accountId: string
  symbol: string
  side: PositionSide
  /** Absent while there is a position. */
  flatSince?: number
  /** While the position is not covered. */
  stretch?: Stretch
}

const MOST_STRETCHES = 1_000
const ORPHAN_MS = 1_000

function placeKey(leg: PositionLeg, side: PositionSide): string {
  return `${legKey(leg)} ${side}`
}

function placeOf(account: Map<string, Place>, key: string, position: EnginePosition): Place {
  const { accountId, symbol, side } = position
  const place = account.get(key) ?? { accountId, symbol, side }
  account.set(key, place)
  return place
}

/** How much of the position working stops would close; more than there is counts as it stands. */
function coverOf(holding: Holding, position: EnginePosition): Decimal {
  const { openOrders, waiting, conditionalById } = holding
  let cover: Decimal = '0'
  for (const conditional of waiting.values()) {
    if (!isStopOf(position, conditional)) continue
    if (conditional.closePosition) return position.size
    cover = add(cover, conditional.quantity)
  }
  for (const order of openOrders.values()) {
    if (order.conditionalId === undefined) continue
    const origin = conditionalById.get(order.conditionalId)
    if (origin && isStopOf(position, origin)) cover = add(cover, remainingOf(order))
  }
  return cover
}

function isStopOf(position: EnginePosition, conditional: EngineConditional): boolean {
  if (conditional.side !== closingSideOf(position.side)) return false
  if (!isSameLeg(conditional, legOf(position)) || !isReducing(conditional)) return false
  if (conditional.kind === 'trailing') return conditional.bestPrice !== undefined
  return conditional.triggerDirection === (position.side === 'LONG' ? 'fall' : 'rise')
}
