import type { SocketFrame, SocketHandler, SocketLink } from '../../server/socketTypes.ts'
import type { Answer } from '../../server/types.ts'
import { answerWith, Refused } from './errors.ts'
import { FrameLimit, Heartbeat } from './heartbeat.ts'
import { findTradeMethod, type TradeMethod, tradePath } from './tradeMethods.ts'
import { replyTo } from './tradeReplies.ts'
import { queryOf, readId, readMessage, readRequest } from './tradeRequest.ts'

/**
 * Opens a connection of the request API (docs/wire/binance.md 8.7), or refuses the handshake, which
 * has a weight of its own.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-api-general-info
 */
export function openTradeSocket(link: SocketLink): SocketHandler | Answer {
  const refusals: Answer[] = []
  let isOpening = true
  link.submit({ label: 'handshake', method: 'GET', path: tradePath }, (answer) => {
    if (answer.status === 200) return
    if (isOpening) refusals.push(answer)
    else link.close(1008, '')
  })
  isOpening = false
  return refusals[0] ?? new TradeHandler(link)
}

/** Pings and pongs; messages are bounded by their weights. */
const MOST_CONTROL_FRAMES = 5

/** A key that needs no mention and no signature any more. */
interface Login {
  apiKey: string
  authorizedSince: number
}

/** A call of the client. */
interface Call {
  /** As JSON. */
  id: string
  name: string
  method: TradeMethod
  params: ReadonlyMap<string, string>
  showsLimits: boolean
}

/** One connection: each message is its twin over HTTP, and its reply the twin's answer. */
class TradeHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #heartbeat: Heartbeat
  readonly #frames: FrameLimit
  readonly #connectedSince: number
  /** What the address asked for, unless a message says otherwise. */
  readonly #returnRateLimits: boolean
  #login: Login | undefined

  constructor(link: SocketLink) {
    this.#link = link
    this.#heartbeat = new Heartbeat(link)
    this.#frames = new FrameLimit(link, MOST_CONTROL_FRAMES)
    this.#connectedSince = link.clock.now()
    const query = new URLSearchParams(link.request.query)
    this.#returnRateLimits = query.get('returnRateLimits') !== 'false'
    for (const [name, value] of query) {
      if (name !== 'returnRateLimits') link.unknown('parameter', name, value)
    }
  }

  onMessage(frame: SocketFrame): void {
    const message = readMessage(frame)
    const id = message && readId(message)
    try {
      if (!message) throw new Refused('-1135:json')
      if (id === undefined) throw new Refused('-1135', 'id', 'an integer, a string or null')
      this.#call(this.#read(id, message.value))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.#reply(id ?? 'null', answerWith(error.envelope(), error.status), false)
    }
  }

  onPing(): void {
    this.#frames.isOneTooMany()
  }

  onPong(): void {
    this.#heartbeat.ponged()
    this.#frames.isOneTooMany()
  }

  #read(id: string, value: unknown): Call {
    const { method: name, params, unknown } = readRequest(value)
    for (const other of unknown) this.#link.unknown('parameter', other)
    const method = findTradeMethod(name)
    if (!method) {
      this.#link.unknown('value', 'method', name)
      throw new Refused('-5000:method', name)
    }
    const wish = params.get('returnRateLimits') ?? String(this.#returnRateLimits)
    if (wish !== 'true' && wish !== 'false') throw new Refused('-1130', 'returnRateLimits')
    return { id, name, method, params, showsLimits: wish === 'true' }
  }

  #call(call: Call): void {
    const { id, name, method, params, showsLimits } = call
    const { apiKey } = this.#login ?? {}
    const isLoggedIn = method.access !== 'public' && apiKey !== undefined && !params.has('apiKey')
    const twin = {
      label: name,
      method: method.method,
      path: method.path,
      query: queryOf(params, method),
      // The key that the connection has logged in with: see authenticate.
      ...(isLoggedIn && name !== 'session.logon' && { headers: { 'x-mbx-apikey': apiKey } }),
      provesItself: true,
    } as const
    this.#link.submit(twin, (answer) => {
      const isDone = answer.status === 200
      if (isDone) this.#done(call)
      // A fault may have spoilt even an answer that says nothing.
      const isAboutLogin = isDone && answer.body === '{}' && name.startsWith('session.')
      this.#reply(id, isAboutLogin ? this.#withLogin(answer) : answer, showsLimits)
    })
  }

  /** What a call changes of the connection, once it has been granted. */
  #done({ name, method, params }: Call): void {
    const apiKey = params.get('apiKey')
    if (name === 'session.logon' && apiKey !== undefined) {
      this.#login = { apiKey, authorizedSince: this.#link.clock.now() }
      this.#actFor(apiKey)
    } else if (name === 'session.logout') {
      this.#login = undefined
      this.#link.accountId = ''
    } else if (apiKey !== undefined && !this.#login && method.access !== 'public') {
      this.#actFor(apiKey)
    }
  }

  /** Whose connection it is, where faults and latencies tell accounts apart. */
  #actFor(apiKey: string): void {
    this.#link.accountId = this.#link.keys.find(apiKey)?.accountId ?? ''
  }

  #withLogin(answer: Answer): Answer {
    const { apiKey = null, authorizedSince = null } = this.#login ?? {}
    const result = {
      apiKey,
      authorizedSince,
      connectedSince: this.#connectedSince,
      returnRateLimits: this.#returnRateLimits,
      serverTime: this.#link.clock.now(),
    }
    return { ...answer, body: JSON.stringify(result) }
  }

  #reply(id: string, answer: Answer, showsLimits: boolean): void {
    this.#link.reply(replyTo(id, answer, { showsLimits, now: this.#link.clock.now() }))
  }
}
