import type { Credentials, SignedRequest, Stamp, UnsignedRequest } from '../../client/definition.ts'
import { hmacSha256 } from '../../core/bytes.ts'

/**
 * Signs the very text that is sent: the query string of a GET, the body of a POST.
 * https://bybit-exchange.github.io/docs/v5/guide#authentication (docs/wire/bybit.md 2).
 */
export function sign(
  request: UnsignedRequest,
  credentials: Credentials,
  stamp: Stamp,
): SignedRequest {
  const { query, body } = request
  const payload = request.method === 'GET' ? query : body
  const text = `${stamp.timestamp}${credentials.apiKey}${stamp.windowMs}${payload}`
  return {
    query,
    body,
    headers: {
      'X-BAPI-API-KEY': credentials.apiKey,
      'X-BAPI-TIMESTAMP': String(stamp.timestamp),
      'X-BAPI-RECV-WINDOW': String(stamp.windowMs),
      'X-BAPI-SIGN': signText(credentials.apiSecret, text),
    },
  }
}

/** HMAC-SHA256 in lower-case hex: the signature of requests and of socket logins alike. */
export function signText(apiSecret: string, text: string): string {
  return hmacSha256(apiSecret, text, 'hex')
}
