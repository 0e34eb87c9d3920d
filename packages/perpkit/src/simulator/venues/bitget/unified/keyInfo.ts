import { type KeyPermissions, keyOf, type Route } from '../../../server/types.ts'
import { uidOf } from '../ids.ts'
import { reply } from '../replies.ts'

// What a key of a unified account may do: docs/wire/bitget.md 4.10.

// https://www.bitget.com/api-doc/uta/account/Get-Account-Info
export const accountInfo: Route = {
  method: 'GET',
  path: '/api/v3/account/info',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { createdAt, permissions } = keyOf(handling)
    return reply(handling, {
      uid: uidOf(handling.accountId),
      inviterId: '',
      parentId: '',
      channelCode: '',
      channel: '',
      ips: permissions.addresses.join(','),
      ...rightsOf(permissions),
      regisTime: String(createdAt),
    })
  },
}

/** A read-only key cannot withdraw: one that may do so, and not trade, is one without futures. */
function rightsOf({ trade, withdraw }: KeyPermissions): object {
  return {
    permType: trade || withdraw ? 'read-and-write' : 'read-only',
    permissions: [
      ...(trade || !withdraw ? ['uta_mgt', 'uta_trade'] : []),
      ...(withdraw ? ['withdraw'] : []),
    ],
  }
}
