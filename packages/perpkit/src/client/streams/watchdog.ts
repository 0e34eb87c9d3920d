import { type Clock, sleep } from '../../core/clock.ts'
import type { SocketRoute } from '../definition.ts'

/** Silence of this length is looked into. */
export const QUIET_MS = 3_000
/** What the exchange already knows arrives within this time on a connection that lives. */
const GRACE_MS = 2_000
const MAX_QUESTIONS = 3

export interface Suspect {
  route: SocketRoute
  clock: Clock
  /** Exchange time, asked for. */
  serverTime(): Promise<number>
  lastDataAt(): number
  /** Of the listeners, the busiest first. */
  questions: readonly (() => Promise<boolean>)[]
}

/**
 * Whether a silent connection is a dead one. A quiet market is no stall: the exchange itself must
 * know something that we were not told, and still not tell it.
 */
export async function isStalled(suspect: Suspect): Promise<boolean> {
  const { route, clock, serverTime, lastDataAt, questions } = suspect
  const before = lastDataAt()
  const isSilent = (): boolean => lastDataAt() === before
  if (route.pulse) {
    const asked = await serverTime()
    await sleep(clock, GRACE_MS)
    return isSilent() && (await serverTime()) - asked >= route.pulse.everyMs && isSilent()
  }
  for (const isBehind of questions.slice(0, MAX_QUESTIONS)) {
    if (!(await isBehind())) continue
    if (!isSilent()) return false
    await sleep(clock, GRACE_MS)
    return isSilent()
  }
  return false
}
