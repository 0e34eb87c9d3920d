import type { Call, Endpoint } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { KeyPermissions } from '../../model/account.ts'
import { withRaw } from '../../model/raw.ts'

/** A key without addresses lapses after two weeks without use, which nothing here tells. */
export function getKeyPermissions(call: Call): Promise<KeyPermissions> {
  return call(accountConfig, undefined)
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-configuration */
const accountConfig: Endpoint<void, KeyPermissions> = {
  method: 'GET',
  path: '/api/v5/account/config',
  access: 'read',
  effect: 'read',
  cost: { 'GET account/config': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    const row = answer.at('data').at(0)
    const words = wordsOf(row.at('perm'))
    return withRaw(
      {
        canRead: words.includes('read_only'),
        canTrade: words.includes('trade'),
        canWithdraw: words.includes('withdraw'),
        // Older answers do not have it (docs/wire/okx.md 4.7).
        isAddressBound: row.has('ip') ? wordsOf(row.at('ip')).length > 0 : undefined,
      },
      row.value,
    )
  },
}

function wordsOf(field: Reader): string[] {
  return field
    .string()
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
