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
}

/** A journal that lives as long as this process; keeps unsettled intents only. */
export function createMemoryJournal(identity: JournalIdentity): Journal {
  const open = new Map<string, OrderIntent>()
  return {
    identity: () => identity,
    record(intent) {
      open.set(intent.clientOrderId, intent)
    },
    settle(clientOrderId, outcome) {
      if (outcome !== 'unknown') open.delete(clientOrderId)
    },
    unsettled: () => [...open.values()],
  }
}
