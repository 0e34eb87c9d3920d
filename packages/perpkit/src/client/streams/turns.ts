import { type Clock, sleep } from '../../core/clock.ts'

/** What leaves later may be overtaken a little on the way. */
const SLACK_MS = 100
const SECOND_MS = 1_000

/** Lets at most so many go on in any second, in the order they ask; absent: all at once. */
export function createTurns(clock: Clock, perSecond: number | undefined): () => Promise<void> {
  /** When the last ones went on, or will. */
  let times: number[] = []
  return async () => {
    if (perSecond === undefined) return
    const now = clock.now()
    const before = times.at(-perSecond)
    const at = Math.max(now, before === undefined ? now : before + SECOND_MS + SLACK_MS)
    times = [...times, at].slice(-perSecond)
    if (at > now) await sleep(clock, at - now)
  }
}
