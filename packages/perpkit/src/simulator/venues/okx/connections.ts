import type { Engine } from '../../engine/types.ts'
import type { SocketLink } from '../../server/socketTypes.ts'

// Who is connected: some limits count several connections (docs/wire/okx.md 7 and 8.1).

const MOST_OPENED = 3
const OPENED_MS = 1_000

/** How many connections of an account may be subscribed to the same private channel. */
export const MOST_PER_CHANNEL = 30

/** Connections of one venue. */
class Roster {
  readonly #openedAt = new Map<string, number[]>()
  readonly #channels = new Map<SocketLink, Set<string>>()

  /** Counts a connection of that address that is to be opened; `false`: one too many. */
  admit(link: SocketLink): boolean {
    const now = link.clock.now()
    const address = link.request.remoteAddress
    const recent = (this.#openedAt.get(address) ?? []).filter((at) => at > now - OPENED_MS)
    if (recent.length >= MOST_OPENED && link.breach()) return false
    this.#openedAt.set(address, [...recent, now])
    return true
  }

  /** How many connections of the account have that channel, this one with it. */
  join(link: SocketLink, channel: string): number {
    this.#forgetClosed()
    const own = this.#channels.get(link) ?? new Set()
    this.#channels.set(link, own.add(channel))
    const all = [...this.#channels].filter(([other, channels]) => {
      return other.accountId === link.accountId && channels.has(channel)
    })
    return all.length
  }

  leave(link: SocketLink, channel: string): void {
    this.#channels.get(link)?.delete(channel)
  }

  #forgetClosed(): void {
    for (const link of [...this.#channels.keys()]) {
      if (!link.isOpen) this.#channels.delete(link)
    }
  }
}

/** The roster of the venue with that engine. */
export function rosterOf(engine: Engine): Roster {
  const known = rosters.get(engine)
  if (known) return known
  const roster = new Roster()
  rosters.set(engine, roster)
  return roster
}

const rosters = new WeakMap<Engine, Roster>()
