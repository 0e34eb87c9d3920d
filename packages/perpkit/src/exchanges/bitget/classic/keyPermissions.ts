import type { Call, Endpoint } from '../../../client/definition.ts'
import type { KeyPermissions } from '../../../model/account.ts'
import { withRaw } from '../../../model/raw.ts'
import { isBound } from '../fields.ts'

export function getKeyPermissions(call: Call): Promise<KeyPermissions> {
  return call(accountInformation, undefined)
}

/** https://www.bitget.com/api-doc/spot/account/Get-Account-Info (docs/wire/bitget.md 4.10) */
const accountInformation: Endpoint<void, KeyPermissions> = {
  method: 'GET',
  path: '/api/v2/spot/account/info',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/spot/account/info': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    const account = answer.at('data')
    const words = new Set(
      account
        .at('authorities')
        .items()
        .map((word) => word.string()),
    )
    // Orders and positions are apart; the words before them stand for all kinds of trade.
    const canTrade = (words.has('coow') && words.has('cpow')) || words.has('trade')
    const readsOrders = words.has('coor') || words.has('coow')
    const readsPositions = words.has('cpor') || words.has('cpow')
    return withRaw(
      {
        canRead: canTrade || (readsOrders && readsPositions) || words.has('readonly'),
        canTrade,
        canWithdraw: words.has('wwow') || words.has('withdraw'),
        isAddressBound: isBound(account.at('ips')),
      },
      account.value,
    )
  },
}
