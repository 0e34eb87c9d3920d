import { type EngineConditional, isRefusal } from '../../../engine/types.ts'
import type { Handling } from '../../../server/types.ts'
import type { OrderIds } from '../cancellation.ts'
import { planClientIdOf } from '../clientIds.ts'
import { refused } from '../errors.ts'
import type { Holder } from '../holder.ts'
import { readNotes } from '../notes.ts'

/** One row of V3: a plan, or two legs under the id of the first (docs/wire/bitget.md 12.5). */
export interface Strategy {
  orderId: string
  clientOid: string
  legs: readonly [EngineConditional, ...EngineConditional[]]
}

/** At most so many live rows a symbol. */
const MOST_LIVE = 20

/** All rows of an account, oldest first. */
export function strategiesOf({ accountId, engine }: Holder): Strategy[] {
  const rows = new Map<string, Strategy>()
  for (const plan of engine.conditionals(accountId)) {
    const orderId = readNotes(plan.venueData).strategyId || plan.conditionalId
    const row = rows.get(orderId)
    if (row) rows.set(orderId, { ...row, legs: [...row.legs, plan] })
    else rows.set(orderId, { orderId, clientOid: planClientIdOf(plan), legs: [plan] })
  }
  return [...rows.values()]
}

export function findStrategy(handling: Handling, ids: OrderIds): Strategy | undefined {
  const { clientOid, orderId } = ids
  return strategiesOf(handling).findLast((row) =>
    orderId === undefined ? row.clientOid === clientOid : row.orderId === orderId,
  )
}

export function isLive({ legs }: Strategy): boolean {
  return legs.some((leg) => leg.status === 'WAITING')
}

/** The leg that decides what is told of the row: the one that fired, if any. */
function decisive({ legs }: Strategy): EngineConditional {
  const fired = legs.find((leg) => leg.status === 'TRIGGERED' || leg.status === 'REJECTED')
  return fired ?? legs.find((leg) => leg.status === 'WAITING') ?? legs[0]
}

export function statusOf(row: Strategy): string {
  switch (decisive(row).status) {
    case 'WAITING':
      return 'pending'
    case 'TRIGGERED':
      return 'success'
    case 'REJECTED':
      return 'failed'
    case 'CANCELLED':
    case 'EXPIRED':
      return 'cancelled'
  }
}

/** Ends what waits of a row. */
export function endStrategy({ accountId, engine }: Handling, row: Strategy): void {
  for (const { conditionalId, status } of row.legs) {
    if (status !== 'WAITING') continue
    const ended = engine.cancelConditional(accountId, conditionalId)
    if (isRefusal(ended)) throw new Error(`leg ${conditionalId} waits and cannot be cancelled`)
  }
}

/** Refuses one row more than a symbol may have. */
export function checkRoom(handling: Handling, symbol: string): void {
  const live = strategiesOf(handling).filter((row) => isLive(row) && row.legs[0].symbol === symbol)
  if (live.length >= MOST_LIVE) throw refused(handling, 'tooManyPlans')
}
