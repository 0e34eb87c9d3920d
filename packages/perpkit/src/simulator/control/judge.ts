import type {
  Engine,
  EngineConditional,
  EngineObserver,
  EngineOrder,
  Holding,
  PositionStep,
} from '../engine/types.ts'
import type { Submission, Witness } from '../server/types.ts'
import type { Excess } from './cover.ts'
import { Coverage, type CoverageFigures, type CoverageState } from './coverage.ts'
import { type IntentState, Intents } from './intents.ts'
import { type Attempt, type RepeatFigures, type RepeatState, Repeats } from './repeats.ts'

export interface Judgement extends CoverageFigures, RepeatFigures {
  /** Open orders meant to close that have nothing left to close, now. */
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
  readonly #coverage: Coverage
  readonly #intents = new Intents()
  readonly #repeats = new Repeats((again, first) => {
    this.#coverage.learned(this.#intents.repeated(again, first))
  })
  #breaches = 0
  #requests = 0
  /** The request being executed: its number, and the orders it has placed. */
  #current: { request: number; attempts: Attempt[] } | undefined
  /** Nothing is dated before the last revert. */
  #since = 0
  #reverts = 0

  /** `excess`: the venue's rule for reduce-only orders that are too large. */
  constructor(now: () => number, excess?: Excess) {
    this.#now = now
    this.#coverage = new Coverage(excess)
  }

  accepted(order: EngineOrder | EngineConditional, holding: Holding): void {
    const current = this.#current
    // Without a request it is the venue's own doing, and so is what was attached to an entry.
    if (!current || order.isAttached) return
    const { request, attempts } = current
    attempts.push(this.#repeats.accepted(order, holding, { request, at: this.#now() }))
  }

  filled(order: EngineOrder, step: PositionStep, at: number): void {
    const intent = this.#intents.filled(order, step)
    this.#coverage.filled(order, step, intent, Math.max(at, this.#since))
  }

  settled(holding: Holding, at: number): void {
    this.#intents.settled(holding)
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
    const orphanOrders = this.#coverage.orphans(engine, (one) => this.#intents.protects(one))
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
      intents: this.#intents.exportState(),
      repeats: this.#repeats.exportState(),
      breaches: this.#breaches,
    }
  }

  /** Time does not go back: what lasted when the state was kept lasts as long, up to now. */
  importState({ at, coverage, intents, repeats, breaches }: JudgeState): void {
    this.#since = this.#now()
    this.#reverts++
    this.#coverage.importState(coverage, this.#since - at)
    this.#intents.importState(intents)
    this.#repeats.importState(repeats, this.#since - at)
    this.#breaches = breaches
  }
}

/** What can be gone back to. */
export interface JudgeState {
  at: number
  coverage: CoverageState
  intents: IntentState
  repeats: RepeatState
  breaches: number
}
