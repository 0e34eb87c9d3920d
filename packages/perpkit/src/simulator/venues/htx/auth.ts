import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import { parseJson } from '../../../core/json.ts'
import { isRecord } from '../../../core/reader.ts'
import type { Answer, Handling, KeyRing, RawRequest, VenueClock } from '../../server/types.ts'
import { inputError } from './errors.ts'
import { json, page } from './replies.ts'

/** What every signed request carries in its query: docs/wire/htx.md 2. */
export const authNames: readonly string[] = [
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'Timestamp',
  'Signature',
]

/** Where the items of a body that is an array stand among the parameters. */
export const ITEMS = '[]'

/** Clocks may differ by five minutes either way. */
const TOLERANCE_MS = 300_000

/**
 * A GET's query, or a POST's JSON body beside its auth parameters. Another word in the query of a
 * POST is kept with a mark before it, so that nobody reads it and the ledger shows it.
 */
export function readParams(
  request: RawRequest,
  clock: Pick<VenueClock, 'now'>,
): Record<string, unknown> | Answer {
  const query = readQuery(request.query)
  if (request.method === 'GET') return request.body === '' ? query : page(403, '403 Forbidden')
  const body = readBody(request.body)
  if (body === undefined) {
    const { code, message } = inputError()
    return json({ code, message, data: null, ts: clock.now() })
  }
  const inQuery = Object.entries(query).map(([name, value]) => [
    authNames.includes(name) ? name : `?${name}`,
    value,
  ])
  return { ...Object.fromEntries(inQuery), ...body }
}

/**
 * Key, method, clock and signature, in this order; each refusal is told by its text alone:
 * docs/wire/htx.md 2.
 * https://huobiapi.github.io/docs/usdt_swap/v1/en/
 */
export function authenticate(
  handling: Pick<Handling, 'clock' | 'request'>,
  _route: unknown,
  keys: KeyRing,
): { accountId: string } | Answer {
  const { query } = handling.request
  const auth = readQuery(query)
  const owner = keys.find(auth.AccessKeyId ?? '')
  if (!owner) return refused(handling, 'Incorrect Access key [Access key错误]')
  if (auth.SignatureMethod !== 'HmacSHA256') {
    return refused(handling, 'Incorrect signature method [错误的签名方法]')
  }
  if (auth.SignatureVersion !== '2') {
    return refused(handling, 'Incorrect signature version [错误的签名版本]')
  }
  if (!isInTime(handling.clock, auth.Timestamp ?? '')) return outOfWindow(handling)
  const { apiSecret } = owner.credentials
  const isSigned = signedHosts(handling.request).some((host) =>
    equalBytes(auth.Signature ?? '', sign(apiSecret, handling.request, host)),
  )
  if (!isSigned || !isSorted(query)) return wrongSignature(handling)
  return { accountId: owner.accountId }
}

/** The signature of a request, base64, for a client that signs `host`. */
export function sign(secret: string, request: RawRequest, host: string): string {
  const text = [request.method, host, request.path, unsigned(request.query).join('&')].join('\n')
  return hmacSha256(secret, text, 'base64')
}

export function outOfWindow(handling: Pick<Handling, 'clock'>): Answer {
  return refused(handling, 'Invalid submission time [提交时间错误]')
}

export function wrongSignature(handling: Pick<Handling, 'clock'>): Answer {
  return refused(handling, 'Verification failure [校验失败]')
}

/** A refusal at the door: the text stands under another name than in all others. */
export function refused(handling: Pick<Handling, 'clock'>, msg: string): Answer {
  return json({ code: 403, msg, data: null, ts: handling.clock.now() })
}

/**
 * Hosts a signature is accepted for: the one of the request, and those that clients pointed here by
 * address alone go on signing; an SDK on plain `http://` signs `http:` (docs/wire/htx.md 2).
 */
export function signedHosts(request: RawRequest): string[] {
  const host = (request.headers.host ?? '').toLowerCase()
  return [host, host.replace(/:\d+$/, ''), 'api.hbdm.com', 'api.hbdm.vn', 'http:']
}

function unsigned(query: string): string[] {
  return query.split('&').filter((part) => nameOf(part) !== 'Signature')
}

/** Parameters out of order are a wrong signature. */
function isSorted(query: string): boolean {
  const names = unsigned(query).map(nameOf)
  return names.every((name, place) => place === 0 || (names[place - 1] ?? '') <= name)
}

function nameOf(part: string): string {
  return part.split('=', 1)[0] ?? ''
}

function readQuery(query: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) fields[name] ??= value
  return fields
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

/** Whether a `Timestamp` is one, and near enough to now. */
export function isInTime(clock: VenueClock, timestamp: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(timestamp)) return false
  return clock.isCurrent(Date.parse(`${timestamp}Z`), TOLERANCE_MS, TOLERANCE_MS)
}
