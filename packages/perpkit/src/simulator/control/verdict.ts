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
  /** Open orders that could only close a position which has been gone for more than a second. */
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

/** Since the start or the last reset; a snapshot keeps it, and a revert goes back to it. */
export interface Verdict extends VerdictFigures {
  venues: Partial<Record<VenueName, VerdictFigures>>
  /** The newest thousand, in order of their end. */
  uncovered: UncoveredRow[]
}

export const verdict: Action<Verdict> = ({ world }) => {
  return () => {
    const all: Verdict = { ...figuresOf(NOTHING), venues: {}, uncovered: [] }
    for (const [venue, { engine, keys }] of world.hosts) {
      const judgement = world.judges.get(venue)?.judge(engine) ?? NOTHING
      const figures = figuresOf(judgement)
      all.venues[venue] = figures
      for (const name of SUMMED) all[name] += figures[name]
      all.worstUncoveredMs = Math.max(all.worstUncoveredMs, figures.worstUncoveredMs)
      for (const { accountId, ...stretch } of judgement.uncovered) {
        all.uncovered.push({ venue, account: keys.keyOf(accountId) ?? accountId, ...stretch })
      }
    }
    all.uncovered = all.uncovered.sort((a, b) => a.to - b.to).slice(-MOST_ROWS)
    return all
  }
}

const MOST_ROWS = 1_000

const SUMMED = [
  'duplicateOrders',
  'uncoveredMs',
  'orphanOrders',
  'limitBreaches',
  'reusedClientOrderIds',
] as const

const NOTHING: Judgement = {
  duplicateOrders: 0,
  uncoveredMs: 0,
  worstUncoveredMs: 0,
  orphanOrders: 0,
  limitBreaches: 0,
  reusedClientOrderIds: 0,
  uncovered: [],
}

function figuresOf({ uncovered: _, ...figures }: Judgement): VerdictFigures {
  return figures
}
