import type { EngineEvent } from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { accountPush, accountSnapshot } from './accountRows.ts'
import { algoRows } from './algoRows.ts'
import { userIdOf } from './login.ts'
import { fillRows, matchRows, orderRows } from './orderRows.ts'
import { positionPushes, positionSnapshot } from './positionRows.ts'
import { ALL, type Owner, type Push } from './pushes.ts'

/** How a topic tells what has happened, and its place among the others. */
interface PrivateTopic {
  rank: number
  /** One message each; `told` is the channel's own memory. */
  tell(owner: Owner, events: readonly EngineEvent[], told: Map<string, string>): readonly Push[]
  /** What is said of a scope at the beginning. */
  snapshot?(owner: Owner, scope: string): Push
}

export function isPrivateTopic(topic: string): boolean {
  return TOPICS.has(topic)
}

/**
 * The channel of a topic for an account and one contract, or all: docs/wire/htx.md 8.2. What one
 * call did is told topic by topic.
 * https://www.htx.com/en-us/opend/newApiPages/
 */
export function privateChannel(owner: Owner, name: string, scope: string): Channel {
  const topic = TOPICS.get(name)
  if (!topic) throw new Error(`there is no topic ${name}`)
  const { accountId, engine } = owner
  const told = new Map<string, string>()
  const say = ({ contract, data, event }: Push): PayloadObject => ({
    op: 'notify',
    topic: name,
    contract_code: contract,
    ts: engine.now(),
    uid: userIdOf(engine, accountId),
    ...(event !== undefined && { event }),
    data,
  })
  return {
    isPrivate: true,
    rank: topic.rank,
    welcome: () => (topic.snapshot ? [say(topic.snapshot(owner, scope))] : []),
    hear(events) {
      const own = events.filter((event) => isOf(owner, event))
      if (own.length === 0) return []
      return topic
        .tell(owner, own, told)
        .filter(({ contract }) => scope === ALL || contract === '' || contract === scope)
        .map(say)
    },
  }
}

const TOPICS: ReadonlyMap<string, PrivateTopic> = new Map<string, PrivateTopic>([
  ['match_orders', { rank: 1, tell: matchRows }],
  ['orders', { rank: 2, tell: orderRows }],
  ['trade', { rank: 3, tell: (_owner, events) => fillRows(events, 'short') }],
  ['trade_detail', { rank: 4, tell: (_owner, events) => fillRows(events, 'detailed') }],
  ['positions', { rank: 5, tell: positionPushes, snapshot: positionSnapshot }],
  ['account', { rank: 6, tell: accountPush, snapshot: accountSnapshot }],
  ['algo_orders', { rank: 7, tell: algoRows }],
])

function isOf({ accountId }: Owner, event: EngineEvent): boolean {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return event.order.accountId === accountId
    case 'conditional':
      return event.conditional.accountId === accountId
    case 'funding':
      return event.funding.accountId === accountId
    case 'leverage':
    case 'margin':
      return event.accountId === accountId
    case 'trade':
    case 'book':
      return false
  }
}
