import { nextFloat } from '../../core/random.ts'
import { PerpkitError } from '../../model/errors.ts'
import { Connection } from './connection.ts'
import { Timers } from './timers.ts'
import type { LineParts, Refusal, TopicListener } from './topics.ts'
import { type SilentTopic, watchSilence } from './watchdog.ts'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
/** A connection that lived this long was a good one: the next pause is short again. */
const GOOD_LIFE_MS = 10_000
/** A connection is replaced this long before the exchange cuts it. */
const RENEW_BEFORE_MS = 600_000
const RENEW_AGAIN_MS = 30_000
/** How long both connections of a renewal speak. */
const OVERLAP_MS = 2_000

interface Link {
  source: number
  connection: Connection
  isReady: boolean
  /** Topics not acknowledged yet. */
  waiting: Set<string>
  settledAt: number | undefined
  listenKey: string | undefined
  /** What waits for the connection to grow older. */
  timers: Timers
}

interface Entry extends SilentTopic {
  listener: TopicListener
  heardAt: number
}

/**
 * One place for a connection: it holds topics, and keeps some connection alive under them through
 * losses, renewals and stalls.
 */
export class Line {
  readonly #parts: LineParts
  readonly #topics = new Map<string, Entry>()
  #current: Link | undefined
  #successor: Link | undefined
  /** Replaced, and still heard for a moment. */
  #predecessor: Link | undefined
  readonly #timers: Timers
  #opening = 0
  #failures = 0
  #sources = 0
  #isClosed = false
  #isStarted = false

  constructor(parts: LineParts) {
    this.#parts = parts
    this.#timers = new Timers(parts.clock)
  }

  get size(): number {
    return this.#topics.size
  }

  add(topic: string, listener: TopicListener): void {
    this.#topics.set(topic, { name: topic, listener, heardAt: 0, lookedAt: 0 })
    if (!this.#isStarted) {
      this.#isStarted = true
      void this.#open('current')
    }
    for (const link of this.#links()) this.#subscribe(link, [topic])
  }

  remove(topic: string): void {
    // Not there where it was refused: then there is nothing to take back.
    const isThere = this.#topics.delete(topic)
    if (this.#topics.size === 0) {
      this.close()
      return
    }
    if (topic === this.#parts.route.pulse?.topic) return
    for (const link of this.#links()) {
      link.waiting.delete(topic)
      if (isThere) link.connection.unsubscribe([topic])
    }
  }

  /** Subscribes anew, for the snapshot that comes with it. */
  refresh(topic: string): void {
    for (const link of this.#links()) {
      link.connection.unsubscribe([topic])
      this.#subscribe(link, [topic])
    }
  }

  close(): void {
    this.#isClosed = true
    this.#timers.cancelAll()
    for (const link of [this.#current, this.#successor, this.#predecessor]) this.#shut(link)
    this.#current = undefined
    this.#successor = undefined
    this.#topics.clear()
  }

  #links(): Link[] {
    return [this.#current, this.#successor].flatMap((link) => (link?.isReady ? [link] : []))
  }

  #subscribe(link: Link, topics: readonly string[]): void {
    for (const topic of topics) link.waiting.add(topic)
    link.connection.subscribe(topics)
  }

  async #open(role: 'current' | 'successor'): Promise<void> {
    const opening = ++this.#opening
    const { route, credentials, connect, clock, headers, origin, now } = this.#parts
    let listenKey: string | undefined
    try {
      listenKey = await route.listenKey?.create(this.#parts.call)
      await this.#parts.turn?.()
    } catch (error) {
      if (opening === this.#opening && !this.#isClosed) this.#notOpened(role, error)
      return
    }
    if (opening !== this.#opening || this.#isClosed) return
    const path = listenKey === undefined ? route.path : route.listenKey?.pathOf(listenKey)
    const request = { url: `${origin}${path ?? route.path}`, headers }
    const link: Link = {
      source: ++this.#sources,
      connection: new Connection(
        { route, request, connect, clock, credentials, now },
        {
          ready: () => this.#ready(link),
          subscribed: (topic) => this.#subscribed(link, topic),
          refused: (topic, refusal) => this.#refuse(link, topic, refusal),
          data: (topic, value) => this.#data(link, topic, value),
          leaving: (how) => (how === 'expired' ? this.#drop(link, how) : this.#renew(link)),
          ended: (reason, refusal) => this.#ended(link, reason, refusal),
        },
      ),
      isReady: false,
      waiting: new Set(),
      settledAt: undefined,
      listenKey,
      timers: new Timers(clock),
    }
    if (role === 'current') this.#current = link
    else this.#successor = link
  }

  #ready(link: Link): void {
    link.isReady = true
    const { pulse, limits, listenKey } = this.#parts.route
    const topics = new Set(this.#topics.keys())
    if (pulse) topics.add(pulse.topic)
    this.#subscribe(link, [...topics])
    this.#watch(link)
    if (limits.lifetimeMs !== undefined) {
      this.#whileAlive(link, limits.lifetimeMs - RENEW_BEFORE_MS, () => this.#renew(link))
    }
    if (listenKey) this.#keepAlive(link)
  }

  #subscribed(link: Link, topic: string): void {
    link.waiting.delete(topic)
    const entry = this.#topics.get(topic)
    if (entry) entry.lookedAt = this.#parts.clock.now()
    entry?.listener.live(link.source)
    this.#settle(link)
  }

  /** Once each topic has its answer. */
  #settle(link: Link): void {
    if (link.waiting.size > 0 || link.settledAt !== undefined) return
    link.settledAt = this.#parts.clock.now()
    if (link !== this.#successor) return
    // The new one says everything from here on; what the old one still has under way is heard too.
    const old = this.#current
    this.#predecessor = old
    this.#current = link
    this.#successor = undefined
    this.#timers.after(OVERLAP_MS, () => this.#shut(old))
  }

  #data(link: Link, topic: string, value: unknown): void {
    const entry = this.#topics.get(topic)
    if (!entry) return
    entry.heardAt = this.#parts.clock.now()
    entry.listener.message(topic, value, link.source)
  }

  #refuse(link: Link, topic: string, refusal: Refusal): void {
    const entry = this.#topics.get(topic)
    this.#topics.delete(topic)
    link.waiting.delete(topic)
    this.#settle(link)
    entry?.listener.failed(this.#parts.refusalOf(refusal))
  }

  #renew(link: Link): void {
    if (link === this.#current && !this.#successor) void this.#open('successor')
  }

  #drop(link: Link, reason: string): void {
    this.#shut(link)
    this.#ended(link, reason, undefined)
  }

  #ended(link: Link, reason: string, refusal: Refusal | undefined): void {
    link.timers.cancelAll()
    if (this.#isClosed) return
    this.#parts.logger.warn({ path: this.#parts.route.path, reason }, 'a stream connection ended')
    if (link === this.#successor) {
      this.#successor = undefined
      this.#renewAgain()
      return
    }
    if (link !== this.#current) return
    if (refusal && isFinal(refusal.code)) {
      this.#failAll(this.#parts.refusalOf(refusal))
      return
    }
    if (refusal?.code === 'TIMESTAMP_OUT_OF_WINDOW') {
      this.#parts.resyncTime().catch(() => undefined)
    }
    const lived = link.settledAt === undefined ? 0 : this.#parts.clock.now() - link.settledAt
    if (lived >= GOOD_LIFE_MS) this.#failures = 0
    this.#current = undefined
    const successor = this.#successor
    this.#successor = undefined
    // A renewal under way is begun anew: half of the topics may not be there yet.
    this.#shut(successor)
    this.#lose()
    this.#openLater()
  }

  #notOpened(role: 'current' | 'successor', error: unknown): void {
    if (role === 'successor') {
      this.#renewAgain()
      return
    }
    if (PerpkitError.is(error) && isFinal(error.code)) {
      this.#failAll(error)
      return
    }
    this.#openLater()
  }

  #renewAgain(): void {
    const link = this.#current
    if (link) this.#whileAlive(link, RENEW_AGAIN_MS, () => this.#renew(link))
  }

  #openLater(): void {
    this.#failures++
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1))
    const opening = ++this.#opening
    this.#timers.after(pause * (0.5 + nextFloat(this.#parts.random)), () => {
      if (!this.#isClosed && opening === this.#opening) void this.#open('current')
    })
  }

  #lose(): void {
    for (const { listener } of [...this.#topics.values()]) listener.lost()
  }

  #failAll(error: unknown): void {
    const entries = [...this.#topics.values()]
    this.close()
    for (const { listener } of entries) listener.failed(error)
  }

  #keepAlive(link: Link): void {
    const { listenKey } = this.#parts.route
    const key = link.listenKey
    if (!listenKey || key === undefined) return
    this.#whileAlive(link, listenKey.everyMs, () => {
      // An answer that is lost is no proof that the key is: its end would be announced.
      const kept = listenKey.keepAlive(this.#parts.call, key).catch(() => true)
      void kept.then((isThere) => {
        if (!this.#isOurs(link)) return
        if (isThere) this.#keepAlive(link)
        else this.#drop(link, 'the listen key is gone')
      })
    })
  }

  #watch(link: Link): void {
    const { clock, route, serverTime, logger } = this.#parts
    watchSilence({
      route,
      clock,
      serverTime,
      lastDataAt: () => link.connection.lastDataAt,
      topics: () => [...this.#topics.values()].filter(({ name }) => !link.waiting.has(name)),
      every: (ms, task) => this.#everyWhileAlive(link, ms, task),
      stalled: () => {
        if (link === this.#current) this.#drop(link, 'data stalled')
      },
      mute: ({ name }) => {
        if (link !== this.#current) return
        logger.warn({ topic: name }, 'a topic has gone mute')
        this.#topics.get(name)?.listener.lost()
        this.#renew(link)
      },
    })
  }

  #everyWhileAlive(link: Link, ms: number, task: () => void): void {
    this.#whileAlive(link, ms, () => {
      this.#everyWhileAlive(link, ms, task)
      task()
    })
  }

  #whileAlive(link: Link, ms: number, task: () => void): void {
    link.timers.after(ms, () => {
      if (this.#isOurs(link)) task()
    })
  }

  #shut(link: Link | undefined): void {
    link?.connection.close()
    link?.timers.cancelAll()
  }

  #isOurs(link: Link): boolean {
    return !this.#isClosed && (link === this.#current || link === this.#successor)
  }
}

/** Nothing we can do makes the exchange say yes. */
function isFinal(code: string): boolean {
  return code === 'INVALID_CREDENTIALS' || code === 'PERMISSION_DENIED'
}
