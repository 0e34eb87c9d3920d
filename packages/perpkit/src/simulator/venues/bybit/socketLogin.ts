import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import type { SocketLink } from '../../server/socketTypes.ts'
import { Refused } from './replies.ts'

/**
 * Key, time in the future, signature over `GET/realtime` and that time: docs/wire/bybit.md 8. The
 * private socket tells the text alone, the one for orders the code as well.
 * https://bybit-exchange.github.io/docs/v5/ws/connect#authentication
 */
export function checkLogin(
  { clock, keys }: Pick<SocketLink, 'clock' | 'keys'>,
  args: readonly unknown[],
): { accountId: string } | Refused {
  const [key, expires, signature] = args.map(String)
  const isInTime = /^\d{1,15}$/.test(expires ?? '') && clock.isCurrent(Number(expires), 0, FAR_MS)
  if (!isInTime) return new Refused(10001, 'Params Error')
  const owner = keys.find(key ?? '')
  if (!owner) return new Refused(10003, 'API key is invalid.')
  const expected = hmacSha256(owner.credentials.apiSecret, `GET/realtime${expires}`, 'hex')
  if (!equalBytes(signature ?? '', expected)) return new Refused(10004, 'Invalid sign')
  return { accountId: owner.accountId }
}

/** Nobody says how far in the future a login may expire. */
const FAR_MS = 1e15
