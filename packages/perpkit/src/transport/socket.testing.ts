import type { SocketConnector, SocketEvents, SocketRequest } from './socket.ts'

// Sockets without a wire, for tests: what the client sends is written down, what the other side says
// is said by the test.

/** One socket as its other side sees it. */
export interface FarSide {
  readonly request: SocketRequest
  /** Frames the client sent, `'(ping)'` for ping frames. */
  readonly sent: string[]
  readonly isClosed: boolean
  accept(): void
  say(message: string | Uint8Array | object): void
  /** Cuts the connection. */
  cut(code?: number, reason?: string): void
}

export interface MemorySockets {
  readonly connect: SocketConnector
  /** In the order they were opened. */
  readonly opened: FarSide[]
  /** What every new socket does by itself. */
  onOpen?: (side: FarSide) => void
  /** What the other side does with each frame of the client. */
  onFrame?: (side: FarSide, text: string) => void
}

export function createMemorySockets(): MemorySockets {
  const opened: FarSide[] = []
  const sockets: MemorySockets = {
    opened,
    connect(request, events) {
      const side = new MemorySide(request, events)
      opened.push(side)
      queueMicrotask(() => sockets.onOpen?.(side))
      return {
        send(text) {
          if (side.isClosed) return
          side.sent.push(text)
          sockets.onFrame?.(side, text)
        },
        ping() {
          if (!side.isClosed) side.sent.push('(ping)')
        },
        close() {
          side.isClosed = true
        },
      }
    },
  }
  return sockets
}

class MemorySide implements FarSide {
  readonly request: SocketRequest
  readonly sent: string[] = []
  isClosed = false
  readonly #events: SocketEvents

  constructor(request: SocketRequest, events: SocketEvents) {
    this.request = request
    this.#events = events
  }

  accept(): void {
    if (!this.isClosed) this.#events.opened()
  }

  say(message: string | Uint8Array | object): void {
    if (this.isClosed) return
    const isFrame = typeof message === 'string' || message instanceof Uint8Array
    this.#events.received(isFrame ? message : JSON.stringify(message))
  }

  cut(code = 1_006, reason = ''): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#events.closed(code, reason)
  }
}
