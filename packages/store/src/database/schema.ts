// The columns of both databases. Moments are in milliseconds since the epoch, as double precision:
// exact in both databases, and a number to both drivers.

interface MetaTable {
  id: number
  schema_version: number
}

export interface VaultTable {
  id: number
  kdf: string
  cost: number
  block_size: number
  parallelization: number
  salt: string
  /** Grows whenever the passphrase or key file changes. */
  generation: number
  /** Which records there are in which version, sealed. */
  manifest: string
  /** Over all other columns: tells damage from a wrong passphrase. */
  checksum: string
}

export interface CredentialTable {
  name: string
  exchange: string
  /** 1, 0, or null where it was not said. */
  testnet: number | null
  fingerprint: string
  version: number
  created_at: number
  updated_at: number
  /** The record's own key, sealed with the vault's. */
  data_key: string
  /** The secrets, sealed with the record's own key. */
  secrets: string
}

interface LeaseTable {
  account: string
  installation: number
  since: number
  epoch: number
  vouched_epoch: number
  owner: string
  until_ms: number
}

interface IntentTable {
  account: string
  client_order_id: string
  seq: number
  exchange: string
  action: string
  symbol: string
  timestamp_ms: number
  epoch: number
  outcome: string | null
}

interface ManagedTable {
  account: string
  id: string
  /** When it was written first, before and after others. */
  seq: number
  exchange: string
  /** 1 when nothing is left to do. */
  is_final: number
  epoch: number
  /** JSON of the client's own. */
  record: string
}

export interface Schema {
  perpkit_meta: MetaTable
  perpkit_vault: VaultTable
  perpkit_credentials: CredentialTable
  perpkit_leases: LeaseTable
  perpkit_intents: IntentTable
  perpkit_managed: ManagedTable
}
