import { isRecord } from '../../../core/reader.ts'
import type {
  SocketFrame,
  SocketHandler,
  SocketLink,
  SocketRequest,
} from '../../server/socketTypes.ts'
import type { Answer } from '../../server/types.ts'
import { invalidParameter, parameterError } from './errors.ts'
import { uuidOf } from './ids.ts'
import { Refused } from './replies.ts'
import { categories } from './scope.ts'
import { readFrame } from './socketFrames.ts'
import { lastFrameAt, readActiveTime, watchIdle } from './socketIdle.ts'
import { checkLogin } from './socketLogin.ts'
import {
  type Asked,
  loginReply,
  type Outcome,
  orderReply,
  outcomeOf,
  outcomeOfRefusal,
  pongReply,
} from './tradeReplies.ts'

type Frame = Readonly<Record<string, unknown>>

/**
 * Orders over `/v5/trade`, each handled like its twin over HTTP: docs/wire/bybit.md 8, "Order entry
 * over WS".
 * https://bybit-exchange.github.io/docs/v5/websocket/trade/guideline
 */
export class TradeHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #id: string
  /** Of orders, oldest first. */
  readonly #requestIds = new Set<string>()

  constructor(link: SocketLink) {
    this.#link = link
    this.#id = uuidOf(`connection ${link.number}`)
    watchIdle(link, readActiveTime(link), () => lastFrameAt(link))
  }

  onMessage(message: SocketFrame): void {
    const frame = readFrame(message)
    if (!frame) return
    this.#noteUnknown(frame, FRAME_WORDS, 'frame')
    const { op } = frame
    if (op === 'ping') this.#link.pong(pongReply(this.#speaker()))
    else if (op === 'auth') this.#login(frame)
    else this.#order(frame)
  }

  #login(frame: Frame): void {
    const login = this.#checkLogin(frame.args)
    if (!(login instanceof Refused)) this.#link.accountId = login.accountId
    const outcome = login instanceof Refused ? outcomeOfRefusal(login) : LOGGED_IN
    this.#link.reply(loginReply(askedBy(frame), outcome, this.#id))
  }

  /** The first login stands. */
  #checkLogin(args: unknown): { accountId: string } | Refused {
    if (this.#link.accountId !== '') return new Refused(20001, 'Repeat auth')
    return checkLogin(this.#link, Array.isArray(args) ? args : [])
  }

  #order(frame: Frame): void {
    const asked = askedBy(frame)
    const request = this.#read(frame, asked)
    if (request instanceof Refused) this.#say(asked, outcomeOfRefusal(request))
    else this.#link.submit(request, (answer) => this.#tell(asked, answer))
  }

  /** The message as its twin, or why it goes no further; the rest is looked at over there. */
  #read(frame: Frame, asked: Asked): SocketRequest | Refused {
    const path = PATHS.get(asked.op)
    if (path === undefined) {
      this.#link.unknown('value', 'op', frame.op)
      return new Refused(10404, 'op type is not found')
    }
    if (this.#link.accountId === '') return new Refused(10003, 'API key is invalid.')
    const refusal = this.#takeRequestId(frame.reqId)
    if (refusal) return refusal
    const headers = this.#readHeaders(frame.header)
    const [order, ...others]: readonly unknown[] = Array.isArray(frame.args) ? frame.args : []
    // "Args array, support one item only for now".
    if (!headers || !isRecord(order) || others.length > 0) return parameterError()
    const { category } = order
    if (!categories.some((known) => known === category)) {
      if (category !== undefined) this.#link.unknown('value', 'category', category)
      return new Refused(10404, 'category is not correct/supported')
    }
    return { label: asked.op, method: 'POST', path, headers, body: JSON.stringify(order) }
  }

  /** Each is good once on a connection. */
  #takeRequestId(reqId: unknown): Refused | undefined {
    if (reqId === undefined || reqId === null || reqId === '') return undefined
    if (!isRequestId(reqId)) return invalidParameter('reqId')
    const name = String(reqId)
    if (this.#requestIds.has(name)) return new Refused(20006, 'reqId is duplicated')
    this.#requestIds.add(name)
    for (const oldest of this.#requestIds) {
      if (this.#requestIds.size <= MOST_REQUEST_IDS) break
      this.#requestIds.delete(oldest)
    }
    return undefined
  }

  /** Those of the twin; `undefined` where there is no time. */
  #readHeaders(header: unknown): Record<string, string> | undefined {
    if (!isRecord(header)) return undefined
    this.#noteUnknown(header, HEADER_WORDS, 'frame.header')
    const headers: Record<string, string> = {}
    for (const name of HEADER_WORDS) {
      const value = header[name]
      // pybit sends times as numbers.
      const isSent = (typeof value === 'string' && value !== '') || typeof value === 'number'
      if (isSent) headers[name.toLowerCase()] = String(value)
    }
    return headers['x-bapi-timestamp'] === undefined ? undefined : headers
  }

  #tell(asked: Asked, answer: Answer): void {
    const outcome = outcomeOf(answer)
    if (outcome) this.#say(asked, outcome)
    else this.#link.reply(answer.body)
  }

  #say(asked: Asked, outcome: Outcome): void {
    this.#link.reply(orderReply(asked, outcome, this.#speaker()))
  }

  #speaker(): { connId: string; now: number } {
    return { connId: this.#id, now: this.#link.clock.now() }
  }

  #noteUnknown(object: Frame, known: readonly string[], path: string): void {
    for (const name of Object.keys(object)) {
      if (!known.includes(name)) this.#link.unknown('parameter', `${path}.${name}`)
    }
  }
}

/** How many ids of messages a connection remembers. */
const MOST_REQUEST_IDS = 10_000

const LOGGED_IN: Outcome = { retCode: 0, retMsg: 'OK' }

/** `req_id`: with ccxt's pings and the Node SDK's login; nothing is made of it. */
const FRAME_WORDS = ['reqId', 'header', 'op', 'args', 'req_id']

const HEADER_WORDS = ['X-BAPI-TIMESTAMP', 'X-BAPI-RECV-WINDOW', 'Referer']

/** Twins of what can be asked for. */
const PATHS: ReadonlyMap<string, string> = new Map([
  ['order.create', '/v5/order/create'],
  ['order.amend', '/v5/order/amend'],
  ['order.cancel', '/v5/order/cancel'],
  ['order.create-batch', '/v5/order/create-batch'],
  ['order.amend-batch', '/v5/order/amend-batch'],
  ['order.cancel-batch', '/v5/order/cancel-batch'],
])

/** The id as it came: a text, or of some clients a number. */
function askedBy({ op, reqId }: Frame): Asked {
  return { op: typeof op === 'string' ? op : '', ...(isRequestId(reqId) && { reqId }) }
}

function isRequestId(value: unknown): value is string | number {
  if (typeof value === 'number') return true
  return typeof value === 'string' && value !== '' && value.length <= 36
}
