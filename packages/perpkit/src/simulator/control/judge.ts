import type {
  Engine,
  EngineConditional,
  EngineObserver,
  EngineOrder,
  Holding,
} from '../engine/types.ts'
import type { Submission, Witness } from '../server/types.ts'
import { Coverage, type CoverageFigures, type CoverageState } from './coverage.ts'
import { type Attempt, type RepeatFigures, type RepeatState, Repeats } from './repeats.ts'

export interface Judgement extends CoverageFigures, RepeatFigures {
  /** Open orders that have nothing left to close, now. */
  orphanOrders: number
  /**
   * Requests that were too many for one of the venue's rate limits, those to a banned address
   * included; those refused by a fault not.
   */
  limitBreaches: number
}

/** Watches one venue from the inside, and says how its clients behaved. */
export class Judge implements EngineObserver, Witness {
  readonly #now: () => number
  readonly #coverage = new Coverage()
  readonly #repeats = new Repeats()
  #breaches = 0
  #requests = 0
  /** The request being executed: its number, and the orders it has placed. */
  #current: { request: number; attempts: Attempt[] } | undefined
  /** Nothing is dated before the last revert. */
  #since = 0
  #reverts = 0

  constructor(now: () => number) {
    this.#now = now
  }

  accepted(order: EngineOrder | EngineConditional, holding: Holding): void {
    const current = this.#current
    // Without a request it is the venue's own doing.
    if (!current) return
    const { request, attempts } = current
    attempts.push(this.#repeats.accepted(order, holding, { request, at: this.#now() }))
  }

  settled(holding: Holding, at: number): void {
    this.#coverage.settled(holding, Math.max(at, this.#since))
  }

  begin(): Submission {
    this.#requests++
    const attempts: Attempt[] = []
    const reverts = this.#reverts
    this.#current = { request: this.#requests, attempts }
    return {
      executed: () => {
        this.#current = undefined
      },
      answered: (hasArrived) => {
        // What was under way at a revert has not happened.
        if (reverts !== this.#reverts) return
        for (const attempt of attempts) this.#repeats.answered(attempt, hasArrived)
      },
    }
  }

  breached(): void {
    this.#breaches++
  }

  judge(engine: Engine): Judgement {
    // First of all: looking at orders lets the engine catch up with the time.
    const orphanOrders = this.#coverage.orphans(engine)
    return {
      ...this.#repeats.figures(),
      ...this.#coverage.figures(engine.now()),
      orphanOrders,
      limitBreaches: this.#breaches,
    }
  }

  exportState(): JudgeState {
    return {
      at: this.#now(),
      coverage: this.#coverage.exportState(),
      repeats: this.#repeats.exportState(),
      breaches: this.#breaches,
    }
  }

  /** Time does not go back: what lasted when the state was kept lasts as long, up to now. */
  importState({ at, coverage, repeats, breaches }: JudgeState): void {
    this.#since = this.#now()
    this.#reverts++
    this.#coverage.importState(coverage, this.#since - at)
    this.#repeats.importState(repeats, this.#since - at)
    this.#breaches = breaches
  }
}

/** What can be gone back to. */
export interface JudgeState {
  at: number
  coverage: CoverageState
  repeats: RepeatState
  breaches: number
}
