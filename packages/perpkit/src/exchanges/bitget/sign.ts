import type { Credentials, SignedRequest, Stamp, UnsignedRequest } from '../../client/definition.ts'
import { hmacSha256 } from '../../core/bytes.ts'

/**
 * Signs time, method, path, query and body exactly as they are sent. The exchange has no window to
 * ask for: it takes what is younger than 30 s.
 * https://www.bitget.com/api-doc/common/signature (docs/wire/bitget.md 2).
 */
export function sign(
  request: UnsignedRequest,
  credentials: Credentials,
  stamp: Stamp,
): SignedRequest {
  const { method, path, query, body } = request
  const target = query === '' ? path : `${path}?${query}`
  return {
    query,
    body,
    headers: {
      'ACCESS-KEY': credentials.apiKey,
      'ACCESS-SIGN': signText(credentials.apiSecret, `${stamp.timestamp}${method}${target}${body}`),
      'ACCESS-TIMESTAMP': String(stamp.timestamp),
      'ACCESS-PASSPHRASE': credentials.passphrase ?? '',
    },
  }
}

/** HMAC-SHA256 in base64: the signature of requests and of socket logins alike. */
export function signText(apiSecret: string, text: string): string {
  return hmacSha256(apiSecret, text, 'base64')
}
