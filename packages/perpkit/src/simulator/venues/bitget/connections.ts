import { sha256 } from '../../../core/bytes.ts'
import type { Engine } from '../../engine/types.ts'
import type { SocketLink } from '../../server/socketTypes.ts'
import type { Answer } from '../../server/types.ts'
import { json } from './replies.ts'

// How many connections an address may have: docs/wire/bitget.md 8.1.

const MOST_OPENED = 300
const WITHIN_MS = 300_000
const MOST_OPEN = 100

/** What an address has opened of late, and what of it is open. */
interface Visitor {
  times: number[]
  links: Set<SocketLink>
}

/** Counts one more connection; the answer that refuses it where it is one too many. */
export function admit(link: SocketLink): Answer | undefined {
  const now = link.clock.now()
  const visitor = visitorOf(link)
  for (const other of visitor.links) if (!other.isOpen) visitor.links.delete(other)
  visitor.times = visitor.times.filter((at) => at > now - WITHIN_MS && at <= now)
  visitor.times.push(now)
  const isTooMany = visitor.times.length > MOST_OPENED || visitor.links.size >= MOST_OPEN
  if (isTooMany && link.breach()) {
    return json(429, { code: '429', msg: 'Too Many Requests', requestTime: now, data: null })
  }
  visitor.links.add(link)
  return undefined
}

/** How the connection is called in its answers. */
export function connIdOf({ number }: Pick<SocketLink, 'number'>): string {
  return sha256(`connection ${number}`, 'hex').slice(0, 32)
}

function visitorOf({ engine, request: { remoteAddress } }: SocketLink): Visitor {
  const known = VISITORS.get(engine) ?? new Map<string, Visitor>()
  VISITORS.set(engine, known)
  const visitor = known.get(remoteAddress) ?? { times: [], links: new Set() }
  known.set(remoteAddress, visitor)
  return visitor
}

// Kept as long as the engine.
const VISITORS = new WeakMap<Engine, Map<string, Visitor>>()
