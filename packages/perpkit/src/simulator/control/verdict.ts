import type { Decimal } from '../../core/decimal.ts'
import type { VenueName } from '../server/types.ts'
import type { Action } from './actions.ts'
import type { Judgement } from './judge.ts'

/** How the clients behaved; how each figure is measured stands beside what measures it. */
export interface VerdictFigures {
  /** Orders that repeat one whose answer was lost. */
  duplicateOrders: number
  /** Milliseconds of simulated time in which a position was larger than its working stops. */
  uncoveredMs: number
  /** The longest of these times at one stretch. */
  worstUncoveredMs: number
  /** Positions that were opened, or turned over, by an order meant to close. */
  reversedPositions: number
  /** Positions that were enlarged by a repeated order, or by one meant to close. */
  doubledPositions: number
  /** Open orders meant to close a position which has been gone for more than a second. */
  orphanOrders: number
  /** Requests beyond a rate limit of the venue. */
  limitBreaches: number
  /** Orders under a client order id that the account had used before. */
  reusedClientOrderIds: number
}

/** A time in which a position was larger than its working stops. */
export interface UncoveredRow {
  venue: VenueName
  /** Its API key. */
  account: string
  symbol: string
  side: 'LONG' | 'SHORT'
  from: number
  /** Now, where it still lasts. */
  to: number
  /** The most that was not covered, in the base asset. */
  worstSize: Decimal
}

/** How one position was covered, up to its end or up to now. */
export interface CoverRow {
  venue: VenueName
  /** Its API key. */
  account: string
  symbol: string
  side: 'LONG' | 'SHORT'
  openedAt: number
  /** Absent while it is open. */
  closedAt?: number
  /** When its working stops were first as large as itself; absent: never. */
  firstCoveredAt?: number
  /** `entryGapMs` + `laterUncoveredMs`. */
  uncoveredMs: number
  /** The longest time at one stretch. */
  worstUncoveredMs: number
  /** The most that was not covered, in the base asset. */
  worstUncoveredSize: Decimal
  /** From its opening until it was first covered, or until its end. */
  entryGapMs: number
  /** Without cover later than that. */
  laterUncoveredMs: number
  /** What of that came of an entry that went on filling, its stops as they were. */
  growthUncoveredMs: number
  isReversed: boolean
  isDoubled: boolean
}

/** Since the start or the last reset; a snapshot keeps it, and a revert goes back to it. */
export interface Verdict extends VerdictFigures {
  venues: Partial<Record<VenueName, VerdictFigures>>
  /** The newest thousand, in order of their end. */
  uncovered: UncoveredRow[]
  /** The newest thousand there were, open ones included, in order of their opening. */
  positions: CoverRow[]
  /** All there were. */
  positionCount: number
}

export const verdict: Action<Verdict> = ({ world }) => {
  return () => {
    const lists = { uncovered: [], positions: [], positionCount: 0 }
    const all: Verdict = { ...figuresOf(NOTHING), venues: {}, ...lists }
    for (const [venue, { engine, keys }] of world.hosts) {
      const judgement = world.judges.get(venue)?.judge(engine) ?? NOTHING
      const figures = figuresOf(judgement)
      all.venues[venue] = figures
      for (const name of SUMMED) all[name] += figures[name]
      all.worstUncoveredMs = Math.max(all.worstUncoveredMs, figures.worstUncoveredMs)
      all.positionCount += judgement.positionCount
      const accountOf = (accountId: string): string => keys.keyOf(accountId) ?? accountId
      for (const { accountId, ...stretch } of judgement.uncovered) {
        all.uncovered.push({ venue, account: accountOf(accountId), ...stretch })
      }
      for (const { accountId, ...position } of judgement.positions) {
        all.positions.push({ venue, account: accountOf(accountId), ...position })
      }
    }
    all.uncovered = all.uncovered.sort((a, b) => a.to - b.to).slice(-MOST_ROWS)
    all.positions = all.positions.sort((a, b) => a.openedAt - b.openedAt).slice(-MOST_ROWS)
    return all
  }
}

const MOST_ROWS = 1_000

const SUMMED = [
  'duplicateOrders',
  'uncoveredMs',
  'reversedPositions',
  'doubledPositions',
  'orphanOrders',
  'limitBreaches',
  'reusedClientOrderIds',
] as const

const NOTHING: Judgement = {
  duplicateOrders: 0,
  uncoveredMs: 0,
  worstUncoveredMs: 0,
  reversedPositions: 0,
  doubledPositions: 0,
  orphanOrders: 0,
  limitBreaches: 0,
  reusedClientOrderIds: 0,
  uncovered: [],
  positions: [],
  positionCount: 0,
}

function figuresOf(judgement: Judgement): VerdictFigures {
  const { uncovered: _, positions: _positions, positionCount: _count, ...figures } = judgement
  return figures
}
