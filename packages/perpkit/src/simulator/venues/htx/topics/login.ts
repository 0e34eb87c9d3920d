import { equalBytes } from '../../../../core/bytes.ts'
import type { Reader } from '../../../../core/reader.ts'
import type { Engine } from '../../../engine/types.ts'
import type { SocketLink } from '../../../server/socketTypes.ts'
import { isInTime, sign, signedHosts } from '../auth.ts'
import type { SocketErrorCode } from './socketErrors.ts'

/**
 * Whose key it is, or why the login is refused: signed like a GET of the socket's path with the four
 * auth parameters alone (docs/wire/htx.md 2 and 8.2).
 */
export function readLogin(link: SocketLink, reader: Reader): string | SocketErrorCode {
  const type = reader.at('type').optionalString()
  const [key, method, version, time, signature] = [
    'AccessKeyId',
    'SignatureMethod',
    'SignatureVersion',
    'Timestamp',
    'Signature',
  ].map((name) => reader.at(name).optionalString())
  if (type !== 'api') return 2013
  if (!key || !method || !version || !time || !signature) return 2001
  if (method !== 'HmacSHA256' || version !== '2') return 2001
  const owner = link.keys.find(key)
  if (!owner || !isInTime(link.clock, time)) return 2003
  const query = [
    `AccessKeyId=${encodeURIComponent(key)}`,
    `SignatureMethod=${method}`,
    `SignatureVersion=${version}`,
    `Timestamp=${encodeURIComponent(time)}`,
  ].join('&')
  const { request } = link
  const isSigned = signedPaths(link).some((path) =>
    signedHosts(request).some((host) =>
      equalBytes(signature, sign(owner.credentials.apiSecret, { ...request, path, query }, host)),
    ),
  )
  return isSigned ? owner.accountId : 2003
}

/** `user-id` and `uid` of an account: digits. */
export function userIdOf(engine: Engine, accountId: string): string {
  return String(FIRST_USER + engine.accountIds().indexOf(accountId))
}

const FIRST_USER = 359_305_390

/** A client on `ws://` puts the whole address where the path belongs. */
function signedPaths({ request: { headers, path } }: SocketLink): string[] {
  return [path, `ws://${headers.host ?? ''}${path}`]
}
