import { ReadError, Reader } from '../../../core/reader.ts'
import type {
  PayloadObject,
  SocketFrame,
  SocketHandler,
  SocketLink,
  VenueSockets,
} from '../../server/socketTypes.ts'
import { uuidOf } from './ids.ts'
import { Refused, text } from './replies.ts'
import { readFrame } from './socketFrames.ts'
import { lastFrameAt, readActiveTime, watchIdle } from './socketIdle.ts'
import { checkLogin } from './socketLogin.ts'
import { familyOf, privateChannel } from './topics/private.ts'
import { findPublicTopic } from './topics/public.ts'
import { TradeHandler } from './tradeSocket.ts'

/**
 * Public and private topics, and orders: docs/wire/bybit.md 8.
 * https://bybit-exchange.github.io/docs/v5/ws/connect
 */
export const sockets: VenueSockets = {
  open(link) {
    const { path } = link.request
    switch (path) {
      case '/v5/public/linear':
        return new TopicHandler(link, false)
      case '/v5/private':
        return new TopicHandler(link, true)
      case '/v5/trade':
        return new TradeHandler(link)
      default:
        return text(404, '404 page not found')
    }
  },
}

const PUBLIC_IDLE_MS = 60_000
const MOST_CHARACTERS = 21_000

/** One connection: pings, login, topics, and the end of one that nobody uses. */
class TopicHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #isPrivate: boolean
  readonly #id: string
  /** Also those that are silent here. */
  readonly #topics = new Set<string>()

  constructor(link: SocketLink, isPrivate: boolean) {
    this.#link = link
    this.#isPrivate = isPrivate
    this.#id = uuidOf(`connection ${link.number}`)
    if (isPrivate) watchIdle(link, readActiveTime(link), () => lastFrameAt(link))
    else watchIdle(link, PUBLIC_IDLE_MS, () => link.heardAt)
  }

  onMessage(message: SocketFrame): void {
    const frame = readFrame(message)
    if (!frame) return
    const reader = new Reader(frame, 'frame')
    try {
      this.#obey(reader)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      this.#reply(false, 'error:invalid op', reader, { request: frame })
    }
  }

  #obey(reader: Reader): void {
    const op = reader.at('op').string()
    switch (op) {
      case 'ping':
        this.#pong(reader)
        break
      case 'auth':
        this.#login(reader)
        break
      case 'subscribe':
      case 'unsubscribe':
        this.#change(op, reader)
        break
      default:
        this.#link.unknown('value', 'op', op)
        this.#reply(false, 'error:invalid op', reader, { request: { op, args: argsOf(reader) } })
    }
    // ccxt lets a name of its own slip in.
    reader.at('callerMethodName')
    for (const path of reader.unread()) this.#link.unknown('parameter', path)
  }

  #pong(reader: Reader): void {
    const { req_id } = requestId(reader)
    // Whatever stands in it.
    reader.at('args')
    const body = this.#isPrivate
      ? {
          ...(req_id !== undefined && { req_id }),
          op: 'pong',
          args: [String(this.#link.clock.now())],
          conn_id: this.#id,
        }
      : { success: true, ret_msg: 'pong', conn_id: this.#id, req_id: req_id ?? '', op: 'ping' }
    this.#link.pong(JSON.stringify(body))
  }

  #login(reader: Reader): void {
    const op = 'auth'
    if (!this.#isPrivate) {
      this.#link.unknown('value', 'op', op)
      this.#reply(false, 'error:invalid op', reader, { request: { op } })
      return
    }
    const args = reader
      .at('args')
      .items()
      .map((item) => item.value)
    const login = checkLogin(this.#link, args)
    if (login instanceof Refused) {
      this.#reply(false, login.message, reader, { op })
      return
    }
    this.#link.accountId = login.accountId
    this.#reply(true, '', reader, { op })
  }

  #change(op: 'subscribe' | 'unsubscribe', reader: Reader): void {
    const topics = reader
      .at('args')
      .items()
      .map((item) => item.string())
    if (this.#isPrivate && this.#link.accountId === '') {
      this.#reply(false, 'Request not authorized', reader, { op })
      return
    }
    const refusal = op === 'subscribe' ? this.#refusalOf(topics) : undefined
    this.#reply(refusal === undefined, refusal ?? '', reader, { op })
    if (refusal !== undefined) return
    for (const topic of topics) {
      if (op === 'subscribe') this.#join(topic)
      else {
        this.#topics.delete(topic)
        this.#link.leave(this.#channelOf(topic))
      }
    }
  }

  /** One bad topic refuses them all. */
  #refusalOf(topics: readonly string[]): string | undefined {
    for (const topic of topics) {
      const isKnown = this.#isPrivate ? familyOf(topic) : findPublicTopic(topic)
      if (!isKnown) {
        this.#link.unknown('value', 'topic', topic)
        return `error:handler not found,topic:${topic}`
      }
      if (!this.#isPrivate && this.#topics.has(topic)) {
        return `error:already subscribed,topic:${topic}`
      }
    }
    const mixed = topics.find((topic) => isMixed(topic, topics))
    if (this.#isPrivate && mixed !== undefined) return `error:topic conflict,topic:${mixed}`
    const characters = [...this.#topics, ...topics].join('').length
    return characters > MOST_CHARACTERS ? 'error:args size exceeds limit' : undefined
  }

  #join(topic: string): void {
    this.#topics.add(topic)
    const { engine, accountId } = this.#link
    const channel = this.#isPrivate
      ? privateChannel({ engine, accountId }, topic)
      : findPublicTopic(topic)?.make
    if (!channel) return
    this.#link.join(this.#channelOf(topic), () =>
      typeof channel === 'function' ? channel(engine) : channel,
    )
  }

  /** Every account has private channels of its own. */
  #channelOf(topic: string): string {
    return this.#isPrivate ? `${topic} ${this.#link.accountId}` : topic
  }

  #reply(success: boolean, ret_msg: string, reader: Reader, more: PayloadObject): void {
    const { req_id = this.#isPrivate ? undefined : '' } = requestId(reader)
    const body = {
      success,
      ret_msg,
      conn_id: this.#id,
      ...(req_id !== undefined && { req_id }),
      ...more,
    }
    this.#link.reply(JSON.stringify(body))
  }
}

/** Both all categories and one of them, of the same family, in one request. */
function isMixed(topic: string, topics: readonly string[]): boolean {
  const family = familyOf(topic)
  return topic === family && topics.some((other) => other !== topic && familyOf(other) === family)
}

/** As it came: a text or, from ccxt, a number. */
function requestId(reader: Reader): { req_id?: string | number } {
  const { value } = reader.at('req_id')
  return typeof value === 'string' || typeof value === 'number' ? { req_id: value } : {}
}

function argsOf(reader: Reader): unknown {
  return reader.at('args').value ?? []
}
