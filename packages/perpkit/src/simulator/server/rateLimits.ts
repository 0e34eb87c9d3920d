import type { Clock } from '../../core/clock.ts'
import { Counters, type Standing } from './counters.ts'
import type { Answer, Charge, Handling, Route, Usage, VenueLimits } from './types.ts'

/** What a request has been charged so far. */
export interface Toll {
  charges: readonly Charge[]
  usage: Usage[]
  /** What is let through of a divisible charge, where that is not all of it. */
  allowance?: number
  /** Whether it was one too many. */
  isBreach: boolean
}

export interface RateLimitOptions {
  clock: Clock
  /**
   * The machine's time beside a manual clock: a client that waits for a window to pass waits in real
   * time, while the clock stands. A counter is full when it is full by both.
   */
  machine?: { now(): number } | undefined
  /** Otherwise everything is counted and nothing refused. */
  isEnforced: boolean
}

/** The rate limits of one venue: its counters, and the addresses it has banned. */
export class RateLimits {
  readonly #limits: VenueLimits
  readonly #clock: Clock
  readonly #machine: { now(): number } | undefined
  readonly #isEnforced: boolean
  readonly #counters = new Counters()
  /** The same in the machine's time. */
  readonly #machineCounters = new Counters()
  readonly #offenders = new Map<string, Offender>()

  constructor(limits: VenueLimits, { clock, machine, isEnforced }: RateLimitOptions) {
    this.#limits = limits
    this.#clock = clock
    this.#machine = machine
    this.#isEnforced = isEnforced
  }

  /** What the request is to be charged; nothing for a path nobody has. */
  toll(handling: Handling, route: Route | undefined): Toll {
    const charges = route ? this.#limits.charges(handling, route) : []
    return { charges, usage: [], isBreach: false }
  }

  /** At the door: the address is banned, or its counters are taken from or full. */
  passDoor(handling: Handling, toll: Toll): Answer | undefined {
    const { remoteAddress } = handling.request
    const now = this.#clock.now()
    const until = this.#offenders.get(remoteAddress)?.bannedUntil ?? now
    if (until > now) {
      toll.isBreach = true
      return this.#limits.ban?.answer(handling, until)
    }
    const full = this.#take(toll, 'address', remoteAddress)
    if (!full) return undefined
    const ban = this.#offend(remoteAddress, full, now)
    if (ban !== undefined) return this.#limits.ban?.answer(handling, ban)
    return this.#limits.exceeded(handling, full, full.freeAt - now)
  }

  /** Past the door: the counters of the account are taken from or full, or it is barred. */
  passAccount(handling: Handling, toll: Toll, route: Route): Answer | undefined {
    const full = this.#take(toll, 'account', handling.accountId)
    if (full) return this.#limits.exceeded(handling, full, full.freeAt - this.#clock.now())
    const barred = this.#limits.bars?.(handling, route)
    if (barred) toll.isBreach = true
    return this.#isEnforced ? barred : undefined
  }

  /** A refusal as of the counter that the request would have been too much for. */
  refuse(handling: Handling, route: Route | undefined, retryAfterMs: number): Answer | undefined {
    const { charges } = this.toll(handling, route)
    const charge = charges.find(({ amount }) => amount > 0) ?? charges[0]
    if (!charge) return undefined
    const resetAt = this.#clock.now() + retryAfterMs
    return this.#limits.exceeded(handling, { ...charge, used: charge.limit, resetAt }, retryAfterMs)
  }

  headers(handling: Handling, { usage }: Toll): Record<string, string> {
    return usage.length === 0 ? {} : (this.#limits.headers?.(handling, usage) ?? {})
  }

  /** Takes all charges of the scope, or none and returns the fullest counter. */
  #take(toll: Toll, scope: Charge['scope'], owner: string): Full | undefined {
    const now = this.#clock.now()
    const wanted = toll.charges.filter((charge) => charge.scope === scope)
    const charges = wanted.map((charge) => this.#divide(toll, charge, owner, now))
    const stands = charges.map((charge) => this.#counters.look(owner, charge, now))
    const full = this.#isRoomInRealTime(owner, charges) ? undefined : fullest(charges, stands)
    if (full) toll.isBreach = true
    const isRefused = full !== undefined && this.#isEnforced
    for (const charge of charges) {
      const { used, resetAt } = isRefused
        ? this.#counters.look(owner, charge, now)
        : this.#counters.add(owner, charge, now)
      toll.usage.push({ ...charge, used, resetAt })
    }
    if (!isRefused) this.#addInRealTime(owner, charges)
    return isRefused ? full : undefined
  }

  #isRoomInRealTime(owner: string, charges: readonly Charge[]): boolean {
    const now = this.#machine?.now()
    if (now === undefined) return false
    const sliding = charges.map(slidingOf)
    const stands = sliding.map((charge) => this.#machineCounters.look(owner, charge, now))
    return fullest(sliding, stands) === undefined
  }

  #addInRealTime(owner: string, charges: readonly Charge[]): void {
    const now = this.#machine?.now()
    if (now === undefined) return
    for (const charge of charges) this.#machineCounters.add(owner, slidingOf(charge), now)
  }

  /** The charge, or as much of it as there is room for. */
  #divide(toll: Toll, charge: Charge, owner: string, now: number): Charge {
    const { amount, isDivisible = false, limit } = charge
    if (!isDivisible) return charge
    const room = limit - this.#used(owner, charge, now)
    if (room <= 0 || amount <= room) return charge
    toll.isBreach = true
    if (!this.#isEnforced) return charge
    toll.allowance = room
    return { ...charge, amount: room }
  }

  /** By the clock that leaves more room. */
  #used(owner: string, charge: Charge, now: number): number {
    const { used } = this.#counters.look(owner, charge, now)
    if (!this.#machine) return used
    const real = this.#machineCounters.look(owner, slidingOf(charge), this.#machine.now())
    return Math.min(used, real.used)
  }

  /** Notes a refusal; until when the address is banned, if that was one too many. */
  #offend(address: string, { counter }: Full, now: number): number | undefined {
    const { ban } = this.#limits
    if (!ban || (ban.counter ?? counter) !== counter) return undefined
    const before = this.#offenders.get(address)
    const recent = before?.breaches.filter((at) => at > now - ban.withinMs) ?? []
    const offender: Offender = { breaches: [...recent, now], bans: before?.bans ?? 0 }
    this.#offenders.delete(address)
    this.#offenders.set(address, offender)
    forgetOldest(this.#offenders)
    if (offender.breaches.length < ban.afterBreaches) return undefined
    offender.breaches = []
    offender.bans++
    offender.bannedUntil = now + ban.lengthMs(offender.bans)
    return offender.bannedUntil
  }
}

/** In real time there are no boundaries to meet: a burst is a burst wherever it falls. */
function slidingOf(charge: Charge): Charge {
  return charge.window === 'fixed' ? { ...charge, window: 'sliding' } : charge
}

/** An address that was refused. */
interface Offender {
  /** When, as far back as counts for a ban. */
  breaches: number[]
  bans: number
  bannedUntil?: number
}

interface Full extends Usage {
  /** When there is room for the charge. */
  freeAt: number
}

/** Of the counters without room, the one that takes longest to have it again. */
function fullest(charges: readonly Charge[], stands: readonly Standing[]): Full | undefined {
  let worst: Full | undefined
  for (const [index, charge] of charges.entries()) {
    const stand = stands[index]
    if (!stand || stand.used + charge.amount <= charge.limit) continue
    if (!worst || stand.freeAt > worst.freeAt) worst = { ...charge, ...stand }
  }
  return worst
}

const MOST_OFFENDERS = 10_000

function forgetOldest(offenders: Map<string, Offender>): void {
  for (const address of offenders.keys()) {
    if (offenders.size <= MOST_OFFENDERS) return
    offenders.delete(address)
  }
}
