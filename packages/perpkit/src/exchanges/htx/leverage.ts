import type { Call, Endpoint, LeverageKey } from '../../client/definition.ts'
import { toFloat } from '../../core/decimal.ts'
import { ReadError } from '../../core/reader.ts'
import type { PositionSide } from '../../model/tokens.ts'
import { positionSideToken, readPositionSide } from './positionSide.ts'
import { marginModeToken } from './tokens.ts'

// Each margin mode of a contract has a leverage of its own; isolated margin in hedge mode has one
// for each side (docs/wire/htx.md 4.3).

/** Where the sides are apart, the long one's. */
export async function getLeverage(call: Call, key: LeverageKey): Promise<number> {
  const levers = await call(leverageQuery, key)
  return (levers.find(({ positionSide }) => positionSide === 'LONG') ?? levers[0]).leverage
}

/** Read first: an equal value need not be sent, and open orders would be in its way. */
export async function setLeverage(
  call: Call,
  params: LeverageKey & { leverage: number },
): Promise<void> {
  const levers = await call(leverageQuery, params)
  const isApart = params.marginMode === 'ISOLATED' && params.positionMode === 'HEDGE'
  const sides = isApart ? (['LONG', 'SHORT'] as const) : [undefined]
  for (const positionSide of sides) {
    if (isSet(levers, positionSide, params.leverage)) continue
    await call(leverageSetting, positionSide ? { ...params, positionSide } : params)
  }
}

interface Lever {
  /** Absent where it is of both sides. */
  positionSide: PositionSide | undefined
  leverage: number
}

function isSet(
  levers: readonly Lever[],
  positionSide: PositionSide | undefined,
  leverage: number,
): boolean {
  const known = levers.filter(
    (lever) =>
      positionSide === undefined ||
      lever.positionSide === undefined ||
      lever.positionSide === positionSide,
  )
  return known.length > 0 && known.every((lever) => lever.leverage === leverage)
}

const PATH = '/v5/position/lever'

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957f316730
const leverageQuery: Endpoint<LeverageKey, readonly [Lever, ...Lever[]]> = {
  method: 'GET',
  path: PATH,
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ instrument, marginMode }) => ({
    query: {
      contract_code: instrument.nativeSymbol,
      margin_mode: marginModeToken(marginMode),
    },
  }),
  decode(answer, { instrument: { nativeSymbol }, marginMode }) {
    const mode = marginModeToken(marginMode)
    const rows = answer.at('data')
    const [first, ...others] = rows
      .items()
      .filter(
        (row) =>
          row.at('contract_code').value === nativeSymbol && row.at('margin_mode').value === mode,
      )
      .map(
        (row): Lever => ({
          positionSide: readPositionSide(row.at('position_side')),
          leverage: toFloat(row.at('lever_rate').decimal()),
        }),
      )
    if (first) return [first, ...others]
    throw new ReadError(rows.path, `a ${mode} row of ${nativeSymbol}`, rows.value)
  },
}

/**
 * Refused while plain orders of the contract and margin mode are open.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957f4a3b67
 */
const leverageSetting: Endpoint<
  LeverageKey & { leverage: number; positionSide?: PositionSide },
  void
> = {
  method: 'POST',
  path: PATH,
  access: 'trade',
  effect: 'idempotent',
  cost: { trade: 1 },
  encode: ({ instrument, marginMode, leverage, positionSide }) => ({
    json: {
      contract_code: instrument.nativeSymbol,
      margin_mode: marginModeToken(marginMode),
      lever_rate: leverage,
      position_side: positionSide && positionSideToken(positionSide),
    },
  }),
  decode() {},
}
