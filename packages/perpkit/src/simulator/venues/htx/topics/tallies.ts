import type { Engine } from '../../../engine/types.ts'
import type { SocketLink } from '../../../server/socketTypes.ts'

// What is counted over several connections: docs/wire/htx.md 7.

const MOST_PER_ADDRESS = 100
const MOST_PER_USER = 30
const SECOND_MS = 1_000

/** Counts down what may still come within the last second. */
export class Pace {
  readonly #most: number
  #times: number[] = []

  constructor(most: number) {
    this.#most = most
  }

  /** Whether one more at that time is too many; only others are counted. */
  isExceeded(now: number): boolean {
    // The clock of a simulator can be set back.
    this.#times = this.#times.filter((time) => time > now - SECOND_MS && time <= now)
    if (this.#times.length >= this.#most) return true
    this.#times.push(now)
    return false
  }
}

/** The pace of all connections from one address. */
export function addressPace({ engine, request }: SocketLink): Pace {
  const { paces } = tallyOf(engine)
  const known = paces.get(request.remoteAddress)
  if (known) return known
  const pace = new Pace(MOST_PER_ADDRESS)
  paces.set(request.remoteAddress, pace)
  return pace
}

/** Takes a connection in for an account, or says that there are too many. */
export function isOneTooMany(link: SocketLink, accountId: string): boolean {
  const { links } = tallyOf(link.engine)
  const open = (links.get(accountId) ?? []).filter((other) => other.isOpen)
  const hasRoom = open.length < MOST_PER_USER
  links.set(accountId, hasRoom ? [...open, link] : open)
  return !hasRoom && link.breach()
}

/** What `version` of a row of an account is now; each push of it counts one more. */
export function versionOf(engine: Engine, row: string, step: 0 | 1): number {
  const { versions } = tallyOf(engine)
  const version = (versions.get(row) ?? 1) + step
  versions.set(row, version)
  return version
}

interface Tally {
  paces: Map<string, Pace>
  links: Map<string, SocketLink[]>
  versions: Map<string, number>
}

const byEngine = new WeakMap<Engine, Tally>()

function tallyOf(engine: Engine): Tally {
  const known = byEngine.get(engine)
  if (known) return known
  const tally: Tally = { paces: new Map(), links: new Map(), versions: new Map() }
  byEngine.set(engine, tally)
  return tally
}
