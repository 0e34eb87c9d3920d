import type { Clock } from '../../core/clock.ts'
import type { EngineEvent } from '../engine/types.ts'
import type { Channel, Payload } from './socketTypes.ts'

/** Who is in a channel. */
export interface Member {
  push(channel: string, payload: Payload, isPrivate: boolean): void
}

/** What a room needs of the place it is in. */
export interface RoomPlace {
  clock: Clock
  /** A channel broke while it was making something up: no client's fault. */
  crashed(channel: string, error: unknown): void
}

/** One channel with its members, its clock and what has gathered since it last spoke. */
export class ChannelRoom {
  readonly #name: string
  readonly #channel: Channel
  readonly #place: RoomPlace
  readonly #members = new Set<Member>()
  #isStirred = false
  #timer: { at: number; cancel: () => void } | undefined

  constructor(name: string, channel: Channel, place: RoomPlace) {
    this.#name = name
    this.#channel = channel
    this.#place = place
  }

  get rank(): number {
    return this.#channel.rank ?? 0
  }

  get size(): number {
    return this.#members.size
  }

  add(member: Member): void {
    this.#members.add(member)
    this.#schedule()
  }

  /** What a new member hears; apart from joining, so that it is said after the acknowledgement. */
  welcome(member: Member): void {
    if (!this.#members.has(member)) return
    for (const payload of this.#made(() => this.#channel.welcome?.())) this.#say(member, payload)
  }

  remove(member: Member): void {
    this.#members.delete(member)
    if (this.#members.size === 0) this.#stop()
  }

  hear(events: readonly EngineEvent[]): void {
    const { hear, isStirredBy } = this.#channel
    if (hear) this.#sayAll(this.#made(() => hear.call(this.#channel, events)))
    for (const event of isStirredBy ? events : []) {
      if (isStirredBy?.call(this.#channel, event)) this.#isStirred = true
    }
    this.#schedule()
  }

  #collect(): void {
    this.#timer = undefined
    this.#isStirred = false
    this.#sayAll(this.#made(() => this.#channel.collect?.(this.#place.clock.now())))
    this.#schedule()
  }

  #made(make: () => readonly Payload[] | undefined): readonly Payload[] {
    try {
      return make() ?? []
    } catch (error) {
      this.#place.crashed(this.#name, error)
      return []
    }
  }

  #sayAll(payloads: readonly Payload[]): void {
    for (const payload of payloads) {
      for (const member of [...this.#members]) this.#say(member, payload)
    }
  }

  #say(member: Member, payload: Payload): void {
    member.push(this.#name, payload, this.#channel.isPrivate === true)
  }

  #schedule(): void {
    const at = this.#members.size === 0 ? undefined : this.#dueAt()
    // One that waits keeps its time: what happens at that very moment must not put it off.
    if (at !== undefined && this.#timer && this.#timer.at <= at) return
    this.#stop()
    if (at === undefined) return
    this.#wait(at)
  }

  #wait(at: number): void {
    const { clock } = this.#place
    const cancel = clock.after(at - clock.now(), () => {
      // The machine's timers can be a millisecond early, which would say the same thing twice.
      if (clock.now() < at) this.#wait(at)
      else this.#collect()
    })
    this.#timer = { at, cancel }
  }

  #dueAt(): number | undefined {
    const { everyMs, isStirredBy } = this.#channel
    const now = this.#place.clock.now()
    const further = this.#channel.nextAt?.(now)
    if (everyMs === undefined || (isStirredBy && !this.#isStirred)) return further
    const next = (Math.floor(now / everyMs) + 1) * everyMs
    return further === undefined ? next : Math.min(next, further)
  }

  #stop(): void {
    this.#timer?.cancel()
    this.#timer = undefined
  }
}
