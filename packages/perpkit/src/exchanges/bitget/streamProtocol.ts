import type {
  Credentials,
  Heartbeat,
  RouteLimits,
  SocketMessage,
  SocketProtocol,
  SocketRoute,
} from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { isRecord } from '../../core/reader.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { signText } from './sign.ts'

// The talk on sockets: docs/wire/bitget.md 8.1, 8.2, 12.7.
// https://www.bitget.com/api-doc/common/websocket-intro

/**
 * What a topic is of: `USDT-FUTURES/ticker/BTCUSDT` of V2, `UTA/order` of V3. A request writes it as
 * an object, and so does every answer.
 */
export function topicOf(...words: readonly string[]): string {
  return words.join('/')
}

/** The text `ping` twice a minute; who is silent for two is cut. */
const heartbeat: Heartbeat = { everyMs: 30_000, frame: () => 'ping', answerWithinMs: 10_000 }

const publicProtocol: SocketProtocol = {
  read,
  subscribe: (topics) => requestOf('subscribe', topics),
  unsubscribe: (topics) => requestOf('unsubscribe', topics),
  heartbeat,
}

const privateProtocol: SocketProtocol = { ...publicProtocol, login }

/**
 * Fifty channels a connection is what the exchange advises, though a thousand are allowed; a request
 * has 4096 bytes, and ten a second count with the pings. Connections end after 24 hours.
 */
const limits: RouteLimits = {
  topicsPerConnection: 50,
  topicsPerRequest: 25,
  requestsPerSecond: 5,
  lifetimeMs: 86_400_000,
}

/** Public data of both kinds of account comes from V2; each kind has a private socket of its own. */
export const routes: Readonly<Record<'public' | 'classic' | 'unified', SocketRoute>> = {
  public: { path: '/v2/ws/public', access: 'public', protocol: publicProtocol, limits },
  classic: { path: '/v2/ws/private', access: 'private', protocol: privateProtocol, limits },
  unified: { path: '/v3/ws/private', access: 'private', protocol: privateProtocol, limits },
}

/** In seconds: the documentation contradicts itself, both are taken. */
function login({ apiKey, apiSecret, passphrase = '' }: Credentials, now: number): string {
  const timestamp = String(Math.floor(now / 1_000))
  const sign = signText(apiSecret, `${timestamp}GET/user/verify`)
  return JSON.stringify({ op: 'login', args: [{ apiKey, passphrase, timestamp, sign }] })
}

/** Requests carry no id: each channel is answered by itself. */
function requestOf(op: string, topics: readonly string[]): string {
  return JSON.stringify({ op, args: topics.map(toArgument) })
}

function toArgument(topic: string): Record<string, string | undefined> {
  const [instType, channel, which] = topic.split('/')
  if (instType === UNIFIED) return { instType, topic: channel }
  return channel === 'account'
    ? { instType, channel, coin: which }
    : { instType, channel, instId: which }
}

/** What private channels of V3 are of. */
export const UNIFIED = 'UTA'

/** What one frame says. */
export function read(text: string): readonly SocketMessage[] {
  if (text === 'pong') return [{ kind: 'nothing' }]
  const frame = parseJson(text)
  return [isRecord(frame) ? readFrame(frame) : { kind: 'nothing' }]
}

function readFrame(frame: Record<string, unknown>): SocketMessage {
  const topic = toTopic(frame.arg)
  if (topic !== undefined && 'action' in frame) return { kind: 'data', topic, value: frame }
  switch (frame.event) {
    case 'subscribe':
      return { kind: 'subscribed', ...(topic !== undefined && { topic }) }
    case 'login':
      return readLogin(frame)
    case 'error':
      return readError(frame, topic)
    default:
      return { kind: 'nothing' }
  }
}

function toTopic(argument: unknown): string | undefined {
  if (!isRecord(argument)) return undefined
  const { instType, channel, topic, instId, coin, symbol } = argument
  const words = [instType, channel ?? topic, instId ?? coin ?? symbol]
  return topicOf(...words.filter((word) => typeof word === 'string'))
}

/** The code is a number, and a text in the documentation. */
function readLogin(frame: Record<string, unknown>): SocketMessage {
  if (Number(frame.code) === 0) return { kind: 'loggedIn' }
  return { kind: 'loginRefused', code: 'INVALID_CREDENTIALS', ...nativeOf(frame) }
}

/** Neither the request nor its channel is always named. */
function readError(frame: Record<string, unknown>, topic: string | undefined): SocketMessage {
  const native = nativeOf(frame)
  const { nativeCode } = native
  const loginCode = LOGIN_CODES.get(nativeCode)
  if (frame.op === 'login' || loginCode !== undefined) {
    const isCrowd = ENDS.has(nativeCode)
    const code = loginCode ?? (isCrowd ? 'RATE_LIMITED' : 'INVALID_CREDENTIALS')
    return { kind: 'loginRefused', code, ...native }
  }
  if (ENDS.has(nativeCode)) return { kind: 'expired' }
  if (nativeCode === UPGRADE) return { kind: 'closing' }
  // Whatever becomes of it, nothing more is expected of that channel.
  if (frame.op === 'unsubscribe') return { kind: 'nothing' }
  const which = topic === undefined ? {} : { topic }
  return { kind: 'refused', ...which, code: 'INVALID_REQUEST', ...native }
}

function nativeOf({ code, msg }: Record<string, unknown>): {
  nativeCode: string
  nativeMessage: string
} {
  return { nativeCode: String(code), nativeMessage: typeof msg === 'string' ? msg : '' }
}

// docs/wire/bitget.md 6
const LOGIN_CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['30005', 'INVALID_CREDENTIALS'],
  ['30011', 'INVALID_CREDENTIALS'],
  ['30012', 'INVALID_CREDENTIALS'],
  ['30013', 'TIMESTAMP_OUT_OF_WINDOW'],
  ['30014', 'TIMESTAMP_OUT_OF_WINDOW'],
  ['30015', 'INVALID_CREDENTIALS'],
])

/**
 * The login is not known any more, or this connection has taken all the requests it takes in an
 * hour: another one is needed.
 */
const ENDS: ReadonlySet<string> = new Set(['30004', '30006', '30007'])
/** Announced about a minute before the exchange closes the connection. */
const UPGRADE = '30033'
