import type {
  Credentials,
  SocketMessage,
  SocketProtocol,
  SocketRoute,
} from '../../client/definition.ts'
import { parseJson } from '../../core/json.ts'
import { isRecord } from '../../core/reader.ts'
import { signText } from './sign.ts'

// The talk on sockets: docs/wire/bybit.md 8.
// https://bybit-exchange.github.io/docs/v5/ws/connect

const publicProtocol: SocketProtocol = {
  read,
  subscribe: (args, { id }) => JSON.stringify({ req_id: String(id), op: 'subscribe', args }),
  unsubscribe: (args, { id }) => JSON.stringify({ req_id: String(id), op: 'unsubscribe', args }),
  heartbeat: {
    everyMs: 20_000,
    frame: (id) => JSON.stringify({ req_id: String(id), op: 'ping' }),
    answerWithinMs: 10_000,
  },
}

// The names of a connection's topics may have 21 000 characters in all.
const limits = { topicsPerConnection: 400, topicsPerRequest: 10, requestsPerSecond: 10 }

export const routes: Readonly<Record<'public' | 'private', SocketRoute>> = {
  public: { path: '/v5/public/linear', access: 'public', protocol: publicProtocol, limits },
  private: {
    path: '/v5/private',
    access: 'private',
    protocol: { ...publicProtocol, login },
    limits,
  },
}

/** How long after our idea of the exchange's time the login may arrive. */
const LOGIN_WITHIN_MS = 10_000

function login({ apiKey, apiSecret }: Credentials, now: number): string {
  const expires = now + LOGIN_WITHIN_MS
  const signature = signText(apiSecret, `GET/realtime${expires}`)
  return JSON.stringify({ op: 'auth', args: [apiKey, expires, signature] })
}

/** What one frame says. */
export function read(text: string): readonly SocketMessage[] {
  const frame = parseJson(text)
  if (!isRecord(frame)) return [{ kind: 'nothing' }]
  if (typeof frame.topic === 'string') {
    return [{ kind: 'data', topic: frame.topic, value: frame }]
  }
  const request = isRecord(frame.request) ? frame.request : {}
  const op = frame.op ?? request.op
  if (op === 'auth') return [readLogin(frame)]
  return [op === 'subscribe' || frame.success === false ? readReply(frame) : { kind: 'nothing' }]
}

/** Two dialects are spoken: `success` alone, or a code. */
function readLogin(frame: Record<string, unknown>): SocketMessage {
  if (frame.success === true || frame.retCode === 0) return { kind: 'loggedIn' }
  const { nativeCode, nativeMessage } = nativeOf(frame)
  // Says that the time has passed, or is none.
  const isLate = /params error/i.test(nativeMessage)
  const code = isLate ? 'TIMESTAMP_OUT_OF_WINDOW' : 'INVALID_CREDENTIALS'
  return { kind: 'loginRefused', code, nativeCode, nativeMessage }
}

function readReply(frame: Record<string, unknown>): SocketMessage {
  const id =
    typeof frame.req_id === 'string' && frame.req_id !== '' ? Number(frame.req_id) : Number.NaN
  const which = Number.isInteger(id) ? { id } : {}
  const native = nativeOf(frame)
  if (frame.success === true || /already subscribed/i.test(native.nativeMessage)) {
    return { kind: 'subscribed', ...which }
  }
  const isForbidden = /not authorized/i.test(native.nativeMessage)
  return {
    kind: 'refused',
    ...which,
    code: isForbidden ? 'PERMISSION_DENIED' : 'INVALID_REQUEST',
    ...native,
  }
}

function nativeOf(frame: Record<string, unknown>): { nativeCode: string; nativeMessage: string } {
  const text = frame.ret_msg ?? frame.retMsg
  return {
    nativeCode: String(frame.retCode ?? 'success:false'),
    nativeMessage: typeof text === 'string' ? text : '',
  }
}
