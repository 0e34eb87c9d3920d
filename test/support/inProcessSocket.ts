import type {
  SocketConnection,
  SocketWire,
} from '../../packages/perpkit/src/simulator/server/socketConnection.ts'
import type { SocketFrame } from '../../packages/perpkit/src/simulator/server/socketTypes.ts'
import {
  type Answer,
  isAnswer,
  type RawRequest,
} from '../../packages/perpkit/src/simulator/server/types.ts'
import type {
  SocketConnector,
  SocketEvents,
  SocketRequest,
} from '../../packages/perpkit/src/transport/socket.ts'

/** One connection of a client, as the network between the two sees it. */
export interface Link {
  /** Without the query. */
  readonly path: string
  /** The venue's words for what it is subscribed to. */
  channels(): readonly string[]
  /** Whether it speaks of an account. */
  readonly isPrivate: boolean
  /** Neither side has ended it. */
  readonly isOpen: boolean
  /** The client has ended it, and not the venue. */
  readonly isLeft: boolean
}

/** Sockets between a client and a simulator that no network carries. */
export interface InProcessSockets {
  readonly connect: SocketConnector
  /** Those that are open, oldest first. */
  links(): readonly Link[]
  /** Hands over what is on its way to the client; `after` runs behind each piece. */
  deliver(after: () => Promise<void>): Promise<void>
  /** The client's next frames go through `change`, until it has changed one. */
  spoilNext(change: (text: string) => string): void
}

/** Opens a socket at a venue: the connection, its refusal, or `undefined` when it is cut at once. */
export type Opener = (
  request: RawRequest,
  wire: SocketWire,
) => SocketConnection | Answer | undefined

/** What venues say waits until it is delivered, so that a test decides how long that takes. */
export function createInProcessSockets(open: Opener): InProcessSockets {
  let links: OneLink[] = []
  let spoil: ((text: string) => string) | undefined
  const spoiled = (text: string): string => {
    const changed = spoil?.(text) ?? text
    if (changed !== text) spoil = undefined
    return changed
  }
  return {
    connect(request, events) {
      const link = new OneLink(request, events, open)
      links.push(link)
      return {
        send: (text) => link.send(spoiled(text)),
        ping: () => link.ping(),
        close: () => link.leave(),
      }
    },
    links: () => links.filter(({ isOpen }) => isOpen),
    async deliver(after) {
      for (const link of [...links]) await link.deliver(after)
      links = links.filter(({ isOver }) => !isOver)
    },
    spoilNext(change) {
      spoil = change
    },
  }
}

class OneLink implements Link {
  readonly path: string
  isLeft = false
  /** Nothing comes any more, not even what was under way. */
  isOver = false
  readonly #events: SocketEvents
  readonly #connection: SocketConnection | undefined
  #underWay: (() => void)[] = []

  constructor({ url, headers = {} }: SocketRequest, events: SocketEvents, open: Opener) {
    this.#events = events
    const { host, pathname, search } = new URL(url)
    this.path = pathname
    const request: RawRequest = {
      method: 'GET',
      path: pathname,
      query: search.slice(1),
      // A client says the host of itself; one exchange signs it.
      headers: { host, ...headers },
      body: '',
      remoteAddress: '127.0.0.1',
    }
    const opened = open(request, this.#wire())
    if (opened === undefined || isAnswer(opened)) {
      this.#end(ABNORMAL_CLOSURE, '')
      return
    }
    this.#connection = opened
    this.#underWay.push(() => events.opened())
    opened.opened()
  }

  channels(): readonly string[] {
    return this.#connection?.channels() ?? []
  }

  get isPrivate(): boolean {
    return this.#connection !== undefined && this.#connection.accountId !== ''
  }

  get isOpen(): boolean {
    return !this.isLeft && this.#connection?.isOpen === true
  }

  send(text: string): void {
    if (!this.isLeft) this.#connection?.receive(text)
  }

  ping(): void {
    if (!this.isLeft) this.#connection?.pinged()
  }

  leave(): void {
    if (this.isOver) return
    this.isLeft = true
    this.isOver = true
    this.#underWay = []
    this.#connection?.ended()
  }

  async deliver(after: () => Promise<void>): Promise<void> {
    // What the client answers may be answered in turn: that comes with the next delivery.
    for (const hand of this.#underWay.splice(0)) {
      if (this.isOver) return
      hand()
      await after()
    }
  }

  #wire(): SocketWire {
    const receive = (frame: SocketFrame) => this.#underWay.push(() => this.#events.received(frame))
    return {
      send: receive,
      // As every client does of its own accord.
      ping: () => this.#connection?.ponged(),
      close: (code, reason) => this.#end(code, reason),
      destroy: () => this.#end(ABNORMAL_CLOSURE, ''),
    }
  }

  #end(code: number, reason: string): void {
    this.#underWay.push(() => {
      this.isOver = true
      this.#events.closed(code, reason)
    })
  }
}

/** A connection that ended without a word of why. */
const ABNORMAL_CLOSURE = 1_006
