import type { Engine, EngineConditional, EngineOrder } from '../../engine/types.ts'
import { readNotes } from './notes.ts'

export const algoStates = ['active', 'effective', 'canceled', 'failed'] as const

export type AlgoState = (typeof algoStates)[number]

/**
 * One conditional order as the venue counts it: the two legs of a `tpsl` are one under the id of the
 * first (docs/wire/htx.md 4.10).
 */
export interface AlgoRecord {
  primary: EngineConditional
  /** The second leg of a `tpsl`. */
  partner: EngineConditional | undefined
  state: AlgoState
  /** When it fired, and what it became. */
  firedAt: number | undefined
  order: EngineOrder | undefined
}

/** All conditional orders of an account, ended ones too, oldest first. */
export function algoRecords(engine: Engine, accountId: string): AlgoRecord[] {
  const rows = engine.conditionals(accountId)
  const partners = new Map<string, EngineConditional>()
  for (const row of rows) {
    const { primaryId } = readNotes(row.venueData)
    if (primaryId !== '') partners.set(primaryId, row)
  }
  return rows
    .filter((row) => readNotes(row.venueData).primaryId === '')
    .map((primary) => toRecord(engine, primary, partners.get(primary.conditionalId)))
}

/** The one of that id, or else the latest of that client id; the id wins. */
export function findAlgo(
  engine: Engine,
  accountId: string,
  name: { algoId: string | undefined; clientId: string | undefined },
): AlgoRecord | undefined {
  const { algoId, clientId } = name
  return algoRecords(engine, accountId).findLast(({ primary }) =>
    algoId === undefined ? primary.clientOrderId === clientId : primary.conditionalId === algoId,
  )
}

function toRecord(
  engine: Engine,
  primary: EngineConditional,
  partner: EngineConditional | undefined,
): AlgoRecord {
  const legs = partner ? [primary, partner] : [primary]
  const fired = legs.find((row) => row.status === 'TRIGGERED')
  const { accountId } = primary
  return {
    primary,
    partner,
    state: stateOf(legs),
    firedAt: fired?.triggeredAt,
    order: fired?.orderId === undefined ? undefined : engine.order(accountId, fired.orderId),
  }
}

function stateOf(legs: readonly EngineConditional[]): AlgoState {
  const has = (status: EngineConditional['status']): boolean =>
    legs.some((row) => row.status === status)
  if (has('TRIGGERED')) return 'effective'
  if (has('REJECTED')) return 'failed'
  return has('WAITING') ? 'active' : 'canceled'
}
