import type { Call, Endpoint } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { KeyPermissions } from '../../model/account.ts'
import { withRaw } from '../../model/raw.ts'

export function getKeyPermissions(call: Call): Promise<KeyPermissions> {
  return call(keyInformation, undefined)
}

/** https://bybit-exchange.github.io/docs/v5/user/apikey-info (docs/wire/bybit.md 4.8) */
const keyInformation: Endpoint<void, KeyPermissions> = {
  method: 'GET',
  path: '/v5/user/query-api',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'user/query-api': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    const key = answer.at('result')
    const permissions = key.at('permissions')
    const contracts = textsOf(permissions.at('ContractTrade'))
    const hasContracts = contracts.includes('Order') && contracts.includes('Position')
    const canWrite = key.at('readOnly').integer() === 0
    const expiresAt = readExpiry(key.at('expiredAt'))
    return withRaw(
      {
        canRead: hasContracts,
        canTrade: hasContracts && canWrite,
        canWithdraw: canWrite && textsOf(permissions.at('Wallet')).includes('Withdraw'),
        isAddressBound: isBound(textsOf(key.at('ips'))),
        ...(expiresAt !== undefined && { expiresAt }),
      },
      key.value,
    )
  },
}

/** A kind without permissions may be missing. */
function textsOf(list: Reader): string[] {
  return list.isAbsent() ? [] : list.items().map((item) => item.string())
}

function isBound(addresses: readonly string[]): boolean {
  return addresses.length > 0 && !addresses.includes(ANYWHERE)
}

const ANYWHERE = '*'

/** Keys bound to addresses never expire, and say so in several ways. */
function readExpiry(field: Reader): number | undefined {
  const text = field.optionalString()
  if (text === undefined) return undefined
  const time = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new ReadError(field.path, 'an ISO-8601 time in UTC', text)
  return time > 0 ? time : undefined
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
