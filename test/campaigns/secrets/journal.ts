import type { Journal, ManagedEntry, OrderIntent, Outcome } from 'perpkit'

/** What a journal is told. */
export type JournalRow = OrderIntent | ManagedEntry | { clientOrderId: string; outcome: Outcome }

/** A journal that writes all it is told into `rows`; `epoch` tells it from others. */
export function createRecordingJournal(epoch: number, rows: JournalRow[]): Journal {
  return {
    identity: () => ({ installation: 7, epoch, since: 0 }),
    record: (intent) => void rows.push(intent),
    settle: (clientOrderId, outcome) => void rows.push({ clientOrderId, outcome }),
    unsettled: () => [],
    saveManaged: (entry) => void rows.push(entry),
    managed: () => [],
  }
}
