import type { Clock } from '../../core/clock.ts'
import { ReadError } from '../../core/reader.ts'
import type { Socket, SocketConnector, SocketRequest } from '../../transport/socket.ts'
import type { Credentials, SocketCommand, SocketMessage, SocketRoute } from '../definition.ts'
import { Timers } from './timers.ts'

type Refused = Extract<SocketMessage, { kind: 'refused' | 'loginRefused' }>

/** What happens on one connection. */
export interface ConnectionEvents {
  /** Open, and logged in where that is needed. */
  ready(): void
  subscribed(topic: string): void
  refused(topic: string, refusal: Refused): void
  data(topic: string, value: unknown): void
  /** The exchange announced the end: it is to be replaced, at once or in peace. */
  leaving(how: 'expired' | 'closing'): void
  /** Once, and nothing comes after it; not after our own `close`. */
  ended(reason: string, loginRefusal?: Refused): void
}

export interface ConnectionParts {
  route: SocketRoute
  request: SocketRequest
  connect: SocketConnector
  clock: Clock
  /** Of private routes. */
  credentials: Credentials | undefined
  /** Exchange time. */
  now(): number
}

/** For the connection, the login and each acknowledgement. */
const PATIENCE_MS = 8_000

interface Command {
  id: number
  topics: Set<string>
  cancel(): void
}

/** One socket from opening to end: login, heartbeat, paced commands and their answers. */
export class Connection {
  /** When the last data arrived, by our clock. */
  lastDataAt: number
  #lastFrameAt: number
  readonly #parts: ConnectionParts
  readonly #events: ConnectionEvents
  readonly #socket: Socket
  readonly #commands = new Map<number, Command>()
  readonly #outbox: (() => void)[] = []
  readonly #timers: Timers
  #isPacing = false
  /** Until the answer to the last request is there. */
  #isHeld = false
  #lastId = 0
  #login: SocketCommand['login']
  #isOver = false

  constructor(parts: ConnectionParts, events: ConnectionEvents) {
    this.#parts = parts
    this.#events = events
    this.#timers = new Timers(parts.clock)
    this.lastDataAt = parts.clock.now()
    this.#lastFrameAt = this.lastDataAt
    const stopWaiting = this.#timers.after(PATIENCE_MS, () => this.#end('it did not open'))
    this.#socket = parts.connect(parts.request, {
      opened: () => {
        stopWaiting()
        this.#opened()
      },
      received: (frame) => this.#received(frame),
      closed: (code, reason) =>
        this.#end(`closed with ${code}${reason === '' ? '' : ` ${reason}`}`),
    })
  }

  subscribe(topics: readonly string[]): void {
    const { subscribe } = this.#parts.route.protocol
    if (!subscribe) {
      for (const topic of topics) this.#events.subscribed(topic)
      return
    }
    const { topicsPerRequest = 1 } = this.#parts.route.limits
    for (let start = 0; start < topics.length; start += topicsPerRequest) {
      this.#ask(topics.slice(start, start + topicsPerRequest))
    }
  }

  /** Its acknowledgement tells nothing we need. */
  unsubscribe(topics: readonly string[]): void {
    const { unsubscribe } = this.#parts.route.protocol
    if (unsubscribe) this.#paced(() => this.#socket.send(unsubscribe(topics, this.#command())))
  }

  close(): void {
    if (this.#isOver) return
    this.#stop()
    this.#socket.close()
  }

  #opened(): void {
    const { route, credentials, now } = this.#parts
    this.#beat()
    if (!route.protocol.login || !credentials) {
      this.#events.ready()
      return
    }
    this.#timers.after(PATIENCE_MS, () => {
      if (!this.#login) this.#end('the login was not answered')
    })
    const { host } = new URL(this.#parts.request.url)
    this.#socket.send(route.protocol.login(credentials, now(), host))
  }

  #ask(topics: readonly string[]): void {
    this.#paced(() => {
      const { subscribe } = this.#parts.route.protocol
      if (!subscribe) return
      const command = this.#command()
      const cancel = this.#timers.after(PATIENCE_MS, () =>
        this.#end('a subscription was not answered'),
      )
      this.#commands.set(command.id, { id: command.id, topics: new Set(topics), cancel })
      this.#socket.send(subscribe(topics, command))
    })
  }

  #command(): SocketCommand {
    this.#lastId++
    return { id: this.#lastId, ...(this.#login && { login: this.#login }) }
  }

  /** No more commands a second than the exchange takes. */
  #paced(send: () => void): void {
    this.#outbox.push(send)
    if (!this.#isPacing) this.#sendNext()
  }

  #sendNext(): void {
    this.#isHeld = this.#parts.route.limits.oneAtATime === true && this.#commands.size > 0
    if (this.#isHeld) return
    const send = this.#outbox.shift()
    this.#isPacing = send !== undefined
    if (!send) return
    this.#timers.after(1_000 / this.#parts.route.limits.requestsPerSecond, () => this.#sendNext())
    send()
  }

  #beat(): void {
    const { heartbeat } = this.#parts.route.protocol
    if (!heartbeat) return
    const { everyMs, frame, answerWithinMs } = heartbeat
    this.#timers.after(everyMs, () => {
      this.#beat()
      const sentAt = this.#parts.clock.now()
      if (frame) {
        this.#lastId++
        this.#socket.send(frame(this.#lastId))
      } else this.#socket.ping()
      if (answerWithinMs === undefined) return
      this.#timers.after(answerWithinMs, () => {
        if (this.#lastFrameAt < sentAt) this.#end('a heartbeat was not answered')
      })
    })
  }

  #received(frame: string | Uint8Array): void {
    if (this.#isOver) return
    const { protocol } = this.#parts.route
    this.#lastFrameAt = this.#parts.clock.now()
    let messages: readonly SocketMessage[]
    try {
      const text = typeof frame === 'string' ? frame : protocol.unpack?.(frame)
      messages = text === undefined ? [] : protocol.read(text)
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof ReadError) {
        // What it said is lost, so what was built on it cannot be trusted any more.
        this.#end('a frame could not be read')
        return
      }
      throw error
    }
    for (const message of messages) if (!this.#isOver) this.#take(message)
  }

  #take(message: SocketMessage): void {
    switch (message.kind) {
      case 'data':
        this.lastDataAt = this.#parts.clock.now()
        this.#events.data(message.topic, message.value)
        return
      case 'subscribed':
        this.#answer(message, (topic) => this.#events.subscribed(topic))
        return
      case 'refused':
        this.#refused(message)
        return
      case 'loggedIn':
        this.#loggedIn(message.token)
        return
      case 'loginRefused':
        this.#end('the login was refused', message)
        return
      case 'question':
        this.#socket.send(message.answer)
        return
      case 'expired':
      case 'closing':
        this.#events.leaving(message.kind)
        return
      case 'nothing':
    }
  }

  #loggedIn(token: string | undefined): void {
    const { credentials } = this.#parts
    if (!credentials || this.#login) return
    this.#login = { credentials, token }
    this.#events.ready()
  }

  /** One bad topic may spoil a request: asked again one by one, each gets its own answer. */
  #refused(refusal: Extract<SocketMessage, { kind: 'refused' }>): void {
    const command = this.#commandOf(refusal)
    if (refusal.topic === undefined && command && command.topics.size > 1) {
      this.#forget(command)
      for (const topic of command.topics) this.#ask([topic])
      return
    }
    this.#answer(refusal, (topic) => this.#events.refused(topic, refusal))
  }

  #answer(message: { id?: number; topic?: string }, tell: (topic: string) => void): void {
    const command = this.#commandOf(message)
    if (!command) return
    const topics = message.topic === undefined ? [...command.topics] : [message.topic]
    for (const topic of topics) command.topics.delete(topic)
    if (command.topics.size === 0) this.#forget(command)
    for (const topic of topics) tell(topic)
  }

  #commandOf({ id, topic }: { id?: number; topic?: string }): Command | undefined {
    if (topic !== undefined) {
      return [...this.#commands.values()].find(({ topics }) => topics.has(topic))
    }
    if (id !== undefined) return this.#commands.get(id)
    const [oldest] = this.#commands.values()
    return oldest
  }

  #forget(command: Command): void {
    command.cancel()
    this.#commands.delete(command.id)
    if (this.#isHeld) this.#sendNext()
  }

  #stop(): void {
    this.#isOver = true
    this.#timers.cancelAll()
  }

  #end(reason: string, loginRefusal?: Refused): void {
    if (this.#isOver) return
    this.#stop()
    this.#socket.close()
    this.#events.ended(reason, loginRefusal)
  }
}
