import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import { isRecord } from '../../../core/reader.ts'
import type { Answer, Handling, KeyRing, RawRequest, Route } from '../../server/types.ts'
import { json, Refused, refusal, text } from './replies.ts'

/** Milliseconds. */
const DEFAULT_WINDOW = '5000'

/** What is looked at before anything of the request's meaning. */
export type Arrived = Pick<Handling, 'clock' | 'request'>

/** Headers this venue knows (docs/wire/bybit.md 2); SDKs send some it makes nothing of. */
export const knownHeaders: readonly string[] = [
  'x-bapi-api-key',
  'x-bapi-timestamp',
  'x-bapi-recv-window',
  'x-bapi-sign',
  'x-bapi-sign-type',
  'referer',
  'x-referer',
  'x-refer-site-id',
  'cdn-request-id',
]

/**
 * A GET's query or a POST's JSON object. A word in the wrong one of the two is kept under its name
 * with a mark before it, so that nobody reads it and the ledger shows it.
 */
export function readParams(request: RawRequest): Record<string, unknown> | Answer {
  const query = readQuery(request.query)
  if (request.method === 'GET') {
    // "Never attach a body to a signed GET" (docs/wire/bybit.md 2).
    return request.body === '' ? query : text(403, 'access too frequent')
  }
  const body = readBody(request.body)
  if (body === undefined) {
    return json({
      retCode: 10001,
      retMsg: 'Request parameter error.',
      result: {},
      retExtInfo: {},
    })
  }
  const misplaced = Object.entries(query).map(([name, value]) => [`?${name}`, value])
  return { ...Object.fromEntries(misplaced), ...body }
}

/**
 * Key, clock and signature, in this order: docs/wire/bybit.md 2.
 * https://bybit-exchange.github.io/docs/v5/guide#authentication
 */
export function authenticate(
  handling: Arrived,
  _route: Pick<Route, 'access'>,
  keys: KeyRing,
): { accountId: string } | Answer {
  const { headers } = handling.request
  const apiKey = headers['x-bapi-api-key'] ?? ''
  const timestamp = headers['x-bapi-timestamp'] ?? ''
  const sign = headers['x-bapi-sign'] ?? ''
  if (apiKey === '' || timestamp === '' || sign === '') {
    return headersMissing(handling, { apiKey, timestamp, sign })
  }
  const owner = keys.find(apiKey)
  if (!owner) return refusal(handling, new Refused(10003, 'API key is invalid.'))
  const recvWindow = headers['x-bapi-recv-window']
  const window = recvWindow === undefined ? DEFAULT_WINDOW : recvWindow
  if (!isInTime(handling, timestamp, window)) {
    return refusal(handling, outOfWindow(handling))
  }
  const expected = hmacSha256(owner.credentials.apiSecret, signedText(handling.request), 'hex')
  if (!equalBytes(sign, expected)) return refusal(handling, wrongSignature(handling))
  return { accountId: owner.accountId }
}

/**
 * Refuses a message of a socket that is not of now: it is dated like a request, though not signed,
 * docs/wire/bybit.md 8. Called where the request is executed; HTTP has looked at the door.
 */
export function refuseStale(handling: Arrived): void {
  const { headers, socket } = handling.request
  if (!socket) return
  const timestamp = headers['x-bapi-timestamp'] ?? ''
  const window = headers['x-bapi-recv-window'] ?? DEFAULT_WINDOW
  if (!isInTime(handling, timestamp, window)) throw outOfWindow(handling)
}

/** What the client must have signed: raw query of a GET, raw body of a POST. */
export function signedText(request: RawRequest): string {
  const { headers } = request
  const payload = request.method === 'GET' ? request.query : request.body
  const timestamp = headers['x-bapi-timestamp'] ?? ''
  const apiKey = headers['x-bapi-api-key'] ?? ''
  return `${timestamp}${apiKey}${headers['x-bapi-recv-window'] ?? ''}${payload}`
}

export function outOfWindow(handling: Arrived): Refused {
  const { headers } = handling.request
  return new Refused(
    10002,
    'invalid request, please check your server timestamp or recv_window param. ' +
      `req_timestamp[${headers['x-bapi-timestamp'] ?? ''}],` +
      `server_timestamp[${handling.clock.now()}],` +
      `recv_window[${headers['x-bapi-recv-window'] ?? DEFAULT_WINDOW}]`,
  )
}

export function wrongSignature(handling: Arrived): Refused {
  return new Refused(10004, `error sign! origin_string[${signedText(handling.request)}]`)
}

function readQuery(query: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) fields[name] ??= value
  return fields
}

function readBody(body: string): Record<string, unknown> | undefined {
  if (body === '') return {}
  try {
    const read: unknown = JSON.parse(body)
    return isRecord(read) ? read : undefined
  } catch {
    return undefined
  }
}

function headersMissing(
  handling: Arrived,
  given: { apiKey: string; timestamp: string; sign: string },
): Answer {
  const { apiKey, timestamp, sign } = given
  return json({
    retCode: 10001,
    retMsg:
      `empty value: apiTimestamp[${timestamp}] apiKey[${apiKey}] apiSignature[${sign}]: ` +
      'openapi sign params error!',
    result: null,
    retExtInfo: null,
    time: handling.clock.now(),
  })
}

function isInTime(handling: Arrived, timestamp: string, window: string): boolean {
  if (!/^\d{1,16}$/.test(timestamp) || !/^\d{1,9}$/.test(window)) return false
  // A client that is a second fast fails whatever its window.
  return handling.clock.isCurrent(Number(timestamp), Number(window), 1_000)
}
