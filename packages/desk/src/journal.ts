import { randomInt } from 'node:crypto'
import type { Clock, ExchangeName, Journal, OrderIntent, Outcome } from 'perpkit'

/** A journal that tells each intent once it is written and before its request leaves. */
export function announcing(journal: Journal, announce: (intent: OrderIntent) => void): Journal {
  // All else goes to the journal itself, whatever it can do.
  return Object.create(journal, {
    record: {
      value: async (intent: OrderIntent): Promise<void> => {
        await journal.record(intent)
        announce(intent)
      },
    },
  })
}

interface ManagedEntry {
  id: string
  exchange: ExchangeName
  isFinal: boolean
  record: unknown
}

/** A journal for the life of one command, where no store keeps one. */
export function passingJournal(clock: Clock): Journal {
  const identity = {
    installation: randomInt(2 ** 12),
    epoch: randomInt(2 ** 16),
    since: Math.floor(clock.now() / 1000),
  }
  const open = new Map<string, OrderIntent>()
  const managed = new Map<string, ManagedEntry>()
  const journal = {
    identity: () => identity,
    record: (intent: OrderIntent) => void open.set(intent.clientOrderId, intent),
    settle: (clientOrderId: string, outcome: Outcome) => {
      if (outcome !== 'unknown') open.delete(clientOrderId)
    },
    unsettled: () => [...open.values()],
    saveManaged: (entry: ManagedEntry) => {
      if (entry.isFinal) managed.delete(entry.id)
      else managed.set(entry.id, entry)
    },
    managed: () => [...managed.values()],
  }
  return journal
}
