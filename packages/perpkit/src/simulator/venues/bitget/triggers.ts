import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import type { Engine, PositionView } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { refused } from './errors.ts'
import type { Goal, LegTerms } from './legs.ts'
import type { Watched } from './notes.ts'
import type { Situation } from './situations.ts'

/** The side of the watched price on which a trigger lies; equal fires at once. */
export function directionOf(
  engine: Engine,
  symbol: string,
  trigger: Decimal,
  watched: Watched,
): 'rise' | 'fall' {
  return isLess(trigger, engine.prices(symbol)[watched]) ? 'fall' : 'rise'
}

/**
 * Refuses a take-profit or stop that the price it watches has reached already: docs/wire/bitget.md
 * 6.1. Never compared with the entry price.
 */
export function checkSide(
  handling: Handling,
  position: Pick<PositionView, 'side' | 'symbol'>,
  { goal, trigger, watched }: Pick<LegTerms, 'goal' | 'trigger' | 'watched'>,
): void {
  const current = handling.engine.prices(position.symbol)[watched]
  const isLong = position.side === 'LONG'
  const isAbove = isLong === (goal === 'takeProfit')
  const isRight = isAbove ? isGreater(trigger, current) : isLess(trigger, current)
  if (isRight) return
  throw refused(handling, wrongSide(goal, isLong, watched))
}

function wrongSide(goal: Goal, isLong: boolean, watched: Watched): Situation {
  const isLast = watched === 'last'
  if (goal === 'takeProfit') {
    if (isLong) return isLast ? 'takeLongLast' : 'takeLongMark'
    return isLast ? 'takeShortLast' : 'takeShortMark'
  }
  if (isLong) return isLast ? 'stopLongLast' : 'stopLongMark'
  return isLast ? 'stopShortLast' : 'stopShortMark'
}
