import { type KeyPermissions, keyOf, type Route } from '../../../server/types.ts'
import { uidOf } from '../ids.ts'
import { reply } from '../replies.ts'

// What a key of a classic account may do: docs/wire/bitget.md 4.10.

// https://www.bitget.com/api-doc/spot/account/Get-Account-Info
export const accountInfo: Route = {
  method: 'GET',
  path: '/api/v2/spot/account/info',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { createdAt, permissions } = keyOf(handling)
    return reply(handling, {
      userId: uidOf(handling.accountId),
      inviterId: '',
      ips: permissions.addresses.join(','),
      authorities: authorities(permissions),
      parentId: 0,
      traderType: 'not_trader',
      channelCode: '',
      channel: '',
      regisTime: String(createdAt),
    })
  },
}

/** Futures orders and positions, read or written, and withdrawal. */
function authorities({ trade, withdraw }: KeyPermissions): string[] {
  return [...(trade ? ['coow', 'cpow'] : ['coor', 'cpor']), ...(withdraw ? ['wwow'] : [])]
}
