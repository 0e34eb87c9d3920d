import { parseJson } from '../../../core/json.ts'
import { isRecord } from '../../../core/reader.ts'
import type { SocketFrame } from '../../server/socketTypes.ts'
import { Refused } from './errors.ts'
import type { TradeMethod } from './tradeMethods.ts'

// Messages to the request API: docs/wire/binance.md 8.7.

/** A message, taken apart. */
export interface TradeRequest {
  method: string
  /** As they are signed; those that are null are left out. */
  params: ReadonlyMap<string, string>
  /** Names beside `id`, `method` and `params`. */
  unknown: readonly string[]
}

/** A message's text with what it says; `undefined` when that is no JSON. */
export function readMessage(frame: SocketFrame): { text: string; value: unknown } | undefined {
  const text = typeof frame === 'string' ? frame : new TextDecoder().decode(frame)
  try {
    return { text, value: parseJson(text) }
  } catch {
    return undefined
  }
}

/**
 * The id as JSON to be echoed, digit for digit; `undefined` when it is none. A message without one
 * is answered as one with null.
 */
export function readId({ text, value }: { text: string; value: unknown }): string | undefined {
  if (!isRecord(value)) return 'null'
  const { id = null } = value
  if (id === null || Number.isSafeInteger(id)) return String(id)
  if (typeof id !== 'string') return undefined
  // A number too long for a double has been read as text.
  const plain: unknown = JSON.parse(text)
  return isRecord(plain) && typeof plain.id === 'number' ? id : JSON.stringify(id)
}

/** Throws what refuses a message that is no request. */
export function readRequest(value: unknown): TradeRequest {
  if (!isRecord(value)) throw new Refused('-1135:json')
  const { id: _, method, params = {}, ...rest } = value
  if (typeof method !== 'string') throw new Refused('-1135', 'method', 'a string')
  if (!isRecord(params)) throw new Refused('-1135', 'params', 'an object')
  const texts = new Map<string, string>()
  for (const [name, param] of Object.entries(params)) {
    if (param === null) continue
    if (typeof param === 'object') throw new Refused('-1130', name)
    texts.set(name, String(param))
  }
  return { method, params: texts, unknown: Object.keys(rest) }
}

/**
 * Its parameters in the form of the twin's query, sorted by name as they are signed, the signature
 * last. Who needs no proof is often sent it all the same: it is left out there.
 */
export function queryOf(
  params: ReadonlyMap<string, string>,
  { access }: Pick<TradeMethod, 'access'>,
): string {
  const left: readonly string[] = LEFT_OUT[access]
  const sent = [...params].filter(([name]) => !left.includes(name))
  return sent
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`)
    .join('&')
}

const LEFT_OUT = {
  signed: [],
  key: ['returnRateLimits', 'timestamp', 'recvWindow', 'signature'],
  public: ['returnRateLimits', 'timestamp', 'recvWindow', 'signature', 'apiKey'],
} as const

function rank(name: string): number {
  return name === 'signature' ? 1 : 0
}
