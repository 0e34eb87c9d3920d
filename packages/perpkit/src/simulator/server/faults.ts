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
  /** Milliseconds of the simulator's clock; of the machine's when the clock is manual. */
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

export type FaultKind = FaultEffect['kind']

/** What goes wrong, and with which requests. */
export type Fault = FaultSelector & FaultEffect

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
export type EndingFault = Exclude<FaultEffect, { kind: 'delay' | 'clockSkew' }>

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
      if (placeOf(fault) !== place || !matches(fault, sighting)) continue
      if (met.ending && isEnding(fault)) continue
      if (fault.probability !== undefined && nextFloat(this.#random) >= fault.probability) continue
      active.left -= 1
      if (active.left <= 0) this.#active.delete(id)
      if (fault.kind === 'delay') met.delayMs += fault.ms
      else if (fault.kind === 'clockSkew') met.skewMs += fault.ms
      else met.ending = fault
    }
    return met
  }
}

function isEnding(fault: Fault): boolean {
  return fault.kind !== 'delay' && fault.kind !== 'clockSkew'
}

function placeOf(fault: Fault): FaultPlace {
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

function isWanted(wanted: string | undefined, seen: string | undefined): boolean {
  return wanted === undefined || wanted === seen
}

/** A path, or everything up to a trailing `*`. */
export function matchesPath(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}
