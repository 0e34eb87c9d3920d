import type { Clock } from '../../core/clock.ts'
import type { SocketFrame } from './socketTypes.ts'

/** The messages on their way to one client: delayed ones keep their order among each other. */
export class PushLine {
  readonly #clock: Clock
  readonly #deliver: (frame: SocketFrame) => void
  readonly #delayed = new Set<() => void>()
  #delayedUntil = 0
  #held: SocketFrame[] = []

  constructor(clock: Clock, deliver: (frame: SocketFrame) => void) {
    this.#clock = clock
    this.#deliver = deliver
  }

  /** Sends a pushed message, and then those that were held back for it. */
  push(frame: SocketFrame, { delayMs, isPrivate }: { delayMs: number; isPrivate: boolean }): void {
    const behind = isPrivate && this.#delayed.size > 0 ? this.#delayedUntil - this.#clock.now() : 0
    this.add(frame, Math.max(delayMs, behind))
    const held = this.#held
    this.#held = []
    for (const late of held) this.add(late, 0)
  }

  /** Keeps a message until another one has been sent. */
  hold(frame: SocketFrame): void {
    this.#held.push(frame)
  }

  add(frame: SocketFrame, delayMs: number): void {
    if (delayMs <= 0) {
      this.#deliver(frame)
      return
    }
    this.#delayedUntil = this.#clock.now() + delayMs
    const cancel = this.#clock.after(delayMs, () => {
      this.#delayed.delete(cancel)
      this.#deliver(frame)
    })
    this.#delayed.add(cancel)
  }

  stop(): void {
    for (const cancel of this.#delayed) cancel()
    this.#delayed.clear()
    this.#held = []
  }
}
