import { type Clock, sleep, systemClock } from '../core/clock.ts'
import { RequestError } from '../model/errors.ts'
import type { BudgetClass, BudgetStore, Share, Taking } from './budgetStore.ts'
import { allowanceOf, countedAmount, longestDebt, lotOf, MAX_CLOSURE_MS, paceOf } from './gcra.ts'
import { createMemoryBudgetStore, type MemoryBudgetStore } from './memoryStore.ts'
import { SCRIPT, SCRIPT_SHA } from './redisScript.ts'

/** What is asked of a Redis client; those of `@redis/client` and `redis` have it. */
export interface RedisCommands {
  sendCommand(command: readonly string[]): Promise<unknown>
}

export interface RedisBudgetStoreOptions {
  /** A connected client; closing it is the caller's. It should fail at once while disconnected. */
  client?: RedisCommands
  /** Instead of a client: `redis://…`; needs the package `@redis/client`. */
  url?: string
  /** In front of all keys. Default `perpkit`. */
  prefix?: string
  /** The most processes that will ever share this store. Default 4. */
  processes?: number
  /** Told once when Redis is lost, and once when it is back. */
  logger?: { warn(record: object, message: string): void }
  clock?: Clock
}

/** Budgets in Redis or Valkey, for the option `rateLimit.store`. */
export interface RedisBudgetStore extends BudgetStore {
  /** Ends the connection that was made from `url`. */
  disconnect(): Promise<void>
}

const DEFAULT_PROCESSES = 4

/**
 * Budgets several processes share (decision 0008). Each takes up to 20 units at a time and spends
 * them within a second. While Redis does not answer, each process goes on with its share of the
 * limits, `limit / processes`. Throws `RequestError` without `client` and `url`, or when
 * `@redis/client` is not installed.
 */
export async function createRedisBudgetStore(
  options: RedisBudgetStoreOptions,
): Promise<RedisBudgetStore> {
  const { client, url, processes = DEFAULT_PROCESSES } = options
  if (!Number.isInteger(processes) || processes < 1) {
    throw refuse(`processes must be a whole number from 1, received ${String(processes)}`)
  }
  if (client) return new RedisStore(client, () => Promise.resolve(), options)
  if (url === undefined) throw refuse('a client or a url is needed')
  const connection = await connect(url, options.clock ?? systemClock)
  return new RedisStore(connection, connection.disconnect, options)
}

function refuse(what: string): RequestError {
  return new RequestError(`createRedisBudgetStore: ${what}`, { code: 'INVALID_ARGUMENT' })
}

interface Connection extends RedisCommands {
  disconnect: () => Promise<void>
}

/** How long the first connection is waited for; budgets work without one. */
const FIRST_CONNECTION_MS = 1_000
const RECONNECT_AFTER_MS = 200

async function connect(url: string, clock: Clock): Promise<Connection> {
  const { createClient } = await loadClient()
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: () => RECONNECT_AFTER_MS },
  })
  // Without a listener a lost connection would end the process; each failed command tells as well.
  client.on('error', () => undefined)
  const connecting = client.connect().then(
    () => undefined,
    () => undefined,
  )
  await Promise.race([connecting, sleep(clock, FIRST_CONNECTION_MS)])
  return {
    sendCommand: (command) => client.sendCommand([...command]),
    disconnect: () => Promise.resolve(client.destroy()),
  }
}

async function loadClient(): Promise<typeof import('@redis/client')> {
  try {
    return await import('@redis/client')
  } catch (cause) {
    throw new RequestError(
      'createRedisBudgetStore: a url needs the package @redis/client (npm install @redis/client)',
      { code: 'INVALID_ARGUMENT', cause },
    )
  }
}

/** What was learned longer ago is not relied on: units held, and that a bucket is open. */
const HOLD_MS = 1_000
/** A command without an answer for so long is one that failed. */
const ANSWER_WITHIN_MS = 250
const LAST_LOOK_MS = 5
/**
 * How soon Redis is tried again. While some processes have found it and others not yet, more than
 * the limit's pace is used: this short that it is never more than what nobody may use at once then.
 */
const TRY_AGAIN_AFTER_MS = 100
/** Reports of one bucket are not sent more often. */
const REPORTS_A_WINDOW = 20

/** What one process may spend of a bucket without asking. */
interface Held {
  units: number
  until: number
  /** Units spent since Redis was asked last, and when it was: lots follow the use. */
  spent: number
  since: number
}

class RedisStore implements RedisBudgetStore {
  readonly #commands: RedisCommands
  readonly disconnect: () => Promise<void>
  readonly #prefix: string
  readonly #processes: number
  readonly #logger: RedisBudgetStoreOptions['logger']
  readonly #clock: Clock
  readonly #held = new Map<string, Held>()
  /** Until when this process knows a bucket to be closed. */
  readonly #closed = new Map<string, number>()
  readonly #reportedAt = new Map<string, number>()
  /** Stands in while Redis does not answer. */
  #substitute: MemoryBudgetStore | undefined
  #isTrying = false
  #tryAgainAt = 0

  constructor(
    commands: RedisCommands,
    disconnect: () => Promise<void>,
    { prefix = 'perpkit', processes, logger, clock }: RedisBudgetStoreOptions,
  ) {
    this.#commands = commands
    this.disconnect = disconnect
    // The braces keep all keys of one call on one node of a cluster.
    this.#prefix = `{${prefix}}:`
    this.#processes = processes ?? DEFAULT_PROCESSES
    this.#logger = logger
    this.#clock = clock ?? systemClock
  }

  take(shares: readonly Share[], budgetClass: BudgetClass): Taking | Promise<Taking> {
    const closed = this.#closedAmong(shares)
    if (closed.waitMs > 0) return closed
    if (this.#substitute) {
      this.#tryAgain(this.#substitute)
      return this.#substitute.take(shares, budgetClass)
    }
    if (this.#spend(shares)) return { waitMs: 0, short: [] }
    return this.#takeFromRedis(shares, budgetClass).catch((error: unknown) =>
      this.#standIn(error).take(shares, budgetClass),
    )
  }

  async report(bucket: Omit<Share, 'amount'>, used: number, ageMs = 0): Promise<void> {
    const now = this.#clock.now()
    const last = this.#reportedAt.get(bucket.key) ?? Number.NEGATIVE_INFINITY
    if (now - last < bucket.windowMs / REPORTS_A_WINDOW && now >= last) return
    this.#reportedAt.set(bucket.key, now)
    if (this.#substitute) {
      return this.#substitute.report(bucket, Math.ceil(used / this.#processes), ageMs)
    }
    const share = { ...bucket, amount: Math.min(Math.ceil(used), bucket.limit * 2) }
    await this.#run('report', [this.#numbers(share, 'protect', ageMs)]).catch(() => undefined)
  }

  async close(buckets: readonly Omit<Share, 'amount'>[], ms: number): Promise<void> {
    const closure = Math.min(ms, MAX_CLOSURE_MS)
    const until = this.#clock.now() + closure
    for (const bucket of buckets) {
      this.#held.delete(bucket.key)
      this.#closed.set(bucket.key, Math.max(this.#closed.get(bucket.key) ?? 0, until))
    }
    const rows = buckets.map((bucket) =>
      this.#numbers({ ...bucket, amount: closure }, 'protect', 0),
    )
    await this.#run('close', rows).catch(() => undefined)
  }

  #closedAmong(shares: readonly Share[]): Taking {
    const now = this.#clock.now()
    const closed = shares.map(({ key }) => ({ key, wait: (this.#closed.get(key) ?? now) - now }))
    const short = closed.filter(({ wait }) => wait > 0)
    return {
      waitMs: Math.ceil(Math.max(0, ...short.map(({ wait }) => wait))),
      short: short.map(({ key }) => key),
    }
  }

  /** All from what this process holds, or nothing; that a bucket is open is known as long. */
  #spend(shares: readonly Share[]): boolean {
    const isEnough = shares.every(
      (share) => this.#unitsOf(share.key) >= countedAmount(share.amount, share),
    )
    if (isEnough) for (const share of shares) this.#spendHeld(share, share.amount)
    return isEnough
  }

  /** -1 where nothing is known of the bucket any more. */
  #unitsOf(key: string): number {
    const held = this.#held.get(key)
    return held && held.until > this.#clock.now() ? held.units : -1
  }

  /** Up to `amount` of what is held; returns how much it was. */
  #spendHeld(share: Share, amount: number): number {
    const held = this.#held.get(share.key)
    if (!held) return 0
    const units = Math.max(Math.min(this.#unitsOf(share.key), countedAmount(amount, share)), 0)
    held.units -= units
    held.spent += units
    return units
  }

  async #takeFromRedis(shares: readonly Share[], budgetClass: BudgetClass): Promise<Taking> {
    const parts = shares.map((share) => {
      const lot = this.#lotFor(share)
      const held = this.#spendHeld(share, share.amount)
      return { share, held, rest: countedAmount(share.amount, share) - held, lot }
    })
    const rows = parts.map(({ share, rest, lot }) =>
      this.#numbers({ ...share, amount: rest }, budgetClass, lot),
    )
    const answer = numbersOf(await this.#run('take', rows), rows.length * 2)
    const waitMs = Math.max(...answer.slice(0, rows.length))
    const now = this.#clock.now()
    for (const [i, { share, held, rest }] of parts.entries()) {
      const known = this.#held.get(share.key)
      if (waitMs > 0 && known) known.units += held
      const isFromHeld = share.amount > 0 && rest === 0
      if (waitMs > 0 || isFromHeld) continue
      const units = answer[rows.length + i] ?? 0
      this.#held.set(share.key, { units, until: now + HOLD_MS, spent: rest, since: now })
    }
    const short = shares.filter((_, i) => (answer[i] ?? 0) > 0)
    return { waitMs, short: waitMs > 0 ? short.map(({ key }) => key) : [] }
  }

  /** As much as this process uses in a second, so that none is held in vain. */
  #lotFor({ key, limit, windowMs }: Share): number {
    const held = this.#held.get(key)
    const now = this.#clock.now()
    if (!held || now - held.since > HOLD_MS) return 0
    const perMs = held.spent / Math.max(now - held.since, 1)
    return Math.min(lotOf({ limit, windowMs }, this.#processes), Math.floor(perMs * HOLD_MS))
  }

  /** As the script takes them; what `second` means depends on what it is to do. */
  #numbers(share: Share, budgetClass: BudgetClass, second: number): [string, ...number[]] {
    const lot = lotOf(share, this.#processes)
    const pace = paceOf(share, lot > 0 ? { processes: this.#processes, lot } : {})
    const allowed = allowanceOf(pace, budgetClass)
    const { key, amount, windowMs } = share
    return [key, amount, second, pace.perUnitMs, allowed, windowMs, longestDebt(share, pace)]
  }

  async #run(what: string, rows: readonly [string, ...number[]][]): Promise<unknown> {
    const keys = rows.map(([key]) => this.#prefix + key)
    const numbers = rows.flatMap(([, ...row]) => row.map(String))
    const rest = [String(keys.length), ...keys, what, ...numbers]
    try {
      return await this.#within(this.#commands.sendCommand(['EVALSHA', SCRIPT_SHA, ...rest]))
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return this.#within(this.#commands.sendCommand(['EVAL', SCRIPT, ...rest]))
    }
  }

  #within<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)
      // A process that was held up itself first reads what has come meanwhile.
      let cancel = this.#clock.after(ANSWER_WITHIN_MS - LAST_LOOK_MS, () => {
        cancel = this.#clock.after(LAST_LOOK_MS, () => reject(late))
      })
      answer.then(resolve, reject).finally(() => cancel())
    })
  }

  #standIn(error: unknown): MemoryBudgetStore {
    if (this.#substitute) return this.#substitute
    this.#tryAgainAt = this.#clock.now() + TRY_AGAIN_AFTER_MS
    // What others and this process may have used in the last moment is not known here any more.
    const substitute = createMemoryBudgetStore({
      clock: this.#clock,
      processes: this.#processes,
      startsEmpty: true,
    })
    this.#substitute = substitute
    this.#held.clear()
    const reason = error instanceof Error ? error.message : String(error)
    this.#logger?.warn(
      { reason, processes: this.#processes },
      'shared request budgets: Redis does not answer, going on with our share of the limits',
    )
    return substitute
  }

  /** Beside the requests, which do not wait for it. */
  #tryAgain(substitute: MemoryBudgetStore): void {
    if (this.#isTrying || this.#clock.now() < this.#tryAgainAt) return
    this.#isTrying = true
    // What went out meanwhile was not counted there: nothing may go at once at first.
    const rows = substitute
      .buckets()
      .map((bucket) => this.#numbers({ ...bucket, amount: 0 }, 'protect', 0))
    this.#run('empty', rows)
      .then(
        () => {
          this.#substitute = undefined
          this.#logger?.warn({}, 'shared request budgets: Redis answers again')
        },
        () => {
          this.#tryAgainAt = this.#clock.now() + TRY_AGAIN_AFTER_MS
        },
      )
      .finally(() => {
        this.#isTrying = false
      })
  }
}

function numbersOf(answer: unknown, count: number): number[] {
  if (Array.isArray(answer) && answer.length === count) return answer.map(Number)
  throw new Error('the script answered something else')
}
