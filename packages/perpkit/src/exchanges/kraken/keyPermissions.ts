import type { Call, Endpoint } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { KeyPermissions } from '../../model/account.ts'
import { withRaw } from '../../model/raw.ts'

export function getKeyPermissions(call: Call): Promise<KeyPermissions> {
  return call(keyCheck, undefined)
}

/** https://docs.kraken.com/api-reference/api-keys/check-v3-api-key (docs/wire/kraken.md 4.10) */
const keyCheck: Endpoint<void, KeyPermissions> = {
  method: 'GET',
  path: '/api/auth/v1/api-keys/v3/check',
  access: 'read',
  effect: 'read',
  cost: {},
  encode() {
    return {}
  },
  decode(answer) {
    const permissions = answer.at('permissions')
    const general = readLevel(permissions.at('general'))
    return withRaw(
      {
        canRead: general !== 'NO_ACCESS',
        canTrade: general === 'FULL_ACCESS',
        // Out of the futures account, towards the spot wallet of the same holder.
        canWithdraw: readLevel(permissions.at('transfer')) === 'FULL_ACCESS',
        isAddressBound: answer
          .at('allowedCidrBlocks')
          .items()
          .some((block) => !ANYWHERE.has(block.string())),
      },
      answer.value,
    )
  },
}

type Level = 'NO_ACCESS' | 'READ_ONLY' | 'FULL_ACCESS'

function readLevel(field: Reader): Level {
  const word = field.string()
  if (word === 'NO_ACCESS' || word === 'READ_ONLY' || word === 'FULL_ACCESS') return word
  throw new ReadError(field.path, 'NO_ACCESS, READ_ONLY or FULL_ACCESS', word)
}

const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0'])
