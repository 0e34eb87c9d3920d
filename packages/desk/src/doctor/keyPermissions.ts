import type { KeyPermissions } from 'perpkit'
import type { Connection } from '../connection.ts'
import { isoTime, shownTime } from '../output/times.ts'
import { type Finding, finding, ok } from './finding.ts'

// What the key may do: as little as is needed, from as few places as possible, and not for ever.

const LOOK = "Look at the key's page at the exchange: no withdrawals, and your addresses only."
/** Early enough to make another key without haste. */
const SOON_MS = 14 * 86_400_000

/** Asks the exchange, where its futures host tells. */
export async function checkKeyPermissions(
  connection: Pick<Connection, 'exchange' | 'key' | 'place'>,
  now: number,
): Promise<Finding[]> {
  const { exchange } = connection
  const reason = exchange.capabilities.unsupported.getKeyPermissions
  if (reason !== undefined) {
    return [finding('UNKNOWN', 'permissions', `not told by the exchange: ${reason}`, LOOK)]
  }
  let permissions: KeyPermissions
  try {
    permissions = await exchange.getKeyPermissions()
  } catch (error) {
    const { explain } = await import('../output/explain.ts')
    const { failure } = explain(error)
    return [finding('UNKNOWN', 'permissions', `not read: ${failure.message}`, LOOK)]
  }
  return judgePermissions(permissions, connection, now)
}

export function judgePermissions(
  permissions: KeyPermissions,
  { key, place }: Pick<Connection, 'key' | 'place'>,
  now: number,
): Finding[] {
  const { canWithdraw, isAddressBound, expiresAt } = permissions
  const renewal = `Make another at the exchange, then ${storing(key)}.`
  return [
    judgeTrading(permissions),
    judgeWithdrawals(canWithdraw, renewal),
    judgeAddresses(isAddressBound, place),
    ...(expiresAt === undefined ? [] : [judgeExpiry(expiresAt, now, renewal)]),
  ]
}

function storing(key: string | undefined): string {
  return key === undefined
    ? 'use that one instead of this'
    : `perpkit keys add ${key} --replace stores it`
}

function judgeTrading({ canRead, canTrade }: KeyPermissions): Finding {
  const check = 'trading'
  if (canTrade && canRead) return ok(check, 'the key may read and trade')
  const remedy =
    'Orders and stops will be refused: let the key trade contracts, on its page at the exchange. For watching alone it is right as it is.'
  if (canRead) return finding('WARN', check, 'the key may read, but not trade', remedy)
  return finding(
    'WARN',
    check,
    `the key may not read positions and orders${canTrade ? ', though it may trade' : ''}`,
    'Let it read and trade contracts, on its page at the exchange.',
  )
}

function judgeWithdrawals(canWithdraw: boolean | undefined, renewal: string): Finding {
  const check = 'withdrawals'
  if (canWithdraw === undefined) {
    return finding('UNKNOWN', check, 'the exchange does not tell whether it may withdraw', LOOK)
  }
  if (!canWithdraw) return ok(check, 'the key may not withdraw')
  return finding(
    'WARN',
    check,
    'the key may take money out of the account',
    `Nothing here needs that: take the right away, or delete the key. ${renewal}`,
  )
}

/** Of test money nothing can be stolen, so there it is only noted. */
function judgeAddresses(isAddressBound: boolean | undefined, place: Connection['place']): Finding {
  const check = 'addresses'
  if (isAddressBound === undefined) {
    return finding('UNKNOWN', check, 'the exchange does not tell from where it is taken', LOOK)
  }
  if (isAddressBound) return ok(check, 'taken from certain addresses alone')
  return finding(
    place === 'LIVE' ? 'WARN' : 'NOTE',
    check,
    'taken from any address: whoever has the key can use it',
    'Bind it to the addresses of your machines, on its page at the exchange.',
  )
}

function judgeExpiry(expiresAt: number, now: number, renewal: string): Finding {
  const check = 'expiry'
  const date = isoTime(expiresAt).slice(0, 10)
  if (expiresAt <= now) return finding('BAD', check, `the key expired on ${date}`, renewal)
  const left = `${date}, ${shownTime(expiresAt, now)}`
  if (expiresAt - now > SOON_MS) return ok(check, `the key expires on ${left}`)
  return finding(
    'WARN',
    check,
    `the key expires on ${left}: perpkit cannot look after anything from then on`,
    renewal,
  )
}
