import type { SocketMessage, SocketProtocol, SocketRoute } from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { isRecord } from '../../core/reader.ts'
import { listenKey } from './listenKey.ts'

// The talk on sockets: docs/wire/binance.md 8.1, 8.2.
// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams

/** The one topic of a private connection, a name of ours: it carries everything there is. */
export const USER_TOPIC = 'user'

/** An idle subscription list is an answer like any other: who gives it lives. */
const heartbeat = {
  everyMs: 20_000,
  frame: (id: number): string => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
  answerWithinMs: 10_000,
}

const publicProtocol: SocketProtocol = {
  read,
  subscribe: (params, { id }) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, { id }) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  heartbeat,
}

/**
 * Ten frames a second, our pongs among them, and 1024 streams a connection (200 until 2025-07); a
 * connection lives for 24 hours.
 */
const limits = {
  topicsPerConnection: 200,
  topicsPerRequest: 50,
  requestsPerSecond: 4,
  lifetimeMs: 86_400_000,
}

/** Each connection serves the streams of one route; others are acknowledged and silent. */
export const routes: Readonly<Record<'public' | 'market' | 'private', SocketRoute>> = {
  public: { path: '/public/stream?streams=', access: 'public', protocol: publicProtocol, limits },
  market: {
    path: '/market/stream?streams=',
    access: 'public',
    protocol: publicProtocol,
    limits,
    pulse: { topic: 'btcusdt@markPrice@1s', everyMs: 1_000 },
  },
  private: {
    path: '/private/ws',
    access: 'private',
    protocol: { read, heartbeat },
    limits: { ...limits, topicsPerConnection: 1 },
    listenKey,
  },
}

/** What one frame says. */
export function read(text: string): readonly SocketMessage[] {
  const frame = parseJson(text)
  if (!isRecord(frame)) return [{ kind: 'nothing' }]
  if (typeof frame.stream === 'string') {
    return [{ kind: 'data', topic: frame.stream, value: frame.data }]
  }
  if (frame.e === 'listenKeyExpired') return [{ kind: 'expired' }]
  if (typeof frame.e === 'string') return [{ kind: 'data', topic: USER_TOPIC, value: frame }]
  return [readReply(frame)]
}

/** Errors are documented bare and have been seen wrapped. */
function readReply(frame: Record<string, unknown>): SocketMessage {
  const id = typeof frame.id === 'number' ? { id: frame.id } : {}
  const error = isRecord(frame.error) ? frame.error : 'code' in frame ? frame : undefined
  if (!error) return 'result' in frame ? { kind: 'subscribed', ...id } : { kind: 'nothing' }
  return {
    kind: 'refused',
    ...id,
    code: 'INVALID_REQUEST',
    nativeCode: String(error.code),
    nativeMessage: String(error.msg ?? ''),
  }
}
