import type { Engine } from '../../engine/types.ts'
import { readNotes } from './notes.ts'

/** Client ids of protection that waits inside the orders it is attached to. */
export function pendingAttachedIds(engine: Engine, accountId: string): Set<string> {
  const ids = new Set<string>()
  for (const { venueData } of engine.openOrders(accountId)) {
    for (const { attachAlgoClOrdId } of readNotes(venueData).attached) {
      if (attachAlgoClOrdId !== '') ids.add(attachAlgoClOrdId)
    }
  }
  return ids
}
