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
import { signText } from './sign.ts'

// The talk on sockets: docs/wire/kraken.md 8.1.
// https://docs.kraken.com/exchange/guides/futures/websockets

/** A topic is a feed, and a product where the feed is of one: `'book PF_XBTUSD'`. */
export function topicOf(feed: string, nativeSymbol: string): string {
  // Products are taken in any case, and answered in upper case.
  return `${feed} ${nativeSymbol.toUpperCase()}`
}

const publicProtocol: SocketProtocol = {
  read: (text) => read(text, readFailure),
  subscribe: (topics, command) => encode('subscribe', topics, command),
  unsubscribe: (topics, command) => encode('unsubscribe', topics, command),
  // Ping frames: the ping in JSON is answered with a complaint. 60 s without one cut the connection.
  heartbeat: { everyMs: 20_000 },
}

const privateProtocol: SocketProtocol = {
  ...publicProtocol,
  read: (text) => read(text, readPrivateFailure),
  // The answer is a text to sign, given to any key: only the subscriptions prove the key.
  login: ({ apiKey }) => JSON.stringify({ event: 'challenge', api_key: apiKey }),
}

/** How many topics a connection may have is not told. */
const limits = {
  topicsPerConnection: 200,
  topicsPerRequest: 1,
  requestsPerSecond: 50,
  // A failure names neither feed nor request.
  oneAtATime: true,
}

const pulse = { topic: 'heartbeat', everyMs: 1_000 }

export const routes: Readonly<Record<'public' | 'private', SocketRoute>> = {
  public: { path: '/ws/v1', access: 'public', protocol: publicProtocol, limits, pulse },
  private: { path: '/ws/v1', access: 'private', protocol: privateProtocol, limits, pulse },
}

function encode(
  event: 'subscribe' | 'unsubscribe',
  [topic = '']: readonly string[],
  { login }: SocketCommand,
): string {
  const [feed = '', product] = topic.split(' ')
  const isPublic = product !== undefined || feed === pulse.topic
  return JSON.stringify({
    event,
    feed,
    ...(product !== undefined && { product_ids: [product] }),
    ...(login?.token !== undefined && !isPublic && answerTo(login.token, login.credentials)),
  })
}

function answerTo(challenge: string, { apiKey, apiSecret }: Credentials): Record<string, string> {
  return {
    api_key: apiKey,
    original_challenge: challenge,
    signed_challenge: signText(apiSecret, challenge),
  }
}

type Refused = Extract<SocketMessage, { kind: 'refused' | 'loginRefused' }>
type ReadFailure = (nativeCode: string, nativeMessage: string) => Refused

/** What one frame says. */
function read(text: string, failureOf: ReadFailure): readonly SocketMessage[] {
  const frame = parseJson(text)
  if (!isRecord(frame)) return [{ kind: 'nothing' }]
  const { event, message } = frame
  if (typeof event !== 'string') return [readData(frame)]
  const words = typeof message === 'string' ? message : ''
  switch (event) {
    case 'challenge':
      return [{ kind: 'loggedIn', token: words }]
    case 'subscribed':
      return readTopics(frame).map((topic) => ({ kind: 'subscribed', topic }))
    case 'alert':
    case 'error':
    case 'subscribed_failed':
      return [readComplaint(event, words, failureOf)]
    // The greeting, and what is said of unsubscribing.
    default:
      return [{ kind: 'nothing' }]
  }
}

/** The first message of a feed is named apart; it belongs to the same topic. */
function readData(frame: Record<string, unknown>): SocketMessage {
  if (typeof frame.feed !== 'string') return { kind: 'nothing' }
  const feed = frame.feed.replace(/_snapshot$/, '')
  const product = frame.product_id
  const topic = typeof product === 'string' ? topicOf(feed, product) : feed
  return { kind: 'data', topic, value: frame }
}

function readTopics({ feed, product_ids }: Record<string, unknown>): string[] {
  if (typeof feed !== 'string') return []
  if (!Array.isArray(product_ids) || product_ids.length === 0) return [feed]
  return product_ids.map((product) => topicOf(feed, String(product)))
}

function readComplaint(event: string, words: string, failureOf: ReadFailure): SocketMessage {
  // The feed goes on, with a new snapshot.
  if (/already subscribed/i.test(words)) return { kind: 'subscribed' }
  if (/not subscribed/i.test(words)) return { kind: 'nothing' }
  return failureOf(event, words)
}

function readFailure(nativeCode: string, nativeMessage: string): Refused {
  return { kind: 'refused', code: codeOf(nativeMessage), nativeCode, nativeMessage }
}

/** All private feeds rest on one signature: what refuses it refuses the connection. */
function readPrivateFailure(nativeCode: string, nativeMessage: string): Refused {
  const isOfLogin = /authenticated feed|json error/i.test(nativeMessage)
  if (!isOfLogin) return readFailure(nativeCode, nativeMessage)
  return { kind: 'loginRefused', code: 'INVALID_CREDENTIALS', nativeCode, nativeMessage }
}

function codeOf(nativeMessage: string): ErrorCode {
  if (/invalid product/i.test(nativeMessage)) return 'UNKNOWN_SYMBOL'
  return /invalid feed/i.test(nativeMessage) ? 'UNSUPPORTED' : 'INVALID_REQUEST'
}
