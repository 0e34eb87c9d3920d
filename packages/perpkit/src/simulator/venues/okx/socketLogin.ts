import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import type { Reader } from '../../../core/reader.ts'
import type { SocketLink } from '../../server/socketTypes.ts'
import { SocketRefused } from './socketErrors.ts'

/**
 * The account that logs in with those words: time, key, passphrase and signature, in this order.
 * https://www.okx.com/docs-v5/en/#overview-websocket-login
 */
export function checkLogin(link: SocketLink, words: Reader): string {
  const text = (name: string): string => {
    const { value } = words.at(name)
    return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
  }
  const [key, passphrase, timestamp, sign] = [
    text('apiKey'),
    text('passphrase'),
    text('timestamp'),
    text('sign'),
  ]
  if (!/^\d{1,12}(\.\d{1,3})?$/.test(timestamp)) throw new SocketRefused('60004')
  const time = Number(timestamp) * 1_000
  if (!link.clock.isCurrent(time, WINDOW_MS, WINDOW_MS + 1)) throw new SocketRefused('60006')
  const owner = link.keys.find(key)
  if (!owner) throw new SocketRefused('60005')
  const { apiSecret, passphrase: expectedWords = '' } = owner.credentials
  if (!equalBytes(passphrase, expectedWords)) throw new SocketRefused('60024')
  const expected = hmacSha256(apiSecret, `${timestamp}GET/users/self/verify`, 'base64')
  if (!equalBytes(sign, expected)) throw new SocketRefused('60007')
  return owner.accountId
}

/** How far a login's time may be off. */
const WINDOW_MS = 30_000
