import type { Call, Endpoint } from '../../../client/definition.ts'
import { ReadError, type Reader } from '../../../core/reader.ts'
import type { KeyPermissions } from '../../../model/account.ts'
import { withRaw } from '../../../model/raw.ts'
import { isBound } from '../fields.ts'

export function getKeyPermissions(call: Call): Promise<KeyPermissions> {
  return call(accountInformation, undefined)
}

/** https://www.bitget.com/api-doc/uta/account/Get-Account-Info (docs/wire/bitget.md 4.10) */
const accountInformation: Endpoint<void, KeyPermissions> = {
  method: 'GET',
  path: '/api/v3/account/info',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/account/info': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    const account = answer.at('data')
    const words = account
      .at('permissions')
      .items()
      .map((word) => word.string())
    const canWrite = readsAndWrites(account.at('permType'))
    // Settings and assets need the one, orders and positions the other.
    const canRead = words.includes('uta_mgt') && words.includes('uta_trade')
    return withRaw(
      {
        canRead,
        canTrade: canRead && canWrite,
        canWithdraw: canWrite && words.includes('withdraw'),
        isAddressBound: isBound(account.at('ips')),
      },
      account.value,
    )
  },
}

/** Written with hyphens, underscores or nothing between the words. */
function readsAndWrites(field: Reader): boolean {
  const word = field.string().replaceAll(/[-_]|and/g, '')
  if (word !== 'readonly' && word !== 'readwrite') {
    throw new ReadError(field.path, 'read-only or read-and-write', field.value)
  }
  return word === 'readwrite'
}
