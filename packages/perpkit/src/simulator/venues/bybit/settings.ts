import type { Engine } from '../../engine/types.ts'
import type { Slot } from './slots.ts'

/** Settings of an account that the engine makes nothing of. */
export interface AccountSettings {
  /** Window of the disconnect protection in seconds; absent while it was never set. */
  disconnectWindow?: number
  /** Whether limit prices outside the band are moved to its edge instead of being refused. */
  movesLimitPrices: boolean
  /** Slots whose isolated positions are to be given margin when they run short. */
  autoMargin: Set<string>
}

/** Kept as long as the engine itself; a snapshot of the engine does not hold them. */
export function settingsOf(engine: Engine, accountId: string): AccountSettings {
  const accounts = byEngine.get(engine) ?? new Map<string, AccountSettings>()
  byEngine.set(engine, accounts)
  const settings = accounts.get(accountId) ?? { movesLimitPrices: true, autoMargin: new Set() }
  accounts.set(accountId, settings)
  return settings
}

/** `autoAddMargin` of a slot: shown, and nothing more, for the engine tops nothing up. */
export function addsMargin(engine: Engine, slot: Slot): boolean {
  const isIsolated = engine.marginMode(slot.accountId, slot.symbol) === 'ISOLATED'
  return isIsolated && settingsOf(engine, slot.accountId).autoMargin.has(nameOf(slot))
}

export function setAddsMargin(engine: Engine, slot: Slot, isOn: boolean): void {
  const { autoMargin } = settingsOf(engine, slot.accountId)
  if (isOn) autoMargin.add(nameOf(slot))
  else autoMargin.delete(nameOf(slot))
}

const byEngine = new WeakMap<Engine, Map<string, AccountSettings>>()

function nameOf({ index, symbol }: Slot): string {
  return `${symbol} ${index}`
}
