import type { SocketLink } from '../../server/socketTypes.ts'

// What ends a connection of the venue: docs/wire/binance.md 8.2 and 8.7.

const PING_MS = 180_000
const PONG_MS = 600_000
const LIFE_MS = 86_400_000
const FRAMES_MS = 1_000

/** Pings every 3 minutes; 10 minutes without a pong, or a day in all, end the connection. */
export class Heartbeat {
  readonly #link: SocketLink
  #pongAt: number

  constructor(link: SocketLink) {
    this.#link = link
    this.#pongAt = link.clock.now()
    link.after(PING_MS, () => this.#beat())
    link.after(LIFE_MS, () => link.close(1001, ''))
  }

  ponged(): void {
    this.#pongAt = this.#link.clock.now()
  }

  #beat(): void {
    if (this.#link.clock.now() - this.#pongAt >= PONG_MS) {
      this.#link.close(1008, 'Pong timeout')
      return
    }
    this.#link.ping()
    this.#link.after(PING_MS, () => this.#beat())
  }
}

/** So many frames of a client in a second; one more ends the connection. */
export class FrameLimit {
  readonly #link: SocketLink
  readonly #most: number
  /** When the latest frames came. */
  #frames: number[] = []

  constructor(link: SocketLink, most: number) {
    this.#link = link
    this.#most = most
  }

  /** Counts a frame: whether it was one too many. */
  isOneTooMany(): boolean {
    const now = this.#link.clock.now()
    this.#frames = this.#frames.filter((at) => at > now - FRAMES_MS)
    this.#frames.push(now)
    if (this.#frames.length <= this.#most || !this.#link.breach()) return false
    this.#link.close(1008, 'Too many requests')
    return true
  }
}
