import type { Credentials, SignedRequest, Stamp, UnsignedRequest } from '../../client/definition.ts'
import { fromBase64, hmacSha512, sha256Bytes } from '../../core/bytes.ts'

/**
 * Signs the very text that is sent, query or form, and the path without `/derivatives`. No nonce is
 * sent: it is optional, and one that is not rising over all processes that share a key shuts the key
 * out (docs/wire/kraken.md 2.4). What creates or changes an order is dated instead.
 * https://docs.kraken.com/exchange/guides/futures/rest (docs/wire/kraken.md 2.3)
 */
export function sign(
  request: UnsignedRequest,
  credentials: Credentials,
  stamp: Stamp,
): SignedRequest {
  const { path, query } = request
  const body = DATED.has(path) ? withDeadline(request.body, stamp) : request.body
  const text = query + body + path.replace(/^\/derivatives/, '')
  return {
    query,
    body,
    headers: {
      APIKey: credentials.apiKey,
      Authent: signText(credentials.apiSecret, text),
    },
  }
}

/** Base64 of HMAC-SHA512 over SHA-256: the signature of requests and of socket challenges alike. */
export function signText(apiSecret: string, text: string): string {
  return hmacSha512(fromBase64(apiSecret), sha256Bytes(text), 'base64')
}

/** Calls that make or change orders: one that arrives late is refused (docs/wire/kraken.md 4.5). */
const DATED: ReadonlySet<string> = new Set([
  '/derivatives/api/v3/sendorder',
  '/derivatives/api/v3/batchorder',
  '/derivatives/api/v3/editorder',
])

function withDeadline(body: string, { timestamp, windowMs }: Stamp): string {
  const deadline = new Date(timestamp + windowMs).toISOString()
  return `${body}&processBefore=${encodeURIComponent(deadline)}`
}
