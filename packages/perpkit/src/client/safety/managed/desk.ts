import type { Instrument } from '../../../model/instrument.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import type { Client } from '../../client.ts'
import type { ManagedReason } from './managed.ts'
import type { ManagedRecord } from './managedRecord.ts'
import type { Traits } from './traits.ts'

/** Where a managed order keeps what it knows. */
export interface Desk {
  readonly client: Client
  readonly instrument: Instrument
  readonly record: ManagedRecord
  readonly signal: AbortSignal | undefined
  readonly traits: Traits
  /** Into the journal; what cannot be written is not done. */
  save(record: ManagedRecord): Promise<void>
  /** An order as it was just seen. */
  note(order: FuturesOrder): void
  tell(reason: ManagedReason): void
}
