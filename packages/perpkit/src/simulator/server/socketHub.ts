import type { Clock } from '../../core/clock.ts'
import type { EngineEvent, EngineListener } from '../engine/types.ts'
import { ChannelRoom, type Member } from './channelRoom.ts'
import { crashOf } from './ledger.ts'
import {
  SocketConnection,
  type SocketFloor,
  type SocketHost,
  type SocketWire,
} from './socketConnection.ts'
import type { Channel } from './socketTypes.ts'
import type { Answer, RawRequest } from './types.ts'
import { createVenueClock } from './venueClock.ts'

/** The sockets of one venue: who is connected, and which channels are on. */
export class SocketHub implements EngineListener, SocketFloor {
  readonly #host: SocketHost
  readonly #clock: Clock
  readonly #connections = new Set<SocketConnection>()
  readonly #rooms = new Map<string, ChannelRoom>()
  #events: EngineEvent[] = []
  #isTelling = false
  #opened = 0
  #wake: { at: number; cancel: () => void } | undefined

  constructor(host: SocketHost) {
    this.#host = host
    this.#clock = host.clock
  }

  /** Opens a connection, or says why not; `undefined`: cut before it was open. */
  open(request: RawRequest, wire: SocketWire): SocketConnection | Answer | undefined {
    const { venue, machine } = this.#host
    if (!venue.sockets) return venue.notFound(request, createVenueClock(this.#clock, 0, machine))
    this.#opened++
    const connection = new SocketConnection(this.#host, this, {
      request,
      wire,
      number: this.#opened,
    })
    const refused = connection.begin(venue.sockets)
    if (refused === 'cut') return undefined
    if (refused) return refused
    this.#connections.add(connection)
    return connection
  }

  /** Lets faults meet the connections there are; called when one was injected. */
  meetFaults(): void {
    for (const connection of [...this.#connections]) connection.meetFaults('connection')
  }

  /** Cuts everything: no close frame, as when the machine behind it goes down. */
  cutAll(): void {
    for (const connection of [...this.#connections]) connection.cut()
  }

  forget(connection: SocketConnection): void {
    this.#connections.delete(connection)
  }

  join(name: string, member: Member, make: () => Channel): void {
    let room = this.#rooms.get(name)
    if (!room) {
      if (this.#rooms.size === 0) this.#host.engine.listen(this)
      room = new ChannelRoom(name, make(), {
        clock: this.#clock,
        crashed: (channel, error) => this.#crashed(channel, error),
      })
      this.#rooms.set(name, room)
    }
    room.add(member)
    this.#wakeWhenDue()
  }

  welcome(name: string, member: Member): void {
    this.#rooms.get(name)?.welcome(member)
  }

  leave(name: string, member: Member): void {
    const room = this.#rooms.get(name)
    if (!room) return
    room.remove(member)
    if (room.size > 0) return
    this.#rooms.delete(name)
    if (this.#rooms.size > 0) return
    this.#host.engine.listen(undefined)
    this.#events = []
    this.#wake?.cancel()
    this.#wake = undefined
  }

  happened(event: EngineEvent): void {
    this.#events.push(event)
  }

  /** A call is over: it may have told something, or set a time for something. */
  finished(): void {
    if (this.#isTelling) return
    if (this.#events.length > 0) this.#tell()
    this.#wakeWhenDue()
  }

  /** Tells the channels what happened. What they ask of the engine may let more happen. */
  #tell(): void {
    this.#isTelling = true
    try {
      while (this.#events.length > 0) {
        const events = this.#events
        this.#events = []
        const rooms = [...this.#rooms.values()].sort((a, b) => a.rank - b.rank)
        for (const room of rooms) room.hear(events)
      }
    } finally {
      this.#isTelling = false
    }
  }

  #crashed(channel: string, error: unknown): void {
    const { ledger, keys, venue } = this.#host
    const { where, name, place } = crashOf(error)
    const entry = { venue: venue.name, where, name, request: `WS ${channel}` }
    ledger.note(entry, place, (text) => keys.isIn(text))
  }

  /** The engine moves only when it is called: what is due of its own accord is called for. */
  #wakeWhenDue(): void {
    const { engine } = this.#host
    const at = this.#rooms.size === 0 ? undefined : engine.nextEventAt()
    if (at === this.#wake?.at) return
    this.#wake?.cancel()
    this.#wake = undefined
    if (at === undefined) return
    const cancel = this.#clock.after(at - this.#clock.now(), () => {
      this.#wake = undefined
      engine.catchUp()
      this.#wakeWhenDue()
    })
    this.#wake = { at, cancel }
  }
}
