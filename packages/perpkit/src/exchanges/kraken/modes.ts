import type { Call, Endpoint, LeverageKey, RawAnswer, Verdict } from '../../client/definition.ts'
import { type Decimal, toFloat } from '../../core/decimal.ts'
import { ReadError } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { MarginMode } from '../../model/tokens.ts'
import { classify } from './errors.ts'
import { isAskedFor } from './symbols.ts'

// Leverage and margin mode are one setting: a market with a leverage preference has isolated margin,
// one without has cross margin, in which there is no leverage to set (docs/wire/kraken.md 4.4).

/** The leverage each market had last, by native symbol, as far as this exchange object knows. */
export type LeverageMemory = Map<string, number>

/** In cross margin the maximum of the market. */
export async function getLeverage(
  call: Call,
  { instrument }: Pick<LeverageKey, 'instrument'>,
): Promise<number> {
  const preference = await call(leveragePreference, { instrument })
  if (preference !== undefined) return toFloat(preference)
  const { maxLeverage, nativeSymbol } = instrument
  if (maxLeverage !== undefined) return maxLeverage
  throw new ReadError('$.leveragePreferences', `a preference of ${nativeSymbol}`, undefined)
}

/** Also makes the market's margin isolated. */
export async function setLeverage(
  call: Call,
  { instrument, leverage }: LeverageRequest,
  memory: LeverageMemory,
): Promise<void> {
  await call(leverageSetting, { instrument, leverage })
  memory.set(instrument.nativeSymbol, leverage)
}

export async function getMarginMode(
  call: Call,
  params: { instrument: Instrument },
): Promise<MarginMode> {
  const preference = await call(leveragePreference, params)
  return preference === undefined ? 'CROSS' : 'ISOLATED'
}

/** Isolated margin needs a leverage: the one it had last, else {@link DEFAULT_LEVERAGE}. */
export async function setMarginMode(
  call: Call,
  { instrument, marginMode }: { instrument: Instrument; marginMode: MarginMode },
  memory: LeverageMemory,
): Promise<void> {
  const { nativeSymbol, maxLeverage = DEFAULT_LEVERAGE } = instrument
  const preference = await call(leveragePreference, { instrument })
  if ((preference === undefined) === (marginMode === 'CROSS')) return
  if (preference !== undefined) {
    memory.set(nativeSymbol, toFloat(preference))
    return call(leverageSetting, { instrument, leverage: undefined })
  }
  const leverage = memory.get(nativeSymbol) ?? Math.min(DEFAULT_LEVERAGE, maxLeverage)
  return call(leverageSetting, { instrument, leverage })
}

/** Of a market that becomes isolated without one ever set; or its maximum where that is lower. */
export const DEFAULT_LEVERAGE = 10

interface LeverageRequest {
  instrument: Instrument
  leverage: number
}

/**
 * Lists the markets with isolated margin and their leverage; all others are in cross margin.
 * https://docs.kraken.com/api-reference/multi-collateral/get-leverage-settings
 */
const leveragePreference: Endpoint<{ instrument: Instrument }, Decimal | undefined> = {
  method: 'GET',
  path: '/derivatives/api/v3/leveragepreferences',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 2 },
  encode() {
    return {}
  },
  decode(answer, { instrument }) {
    const rows = answer.at('leveragePreferences').items()
    const row = rows.find((item) => isAskedFor(item.at('symbol'), instrument))
    return row?.at('maxLeverage').decimal()
  },
}

/**
 * Without a leverage the preference is removed.
 * https://docs.kraken.com/api-reference/multi-collateral/set-leverage-settings
 */
const leverageSetting: Endpoint<{ instrument: Instrument; leverage: number | undefined }, void> = {
  method: 'PUT',
  path: '/derivatives/api/v3/leveragepreferences',
  access: 'trade',
  effect: 'idempotent',
  cost: { derivatives: 10 },
  encode({ instrument, leverage }) {
    return { form: { symbol: instrument.nativeSymbol, maxLeverage: leverage } }
  },
  decode(answer) {
    answer.at('result').string()
  },
  classify: classifySetting,
}

/** A complaint about a parameter can only mean the leverage here: the market has its own code. */
function classifySetting(answer: RawAnswer): Verdict {
  const verdict = classify(answer)
  const isLeverage = verdict.kind === 'refusal' && verdict.nativeCode === '11'
  return isLeverage ? { ...verdict, code: 'LEVERAGE_REFUSED' } : verdict
}
