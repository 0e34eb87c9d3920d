import type { Credentials, SignedRequest, Stamp, UnsignedRequest } from '../../client/definition.ts'
import { hmacSha256 } from '../../core/bytes.ts'

/** The exchange takes no wider window (docs/wire/binance.md 2). */
const MAX_WINDOW_MS = 60_000

/**
 * Dates and signs a request. The stamp and the signature go where the request's own words are: into
 * the body when there is one, else into the query; the signature is the last parameter.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info
 */
export function sign(
  request: UnsignedRequest,
  { apiKey, apiSecret }: Credentials,
  stamp: Stamp,
): SignedRequest {
  const headers = { 'X-MBX-APIKEY': apiKey }
  // The key alone opens a stream (docs/wire/binance.md 8.5).
  if (request.path === LISTEN_KEY_PATH) return { query: request.query, body: request.body, headers }
  if (request.body === '') {
    const query = date(request.query, stamp)
    return { query: withSignature(query, signature(apiSecret, query, '')), body: '', headers }
  }
  const { query } = request
  const body = date(request.body, stamp)
  return { query, body: withSignature(body, signature(apiSecret, query, body)), headers }
}

export const LISTEN_KEY_PATH = '/fapi/v1/listenKey'

/** Over query and body as sent, with nothing between them. */
export function signature(apiSecret: string, query: string, body: string): string {
  return hmacSha256(apiSecret, query + body, 'hex')
}

function date(parameters: string, { timestamp, windowMs }: Stamp): string {
  const words = parameters === '' ? [] : [parameters]
  const recvWindow = Math.min(windowMs, MAX_WINDOW_MS)
  return [`timestamp=${timestamp}`, ...words, `recvWindow=${recvWindow}`].join('&')
}

function withSignature(parameters: string, value: string): string {
  return `${parameters}&signature=${value}`
}
