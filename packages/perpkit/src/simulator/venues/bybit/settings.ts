import type { Engine } from '../../engine/types.ts'

/** Settings of an account that the engine makes nothing of. */
export interface AccountSettings {
  /** Window of the disconnect protection in seconds; absent while it was never set. */
  disconnectWindow?: number
  /** Whether limit prices outside the band are moved to its edge instead of being refused. */
  movesLimitPrices: boolean
}

/** Kept as long as the engine itself; a snapshot of the engine does not hold them. */
export function settingsOf(engine: Engine, accountId: string): AccountSettings {
  const accounts = byEngine.get(engine) ?? new Map<string, AccountSettings>()
  byEngine.set(engine, accounts)
  const settings = accounts.get(accountId) ?? { movesLimitPrices: true }
  accounts.set(accountId, settings)
  return settings
}

const byEngine = new WeakMap<Engine, Map<string, AccountSettings>>()
