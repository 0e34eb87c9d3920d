import type { Instrument } from '../model/instrument.ts'
import type { MarginMode, PositionMode } from '../model/tokens.ts'
import type { Call, ExchangeDefinition, Operations } from './definition.ts'

/**
 * How an account holds its positions: read when first needed and remembered. A refusal that tells
 * of another mode makes the action forget and ask again.
 */
export interface AccountModes {
  positionMode(call: Call, instrument?: Instrument): Promise<PositionMode>
  /** Of the setting; where orders name the mode, what the caller chose or the position has. */
  marginMode(call: Call, instrument: Instrument): Promise<MarginMode>
  /** Of the open position where orders name the mode: a closing order must name the same. */
  positionsMarginMode(call: Call, instrument: Instrument): Promise<MarginMode>
  /** As it is at the exchange now; where it is kept there at all. */
  currentMarginMode(call: Call, instrument: Instrument): Promise<MarginMode>
  setPositionMode(mode: PositionMode): void
  setMarginMode(instrument: Instrument, mode: MarginMode): void
  forget(): void
}

export function createAccountModes(
  definition: ExchangeDefinition,
  operations: Operations,
): AccountModes {
  const positionModes = new Map<string, Promise<PositionMode>>()
  const marginModes = new Map<string, Promise<MarginMode | undefined>>()
  /** What the caller chose, where that is said with each order and kept nowhere else. */
  const chosen = new Map<string, MarginMode>()
  const isSaidWithOrders = definition.capabilities.marginModeScope === 'order'

  const readMargin = (call: Call, instrument: Instrument): Promise<MarginMode | undefined> =>
    operations.getMarginMode(call, { instrument })

  async function marginMode(call: Call, instrument: Instrument): Promise<MarginMode> {
    const key = instrument.nativeSymbol
    const choice = chosen.get(key)
    if (choice !== undefined) return choice
    // A position comes and goes, a setting stays.
    const known = isSaidWithOrders
      ? await readMargin(call, instrument)
      : await remembered(marginModes, key, () => readMargin(call, instrument))
    return known ?? 'CROSS'
  }

  return {
    marginMode,
    async positionMode(call, instrument) {
      const { getPositionMode } = operations
      if (!getPositionMode) return 'ONE_WAY'
      const isOfSymbol = definition.positionModeScope === 'symbol'
      const key = isOfSymbol ? (instrument?.nativeSymbol ?? '') : ''
      return remembered(positionModes, key, () =>
        getPositionMode(call, instrument ? { instrument } : {}),
      )
    },
    async positionsMarginMode(call, instrument) {
      if (!isSaidWithOrders) return marginMode(call, instrument)
      const held = await readMargin(call, instrument)
      return held ?? chosen.get(instrument.nativeSymbol) ?? 'CROSS'
    },
    async currentMarginMode(call, instrument) {
      const choice = chosen.get(instrument.nativeSymbol)
      return choice ?? (await readMargin(call, instrument)) ?? 'CROSS'
    },
    setPositionMode(mode) {
      positionModes.clear()
      if (definition.positionModeScope !== 'symbol') positionModes.set('', Promise.resolve(mode))
    },
    setMarginMode(instrument, mode) {
      marginModes.clear()
      if (isSaidWithOrders) chosen.set(instrument.nativeSymbol, mode)
    },
    forget() {
      positionModes.clear()
      marginModes.clear()
    },
  }
}

/** The answer once given; one that failed is asked for again. */
function remembered<T>(
  answers: Map<string, Promise<T>>,
  key: string,
  ask: () => Promise<T>,
): Promise<T> {
  const known = answers.get(key)
  if (known) return known
  const asked = ask()
  answers.set(key, asked)
  asked.catch(() => answers.delete(key))
  return asked
}
