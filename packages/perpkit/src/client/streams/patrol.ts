import { sleep } from '../../core/clock.ts'
import { type AccountQuestions, lookForNews } from './reconcile.ts'
import type { Timers } from './timers.ts'
import type { UserStore } from './userStore.ts'

/** What the patrol is told of the feed it looks after. */
export interface Patrolled {
  /** Whether everything is thought to be known: not while it is being read. */
  isLive(): boolean
  /** From when on something may be missing, in exchange time; `at` is that of now. */
  sinceAt(at: number): number
  /** Nothing was missing at `at`, exchange time. */
  verified(at: number): void
  missing(): void
}

/** How often a silent connection is compared with the account. */
const LOOK_EVERY_MS = 3_000
/** How often every connection is: with what is busy, and each third time with all of it. */
const ROUND_EVERY_MS = 20_000
const WHOLE_ROUND = 3
const ON_ITS_WAY_MS = 2_000
const MOMENT_MS = 1_000
/** For so long after a loss was found, a connection that is silent is taken for the one that has lost it. */
const SUSPECT_MS = 5_000

/** Compares what is known of the account with the account, so that no loss stays unnoticed. */
export class Patrol {
  readonly #questions: AccountQuestions
  readonly #store: UserStore
  readonly #timers: Timers
  readonly #patrolled: Patrolled
  #look: { at: number; isBehind: Promise<boolean> } | undefined
  #rounds = 0
  /** When something was found missing last, by our clock. */
  #lossAt = Number.NEGATIVE_INFINITY

  constructor(questions: AccountQuestions, store: UserStore, timers: Timers, patrolled: Patrolled) {
    this.#questions = questions
    this.#store = store
    this.#timers = timers
    this.#patrolled = patrolled
    this.#goRound()
  }

  /** Of a connection that is silent: whether the account knows what it should have told. */
  async isBehind(): Promise<boolean> {
    if (this.#hasJustLost()) return true
    if (!this.#patrolled.isLive()) return false
    const now = this.#questions.clock.now()
    // Of several connections any may be the dead one: each of them gets the same answer.
    if (this.#look && now - this.#look.at < LOOK_EVERY_MS) return this.#look.isBehind
    this.#look = { at: now, isBehind: this.#lookNow() }
    return this.#look.isBehind
  }

  async #lookNow(): Promise<boolean> {
    const since = this.#patrolled.sinceAt(await this.#questions.now())
    const isMissing = await lookForNews(this.#questions, this.#store, 'busy', since)
    if (!isMissing()) return false
    // It may be on its way, on another connection than the one that is silent.
    await sleep(this.#questions.clock, MOMENT_MS)
    return isMissing() || this.#hasJustLost()
  }

  /** What a round has found is made good at once: nothing shows then that a connection is dead. */
  #hasJustLost(): boolean {
    return this.#questions.clock.now() - this.#lossAt < SUSPECT_MS
  }

  /** What is lost on a connection that goes on speaking is found here at the latest. */
  #goRound(): void {
    this.#timers.after(ROUND_EVERY_MS, () => {
      this.#goRound()
      const scope = ++this.#rounds % WHOLE_ROUND === 0 ? 'all' : 'busy'
      if (this.#patrolled.isLive()) this.#compare(scope).catch(() => undefined)
    })
  }

  async #compare(scope: 'all' | 'busy'): Promise<void> {
    const at = await this.#questions.now()
    // Of this moment: later on, `at` is not that of now any more.
    const since = this.#patrolled.sinceAt(at)
    const isMissing = await lookForNews(this.#questions, this.#store, scope, since)
    if (!isMissing()) {
      if (scope === 'all' && this.#patrolled.isLive()) this.#patrolled.verified(at)
      return
    }
    // It may be on its way. The same is looked for: under constant trading there is always some news.
    await sleep(this.#questions.clock, ON_ITS_WAY_MS)
    if (!isMissing() || !this.#patrolled.isLive()) return
    this.#lossAt = this.#questions.clock.now()
    this.#patrolled.missing()
  }
}
