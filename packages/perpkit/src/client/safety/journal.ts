import type { ExchangeName } from '../../model/tokens.ts'

/** Who writes ids: two journals never have the same identity. */
export interface JournalIdentity {
  /** 12 bits: which installation. */
  installation: number
  /** 16 bits: grows each time an installation's ownership changes. */
  epoch: number
  /** When this identity began, in seconds since the epoch. */
  since: number
}

/** What became of an intent. `unknown` ones are those a restart has to look up. */
export type Outcome = 'done' | 'rejected' | 'notSent' | 'unknown'

/** An order we are about to send. */
export interface OrderIntent {
  exchange: ExchangeName
  clientOrderId: string
  action: string
  symbol: string
  /** Exchange time the request claims. */
  timestamp: number
}

/** A managed order as a journal keeps it. */
export interface ManagedEntry {
  /** The newer entry of an id takes the place of the older. */
  id: string
  exchange: ExchangeName
  /** Nothing is left to do for it: it need not be kept. */
  isFinal: boolean
  /** Plain JSON, of concern to the client alone, which checks it when it comes back. */
  record: unknown
}

/**
 * Written ahead: an intent is in the journal before its request leaves, and what is not journalled
 * is not sent.
 */
export interface Journal {
  identity(): JournalIdentity | Promise<JournalIdentity>
  record(intent: OrderIntent): void | Promise<void>
  settle(clientOrderId: string, outcome: Outcome): void | Promise<void>
  /** Intents without an outcome, or with an unknown one, oldest first. */
  unsettled(): OrderIntent[] | Promise<OrderIntent[]>
  /** Keeps what is known of a managed order, before each of its steps; a failure keeps it from acting. */
  saveManaged(entry: ManagedEntry): void | Promise<void>
  /** The last entry of each managed order that is not final, of all exchanges, oldest first. */
  managed(): ManagedEntry[] | Promise<ManagedEntry[]>
  /**
   * Is shown the client order ids of all open orders of the account, others' among them, once before
   * the first order of an exchange object and before managed orders are resumed. For journals that
   * can be put back from an older copy: an id of their own that they do not know tells. A rejection
   * keeps anything from being sent.
   */
  witness?(clientOrderIds: readonly string[]): void | Promise<void>
}

/** A journal that lives as long as this process; keeps what is unsettled or not final only. */
export function createMemoryJournal(identity: JournalIdentity): Journal {
  const open = new Map<string, OrderIntent>()
  const managed = new Map<string, ManagedEntry>()
  return {
    identity: () => identity,
    record(intent) {
      open.set(intent.clientOrderId, intent)
    },
    settle(clientOrderId, outcome) {
      if (outcome !== 'unknown') open.delete(clientOrderId)
    },
    unsettled: () => [...open.values()],
    saveManaged(entry) {
      if (entry.isFinal) managed.delete(entry.id)
      else managed.set(entry.id, entry)
    },
    managed: () => [...managed.values()],
  }
}
