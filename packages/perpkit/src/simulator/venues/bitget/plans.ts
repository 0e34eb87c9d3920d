import type { EngineConditional } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import type { OrderIds } from './cancellation.ts'
import { planClientIdOf } from './clientIds.ts'

/** The plan of that id, or else the latest of that client id. */
export function findPlan(
  { accountId, engine }: Handling,
  { clientOid, orderId }: OrderIds,
): EngineConditional | undefined {
  if (orderId !== undefined) return engine.conditional(accountId, orderId)
  return engine.conditionals(accountId).findLast((plan) => planClientIdOf(plan) === clientOid)
}
