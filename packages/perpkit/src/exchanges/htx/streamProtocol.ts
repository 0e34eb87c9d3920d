import { gunzipSync } from 'node:zlib'
import type {
  Credentials,
  SocketCommand,
  SocketMessage,
  SocketProtocol,
  SocketRoute,
} from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { isRecord } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { meaningOf } from './errorTable.ts'
import { sign } from './sign.ts'

// The talk on sockets: docs/wire/htx.md 8.1, 8.2. Market data and account speak different dialects.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/

const PRIVATE_PATH = '/ws/v5/notification'

/**
 * The exchange asks every 5 s whether we live, and not all of its sockets answer the same question
 * of ours: 15 s of its silence mean that the connection is dead.
 */
const heartbeat = { everyMs: 5_000, answerWithinMs: 10_000 }

const marketProtocol: SocketProtocol = {
  unpack,
  read,
  subscribe: ([topic = ''], { id }) =>
    JSON.stringify({ sub: topic, id: String(id), ...dataTypeOf(topic) }),
  unsubscribe: ([topic = ''], { id }) =>
    JSON.stringify({ unsub: topic, id: String(id), ...dataTypeOf(topic) }),
  heartbeat,
}

const accountProtocol: SocketProtocol = {
  unpack,
  read,
  login,
  subscribe: (topics, request) => accountCommand('sub', topics, request),
  unsubscribe: (topics, request) => accountCommand('unsub', topics, request),
  heartbeat,
}

/** Well below what is told: 40 subscriptions a second; of topics on a connection nothing is told. */
const limits = { topicsPerConnection: 100, requestsPerSecond: 20 }

export const routes: Readonly<Record<'market' | 'index' | 'private', SocketRoute>> = {
  market: { path: '/linear-swap-ws', access: 'public', protocol: marketProtocol, limits },
  index: { path: '/ws_index', access: 'public', protocol: marketProtocol, limits },
  private: { path: PRIVATE_PATH, access: 'private', protocol: accountProtocol, limits },
}

/** No frame is nearly as large; more would be an attack on memory. */
const MAX_FRAME_BYTES = 16 * 1_024 * 1_024

/** Gzip wherever a frame is binary; the account's socket has been seen to send either. */
function unpack(frame: Uint8Array): string {
  try {
    return gunzipSync(frame, { maxOutputLength: MAX_FRAME_BYTES }).toString()
  } catch {
    throw new SyntaxError('a binary frame is no gzip')
  }
}

/** Books of changes must be asked for; without the word whole books are sent. */
function dataTypeOf(topic: string): { data_type?: string } {
  return topic.endsWith('.high_freq') ? { data_type: 'incremental' } : {}
}

/** All contracts at once; the account is of none. */
function accountCommand(op: string, [topic]: readonly string[], { id }: SocketCommand): string {
  const scope = topic === 'account' ? {} : { contract_code: '*' }
  return JSON.stringify({ op, cid: String(id), topic, ...scope })
}

/** Signed like a request to that path, for the host it goes to; nothing is percent-encoded. */
function login(credentials: Credentials, now: number, host: string): string {
  const stamp = { timestamp: now, windowMs: 0 }
  const request = { method: 'GET', host, path: PRIVATE_PATH, query: '', body: '', contentType: '' }
  const { query } = sign(request, credentials, stamp)
  return JSON.stringify({
    op: 'auth',
    type: 'api',
    ...Object.fromEntries(new URLSearchParams(query)),
  })
}

/** What one frame says, in either dialect. */
export function read(text: string): readonly SocketMessage[] {
  const frame = parseJson(text)
  if (!isRecord(frame)) return [{ kind: 'nothing' }]
  if (typeof frame.ch === 'string') return [{ kind: 'data', topic: frame.ch, value: frame }]
  if (frame.ping !== undefined) {
    return [{ kind: 'question', answer: JSON.stringify({ pong: frame.ping }) }]
  }
  return [typeof frame.op === 'string' ? readAccountFrame(frame.op, frame) : readReply(frame)]
}

/** On market data: an acknowledgement or a refusal. */
function readReply(frame: Record<string, unknown>): SocketMessage {
  if (frame.status === 'error') {
    const nativeCode = textOf(frame['err-code'] ?? frame.err_code)
    const nativeMessage = textOf(frame['err-msg'] ?? frame.err_msg)
    const meaning = meaningOf(nativeCode, nativeMessage)
    const code = meaning === undefined || !isErrorCode(meaning) ? 'INVALID_REQUEST' : meaning
    return { kind: 'refused', ...idOf(frame.id), code, nativeCode, nativeMessage }
  }
  if (typeof frame.subbed !== 'string') return { kind: 'nothing' }
  const id = idOf(frame.id)
  return { kind: 'subscribed', ...(id.id === undefined ? { topic: frame.subbed } : id) }
}

function readAccountFrame(op: string, frame: Record<string, unknown>): SocketMessage {
  switch (op) {
    case 'notify':
      return { kind: 'data', topic: textOf(frame.topic), value: frame }
    case 'ping':
      return { kind: 'question', answer: JSON.stringify({ op: 'pong', ts: frame.ts }) }
    case 'auth':
      return readLogin(frame)
    case 'sub':
    case 'error':
      return readSubscription(frame)
    case 'close':
      return { kind: 'closing' }
    default:
      return { kind: 'nothing' }
  }
}

const DONE = '0'
const LOGGED_IN_ALREADY = '2005'
const SUBSCRIBED_ALREADY = '2014'

function readLogin(frame: Record<string, unknown>): SocketMessage {
  const { code, ...native } = refusalOf(frame)
  if (native.nativeCode === DONE || native.nativeCode === LOGGED_IN_ALREADY) {
    return { kind: 'loggedIn' }
  }
  const isLate = /submission time|timestamp/i.test(native.nativeMessage)
  return { kind: 'loginRefused', code: isLate ? 'TIMESTAMP_OUT_OF_WINDOW' : code, ...native }
}

function readSubscription(frame: Record<string, unknown>): SocketMessage {
  const { code, ...native } = refusalOf(frame)
  const id = idOf(frame.cid)
  const isTopic = id.id === undefined && typeof frame.topic === 'string'
  const which = isTopic ? { topic: textOf(frame.topic) } : id
  if (native.nativeCode === DONE || native.nativeCode === SUBSCRIBED_ALREADY) {
    return { kind: 'subscribed', ...which }
  }
  return { kind: 'refused', ...which, code, ...native }
}

/** Numbers of the account's socket (docs/wire/htx.md 8.2); others are bad requests. */
const CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['2001', 'INVALID_CREDENTIALS'],
  ['2002', 'INVALID_CREDENTIALS'],
  ['2003', 'INVALID_CREDENTIALS'],
  ['2013', 'INVALID_CREDENTIALS'],
  ['2004', 'RATE_LIMITED'],
  ['2030', 'RATE_LIMITED'],
  ['2007', 'PERMISSION_DENIED'],
  ['4007', 'PERMISSION_DENIED'],
  ['2011', 'UNKNOWN_SYMBOL'],
])

function refusalOf(frame: Record<string, unknown>): {
  code: ErrorCode
  nativeCode: string
  nativeMessage: string
} {
  const nativeCode = textOf(frame['err-code'])
  const code = CODES.get(nativeCode) ?? 'INVALID_REQUEST'
  return { code, nativeCode, nativeMessage: textOf(frame['err-msg']) }
}

/** We number our commands; it is repeated as text. */
function idOf(value: unknown): { id?: number } {
  const id = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof id === 'number' && Number.isInteger(id) ? { id } : {}
}

function isErrorCode(meaning: ReturnType<typeof meaningOf>): meaning is ErrorCode {
  return meaning !== undefined && meaning !== 'ambiguous' && meaning !== 'unchanged'
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
