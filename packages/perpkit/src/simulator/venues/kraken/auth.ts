import { equalBytes, fromBase64, hmacSha512, sha256Bytes } from '../../../core/bytes.ts'
import type { Answer, Handling, KeyRing, RawRequest, Route } from '../../server/types.ts'
import { json, wordRefusal } from './replies.ts'

/** What is looked at before anything of the request's meaning. */
export type Arrived = Pick<Handling, 'clock' | 'request'>

/** Headers this venue knows (docs/wire/kraken.md 2.2 and 4.5). */
export const knownHeaders: readonly string[] = ['apikey', 'authent', 'nonce', 'algoid']

/**
 * Parameters travel in the query or in a form body, whatever the method: docs/wire/kraken.md 2.3. A
 * repeated key becomes a list.
 */
export function readParams(request: RawRequest): Record<string, unknown> {
  const fields: Record<string, string | string[]> = {}
  for (const text of [request.query, request.body]) {
    for (const [name, value] of readForm(text)) {
      const before = fields[name]
      fields[name] = before === undefined ? value : [before, value].flat()
    }
  }
  return fields
}

/**
 * Key, signature and nonce: docs/wire/kraken.md 2.3 and 2.4.
 * https://docs.kraken.com/api/docs/guides/futures-rest
 */
export function authenticate(
  handling: Arrived,
  _route: Pick<Route, 'access'>,
  keys: KeyRing,
): { accountId: string } | Answer {
  const { headers } = handling.request
  const apiKey = headers.apikey ?? ''
  const owner = keys.find(apiKey)
  if (!owner) return keyUnknown(handling)
  const expected = signatureOf(owner.credentials.apiSecret, handling.request)
  if (!equalBytes(headers.authent ?? '', expected)) return unauthenticated(handling)
  const stale = checkNonce(keys, apiKey, headers.nonce)
  return stale === undefined
    ? { accountId: owner.accountId }
    : wordRefusal(stale).toAnswer(handling)
}

/** `Authent` of a request: base64 of HMAC-SHA-512 over the SHA-256 of the signed text. */
export function signatureOf(secret: string, request: RawRequest): string {
  return signText(secret, signedText(request))
}

/** Signs a text, such as the challenge of a socket: docs/wire/kraken.md 2.3 and 8.1. */
export function signText(secret: string, text: string): string {
  return hmacSha512(fromBase64(secret), sha256Bytes(text), 'base64')
}

/** Parameters as transmitted, nonce, and the path without `/derivatives`. */
function signedText({ body, headers, path, query }: RawRequest): string {
  return `${query}${body}${headers.nonce ?? ''}${path.replace(/^\/derivatives/, '')}`
}

/** The service of keys alone tells it from a wrong signature: docs/wire/kraken.md 4.10. */
function keyUnknown(handling: Arrived): Answer {
  if (!isOfKeys(handling)) return unauthenticated(handling)
  return json(401, { error: 'api_key_not_found', message: 'API key not found', suberror: null })
}

function isOfKeys({ request }: Arrived): boolean {
  return request.path.startsWith('/api/auth/')
}

/** A bad key or signature, in the words of the service asked: docs/wire/kraken.md 5.4 and 6.1. */
export function unauthenticated(handling: Arrived): Answer {
  const { path } = handling.request
  if (path.startsWith('/api/history/')) {
    return json(401, { status: 'unauthorized', reason: 'authentication failed' })
  }
  if (isOfKeys(handling)) {
    return json(401, {
      error: 'request_signature_invalid',
      message: 'Request signature is invalid',
      suberror: null,
    })
  }
  return wordRefusal('authenticationError').toAnswer(handling)
}

/** Highest nonce of each key, as long as the keys of a simulation live. */
const nonces = new WeakMap<KeyRing, Map<string, bigint>>()

function checkNonce(keys: KeyRing, apiKey: string, nonce: string | undefined): string | undefined {
  if (nonce === undefined || nonce === '') return undefined
  if (!/^\d{1,30}$/.test(nonce)) return 'invalidArgument: nonce'
  const highest = nonces.get(keys) ?? new Map<string, bigint>()
  nonces.set(keys, highest)
  const now = BigInt(nonce)
  const before = highest.get(apiKey)
  if (before !== undefined && now === before) return 'nonceDuplicate'
  if (before !== undefined && now < before) return 'nonceBelowThreshold'
  highest.set(apiKey, now)
  return undefined
}

function readForm(text: string): Iterable<[string, string]> {
  // One client sends the JSON of a batch as it stands: docs/wire/kraken.md 2.3.
  if (text.startsWith('json={')) return [['json', text.slice('json='.length)]]
  return new URLSearchParams(text)
}
