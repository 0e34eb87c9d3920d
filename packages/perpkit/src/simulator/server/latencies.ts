import type { VenueName } from './types.ts'

/** How far away a venue is. */
export interface Latency {
  /** Absent: every venue. */
  venue?: VenueName
  /** An API key of that venue; absent: everybody. */
  account?: string
  /** There and back again, in milliseconds. */
  ms: number
}

/** The ways of a round trip: together it, and whole milliseconds each. */
export interface Ways {
  there: number
  back: number
}

/** How long requests, answers and messages of sockets are on their way. */
export class Latencies {
  /** Latest first. */
  #all: Latency[] = []

  /** From now on; what was said before of the same, or of a part of it, is forgotten. */
  set(latency: Latency): void {
    this.#all = [latency, ...this.#all.filter((old) => !isWithin(old, latency))]
  }

  /** Of who sends or hears something now; `account` is asked for where it matters. */
  waysOf(venue: VenueName, account: () => string | undefined): Ways {
    const fits = (one: Latency): boolean =>
      (one.venue === undefined || one.venue === venue) &&
      (one.account === undefined || one.account === account())
    const ms = this.#all.find(fits)?.ms ?? 0
    const there = Math.floor(ms / 2)
    return { there, back: ms - there }
  }
}

function isWithin(part: Latency, whole: Latency): boolean {
  return (
    (whole.venue === undefined || whole.venue === part.venue) &&
    (whole.account === undefined || whole.account === part.account)
  )
}
