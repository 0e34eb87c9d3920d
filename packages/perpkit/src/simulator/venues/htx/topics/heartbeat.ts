import type { SocketLink } from '../../../server/socketTypes.ts'

/** What a {@link Heartbeat} says, and how it ends the connection of who does not answer. */
export interface HeartbeatWords {
  say(time: number): void
  end(): void
}

const EVERY_MS = 5_000
const MOST_UNANSWERED = 5
/** Answers to older pings than these come too late. */
const LATEST = 2

/** Pings of the venue, each with its time in it: docs/wire/htx.md 8.1 and 8.2. */
export class Heartbeat {
  readonly #link: SocketLink
  readonly #words: HeartbeatWords
  #latest: number[] = []
  #unanswered = 0

  constructor(link: SocketLink, words: HeartbeatWords) {
    this.#link = link
    this.#words = words
    link.after(EVERY_MS, () => this.#beat())
  }

  /** The client has answered with that time. */
  answered(time: number): void {
    if (this.#latest.includes(time)) this.#unanswered = 0
  }

  /** The client has shown otherwise that it is there. */
  heard(): void {
    this.#unanswered = 0
  }

  #beat(): void {
    if (this.#unanswered >= MOST_UNANSWERED) {
      this.#words.end()
      return
    }
    const now = this.#link.clock.now()
    this.#latest = [...this.#latest, now].slice(-LATEST)
    this.#unanswered++
    this.#words.say(now)
    this.#link.after(EVERY_MS, () => this.#beat())
  }
}
