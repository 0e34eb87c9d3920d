import { type Decimal, isGreater, isLess, isPositive, sub } from '../../core/decimal.ts'
import { isSameLeg, legKey, legOf } from '../engine/legs.ts'
import type {
  Engine,
  EngineConditional,
  EngineOrder,
  EnginePosition,
  Holding,
  PositionLeg,
  PositionSide,
  PositionStep,
} from '../engine/types.ts'
import { coverOf, type Excess, isProtective } from './cover.ts'
import type { Intent } from './intents.ts'
import {
  accountAt,
  addStretch,
  type LastingStretch,
  openRecord,
  type PositionCover,
  type PositionRecord,
  type Stretch,
} from './positionRecord.ts'

export interface CoverageFigures {
  /** Milliseconds, summed over all positions there ever were. */
  uncoveredMs: number
  /** Longest of the stretches. */
  worstUncoveredMs: number
  /** Positions that were opened by orders meant to close. */
  reversedPositions: number
  /** Positions that were enlarged by repeated orders, or by orders meant to close. */
  doubledPositions: number
  /** The newest thousand, those that still last included: they reach up to now. */
  uncovered: Stretch[]
  /** The newest thousand, open ones included, in order of opening. */
  positions: PositionCover[]
  /** All there ever were. */
  positionCount: number
}

/**
 * Which positions have been without a stop, and for how long. All positions count, whether or not
 * anybody meant to protect them. What does not last for a millisecond does not count: a stop that is
 * there in the moment of the fill, or back in the moment it was taken away, leaves no gap.
 */
export class Coverage {
  readonly #excess: Excess
  #state: CoverageState = {
    accounts: new Map(),
    ended: [],
    closed: [],
    positions: 0,
    uncoveredMs: 0,
    worstUncoveredMs: 0,
    reversed: 0,
    doubled: 0,
  }

  constructor(excess: Excess = 'cut') {
    this.#excess = excess
  }

  /** An order has filled at that time; positions are opened and closed by nothing else. */
  filled(leg: PositionLeg, { before, after }: PositionStep, intent: Intent, at: number): void {
    if (before && after?.side !== before.side) this.#close(leg, before, at)
    if (!after) return
    const place = this.#placeOf(after)
    if (after.side !== before?.side) {
      place.record = openRecord(after, ++this.#state.positions, intent.name)
      place.record.openedAt = at
    } else if (isGreater(after.size, before.size) && place.record?.openedBy !== intent.name) {
      place.record?.enlargedBy.add(intent.name)
    }
    this.#blame(place.record, intent)
  }

  /** What an order was meant for has come to light after it had filled. */
  learned(intent: Intent): void {
    for (const record of this.#state.closed) this.#blame(record, intent)
    for (const place of this.#places()) this.#blame(place.record, intent)
  }

  /** Positions and orders of the account are these from that time on. */
  settled(holding: Holding, at: number): void {
    this.#follow(holding)
    const open = new Set<Place>()
    for (const position of holding.positions.values()) {
      const place = this.#placeOf(position)
      open.add(place)
      delete place.flatSince
      this.#commit(place, at)
      const { size } = position
      place.now = { at, size, cover: coverOf(holding, position, this.#excess) }
    }
    for (const place of this.#accountOf(holding.accountId).values()) {
      if (!open.has(place)) place.flatSince ??= at
    }
  }

  figures(now: number): CoverageFigures {
    const lasting: Stretch[] = []
    const positions: PositionCover[] = []
    const { ended, closed, reversed, doubled } = this.#state
    const records: [PositionRecord, LastingStretch | undefined][] = []
    for (const record of closed) records.push([record, undefined])
    for (const place of this.#places()) {
      this.#commit(place, now)
      if (place.record) records.push([place.record, place.stretch])
    }
    let { uncoveredMs, worstUncoveredMs } = this.#state
    for (const { stretch } of this.#places()) {
      if (!stretch || stretch.from >= now) continue
      uncoveredMs += now - stretch.from
      worstUncoveredMs = Math.max(worstUncoveredMs, now - stretch.from)
      lasting.push(plain(stretch, now))
    }
    records.sort(([one], [other]) => one.number - other.number)
    for (const [record, stretch] of records) positions.push(accountAt(record, stretch, now))
    return {
      uncoveredMs,
      worstUncoveredMs,
      reversedPositions: reversed,
      doubledPositions: doubled,
      uncovered: [...ended, ...lasting].slice(-MOST_ROWS),
      positions: positions.slice(-MOST_ROWS),
      positionCount: this.#state.positions,
    }
  }

  /**
   * Orders, plain and conditional, that were meant to close a position which has not been there for
   * more than a second, or was never; an order counts from its own making at the earliest.
   */
  orphans(engine: Engine, protects: (conditional: EngineConditional) => boolean): number {
    const before = engine.now() - ORPHAN_MS
    let count = 0
    for (const accountId of engine.accountIds()) {
      const positions = engine.positions(accountId)
      const account = this.#state.accounts.get(accountId)
      const orders: (EngineOrder | EngineConditional)[] = [
        ...engine.openOrders(accountId).filter(isProtective),
        ...engine.openConditionals(accountId).filter((one) => isProtective(one) || protects(one)),
      ]
      for (const order of orders) {
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
    for (const place of this.#places()) {
      const { stretch, now, record } = place
      if (place.flatSince !== undefined) place.flatSince += laterMs
      if (stretch) stretch.from += laterMs
      if (now) now.at += laterMs
      if (!record) continue
      record.openedAt += laterMs
      if (record.firstCoveredAt !== undefined) record.firstCoveredAt += laterMs
    }
  }

  *#places(): Iterable<Place> {
    for (const account of this.#state.accounts.values()) yield* account.values()
  }

  #accountOf(accountId: string): Map<string, Place> {
    const { accounts } = this.#state
    const account = accounts.get(accountId) ?? new Map<string, Place>()
    accounts.set(accountId, account)
    return account
  }

  #placeOf(position: EnginePosition): Place {
    const { accountId, symbol, side } = position
    const account = this.#accountOf(accountId)
    const key = placeKey(legOf(position), side)
    const place = account.get(key) ?? { accountId, symbol, side }
    account.set(key, place)
    return place
  }

  /** A position that has changed its margin mode is the same one in another place. */
  #follow(holding: Holding): void {
    const account = this.#accountOf(holding.accountId)
    for (const position of holding.positions.values()) {
      const leg = legOf(position)
      const key = placeKey(leg, position.side)
      if (account.get(key)?.record) continue
      const marginMode = leg.marginMode === 'CROSS' ? 'ISOLATED' : 'CROSS'
      const oldKey = placeKey({ ...leg, marginMode }, position.side)
      const old = account.get(oldKey)
      if (!old?.record) continue
      account.set(key, old)
      const { accountId, symbol, side } = old
      account.set(oldKey, { accountId, symbol, side })
    }
  }

  #close(leg: PositionLeg, { accountId, side }: EnginePosition, at: number): void {
    const place = this.#accountOf(accountId).get(placeKey(leg, side))
    if (!place?.record) return
    this.#commit(place, at)
    this.#end(place, at)
    const { closed } = this.#state
    closed.push({ ...place.record, closedAt: at })
    if (closed.length > MOST_ROWS) closed.shift()
    delete place.record
    delete place.now
    delete place.before
  }

  /** Counts what the place has been since its last change, now that time has passed. */
  #commit(place: Place, at: number): void {
    const { now, before, record } = place
    if (!now || !record || now.at >= at) return
    place.before = now
    const missing = sub(now.size, now.cover)
    if (!isPositive(missing)) {
      this.#end(place, now.at)
      record.firstCoveredAt ??= now.at
      return
    }
    const hasShrunk = before !== undefined && isLess(now.cover, before.cover)
    if (!place.stretch) {
      const { accountId, symbol, side } = place
      const from = now.at
      const isGrowth = before !== undefined && isGreater(now.size, before.size) && !hasShrunk
      place.stretch = {
        ...{ accountId, symbol, side, from, to: from, worstSize: missing },
        ...{ isGrowth, growthMs: 0 },
      }
    }
    const { stretch } = place
    if (isGreater(missing, stretch.worstSize)) stretch.worstSize = missing
    if (!stretch.isGrowth || !hasShrunk) return
    stretch.isGrowth = false
    stretch.growthMs = now.at - stretch.from
  }

  #end(place: Place, at: number): void {
    const { stretch, record } = place
    if (!stretch) return
    delete place.stretch
    const ms = at - stretch.from
    if (ms <= 0) return
    if (record) addStretch(record, stretch, at)
    const state = this.#state
    state.uncoveredMs += ms
    state.worstUncoveredMs = Math.max(state.worstUncoveredMs, ms)
    state.ended.push(plain(stretch, at))
    if (state.ended.length > MOST_ROWS) state.ended.shift()
  }

  #blame(record: PositionRecord | undefined, { name, isClosing, isRepeat }: Intent): void {
    if (!record) return
    if (!record.isReversed && isClosing && record.openedBy === name) {
      record.isReversed = true
      this.#state.reversed++
    }
    if (!record.isDoubled && (isClosing || isRepeat) && record.enlargedBy.has(name)) {
      record.isDoubled = true
      this.#state.doubled++
    }
  }
}

/** What can be gone back to. */
export interface CoverageState {
  /** By account, then by leg and side. */
  accounts: Map<string, Map<string, Place>>
  /** Stretches, and positions. */
  ended: Stretch[]
  closed: PositionRecord[]
  /** How many there ever were. */
  positions: number
  uncoveredMs: number
  worstUncoveredMs: number
  reversed: number
  doubled: number
}

/** Where a position is or has been. */
interface Place {
  accountId: string
  symbol: string
  side: PositionSide
  /** Absent while there is a position. */
  flatSince?: number
  /** While there is a position: its account, and how it stands since its last change. */
  record?: PositionRecord
  now?: Standing
  /** How it stood before that change. */
  before?: Standing
  /** While the position is not covered. */
  stretch?: LastingStretch
}

interface Standing {
  at: number
  size: Decimal
  cover: Decimal
}

const MOST_ROWS = 1_000
const ORPHAN_MS = 1_000

function placeKey(leg: PositionLeg, side: PositionSide): string {
  return `${legKey(leg)} ${side}`
}

function plain({ accountId, symbol, side, from, worstSize }: LastingStretch, to: number): Stretch {
  return { accountId, symbol, side, from, to, worstSize }
}
