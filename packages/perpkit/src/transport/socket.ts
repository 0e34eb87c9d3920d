import type { Socket as Wire } from 'node:net'
import type { WebSocket } from 'undici'

// What streams ask of the wire: one socket, frames out and in. Tests and runtimes put their own here.

export interface SocketRequest {
  /** `ws:` or `wss:`. */
  url: string
  headers?: Readonly<Record<string, string>>
  protocols?: readonly string[]
}

/** What happens on a socket; nothing comes after `closed`. */
export interface SocketEvents {
  opened(): void
  /** Text as it came, binary frames as bytes. */
  received(frame: string | Uint8Array): void
  /** Once, also for a socket that never opened (code 1006); not after our own {@link Socket.close}. */
  closed(code: number, reason: string): void
}

export interface Socket {
  /** Dropped when the socket is not open. */
  send(text: string): void
  /** A ping frame; the other side's pong is not told. Pings of the other side are answered unasked. */
  ping(): void
  /** Ends it for us at once, whatever the other side still says. */
  close(): void
}

/** Opens sockets. */
export type SocketConnector = (request: SocketRequest, events: SocketEvents) => Socket

/** Sockets of undici, loaded with the first of them. */
export function createSocketConnector(): SocketConnector {
  return (request, events) => new OneSocket(request, events)
}

/** The socket origin below an HTTP one: `http://127.0.0.1:7071` is `ws://127.0.0.1:7071`. */
export function toSocketOrigin(origin: string): string {
  return origin.replace(/^http/, 'ws')
}

/** Said when we leave. */
const NORMAL_CLOSURE = 1_000
/** A connection that ended without a word of why. */
const ABNORMAL_CLOSURE = 1_006

class OneSocket implements Socket {
  readonly #events: SocketEvents
  #socket: WebSocket | undefined
  #wire: Wire | undefined
  #pingOf: ((socket: WebSocket) => void) | undefined
  #isOver = false

  constructor(request: SocketRequest, events: SocketEvents) {
    this.#events = events
    this.#open(request).catch((error: unknown) => {
      this.#end(ABNORMAL_CLOSURE, error instanceof Error ? error.name : 'unknown')
    })
  }

  send(text: string): void {
    if (this.#isOpen()) this.#socket?.send(text)
  }

  ping(): void {
    if (this.#socket && this.#isOpen()) this.#pingOf?.(this.#socket)
  }

  close(): void {
    this.#isOver = true
    this.#leave()
  }

  async #open({ url, headers, protocols }: SocketRequest): Promise<void> {
    const undici = await import('undici')
    if (this.#isOver) return
    const connect = undici.buildConnector({})
    const dispatcher = new undici.Agent({
      connect: (options, done) =>
        connect(options, (...answer) => {
          this.#wire = answer[1] ?? undefined
          done(...answer)
        }),
    })
    const socket = new undici.WebSocket(url, {
      dispatcher,
      protocols: [...(protocols ?? [])],
      headers: { ...headers },
    })
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      if (!this.#isOver) this.#events.opened()
    })
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      if (this.#isOver) return
      if (typeof data === 'string') this.#events.received(data)
      else if (data instanceof ArrayBuffer) this.#events.received(new Uint8Array(data))
    })
    // An error is always followed by a close, which tells as much.
    socket.addEventListener('close', ({ code, reason }) => {
      this.#wire?.destroy()
      this.#end(code, reason)
    })
    this.#socket = socket
    this.#pingOf = undici.ping
  }

  /**
   * The other side may never answer our good-bye, and undici would wait for it as long as the process
   * lives: what is said is flushed, and no more.
   */
  #leave(): void {
    this.#socket?.close(NORMAL_CLOSURE)
    this.#wire?.destroySoon()
  }

  #isOpen(): boolean {
    return this.#socket?.readyState === 1
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#events.closed(code, reason)
  }
}
