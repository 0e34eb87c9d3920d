import { type EngineConditional, isRefusal, type Refusal } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { refused, refusedByEngine } from './errors.ts'

/** What the engine has placed, or its refusal in the words for plans. */
export function accepted(
  handling: Handling,
  placed: EngineConditional | Refusal,
): EngineConditional {
  if (!isRefusal(placed)) return placed
  if (placed.refused === 'tooManyOrders') throw refused(handling, 'tooManyPlans')
  throw refusedByEngine(handling, placed)
}
