import type {
  Credentials,
  RouteLimits,
  SocketMessage,
  SocketProtocol,
  SocketRoute,
} from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { isRecord } from '../../core/reader.ts'
import { type Meaning, meaningOf } from './errorTable.ts'
import { signText } from './sign.ts'

// The talk on sockets: docs/wire/okx.md 8.1.
// https://www.okx.com/docs-v5/en/#overview-websocket-overview

const publicProtocol: SocketProtocol = {
  read,
  subscribe: (topics, { id }) => writeRequest('subscribe', topics, id),
  unsubscribe: (topics, { id }) => writeRequest('unsubscribe', topics, id),
  // A word of their own: frames of the protocol do not count, and 30 s of silence end it.
  heartbeat: { everyMs: 20_000, frame: () => 'ping', answerWithinMs: 10_000 },
}

const privateProtocol: SocketProtocol = { ...publicProtocol, login }

/** 480 requests an hour on each connection: topics are asked for together. */
const limits: RouteLimits = { topicsPerConnection: 100, topicsPerRequest: 50, requestsPerSecond: 5 }

/** The exchange advises fewer than 30 books a connection. */
const bookLimits: RouteLimits = { ...limits, topicsPerConnection: 25 }

const BUSINESS = '/ws/v5/business'

/** Candles and conditional orders are business of their own, the latter with a login of its own. */
export const routes: Readonly<
  Record<'public' | 'books' | 'candles' | 'private' | 'algos', SocketRoute>
> = {
  public: { path: '/ws/v5/public', access: 'public', protocol: publicProtocol, limits },
  books: {
    path: '/ws/v5/public',
    access: 'public',
    protocol: publicProtocol,
    limits: bookLimits,
  },
  candles: { path: BUSINESS, access: 'public', protocol: publicProtocol, limits },
  private: { path: '/ws/v5/private', access: 'private', protocol: privateProtocol, limits },
  algos: { path: BUSINESS, access: 'private', protocol: privateProtocol, limits },
}

/** What orders and positions are subscribed by; contracts are subscribed by their names. */
const KIND = 'SWAP'

/** The channel of all our contracts. */
export function ofKind(channel: string): string {
  return `${channel}:${KIND}`
}

/** The channel of one contract or index. */
export function ofName(channel: string, instId: string): string {
  return `${channel}:${instId}`
}

/** The channel a topic is of. */
export function channelOf(topic: string): string {
  return topic.split(':', 1)[0] ?? topic
}

function writeRequest(op: string, topics: readonly string[], id: number): string {
  return JSON.stringify({ id: String(id), op, args: topics.map(toArgument) })
}

function toArgument(topic: string): Record<string, string> {
  const [channel = '', target] = topic.split(':')
  if (target === undefined) return { channel }
  return target === KIND ? { channel, instType: target } : { channel, instId: target }
}

/** Private pushes repeat the argument with the user's id in it. */
function toTopic(argument: unknown): string | undefined {
  if (!isRecord(argument) || typeof argument.channel !== 'string') return undefined
  const target = argument.instId ?? argument.instType
  return typeof target === 'string' ? `${argument.channel}:${target}` : argument.channel
}

/** https://www.okx.com/docs-v5/en/#overview-websocket-login */
function login({ apiKey, apiSecret, passphrase = '' }: Credentials, now: number): string {
  // In seconds; it may be 30 s old.
  const timestamp = String(Math.floor(now / 1_000))
  const sign = signText(apiSecret, `${timestamp}GET/users/self/verify`)
  return JSON.stringify({ op: 'login', args: [{ apiKey, passphrase, timestamp, sign }] })
}

/** What one frame says. */
export function read(text: string): readonly SocketMessage[] {
  if (text === 'pong') return [{ kind: 'nothing' }]
  const frame = parseJson(text)
  if (!isRecord(frame)) return [{ kind: 'nothing' }]
  const topic = toTopic(frame.arg)
  if (frame.event !== undefined) return [readEvent(frame, topic)]
  return [topic === undefined ? { kind: 'nothing' } : { kind: 'data', topic, value: frame }]
}

function readEvent(frame: Record<string, unknown>, topic: string | undefined): SocketMessage {
  switch (frame.event) {
    case 'subscribe':
      return { kind: 'subscribed', ...readId(frame), ...(topic !== undefined && { topic }) }
    case 'login':
      return frame.code === '0' ? { kind: 'loggedIn' } : readError(frame)
    case 'error':
      return readError(frame)
    case 'notice':
      return frame.code === LEAVING ? { kind: 'closing' } : { kind: 'nothing' }
    case 'channel-conn-count-error':
      // Too many listen to a channel: it was acknowledged, and will never speak.
      return { kind: 'expired' }
    default:
      return { kind: 'nothing' }
  }
}

/** The exchange cuts the connection within 60 s. */
const LEAVING = '64008'

function readError(frame: Record<string, unknown>): SocketMessage {
  const nativeCode = String(frame.code ?? '')
  const nativeMessage = typeof frame.msg === 'string' ? frame.msg : ''
  const meaning = meaningOf(nativeCode, nativeMessage) ?? 'INVALID_REQUEST'
  if (nativeCode === NOT_LOGGED_IN || PASSING.has(meaning)) return { kind: 'expired' }
  const code = meaning === 'UNCHANGED' || meaning === 'UNKNOWN' ? 'INVALID_REQUEST' : meaning
  if (code === 'INVALID_CREDENTIALS' || code === 'TIMESTAMP_OUT_OF_WINDOW') {
    return { kind: 'loginRefused', code, nativeCode, nativeMessage }
  }
  return { kind: 'refused', ...readId(frame), code, nativeCode, nativeMessage }
}

/** Said of a connection that has logged in, it has forgotten us. */
const NOT_LOGGED_IN = '60011'

/** Nothing is wrong with what was asked: another connection may ask it again. */
const PASSING: ReadonlySet<Meaning> = new Set<Meaning>([
  'RATE_LIMITED',
  'EXCHANGE_UNAVAILABLE',
  'UNKNOWN',
])

function readId({ id }: Record<string, unknown>): { id?: number } {
  const number = typeof id === 'string' && id !== '' ? Number(id) : Number.NaN
  return Number.isInteger(number) ? { id: number } : {}
}
