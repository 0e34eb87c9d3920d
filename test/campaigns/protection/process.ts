import {
  createFuturesExchange,
  type FuturesExchange,
  type Journal,
  type Logger,
  SendFailure,
  type Transport,
} from 'perpkit'
import type { Simulator, VenueCredentials } from 'perpkit/simulator'
import { seeded } from '../../../packages/perpkit/src/core/random.ts'
import type { Socket, SocketConnector } from '../../../packages/perpkit/src/transport/socket.ts'
import type { FollowingClock } from '../../support/followingClock.ts'
import { inProcessTransport } from '../../support/inProcess.ts'
import type { Played } from '../../support/stage.ts'

/** A process with one exchange object, which can be killed like one. */
export interface ClientProcess {
  readonly exchange: FuturesExchange
  readonly isDead: boolean
  /** Comes to pass when it is killed. */
  readonly death: Promise<undefined>
  /** Dies at the `at`th point from now on: before, after or in the middle of a request or a row. */
  dieAt(at: number): void
  /** From this instant on nothing of it happens: no request, no timer, no row, no word to a socket. */
  kill(): void
  close(): Promise<void>
}

export interface ProcessParts {
  played: Played
  simulator: Simulator
  credentials: VenueCredentials
  clock: FollowingClock
  connect: SocketConnector
  journal: Journal
  seed: number
  /** There and back. */
  latencyMs(): number
  logger: Logger
  /** Each request as it ends. */
  onRequest(line: string): void
}

const TIMEOUT_MS = 5_000

export function startProcess(parts: ProcessParts): ClientProcess {
  const { played, credentials, clock, seed, logger } = parts
  const life = new Life(clock)
  const sockets: Socket[] = []
  life.onDeath(() => {
    for (const socket of sockets) socket.close()
  })
  const exchange = createFuturesExchange(played.name, {
    ...credentials,
    baseUrl: 'http://in.process',
    timeoutMs: TIMEOUT_MS,
    clock: {
      now: () => clock.now(),
      after: (ms, task) => clock.after(ms, () => void (life.isDead || task())),
    },
    transport: mortalTransport(parts, life),
    connectSocket: (request, events) => {
      const socket = parts.connect(request, events)
      sockets.push(socket)
      return socket
    },
    journal: mortalJournal(parts.journal, life),
    random: seeded(seed),
    logger,
  })
  return {
    exchange,
    get isDead() {
      return life.isDead
    },
    death: new Promise((resolve) => life.onDeath(() => resolve(undefined))),
    dieAt: (at) => life.endAt(at),
    kill: () => life.end(),
    close: () => exchange.close(),
  }
}

/** What is asked of a dead process is never answered. */
const NEVER: Promise<never> = new Promise(() => undefined)

class Life {
  readonly #clock: FollowingClock
  readonly #deathTasks: (() => void)[] = []
  #left = Number.POSITIVE_INFINITY
  isDead = false

  constructor(clock: FollowingClock) {
    this.#clock = clock
  }

  onDeath(task: () => void): void {
    this.#deathTasks.push(task)
  }

  endAt(points: number): void {
    this.#left = points
  }

  /** Whether it is still alive past this point. */
  pass(): boolean {
    this.#left -= 1
    if (this.#left < 0) this.end()
    return !this.isDead
  }

  end(): void {
    if (this.isDead) return
    this.isDead = true
    for (const task of this.#deathTasks) task()
    this.#clock.mark(0)
  }
}

function mortalTransport(parts: ProcessParts, life: Life): Transport {
  const { simulator, played, clock, latencyMs, onRequest } = parts
  const isWaiting = new Set<symbol>()
  return {
    async send(request) {
      if (!life.pass()) return NEVER
      const me = Symbol(request.url)
      isWaiting.add(me)
      const isConnected = (): boolean => !life.isDead && isWaiting.has(me)
      const answer = inProcessTransport(simulator, played.venue, isConnected).send(request)
      answer.catch(() => undefined)
      clock.mark(latencyMs() / 2)
      clock.mark(latencyMs())
      if (!life.pass()) return NEVER
      let cancel = (): void => undefined
      const timeout = new Promise<never>((_, reject) => {
        cancel = clock.after(request.timeoutMs, () => {
          isWaiting.delete(me)
          reject(new SendFailure('timeout', 'yes', 'no answer within the time-out'))
        })
      })
      const sentAt = clock.now()
      const what = `${request.method} ${request.url.slice('http://in.process'.length).split('?')[0]}`
      const tell = (how: string): void => {
        if (!life.isDead) onRequest(`${sentAt} ${what} ${how} ${clock.now() - sentAt} ms`)
      }
      try {
        const heard = await Promise.race([answer, timeout])
        tell(`${heard.status}`)
        return life.pass() ? heard : NEVER
      } catch (error) {
        tell(error instanceof SendFailure ? (error.message.split(':')[0] ?? '') : String(error))
        if (!life.pass()) return NEVER
        throw error
      } finally {
        cancel()
        isWaiting.delete(me)
      }
    },
    async close() {
      // The simulator is its owner's to close.
    },
  }
}

function mortalJournal(journal: Journal, life: Life): Journal {
  const alive = async <Value>(task: () => Value | Promise<Value>): Promise<Value> => {
    if (!life.pass()) return NEVER
    const value = await task()
    return life.pass() ? value : NEVER
  }
  return {
    identity: () => journal.identity(),
    record: (intent) => alive(() => journal.record(intent)),
    settle: (id, outcome) => alive(() => journal.settle(id, outcome)),
    unsettled: () => alive(() => journal.unsettled()),
    saveManaged: (entry) => alive(() => journal.saveManaged(structuredClone(entry))),
    managed: () => alive(() => journal.managed()),
  }
}
