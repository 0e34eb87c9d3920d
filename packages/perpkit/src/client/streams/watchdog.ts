import { type Clock, sleep } from '../../core/clock.ts'
import type { SocketRoute } from '../definition.ts'
import type { TopicListener } from './topics.ts'

/** Silence of a connection of this length is looked into. */
const QUIET_MS = 3_000
/** And that of one topic, also where others speak: one of them each time. */
const MUTE_MS = 4_000
const LOOK_EVERY_MS = 1_000
const ASK_EVERY_MS = 2_000
/** What the exchange already knows arrives within this time on a connection that lives. */
const GRACE_MS = 2_000
const MAX_QUESTIONS = 3

/** A topic that is subscribed. */
export interface SilentTopic {
  readonly name: string
  readonly heardAt: number
  /** When its silence was looked into last. */
  lookedAt: number
  readonly listener: Pick<TopicListener, 'isBehind'>
}

/** One connection, as its watchdog sees it. */
export interface Watched {
  readonly route: SocketRoute
  readonly clock: Clock
  /** Exchange time, asked for. */
  serverTime(): Promise<number>
  lastDataAt(): number
  topics(): SilentTopic[]
  /** As long as the connection lives. */
  every(ms: number, task: () => void): void
  stalled(): void
  mute(topic: SilentTopic): void
}

/**
 * Tells a silent connection, or a silent topic on one that speaks, from a quiet market: the exchange
 * itself must know something that we were not told, and still not tell it.
 */
export function watchSilence(watched: Watched): void {
  const { clock, route, every } = watched
  let lookedAt = clock.now()
  let isLooking = false
  every(LOOK_EVERY_MS, () => {
    const since = Math.max(watched.lastDataAt(), lookedAt)
    if (isLooking || clock.now() - since < QUIET_MS) return
    isLooking = true
    void isStalled(watched)
      // What cannot be asked cannot be told to be late.
      .catch(() => false)
      .then((isDead) => {
        isLooking = false
        lookedAt = clock.now()
        if (isDead) watched.stalled()
      })
  })
  // Private topics hang together: the account is compared as a whole.
  if (route.access === 'public') watchTopics(watched)
}

async function isStalled(watched: Watched): Promise<boolean> {
  const { route, clock, serverTime, lastDataAt } = watched
  const before = lastDataAt()
  const isSilent = (): boolean => lastDataAt() === before
  if (route.pulse) {
    const asked = await serverTime()
    await sleep(clock, GRACE_MS)
    return isSilent() && (await serverTime()) - asked >= route.pulse.everyMs && isSilent()
  }
  // The busiest first.
  const topics = watched.topics().sort((a, b) => b.heardAt - a.heardAt)
  for (const topic of topics.slice(0, MAX_QUESTIONS)) {
    if (!(await isBehind(topic))) continue
    if (!isSilent()) return false
    await sleep(clock, GRACE_MS)
    return isSilent()
  }
  return false
}

/** Asks about the topic that was silent longest. */
function watchTopics({ clock, topics, every, mute }: Watched): void {
  const sinceOf = ({ heardAt, lookedAt }: SilentTopic): number => Math.max(heardAt, lookedAt)
  let isAsking = false
  every(ASK_EVERY_MS, () => {
    const [topic] = topics().sort((a, b) => sinceOf(a) - sinceOf(b))
    if (isAsking || !topic || clock.now() - sinceOf(topic) < MUTE_MS) return
    isAsking = true
    void isMute(topic, clock)
      .catch(() => false)
      .then((isLate) => {
        isAsking = false
        topic.lookedAt = clock.now()
        if (isLate) mute(topic)
      })
  })
}

async function isBehind({ listener }: SilentTopic): Promise<boolean> {
  return (await listener.isBehind?.()) ?? false
}

async function isMute(topic: SilentTopic, clock: Clock): Promise<boolean> {
  const before = topic.heardAt
  if (!(await isBehind(topic)) || topic.heardAt !== before) return false
  await sleep(clock, GRACE_MS)
  return topic.heardAt === before
}
