import type { Endpoint } from '../../../client/definition.ts'
import { type Decimal, toFloat } from '../../../core/decimal.ts'
import type { Reader } from '../../../core/reader.ts'
import type { MarginMode } from '../../../model/tokens.ts'
import { rowsIn } from '../fields.ts'
import { readMarginMode } from '../tokens.ts'

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

/** One text, a list, or one for each side; in one-way mode all are the same. */
function readLeverage(row: Reader): Decimal {
  const one = row.at('leverage')
  if (one.isArray()) return one.at(0).decimal()
  return one.isAbsent() ? row.at('longLeverage').decimal() : one.decimal()
}
