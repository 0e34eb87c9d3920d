import { nextFloat, type Random } from '../../core/random.ts'
import type { Operation, RejectReason, VenueName } from './types.ts'

/** Which requests a fault meets; what is absent matches everything. */
export interface FaultSelector {
  venue?: VenueName
  operation?: Operation
  /** Without the query; exact, or up to a trailing `*`. */
  path?: string
  method?: string
  /** An API key. */
  account?: string
  /** How many requests it meets before it is gone. Default: without end, until it is cleared. */
  times?: number
  /** Sockets only: the channel, in the venue's words; exact, or up to a trailing `*`. */
  topic?: string
  /** Chance of meeting a request that matches, above 0 up to 1 (default); from the seed. */
  probability?: number
}

/**
 * Which half of the way is hit: `request` (default) before the venue has looked at it, `answer`
 * after it has been executed.
 */
export type FaultStage = 'request' | 'answer'

export type FaultEffect =
  /** The connection is cut; nothing was executed. */
  | { kind: 'dropBefore' }
  /** Executed; the connection is cut before the answer. */
  | { kind: 'dropAfter' }
  /** Milliseconds of the simulator's clock. */
  | { kind: 'delay'; ms: number; stage?: FaultStage }
  /** A status and body of a gateway, not of the venue. An object is sent as JSON. */
  | { kind: 'status'; code: number; body?: string | Record<string, unknown>; stage?: FaultStage }
  /** The venue's own error, after its check of key and signature. */
  | { kind: 'rejectWith'; reason: RejectReason; stage?: FaultStage }
  /** Executed; the answer is no JSON any more. */
  | { kind: 'malformed' }
  /** Executed; only so many bytes of the answer's body arrive. */
  | { kind: 'truncateBody'; bytes: number }
  /** The venue's time is ahead by so many milliseconds, behind when negative. */
  | { kind: 'clockSkew'; ms: number }
  /** The venue's own answer while it is closed. */
  | { kind: 'maintenance' }
  /** The venue's own refusal of one request too many, whatever its counters say. */
  | { kind: 'rateLimit'; retryAfterMs: number }
  | SocketEffect

/**
 * Where a socket is hit: before it is open; as soon as it is open (default: those that are open
 * already at once); when a message of the client arrives; instead of an answer; at what is pushed.
 */
export const socketStages = ['handshake', 'connection', 'request', 'answer', 'push'] as const

export type SocketStage = (typeof socketStages)[number]

export type SocketEffect =
  /** Cut, without a close frame. */
  | { kind: 'disconnect'; stage?: SocketStage }
  /** From then on it answers pings and says nothing else. */
  | { kind: 'stall'; stage?: Exclude<SocketStage, 'handshake'> }
  /** A pushed message is not sent. */
  | { kind: 'skipMessage' }
  | { kind: 'duplicateMessage' }
  /** A pushed message comes after the next one. */
  | { kind: 'reorder' }
  /** Meets messages that carry a checksum alone. */
  | { kind: 'corruptChecksum' }
  /** Milliseconds of the simulator's clock; meets what is told of an account alone. */
  | { kind: 'delayPrivate'; ms: number }

export type FaultKind = FaultEffect['kind']

/** What goes wrong, and with which requests. */
export type Fault = FaultSelector & FaultEffect

export type SocketFault = FaultSelector & SocketEffect

/** What a selector is held against at a socket. */
export interface SocketSighting {
  venue: VenueName
  /** Of the request that opened it. */
  path: string
  account: string | undefined
  topic?: string
}

/** What a selector is held against. */
export interface Sighting {
  venue: VenueName
  operation?: Operation | undefined
  path: string
  method: string
  account?: string | undefined
}

/** Where on the way of a request a fault acts. */
export type FaultPlace = 'arrival' | 'refusal' | 'departure'

/** A fault that decides what becomes of the request. */
export type EndingFault = Exclude<FaultEffect, SocketEffect | { kind: 'delay' | 'clockSkew' }>

/** What the faults do to a request at one place. */
export interface Encounter {
  delayMs: number
  skewMs: number
  ending?: EndingFault
}

/** The faults in force, in order of injection. */
export class Faults {
  readonly #random: Random
  readonly #active = new Map<string, { fault: Fault; left: number }>()
  #issued = 0

  constructor(random: Random) {
    this.#random = random
  }

  inject(fault: Fault): string {
    const id = `fault-${++this.#issued}`
    const left = fault.times ?? Number.POSITIVE_INFINITY
    this.#active.set(id, { fault, left })
    return id
  }

  /** Takes one fault away, or all; how many that were. */
  clear(id?: string): number {
    if (id !== undefined) return this.#active.delete(id) ? 1 : 0
    const { size } = this.#active
    this.#active.clear()
    return size
  }

  /** Whether that id was ever given out. */
  wasIssued(id: string): boolean {
    const number = /^fault-([1-9]\d*)$/.exec(id)?.[1]
    return number !== undefined && Number(number) <= this.#issued
  }

  /**
   * What meets a request at a place, each fault used up by one. Delays and skews add up; of those
   * that end the request only the first one acts, and the others stay for the next request.
   */
  take(place: FaultPlace, sighting: Sighting): Encounter {
    const met: Encounter = { delayMs: 0, skewMs: 0 }
    for (const [id, active] of this.#active) {
      const { fault } = active
      if (isSocketFault(fault)) continue
      if (placeOf(fault) !== place || !matches(fault, sighting)) continue
      if (met.ending && isEnding(fault)) continue
      if (!this.#spend(id, active)) continue
      if (fault.kind === 'delay') met.delayMs += fault.ms
      else if (fault.kind === 'clockSkew') met.skewMs += fault.ms
      else met.ending = fault
    }
    return met
  }

  /** All that meet a socket at a stage, each used up by one; `canMeet`: whether it would matter. */
  meet(
    stage: SocketStage,
    sighting: SocketSighting,
    canMeet: (fault: SocketFault) => boolean,
  ): SocketFault[] {
    const met: SocketFault[] = []
    for (const [id, active] of this.#active) {
      const { fault } = active
      if (!isSocketFault(fault) || stageOf(fault) !== stage) continue
      if (!matchesSocket(fault, sighting) || !canMeet(fault)) continue
      if (this.#spend(id, active)) met.push(fault)
    }
    return met
  }

  /** Uses the fault up by one, if chance will have it. */
  #spend(id: string, active: { fault: Fault; left: number }): boolean {
    const { probability } = active.fault
    if (probability !== undefined && nextFloat(this.#random) >= probability) return false
    active.left -= 1
    if (active.left <= 0) this.#active.delete(id)
    return true
  }
}

const SOCKET_KINDS = [
  'disconnect',
  'stall',
  'skipMessage',
  'duplicateMessage',
  'reorder',
  'corruptChecksum',
  'delayPrivate',
] as const satisfies readonly SocketEffect['kind'][]

/** Whether it is one that requests over HTTP never meet. */
export function isSocketFault(fault: Fault): fault is SocketFault {
  return SOCKET_KINDS.some((kind) => kind === fault.kind)
}

function stageOf(fault: SocketFault): SocketStage {
  if (fault.kind === 'disconnect' || fault.kind === 'stall') return fault.stage ?? 'connection'
  return 'push'
}

function isEnding(fault: RequestFault): fault is FaultSelector & EndingFault {
  return fault.kind !== 'delay' && fault.kind !== 'clockSkew'
}

type RequestFault = FaultSelector & Exclude<FaultEffect, SocketEffect>

function placeOf(fault: RequestFault): FaultPlace {
  switch (fault.kind) {
    case 'dropBefore':
    case 'clockSkew':
    case 'maintenance':
    case 'rateLimit':
      return 'arrival'
    case 'delay':
    case 'status':
      return fault.stage === 'answer' ? 'departure' : 'arrival'
    case 'rejectWith':
      return fault.stage === 'answer' ? 'departure' : 'refusal'
    case 'dropAfter':
    case 'malformed':
    case 'truncateBody':
      return 'departure'
  }
}

function matches(fault: FaultSelector, sighting: Sighting): boolean {
  return (
    isWanted(fault.venue, sighting.venue) &&
    isWanted(fault.operation, sighting.operation) &&
    isWanted(fault.method, sighting.method) &&
    isWanted(fault.account, sighting.account) &&
    (fault.path === undefined || matchesPath(fault.path, sighting.path))
  )
}

function matchesSocket(fault: FaultSelector, sighting: SocketSighting): boolean {
  return (
    isWanted(fault.venue, sighting.venue) &&
    isWanted(fault.account, sighting.account) &&
    (fault.path === undefined || matchesPath(fault.path, sighting.path)) &&
    (fault.topic === undefined ||
      (sighting.topic !== undefined && matchesPath(fault.topic, sighting.topic)))
  )
}

function isWanted(wanted: string | undefined, seen: string | undefined): boolean {
  return wanted === undefined || wanted === seen
}

/** A path, or everything up to a trailing `*`. */
export function matchesPath(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}
