import type { SocketConnection, SocketWire } from './socketConnection.ts'
import type { SocketHub } from './socketHub.ts'
import type { SocketFrame } from './socketTypes.ts'
import { type Answer, isAnswer } from './types.ts'

/** How a socket ended: with a close frame, or without one and then with 1006. */
export interface SocketEnd {
  code: number
  reason: string
}

/** A client's end of a socket that no network carries. */
export interface LocalSocket {
  readonly isOpen: boolean
  /** What the venue answered instead of opening it. */
  readonly refusal: Answer | undefined
  readonly end: SocketEnd | undefined
  /** How many pings of the protocol have come. */
  readonly pings: number
  /** Whether these are answered, as every client does of its own accord; `true`. */
  answersPings: boolean
  /** What has come since it was last asked, oldest first. */
  take(): SocketFrame[]
  send(message: SocketFrame): void
  /** Sends a ping of the protocol. */
  ping(): void
  close(): void
}

/** Opens a socket of that path, its query included. */
export function openLocalSocket(
  hub: SocketHub,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): LocalSocket {
  const socket = new Local()
  const mark = target.indexOf('?')
  const request = {
    method: 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    body: '',
    remoteAddress: '127.0.0.1',
  }
  socket.begin(hub.open(request, socket.wire))
  return socket
}

class Local implements LocalSocket {
  answersPings = true
  readonly wire: SocketWire = {
    send: (frame) => this.#received.push(frame),
    ping: () => {
      this.#pings++
      if (this.answersPings) this.#connection?.ponged()
    },
    close: (code, reason) => {
      this.#end = { code, reason }
    },
    destroy: () => {
      this.#end = { code: 1006, reason: '' }
    },
  }
  #received: SocketFrame[] = []
  #pings = 0
  #connection: SocketConnection | undefined
  #refusal: Answer | undefined
  #end: SocketEnd | undefined

  get isOpen(): boolean {
    return this.#connection?.isOpen === true
  }

  get refusal(): Answer | undefined {
    return this.#refusal
  }

  get end(): SocketEnd | undefined {
    return this.#end
  }

  get pings(): number {
    return this.#pings
  }

  begin(opened: SocketConnection | Answer | undefined): void {
    if (opened === undefined) return
    if (isAnswer(opened)) {
      this.#refusal = opened
      return
    }
    this.#connection = opened
    opened.opened()
  }

  take(): SocketFrame[] {
    const received = this.#received
    this.#received = []
    return received
  }

  send(message: SocketFrame): void {
    this.#connection?.receive(message)
  }

  ping(): void {
    this.#connection?.pinged()
  }

  close(): void {
    this.#end ??= { code: 1000, reason: '' }
    this.#connection?.ended()
  }
}
