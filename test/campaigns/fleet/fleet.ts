import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ExchangeName } from 'perpkit'
import { type RequestRow, startSimulator, type VenueName } from 'perpkit/simulator'
import { withRedis } from '../../../bench/fleet.ts'
import { type Budget, takenBy } from './budgets.ts'

// Several processes with one key ask one venue for all it allows, and share the budgets for it in a
// real Redis. Whether they stayed within, the venue tells.

export type Work = 'orders' | 'reads'

export interface FleetCampaign {
  name: ExchangeName
  venue: VenueName
  work: Work
  processes: number
  /** How long is measured. */
  steadyMs: number
}

export interface FleetReport {
  exchange: ExchangeName
  work: Work
  /** The one that was used most. */
  busiest: Use
  /** Requests of all processes that were answered. */
  requests: number
  /** As the venue counted them, over the whole run. */
  breaches: number
  /** Calls that failed in any process, by what they said. */
  errors: Readonly<Record<string, number>>
  /** How often a process had to go on without Redis. */
  lost: number
}

export interface Use extends Budget {
  /** Units in the steady part, and as many as the limit allowed in that time. */
  used: number
  allowed: number
}

/** What may go at once at the start has gone by then. */
const SETTLE_MS = 2_000
/** How long all go on beyond what is measured. */
const AFTER_MS = 200

export function playFleet(campaign: FleetCampaign): Promise<FleetReport> {
  return withRedis((redis) => playOn(redis, campaign))
}

async function playOn(redis: string, campaign: FleetCampaign): Promise<FleetReport> {
  const { name, venue, work, processes, steadyMs } = campaign
  const simulator = await startSimulator({ port: 0, venues: [venue] })
  const members: ChildProcess[] = []
  try {
    const options = { ...simulator.credentials(venue), baseUrl: simulator.url(venue) }
    const task = { name, options, work, redis, processes }
    // In turns: all of them starting at once would only show how busy this machine is.
    while (members.length < processes) {
      const member = fork(MEMBER)
      members.push(member)
      await answerTo(member, task)
    }
    const from = Date.now() + SETTLE_MS
    const to = from + steadyMs
    const told = await Promise.all(
      members.map((member) => answerTo(member, { endAt: to + AFTER_MS })),
    )
    const { requests } = await simulator.control.state({ venue })
    const { venues } = await simulator.control.verdict()
    const ends = told.map(readEnd)
    return {
      exchange: name,
      work,
      busiest: busiestOf(usesOf(venue, requests, { from, to })),
      requests: requests.filter(({ status }) => status === 200).length,
      breaches: venues[venue]?.limitBreaches ?? Number.NaN,
      errors: ends.reduce((all, { errors }) => sumOf(all, errors), {}),
      lost: ends.reduce((sum, end) => sum + end.lost, 0),
    }
  } finally {
    for (const member of members) member.kill()
    await simulator.close()
  }
}

const MEMBER = fileURLToPath(new URL('./member.js', import.meta.url))

/** Tells a process something and waits for what it says next. */
async function answerTo(member: ChildProcess, message: object): Promise<unknown> {
  const ended = once(member, 'exit').then(([code]): never => {
    throw new Error(`a process of the fleet ended early with ${String(code)}`)
  })
  // It may end when nobody waits for it any more.
  ended.catch(() => undefined)
  const answered = once(member, 'message')
  member.send(message)
  const [answer] = await Promise.race([answered, ended])
  return answer
}

interface End {
  errors: Record<string, number>
  lost: number
}

function readEnd(told: unknown): End {
  if (typeof told === 'object' && told !== null && 'errors' in told && 'lost' in told) {
    return told as End
  }
  throw new Error(`a process of the fleet said ${JSON.stringify(told)}`)
}

function sumOf(some: Record<string, number>, others: Record<string, number>) {
  const sum = { ...some }
  for (const [what, count] of Object.entries(others)) sum[what] = (sum[what] ?? 0) + count
  return sum
}

interface Span {
  from: number
  to: number
}

/** Of the steady part alone: what went at once at the start is before it. */
function usesOf(venue: VenueName, requests: readonly RequestRow[], span: Span): Use[] {
  const known = new Map<string, { budget: Budget; taken: { at: number; units: number }[] }>()
  for (const row of requests) {
    for (const { units, ...budget } of takenBy(venue, row)) {
      const of = known.get(budget.bucket) ?? { budget, taken: [] }
      known.set(budget.bucket, of)
      of.taken.push({ at: row.at, units })
    }
  }
  const lengthMs = span.to - span.from
  return [...known.values()].map(({ budget, taken }) => ({
    ...budget,
    used: paceOf(taken, span) * lengthMs,
    allowed: (budget.limit * lengthMs) / budget.windowMs,
  }))
}

const LOOK_EVERY_MS = 50

/**
 * Units in a millisecond: the slope of the straight line that fits the running count best, looked at
 * every 50 ms. Counted from end to end it would depend on which side of an end one request falls.
 */
function paceOf(taken: readonly { at: number; units: number }[], { from, to }: Span): number {
  const middle = (from + to) / 2
  let [above, below, count, next] = [0, 0, 0, 0]
  for (let time = from; time <= to; time += LOOK_EVERY_MS) {
    for (let one = taken[next]; one && one.at <= time; one = taken[next]) {
      count += one.units
      next += 1
    }
    above += (time - middle) * count
    below += (time - middle) ** 2
  }
  return above / below
}

function busiestOf(uses: readonly Use[]): Use {
  const [busiest] = [...uses].sort((a, b) => b.used / b.allowed - a.used / a.allowed)
  if (!busiest) throw new Error('no request reached the venue')
  return busiest
}
