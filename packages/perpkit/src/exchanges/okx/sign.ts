import type { Credentials, SignedRequest, Stamp, UnsignedRequest } from '../../client/definition.ts'
import { hmacSha256 } from '../../core/bytes.ts'

/**
 * Signs time, method, path with its query as it is sent, and body.
 * https://www.okx.com/docs-v5/en/#overview-rest-authentication (docs/wire/okx.md 2).
 */
export function sign(
  request: UnsignedRequest,
  credentials: Credentials,
  stamp: Stamp,
): SignedRequest {
  const { method, path, query, body } = request
  const timestamp = new Date(stamp.timestamp).toISOString()
  const target = query === '' ? path : `${path}?${query}`
  return {
    query,
    body,
    headers: {
      'OK-ACCESS-KEY': credentials.apiKey,
      'OK-ACCESS-SIGN': signText(credentials.apiSecret, `${timestamp}${method}${target}${body}`),
      'OK-ACCESS-TIMESTAMP': timestamp,
      'OK-ACCESS-PASSPHRASE': credentials.passphrase ?? '',
      // A late order is refused by the exchange itself. No window can be asked for elsewhere.
      ...(method === 'POST' &&
        DATED_PATHS.has(path) && { expTime: String(stamp.timestamp + stamp.windowMs) }),
    },
  }
}

/** HMAC-SHA256 in Base64: the signature of requests and of socket logins alike. */
export function signText(apiSecret: string, text: string): string {
  return hmacSha256(apiSecret, text, 'base64')
}

// Conditional orders know no such header (docs/wire/okx.md 2).
const DATED_PATHS: ReadonlySet<string> = new Set([
  '/api/v5/trade/order',
  '/api/v5/trade/batch-orders',
  '/api/v5/trade/amend-order',
])
