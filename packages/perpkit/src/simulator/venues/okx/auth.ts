import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import type { Answer, Handling, KeyRing, RawRequest } from '../../server/types.ts'
import type { Code } from './errors.ts'
import { gatewayRefusal, readJson } from './replies.ts'

/** What is looked at before anything of the request's meaning. */
export type Arrived = Pick<Handling, 'clock' | 'request'>

/** Headers this venue knows: docs/wire/okx.md 2. */
export const knownHeaders: readonly string[] = [
  'ok-access-key',
  'ok-access-sign',
  'ok-access-timestamp',
  'ok-access-passphrase',
  'x-simulated-trading',
  'exptime',
]

/** Under this name a body that is a list stands among the parameters. */
export const listName = '[]'

/**
 * A GET's query or a POST's body. A word in the wrong one of the two is kept under its name with a
 * mark before it, so that nobody reads it and the ledger shows it. A body that cannot be read is
 * refused behind the door only.
 */
export function readParams(request: RawRequest): Record<string, unknown> {
  const query = readQuery(request.query)
  if (request.method === 'GET') return query
  const misplaced = Object.entries(query).map(([name, value]) => [`?${name}`, value])
  const body = readJson(request.body) ?? {}
  return {
    ...Object.fromEntries(misplaced),
    ...(Array.isArray(body) ? { [listName]: body } : body),
  }
}

/**
 * Headers, time, key, passphrase and signature, in this order: docs/wire/okx.md 4.6.
 * https://www.okx.com/docs-v5/en/#overview-rest-authentication
 */
export function authenticate(
  handling: Arrived,
  _route: unknown,
  keys: KeyRing,
): { accountId: string } | Answer {
  const { headers } = handling.request
  for (const [name, code] of required) {
    if ((headers[name] ?? '') === '') return denied(code)
  }
  const timestamp = readTimestamp(headers['ok-access-timestamp'] ?? '')
  if (timestamp === undefined) return denied('50112')
  if (!handling.clock.isCurrent(timestamp, WINDOW, WINDOW + 1)) return denied('50102')
  const owner = keys.find(headers['ok-access-key'] ?? '')
  if (!owner) return denied('50119')
  const { apiSecret, passphrase = '' } = owner.credentials
  if (!equalBytes(headers['ok-access-passphrase'] ?? '', passphrase)) return denied('50105')
  const expected = hmacSha256(apiSecret, signedText(handling.request), 'base64')
  if (!equalBytes(headers['ok-access-sign'] ?? '', expected)) return denied('50113')
  return { accountId: owner.accountId }
}

/** What the client must have signed: the bytes that arrived, query and body as they were sent. */
function signedText({ body, headers, method, path, query }: RawRequest): string {
  const target = query === '' ? path : `${path}?${query}`
  return `${headers['ok-access-timestamp'] ?? ''}${method}${target}${body}`
}

/** A refusal at the gateway: docs/wire/okx.md 2. */
export function denied(code: Code): Answer {
  return gatewayRefusal(401, code)
}

/** How far a request's time may be off, in milliseconds. */
const WINDOW = 30_000

const required: readonly [header: string, code: Code][] = [
  ['ok-access-key', '50103'],
  ['ok-access-sign', '50106'],
  ['ok-access-timestamp', '50107'],
  ['ok-access-passphrase', '50104'],
]

/** Milliseconds of `2026-11-22T08:00:00.123Z`; `undefined` for any other form. */
function readTimestamp(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return undefined
  const timestamp = Date.parse(text)
  return Number.isNaN(timestamp) ? undefined : timestamp
}

function readQuery(query: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) fields[name] ??= value
  return fields
}
