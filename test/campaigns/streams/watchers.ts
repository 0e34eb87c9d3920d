import type { OrderBook, Streamed } from 'perpkit'
import type { Simulator } from 'perpkit/simulator'
import type { Link } from '../../support/inProcessSocket.ts'
import type { BookTruth } from './bookTruth.ts'
import { NOTICED_WITHIN_MS, type StreamReport } from './report.ts'

// What is looked at while a script runs: each of these is asked at every step.

/**
 * How long wrong books stand as the newest that was given. Of those given in one moment the last
 * counts: some exchanges tell one change of a book in many messages, a level each. None of them may
 * be crossed.
 */
export class WrongBooks {
  readonly #report: StreamReport
  readonly #truth: BookTruth
  #newest: Streamed<OrderBook> | undefined
  #crossed = 0
  #since: number | undefined

  constructor(report: StreamReport, truth: BookTruth) {
    this.#report = report
    this.#truth = truth
  }

  /** A book is handed out. */
  take(book: Streamed<OrderBook>): void {
    this.#report.books++
    this.#newest = book
    if (isCrossed(book)) this.#crossed++
  }

  /** What is wrong with what was handed out since the last look. */
  look(now: number, isLive: boolean): string[] {
    const book = this.#newest
    this.#newest = undefined
    this.#measure(now, isLive)
    if (!book) return []
    const fault = this.#truth.faultOf(book, now)
    this.#since = fault === undefined ? undefined : now
    const wrongs = this.#crossed > 0 ? [`${this.#crossed} books were crossed`] : []
    if (fault !== undefined) wrongs.push(fault)
    this.#report.wrongBooks += this.#crossed + (fault === undefined ? 0 : 1)
    this.#crossed = 0
    return wrongs
  }

  #measure(now: number, isLive: boolean): void {
    if (this.#since === undefined) return
    this.#report.wrongBookMs += now - this.#since
    this.#since = isLive ? now : undefined
  }
}

function isCrossed({ bids: [bid], asks: [ask] }: OrderBook): boolean {
  return bid !== undefined && ask !== undefined && Number(bid[0]) >= Number(ask[0])
}

/**
 * Messages that are lost, held back or spoilt on the way to a book that is live. The next one shows
 * it: another book must not be given before the stream has resynchronised.
 */
export class Gaps {
  readonly #report: StreamReport
  readonly #simulator: Simulator
  #inForce: { id: string; inject: () => Promise<{ id: string }> } | undefined
  #metAt: number | undefined
  /** Books since the last resynchronisation; the first ones may come from a snapshot alone. */
  #inPeace = 0

  constructor(report: StreamReport, simulator: Simulator) {
    this.#report = report
    this.#simulator = simulator
  }

  get isIdle(): boolean {
    return this.#inForce === undefined && this.#metAt === undefined
  }

  async bring(inject: () => Promise<{ id: string }>): Promise<void> {
    this.#inForce = { ...(await inject()), inject }
  }

  /** Whether the fault has met a message: it is gone then. */
  async look(now: number, isLive: boolean): Promise<void> {
    if (!this.#inForce) return
    const { cleared } = await this.#simulator.control.clearFaults({ id: this.#inForce.id })
    if (cleared > 0) {
      await this.bring(this.#inForce.inject)
      return
    }
    this.#inForce = undefined
    if (!isLive || this.#inPeace < 2) return
    this.#report.gaps++
    this.#metAt = now
  }

  resynchronised(): void {
    this.#metAt = undefined
    this.#inPeace = 0
  }

  /** What is wrong about a book being given now. */
  take({ timestamp }: OrderBook): string | undefined {
    this.#inPeace++
    if (this.#metAt === undefined || timestamp <= this.#metAt) return undefined
    this.#metAt = undefined
    this.#report.gapsUnnoticed++
    return 'a gap in the book was not noticed'
  }

  async end(): Promise<void> {
    if (this.#inForce) await this.#simulator.control.clearFaults({ id: this.#inForce.id })
    this.#inForce = undefined
    this.#metAt = undefined
  }
}

interface Stall {
  link: Link
  /** What there was to say when it began. */
  state: string
  /** When there first was something to say. */
  withheldAt: number | undefined
  /** Questions of the client were not answered either. */
  isHampered: boolean
}

/** Connections that have fallen silent, until the client has left them. */
export class Stalls {
  readonly #report: StreamReport
  #open: Stall[] = []
  #hamperedUntil = 0

  constructor(report: StreamReport) {
    this.#report = report
  }

  get isNone(): boolean {
    return this.#open.length === 0
  }

  has(link: Link): boolean {
    return this.#open.some((stall) => stall.link === link)
  }

  begin(link: Link, state: string, now: number): void {
    this.#report.stalls++
    const isHampered = now < this.#hamperedUntil
    this.#open.push({ link, state, withheldAt: undefined, isHampered })
  }

  /** Questions of the client fail: once, or until then. */
  hamper(until = 0): void {
    this.#hamperedUntil = Math.max(this.#hamperedUntil, until)
    for (const stall of this.#open) stall.isHampered = true
  }

  /** Those that were noticed too late, as they are called in examples. */
  look(now: number, stateOf: (link: Link) => string): string[] {
    for (const stall of this.#open) {
      // A book that is again what it was tells nobody that something was withheld.
      if (stateOf(stall.link) === stall.state) stall.withheldAt = undefined
      else stall.withheldAt ??= now
    }
    const left = this.#open.filter(({ link }) => link.isLeft)
    this.#open = this.#open.filter(({ link }) => link.isOpen)
    return left.flatMap((stall) => this.#noticed(stall, now) ?? [])
  }

  /** What was withheld until now has been learned otherwise: there must be news again. */
  restart(stateOf: (link: Link) => string): void {
    for (const stall of this.#open) {
      stall.state = stateOf(stall.link)
      stall.withheldAt = undefined
      stall.isHampered = false
    }
  }

  /** Those nobody has noticed, as they are called in examples. */
  end(): string[] {
    const due = this.#open.filter(({ withheldAt }) => withheldAt !== undefined)
    const unnoticed = due.map(({ link }) => `the stall of ${link.path} was not noticed`)
    this.#report.stallsUnnoticed += unnoticed.length
    this.#open = []
    return unnoticed
  }

  #noticed({ link, withheldAt = 0, isHampered }: Stall, now: number): string | undefined {
    const took = withheldAt === 0 ? 0 : now - withheldAt
    const name = isHampered ? 'slowestHamperedStallMs' : 'slowestStallMs'
    this.#report[name] = Math.max(this.#report[name], took)
    const isLate = took > NOTICED_WITHIN_MS && !isHampered
    return isLate ? `the stall of ${link.path} was noticed after ${took} ms` : undefined
  }
}
