import type { Logger, OrderBook, Streamed } from 'perpkit'
import type { Fault } from 'perpkit/simulator'
import {
  nextFloat,
  nextInteger,
  type Random,
  seeded,
} from '../../../packages/perpkit/src/core/random.ts'
import type { Link } from '../../support/inProcessSocket.ts'
import type { Played } from '../../support/stage.ts'
import { BookTruth } from './bookTruth.ts'
import { connectingFault, gapFault, pick, pushFault, readingFault } from './faults.ts'
import { wrongsOf } from './judge.ts'
import type { StreamReport } from './report.ts'
import { type Told, watchAll } from './told.ts'
import { createTrading, type Trading } from './trading.ts'
import { Gaps, Stalls, WrongBooks } from './watchers.ts'
import { createStreamWorld, type StreamWorld } from './world.ts'

/** One in so many scripts has no faults. */
const CLEAN_EVERY = 5
/** One in so many lasts for an hour in which nothing keeps the right to listen alive. */
const LONG_EVERY = 50
const HOUR_MS = 3_660_000
/** Longer than any pause between two comparisons of the account. */
const QUIET_MS = 75_000
const WATCH_AGAIN_MS = 500
const MAX_EXAMPLES = 8
/** A request that is held so long finds its sender gone. */
const HELD_MS = 12_000

/** Plays one script and adds what came of it to the report. */
export async function playScript(
  played: Played,
  seed: number,
  report: StreamReport,
): Promise<void> {
  const script = new Script(played, seed, report)
  await script.play()
}

class Script {
  readonly #seed: number
  readonly #isClean: boolean
  readonly #report: StreamReport
  readonly #random: Random
  readonly #world: StreamWorld
  readonly #trading: Trading
  readonly #truth: BookTruth
  readonly #wrongBooks: WrongBooks
  readonly #gaps: Gaps
  readonly #stalls: Stalls
  readonly #depth: number
  /** What was done, for examples. */
  readonly #deeds: string[] = []
  readonly #startedAt: number
  #told: Told | undefined
  #hasBeenLive = false
  #isSpoiled = false

  constructor(played: Played, seed: number, report: StreamReport) {
    this.#seed = seed
    this.#isClean = seed % CLEAN_EVERY === 0
    this.#report = report
    this.#random = seeded(seed ^ 0x5eed)
    this.#world = createStreamWorld(played, seed, this.#logger())
    const { trader, simulator } = this.#world
    this.#trading = createTrading(trader, simulator, this.#random)
    this.#depth = pick(this.#random, [5, 20, 50])
    this.#truth = new BookTruth(played.symbol, this.#depth)
    this.#wrongBooks = new WrongBooks(report, this.#truth)
    this.#gaps = new Gaps(report, simulator)
    this.#stalls = new Stalls(report)
    this.#startedAt = this.#world.now()
  }

  async play(): Promise<void> {
    const { world, trading } = { world: this.#world, trading: this.#trading }
    this.#report.scripts++
    if (this.#isClean) this.#report.clean++
    const beginning = Promise.all([trading.begin(), world.client.getInstruments()])
    await this.#pass(2_000)
    await beginning
    if (!this.#isClean) await this.#troubleConnecting()
    this.#watch()
    const watchedFrom = world.now()
    await this.#playDeeds()
    await this.#calmDown()
    const wrongs = await wrongsOf({
      world,
      told: this.#told,
      truth: this.#truth,
      watchedFrom,
      isClean: this.#isClean,
      isSpoiled: this.#isSpoiled,
      report: this.#report,
    })
    for (const wrong of wrongs) this.#example(wrong)
    this.#told?.close()
    await world.close()
  }

  async #playDeeds(): Promise<void> {
    const random = this.#random
    const more = this.#isClean ? 20 : 0
    for (let left = 6 + more + nextInteger(random, 8); left > 0; left--) {
      await this.#pass(nextInteger(random, 1_500))
      if (!this.#isClean && nextFloat(random) < 0.5) await this.#bringTrouble()
      if (nextFloat(random) < 0.4) await this.#trading.move()
      else this.#trading.trade()
    }
    if (this.#seed % LONG_EVERY === 1) await this.#passAnHour()
  }

  /** Everything is well again; what was lost must be found by itself. */
  async #calmDown(): Promise<void> {
    const { simulator } = this.#world
    await this.#gaps.end()
    if (this.#stalls.isNone) await simulator.control.clearFaults({})
    this.#trading.trade()
    await this.#trading.move()
    await this.#pass(12_000)
    await simulator.control.clearFaults({})
    this.#stalls.restart((link) => this.#stateOf(link))
    this.#trading.protect()
    this.#trading.trade()
    await this.#trading.move()
    await this.#world.passQuietly(10_000, () => this.#look())
    await this.#trading.move()
    await this.#world.passQuietly(QUIET_MS, () => this.#look())
    for (const unnoticed of this.#stalls.end()) this.#example(unnoticed)
  }

  #watch(): void {
    this.#told = watchAll(this.#world.client, {
      symbol: 'BTCUSDT',
      depth: this.#depth,
      onBook: (book) => this.#hearBook(book),
      pause: () => this.#world.wait(WATCH_AGAIN_MS),
    })
  }

  #hearBook(book: Streamed<OrderBook>): void {
    this.#wrongBooks.take(book)
    const gap = this.#gaps.take(book)
    if (gap !== undefined) this.#example(gap)
  }

  async #pass(ms: number): Promise<void> {
    await this.#world.pass(ms, () => this.#look())
  }

  async #look(): Promise<void> {
    const { world } = { world: this.#world }
    const now = world.now()
    const engine = world.engine()
    if (engine) this.#truth.note(engine)
    const statuses = new Map(this.#told?.statuses())
    const isLive = statuses.get('book') === 'LIVE'
    for (const wrong of this.#wrongBooks.look(now, isLive)) this.#example(wrong)
    await this.#gaps.look(now, isLive)
    for (const late of this.#stalls.look(now, (link) => this.#stateOf(link))) this.#example(late)
    if (!this.#isClean || !this.#told) return
    const all = [...statuses.values()]
    if (all.every((status) => status === 'LIVE')) this.#hasBeenLive = true
    else if (this.#hasBeenLive) {
      this.#hasBeenLive = false
      this.#falseAlarm(`a stream was not live: ${JSON.stringify([...statuses])}`)
    }
  }

  /** What the connection has to say, in short. */
  #stateOf(link: Link): string {
    if (!link.isPrivate) return this.#truth.best
    // Where conditional orders have a connection of their own, the other says nothing of them.
    const { events, stops } = this.#trading
    const isOfStops = link.channels().every((channel) => /algo/.test(channel))
    if (isOfStops) return String(stops)
    return String(this.#world.tellsStopsApart ? events - stops : events)
  }

  async #troubleConnecting(): Promise<void> {
    const dice = nextFloat(this.#random)
    if (dice < 0.4) await this.#inject(connectingFault(this.#random))
    if (dice > 0.3 && dice < 0.5) await this.#inject(readingFault(this.#random))
    if (dice > 0.9) this.#spoil()
  }

  async #bringTrouble(): Promise<void> {
    const random = this.#random
    const links = this.#world.sockets.links().filter((link) => !this.#stalls.has(link))
    const link = links[nextInteger(random, Math.max(1, links.length))]
    switch (nextInteger(random, 9)) {
      case 0:
      case 1: {
        const topic = link && pickOne(random, link.channels())
        await this.#inject(pushFault(random, topic, this.#world.hasChecksums))
        return
      }
      case 2:
      case 3:
      case 4:
        await this.#bringGap()
        return
      case 5:
        if (link) await this.#stall(link, links)
        return
      case 6:
        await this.#inject(readingFault(random))
        if (nextFloat(random) < 0.5) await this.#inject(readingFault(random))
        await this.#cut(link)
        return
      case 7:
        await this.#inject(connectingFault(random))
        await this.#cut(link)
        return
      default:
        if (nextFloat(random) < 0.3) this.#spoil()
        else this.#hold()
        await this.#cut(link)
    }
  }

  async #cut(link: Link | undefined): Promise<void> {
    await this.#inject({ kind: 'disconnect', times: 1, ...(link && { path: link.path }) })
  }

  /** The oldest of its path is the one the fault meets. */
  async #stall(link: Link, links: readonly Link[]): Promise<void> {
    const stalled = links.find(({ path }) => path === link.path) ?? link
    await this.#gaps.end()
    await this.#world.simulator.control.clearFaults({})
    await this.#inject({ kind: 'stall', path: stalled.path, times: 1 })
    this.#stalls.begin(stalled, this.#stateOf(stalled), this.#world.now())
  }

  async #bringGap(): Promise<void> {
    const topic = this.#bookChannel()
    if (topic === undefined || !this.#gaps.isIdle) return
    const fault = gapFault(this.#random, topic, this.#world.hasChecksums)
    this.#note(fault)
    const { venue } = this.#world.played
    await this.#gaps.bring(() => this.#world.simulator.control.inject({ ...fault, venue }))
    await this.#trading.move()
    await this.#pass(300 + nextInteger(this.#random, 500))
    await this.#trading.move()
    await this.#pass(300)
  }

  #hold(): void {
    this.#deeds.push(`${this.#elapsed()} ms: a request is held`)
    this.#stalls.hamper(this.#world.now() + HELD_MS)
    this.#world.holdNext(HELD_MS)
  }

  /** The next subscription is refused, in the venue's own words. */
  #spoil(): void {
    this.#isSpoiled = true
    this.#deeds.push(`${this.#elapsed()} ms: a subscription is refused`)
    this.#world.spoilNext()
  }

  async #passAnHour(): Promise<void> {
    this.#deeds.push(`${this.#elapsed()} ms: an hour passes`)
    await this.#inject({ kind: 'status', code: 502, path: '/fapi/v1/listenKey', method: 'PUT' })
    await this.#world.passQuietly(HOUR_MS, () => this.#look())
  }

  async #inject(fault: Fault): Promise<void> {
    if ('operation' in fault || 'method' in fault) this.#stalls.hamper()
    this.#note(fault)
    await this.#world.simulator.control.inject({ ...fault, venue: this.#world.played.venue })
  }

  #note(fault: Fault): void {
    this.#report.faults++
    this.#deeds.push(`${this.#elapsed()} ms: ${JSON.stringify(fault)}`)
  }

  #elapsed(): number {
    return this.#world.now() - this.#startedAt
  }

  #bookChannel(): string | undefined {
    const channels = this.#world.sockets.links().flatMap((link) => link.channels())
    return channels.find((channel) => this.#world.isBookChannel(channel))
  }

  /** The client says in its log what it has noticed. */
  #logger(): Logger {
    const hear = (_: object, message: string): void => {
      if (message === 'a stream connection ended') this.#report.replaced++
      if (message === 'a stream connection ended' || message === 'an order book is resynchronised')
        this.#gaps.resynchronised()
      if (this.#isClean) this.#falseAlarm(message)
    }
    return { debug() {}, info: hear, warn: hear, error: hear }
  }

  #falseAlarm(what: string): void {
    this.#report.falseAlarms++
    this.#example(`false alarm: ${what}`)
  }

  /** The first of each kind. */
  #example(what: string): void {
    const { examples } = this.#report
    const kind = kindOf(what)
    if (examples.length >= MAX_EXAMPLES || examples.some((each) => each.includes(kind))) return
    const deeds = this.#deeds.join('; ')
    examples.push(`${kind}: seed ${this.#seed} at ${this.#elapsed()} ms: ${what} [${deeds}]`)
  }
}

/** Without what differs from one to the next. */
function kindOf(what: string): string {
  return what.replace(/\d+(\.\d+)?/g, 'n')
}

function pickOne(random: Random, values: readonly string[]): string | undefined {
  return values[nextInteger(random, Math.max(1, values.length))]
}
