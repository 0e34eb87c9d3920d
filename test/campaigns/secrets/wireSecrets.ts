import type { HttpRequest } from 'perpkit'

/** A secret one request carried. */
export interface WireSecret {
  name: string
  value: string
}

/** HMAC-SHA256 in hex; HMAC-SHA256 and HMAC-SHA512 in Base64. */
const SIGNATURE = /^(?:[0-9a-f]{64}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/

/** Whatever in a request looks like a signature, in a header, the query or the body. */
export function signaturesOf(request: HttpRequest): WireSecret[] {
  const mark = request.url.indexOf('?')
  const query = mark < 0 ? '' : request.url.slice(mark + 1)
  const values = [
    ...Object.entries(request.headers),
    ...new URLSearchParams(query),
    ...new URLSearchParams(request.body),
  ]
  return values
    .filter(([, value]) => SIGNATURE.test(value))
    .map(([name, value]) => ({ name: `${name} of ${request.method}`, value }))
}
