import type { Clock } from '../../core/clock.ts'
import type { Engine } from '../engine/types.ts'
import type { Member } from './channelRoom.ts'
import type { Faults, SocketFault, SocketSighting, SocketStage } from './faults.ts'
import type { Keys } from './keys.ts'
import type { Latencies, Ways } from './latencies.ts'
import { crashOf, type Ledger, unknownHeaders } from './ledger.ts'
import { PushLine } from './pushLine.ts'
import {
  type Channel,
  isHandler,
  type Payload,
  type SocketFrame,
  type SocketHandler,
  type SocketLink,
  type SocketRequest,
  type VenueSockets,
} from './socketTypes.ts'
import type { Answer, RawRequest, Venue, VenueClock, Witness } from './types.ts'
import { createVenueClock, type Machine } from './venueClock.ts'
import { Way } from './way.ts'

/** The near end of a connection, whatever carries it. */
export interface SocketWire {
  send(frame: SocketFrame): void
  ping(): void
  close(code: number, reason: string): void
  /** Without a close frame. */
  destroy(): void
}

/** What sockets know of their venue. */
export interface SocketHost {
  venue: Venue
  engine: Engine
  clock: Clock
  machine: Machine | undefined
  keys: Keys
  faults: Faults
  latencies: Latencies
  ledger: Ledger
  witness: Witness
  enforcesLimits: boolean
  /** Handles a message as a request; what is told says whether it could be said. */
  submit(request: RawRequest, tell: (answer: Answer | undefined) => boolean): void
}

type Tell = (answer: Answer) => void

/** The place with the channels. */
export interface SocketFloor {
  join(channel: string, member: Member, make: () => Channel): void
  welcome(channel: string, member: Member): void
  leave(channel: string, member: Member): void
  forget(connection: SocketConnection): void
}

/** What a connection is made of besides its host and hub. */
export interface ConnectionParts {
  request: RawRequest
  wire: SocketWire
  number: number
}

/** One client's connection to a venue: faults and ledger between the wire and the handler. */
export class SocketConnection implements SocketLink {
  readonly request: RawRequest
  readonly number: number
  readonly clock: VenueClock
  readonly engine: Engine
  readonly keys: Keys
  accountId = ''
  label: string
  readonly #host: SocketHost
  readonly #floor: SocketFloor
  readonly #wire: SocketWire
  readonly #line: PushLine
  readonly #there: Way
  readonly #back: Way
  readonly #channels = new Set<string>()
  readonly #tasks = new Set<() => void>()
  /** Joined and not yet welcomed: that is said after the acknowledgement. */
  #fresh: string[] = []
  #handler: SocketHandler | undefined
  #isOpen = true
  #isStalled = false
  #heardAt: number
  #saidAt: number

  constructor(host: SocketHost, floor: SocketFloor, { request, wire, number }: ConnectionParts) {
    this.#host = host
    this.#floor = floor
    this.#wire = wire
    this.request = request
    this.number = number
    this.engine = host.engine
    this.keys = host.keys
    this.clock = createVenueClock(host.clock, 0, host.machine)
    this.label = request.path
    this.#heardAt = host.clock.now()
    this.#saidAt = this.#heardAt
    this.#there = new Way(host.clock, () => this.#ways().there)
    this.#back = new Way(host.clock, () => this.#ways().back)
    this.#line = new PushLine(host.clock, (frame) => this.#say(frame))
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get heardAt(): number {
    return this.#heardAt
  }

  get saidAt(): number {
    return this.#saidAt
  }

  /** Begins the handler: `'cut'`, or the answer that refuses it, when there is none. */
  begin(sockets: VenueSockets): Answer | 'cut' | undefined {
    for (const name of unknownHeaders(this.request, new Set(sockets.knownHeaders ?? []))) {
      this.#note('header', name, undefined)
    }
    this.meetFaults('handshake')
    if (!this.#isOpen) return 'cut'
    const handler = sockets.open(this)
    // A fault may have met what the venue submits for the handshake.
    if (!this.#isOpen) return 'cut'
    if (!isHandler(handler)) return handler
    this.#handler = handler
    return undefined
  }

  /** The client can hear from here on. */
  opened(): void {
    this.#handler?.onOpen?.()
    this.meetFaults('connection')
  }

  /** The client has sent a message, which arrives in its time. */
  receive(message: SocketFrame): void {
    if (this.#isOpen) this.#there.send(() => this.#hear(message))
  }

  #hear(message: SocketFrame): void {
    if (!this.#isOpen) return
    this.#heardAt = this.#host.clock.now()
    this.meetFaults('request')
    if (!this.#isOpen) return
    try {
      this.#handler?.onMessage(message)
    } catch (error) {
      this.#crashed(error)
    }
    this.#welcome()
  }

  /** The client has sent a ping, which whatever carries the connection has answered. */
  pinged(): void {
    this.#heardAt = this.#host.clock.now()
    this.#handler?.onPing?.()
  }

  ponged(): void {
    this.#heardAt = this.#host.clock.now()
    this.#handler?.onPong?.()
  }

  /** The client has gone: what is on its way to it is lost. */
  ended(): void {
    this.#back.stop()
    this.#end()
  }

  #end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#there.stop()
    for (const cancel of this.#tasks) cancel()
    this.#tasks.clear()
    this.#line.stop()
    for (const channel of this.#channels) this.#floor.leave(channel, this)
    this.#channels.clear()
    this.#floor.forget(this)
  }

  reply(frame: SocketFrame): void {
    this.meetFaults('answer')
    this.#line.add(frame, 0)
  }

  submit(message: SocketRequest, tell: Tell): void {
    const { label, query = '', headers = {}, body = '', provesItself, ...twin } = message
    const { remoteAddress } = this.request
    const accountId = provesItself ? '' : this.accountId
    const socket = { label: `${this.label} ${label}`, accountId }
    const request: RawRequest = { ...twin, query, headers, body, remoteAddress, socket }
    this.#host.submit(request, (answer) => {
      if (!this.#isOpen) return false
      if (answer) tell(answer)
      else this.cut()
      return this.#isOpen
    })
  }

  pong(frame: SocketFrame): void {
    if (!this.#isOpen) return
    this.#send(frame)
  }

  ping(): void {
    if (this.#isOpen) this.#wire.ping()
  }

  push(channel: string, payload: Payload, isPrivate: boolean): void {
    if (!this.#isOpen) return
    const { faults, venue } = this.#host
    const corrupted = venue.sockets?.corruptChecksum?.(payload)
    const canMeet = (fault: SocketFault): boolean =>
      (fault.kind !== 'corruptChecksum' || corrupted !== undefined) &&
      (fault.kind !== 'delayPrivate' || isPrivate)
    const met = faults.meet('push', { ...this.#sighting(), topic: channel }, canMeet)
    for (const fault of met) this.#suffer(fault)
    if (!this.#isOpen) return
    const has = (kind: SocketFault['kind']): boolean => met.some((fault) => fault.kind === kind)
    if (has('skipMessage')) return
    const said = has('corruptChecksum') && corrupted ? corrupted : payload
    const frame = this.#handler?.frame?.(channel, said) ?? JSON.stringify(said)
    if (has('reorder')) {
      this.#line.hold(frame)
      return
    }
    const delayMs = met.reduce(
      (sum, fault) => sum + (fault.kind === 'delayPrivate' ? fault.ms : 0),
      0,
    )
    this.#line.push(frame, { delayMs, isPrivate })
    if (has('duplicateMessage')) this.#line.push(frame, { delayMs, isPrivate })
  }

  join(channel: string, make: () => Channel): boolean {
    if (this.#channels.has(channel)) return false
    this.#channels.add(channel)
    this.#floor.join(channel, this, make)
    this.#fresh.push(channel)
    return true
  }

  leave(channel: string): boolean {
    if (!this.#channels.delete(channel)) return false
    this.#floor.leave(channel, this)
    return true
  }

  channels(): string[] {
    return [...this.#channels]
  }

  after(ms: number, task: () => void): () => void {
    const cancel = this.#host.clock.after(ms, () => {
      this.#tasks.delete(cancel)
      task()
    })
    this.#tasks.add(cancel)
    return () => {
      this.#tasks.delete(cancel)
      cancel()
    }
  }

  close(code: number, reason = ''): void {
    if (!this.#isOpen) return
    this.#end()
    this.#back.send(() => this.#wire.close(code, reason))
  }

  cut(): void {
    if (!this.#isOpen) return
    this.ended()
    this.#wire.destroy()
  }

  breach(): boolean {
    this.#host.witness.breached()
    return this.#host.enforcesLimits
  }

  unknown(where: 'parameter' | 'value' | 'path', name: string, value?: unknown): void {
    this.#note(where, name, value)
  }

  /** Lets faults of that stage do what they do to a connection. */
  meetFaults(stage: SocketStage): void {
    if (!this.#isOpen) return
    const canMeet = (fault: SocketFault): boolean => fault.kind !== 'stall' || !this.#isStalled
    const met = this.#host.faults.meet(stage, this.#sighting(), canMeet)
    for (const fault of met) this.#suffer(fault)
    // Streams that a path asks for begin here, and not with an acknowledgement.
    if (stage === 'connection') this.#welcome()
  }

  #suffer({ kind }: SocketFault): void {
    if (kind === 'stall') this.#isStalled = true
    if (kind === 'disconnect') this.cut()
  }

  #welcome(): void {
    const fresh = this.#fresh
    this.#fresh = []
    for (const channel of fresh) this.#floor.welcome(channel, this)
  }

  #say(frame: SocketFrame): void {
    if (this.#isOpen && !this.#isStalled) this.#send(frame)
  }

  #send(frame: SocketFrame): void {
    this.#saidAt = this.#host.clock.now()
    this.#back.send(() => this.#wire.send(frame))
  }

  #ways(): Ways {
    const { latencies, keys, venue } = this.#host
    return latencies.waysOf(venue.name, () => keys.keyOf(this.accountId))
  }

  #sighting(): SocketSighting {
    return {
      venue: this.#host.venue.name,
      path: this.request.path,
      account: this.#host.keys.keyOf(this.accountId),
    }
  }

  #crashed(error: unknown): void {
    const { where, name, place } = crashOf(error)
    this.#note(where, name, place)
  }

  #note(
    where: 'parameter' | 'value' | 'path' | 'header' | 'crash',
    name: string,
    value: unknown,
  ): void {
    const { ledger, keys, venue } = this.#host
    const entry = { venue: venue.name, where, name, request: `WS ${this.label}` }
    ledger.note(entry, value, (text) => keys.isIn(text))
  }
}
