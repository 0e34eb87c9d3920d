import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import { parseJson } from '../../../core/json.ts'
import { isRecord } from '../../../core/reader.ts'
import type { Answer, Handling, KeyRing, RawRequest } from '../../server/types.ts'
import { generationOf } from './generation.ts'
import { json, Refused, refusal } from './replies.ts'

/** What is looked at before anything of the request's meaning. */
export type Arrived = Pick<Handling, 'clock' | 'request'>

/** Headers this venue knows (docs/wire/bitget.md 2). */
export const knownHeaders: readonly string[] = [
  'access-key',
  'access-sign',
  'access-timestamp',
  'access-passphrase',
  'locale',
  'paptrading',
  'x-channel-api-code',
]

/** Name under which the items of a bare JSON array are read (V3 batches). */
export const ITEMS = '[]'

// A timestamp may be half a minute off, either way.
const TOLERANCE_MS = 30_000

/**
 * A GET's query or a POST's JSON. A word in the query of a POST is kept under its name with a mark
 * before it, so that nobody reads it and the ledger shows it.
 */
export function readParams(request: RawRequest): Record<string, unknown> | Answer {
  const query: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(request.query)) query[name] ??= value
  if (request.method === 'GET') return query
  const body = readBody(request.body)
  if (body === undefined) {
    const refused = { code: '40020', msg: 'Parameter error', requestTime: 0, data: null }
    return json(400, refused)
  }
  const misplaced = Object.entries(query).map(([name, value]) => [`?${name}`, value])
  return { ...Object.fromEntries(misplaced), ...body }
}

/**
 * Timestamp, key, kind of account, passphrase and signature, in this order: docs/wire/bitget.md 6.1.
 * https://www.bitget.com/api-doc/common/signature
 */
export function authenticate(handling: Arrived, keys: KeyRing): { accountId: string } | Answer {
  const { headers } = handling.request
  const timestamp = headers['access-timestamp'] ?? ''
  const refuse = (refused: Refused): Answer => refusal(handling, refused)
  if (!/^\d{1,16}$/.test(timestamp)) return refuse(new Refused('40005', 'Invalid ACCESS_TIMESTAMP'))
  if (!handling.clock.isCurrent(Number(timestamp), TOLERANCE_MS, TOLERANCE_MS)) {
    return refuse(timestampExpired())
  }
  const apiKey = headers['access-key'] ?? ''
  if (apiKey === '') return refuse(new Refused('40001', 'ACCESS_KEY cannot be empty'))
  const owner = keys.find(apiKey)
  if (!owner) return refuse(new Refused('40037', 'Apikey does not exist'))
  const generation = generationOf(handling.request.path)
  if (owner.kind === 'unified' && generation === 2) return refuse(unifiedOnClassic())
  if (owner.kind !== 'unified' && generation === 3) return refuse(classicOnUnified())
  const passphrase = headers['access-passphrase'] ?? ''
  if (passphrase === '') return refuse(new Refused('40011', 'ACCESS_PASSPHRASE cannot be empty'))
  if (!equalBytes(passphrase, owner.credentials.passphrase ?? '')) {
    return refuse(new Refused('40012', 'apikey/password is incorrect'))
  }
  const sign = headers['access-sign'] ?? ''
  if (sign === '') return refuse(new Refused('40002', 'ACCESS_SIGN cannot be empty'))
  const isSigned = signedTexts(handling.request).some((text) =>
    equalBytes(sign, hmacSha256(owner.credentials.apiSecret, text, 'base64')),
  )
  return isSigned ? { accountId: owner.accountId } : refuse(wrongSignature())
}

/**
 * What the client may have signed: the query as it arrived, or decoded (docs/wire/bitget.md 2:
 * clients disagree, and both work).
 */
export function signedTexts(request: RawRequest): readonly string[] {
  const { body, headers, method, path, query } = request
  const head = `${headers['access-timestamp'] ?? ''}${method}${path}`
  const raw = `${head}${query === '' ? '' : `?${query}`}${body}`
  if (!query.includes('%')) return [raw]
  try {
    return [raw, `${head}?${decodeURIComponent(query)}${body}`]
  } catch {
    return [raw]
  }
}

export function timestampExpired(): Refused {
  return new Refused('40008', 'Request timestamp expired')
}

export function wrongSignature(): Refused {
  return new Refused('40009', 'sign signature error')
}

export function unifiedOnClassic(): Refused {
  return new Refused(
    '40085',
    'You are in Unified Account mode, and the Classic Account API is not supported at this time',
  )
}

function classicOnUnified(): Refused {
  return new Refused(
    '40084',
    'You are in Classic Account mode, and the Unified Account API is not supported at this time',
  )
}

function readBody(body: string): Record<string, unknown> | undefined {
  if (body === '') return {}
  try {
    const read: unknown = parseJson(body)
    if (Array.isArray(read)) return { [ITEMS]: read }
    return isRecord(read) ? read : undefined
  } catch {
    return undefined
  }
}
