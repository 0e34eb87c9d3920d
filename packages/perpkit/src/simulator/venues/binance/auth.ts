import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import type { Answer, Handling, KeyRing, RawRequest } from '../../server/types.ts'
import { isEd25519Signed } from './ed25519.ts'
import { answerOf, answerWith, Refused } from './errors.ts'
import type { FapiRoute } from './route.ts'
import { requireNames, Sent } from './sent.ts'

// docs/wire/binance.md 2 and the order of checks in 4.7.
// https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info

/** Query and body in one; a name that stands in both counts as the query has it. */
export function readParams(request: RawRequest): Record<string, unknown> | Answer {
  try {
    return { ...readForm(request.body), ...readForm(request.query) }
  } catch (error) {
    if (error instanceof Refused) return answerWith(error.envelope(), error.status)
    throw error
  }
}

/**
 * Key, mandatory names, time window, signature: in this order. A message of the request API has its
 * key among the parameters; one that has none there bears in the header the key its connection has
 * logged in with, and needs no signature (docs/wire/binance.md 8.7).
 */
export function authenticate(
  handling: Handling,
  route: Pick<FapiRoute, 'access' | 'mandatory'>,
  keys: KeyRing,
): { accountId: string } | Answer {
  let accountId = ''
  const answer = answerOf(() => {
    const found = keys.find(sentKey(handling))
    if (!found) throw new Refused('-2015')
    accountId = found.accountId
    requireNames(handling, route.mandatory)
    if (route.access === 'signed') checkSigned(handling, found.credentials.apiSecret)
  })
  return answer.status === 200 ? { accountId } : answer
}

/**
 * What was signed and its signature: the raw query directly followed by the raw body, without the
 * signature itself, which stands last in one of them. `undefined` when it stands elsewhere.
 */
export function splitSignature(
  query: string,
  body: string,
): { signed: string; signature: string } | undefined {
  const atEnd = /(?:^|&)signature=([^&]*)$/
  const inBody = atEnd.exec(body)
  if (inBody) return { signed: query + body.slice(0, inBody.index), signature: inBody[1] ?? '' }
  const inQuery = atEnd.exec(query)
  if (inQuery) return { signed: query.slice(0, inQuery.index) + body, signature: inQuery[1] ?? '' }
  return undefined
}

/**
 * Whether the signature is the lower- or upper-case hex HMAC-SHA256 of the text, or an Ed25519 one in
 * Base64 by the key that the secret is the seed of.
 */
export function isSignedBy(secret: string, signed: string, signature: string): boolean {
  if (!isHmac(signature)) return isEd25519Signed(secret, signed, signature)
  return equalBytes(hmacSha256(secret, signed, 'hex'), signature.toLowerCase())
}

/** Whether a signature has the form of HMAC-SHA256 in hex. */
export function isHmac(signature: string): boolean {
  return /^[0-9a-f]{64}$/i.test(signature)
}

function sentKey({ request, params }: Handling): string {
  const inHeader = request.headers['x-mbx-apikey']
  const key = request.socket ? (params.text('apiKey') ?? inHeader) : (inHeader ?? '')
  if (key === undefined) throw new Refused('-1102', 'apiKey')
  if (!/^[\w-]{1,128}$/.test(key)) throw new Refused('-2014')
  return key
}

function checkSigned(handling: Handling, secret: string): void {
  const { request, params, clock } = handling
  const sent = new Sent(handling, ['timestamp', 'recvWindow', 'signature'])
  // It is signed with the rest; the connection has read it.
  if (request.socket) params.ignore('returnRateLimits')
  sent.required('timestamp')
  const needsNone = request.socket !== undefined && !params.has('apiKey')
  if (!needsNone) sent.required('signature')
  const timestamp = sent.whole('timestamp') ?? 0
  const recvWindow = sent.whole('recvWindow') ?? 5_000
  if (recvWindow > 60_000) throw new Refused('-1131')
  if (!clock.isCurrent(timestamp, recvWindow, 1_000)) throw new Refused('-1021')
  if (needsNone && !sent.has('signature')) return
  const split = splitSignature(request.query, request.body)
  if (!split) throw new Refused('-1022')
  const signature = decode(split.signature)
  // Of the clients of the request API some sign what they send, and some its percent-encoded form.
  const texts = request.socket ? [split.signed, decode(split.signed)] : [split.signed]
  if (!texts.some((text) => isSignedBy(secret, text, signature))) throw new Refused('-1022')
}

function readForm(text: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals === -1 ? pair : pair.slice(0, equals))
    if (fields[name] !== undefined) throw new Refused('-1101', name)
    fields[name] = equals === -1 ? '' : decode(pair.slice(equals + 1))
  }
  return fields
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new Refused('-1100', text, 'percent-encoded UTF-8')
  }
}
