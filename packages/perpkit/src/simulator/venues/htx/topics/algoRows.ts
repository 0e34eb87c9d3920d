import type { EngineEvent } from '../../../engine/types.ts'
import { type AlgoRecord, findAlgo } from '../algoRecords.ts'
import { algoRow } from '../algoRow.ts'
import { listingOf } from '../contracts.ts'
import { readNotes } from '../notes.ts'
import type { Owner, Push } from './pushes.ts'

/**
 * Conditional orders as they are placed, cancelled, triggered or fail: docs/wire/htx.md 4.10 and
 * 8.2. The two legs of a `tpsl` are one, which is told of once; `told` remembers how.
 */
export function algoRows(
  { accountId, engine }: Owner,
  events: readonly EngineEvent[],
  told: Map<string, string>,
): Push[] {
  return events.flatMap((event) => {
    if (event.kind !== 'conditional') return []
    const { change, conditional } = event
    if (change === 'triggered' || change === 'activated') return []
    const { primaryId } = readNotes(conditional.venueData)
    const algoId = primaryId === '' ? conditional.conditionalId : primaryId
    const record = findAlgo(engine, accountId, { algoId, clientId: undefined })
    const isRunning = change === 'placed' || change === 'amended'
    // One leg has left and the other one not yet.
    if (!record || (!isRunning && record.state === 'active')) return []
    const shown: AlgoRecord = isRunning ? { ...record, state: 'active', order: undefined } : record
    const text = `${shown.state} ${shown.primary.quantity}`
    if (told.get(algoId) === text) return []
    told.set(algoId, text)
    return [pushOf(shown)]
  })
}

function pushOf(record: AlgoRecord): Push {
  return { contract: listingOf(record.primary.symbol).native, data: [algoRow(record)] }
}
