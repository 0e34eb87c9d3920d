import type { Credentials, SignedRequest, Stamp, UnsignedRequest } from '../../client/definition.ts'
import { hmacSha256 } from '../../core/bytes.ts'

/**
 * Everything is in the query: key, time and signature beside the words of a GET. The body of a POST
 * is not signed, and there are no headers. The time has no milliseconds, and the exchange takes it
 * for five minutes: its window cannot be chosen.
 * https://huobiapi.github.io/docs/usdt_swap/v1/en/
 * (docs/wire/htx.md 2).
 */
export function sign(
  request: UnsignedRequest,
  credentials: Credentials,
  stamp: Stamp,
): SignedRequest {
  const { method, host, path, body } = request
  const second = new Date(stamp.timestamp).toISOString().slice(0, 19)
  const query = sortByName([
    `AccessKeyId=${encodeURIComponent(credentials.apiKey)}`,
    'SignatureMethod=HmacSHA256',
    'SignatureVersion=2',
    `Timestamp=${encodeURIComponent(second)}`,
    ...request.query.split('&').filter((field) => field !== ''),
  ]).join('&')
  const text = [method, host.toLowerCase(), path, query].join('\n')
  const signature = encodeURIComponent(signText(credentials.apiSecret, text))
  return { query: `${query}&Signature=${signature}`, body, headers: {} }
}

/** HMAC-SHA256 in base64: the signature of requests and of socket logins alike. */
export function signText(apiSecret: string, text: string): string {
  return hmacSha256(apiSecret, text, 'base64')
}

/** By the bytes of the names: upper case before lower case, `_` between them. */
function sortByName(fields: string[]): string[] {
  const nameOf = (field: string): string => field.split('=', 1)[0] ?? ''
  return fields.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}
