import type { Endpoint } from '../../../client/definition.ts'
import { type Decimal, toFloat } from '../../../core/decimal.ts'
import type { Reader } from '../../../core/reader.ts'
import type { MarginMode, PositionMode } from '../../../model/tokens.ts'
import { rowsIn } from '../fields.ts'
import { readMarginMode, readPositionMode } from '../tokens.ts'

/** What a unified account is set to for one symbol and margin mode. */
export interface SymbolSettings {
  nativeSymbol: string
  marginMode: MarginMode | undefined
  leverage: number
}

const settings = {
  method: 'GET',
  path: '/api/v3/account/settings',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/account/settings': 1 },
  encode() {
    return {}
  },
} as const

/**
 * `unified`, `hybrid`, `upgrading`, or `switching` on its way back to classic; classic accounts
 * refuse the question.
 * https://www.bitget.com/api-doc/uta/account/Get-Account-Setting
 */
export const accountMode: Endpoint<void, string> = {
  ...settings,
  decode(answer) {
    return answer.at('data').at('accountMode').string()
  },
}

/** https://www.bitget.com/api-doc/uta/account/Get-Account-Setting */
export const holdMode: Endpoint<void, PositionMode> = {
  ...settings,
  decode: (answer) => readPositionMode(answer.at('data').at('holdMode')),
}

/**
 * Rows only of what was ever set.
 * https://www.bitget.com/api-doc/uta/account/Get-Account-Setting
 */
export const symbolSettings: Endpoint<void, SymbolSettings[]> = {
  ...settings,
  decode(answer) {
    return rowsIn(answer.at('data'), 'symbolConfigList').map((row) => ({
      nativeSymbol: row.at('symbol').string(),
      marginMode: readMarginMode(row.at('marginMode')),
      leverage: toFloat(readLeverage(row)),
    }))
  },
}

/** One text, a list, or one for each side, of which the longs' is told. */
function readLeverage(row: Reader): Decimal {
  const one = row.at('leverage')
  const isPair = row.has('longLeverage') || one.isAbsent()
  if (isPair) return row.at('longLeverage').decimal()
  return one.isArray() ? one.at(0).decimal() : one.decimal()
}
