import type { Params } from '../../server/params.ts'
import type { Answer, Handling } from '../../server/types.ts'
import { flagOf, textOf, wholeOf, wordOf } from './fields.ts'
import { accountUidOf, uuidOf } from './ids.ts'
import { findListingLoosely } from './instruments.ts'
import { iso } from './numbers.ts'
import { json, listRefusal } from './replies.ts'

// Pages of the history service: docs/wire/kraken.md 4.8, "Common".

export interface HistoryEvent {
  /** What the uid of the element follows from. */
  seed: string
  timestamp: number
  /** The venue's name of the contract it is about. */
  tradeable: string
  /** Filters it passes: `opened`, `closed`. */
  kinds: readonly string[]
  event: Record<string, unknown>
}

export const pageNames: readonly string[] = [
  'since',
  'before',
  'sort',
  'count',
  'continuation_token',
  // One client sends it where `since` is meant (docs/wire/kraken.md 9).
  'from',
]

/** Filters of one group are joined by OR, the groups by AND. */
export type FilterGroups = readonly (readonly string[])[]

/** Most elements of one answer; more are cut off silently. */
const MOST_ELEMENTS = 1_000

/** The events asked for, in pages; those of an account have filters and say whose they are. */
export function answerPage(
  handling: Handling,
  all: readonly HistoryEvent[],
  groups?: FilterGroups,
): Answer {
  const { accountId, clock, params } = handling
  const since = wholeOf(params, 'since')
  const before = wholeOf(params, 'before')
  const sorts = { words: ['asc', 'desc'] as const, called: 'sort' }
  const sort = wordOf(handling, params, 'sort', sorts) ?? 'desc'
  const count = Math.min(wholeOf(params, 'count') ?? MOST_ELEMENTS, MOST_ELEMENTS)
  const offset = readToken(params)
  const isPrivate = groups !== undefined
  const filter = groups ? readFilter(handling, groups) : () => true
  const wanted = all
    .filter(({ timestamp }) => since === undefined || timestamp >= since)
    .filter(({ timestamp }) => before === undefined || timestamp < before)
    .filter(filter)
    .sort((a, b) => a.timestamp - b.timestamp)
  if (sort === 'desc') wanted.reverse()
  const page = wanted.slice(offset, offset + count)
  const next = offset + page.length
  const token = next < wanted.length ? Buffer.from(String(next)).toString('base64') : undefined
  const answer = json(200, {
    ...(isPrivate && { accountUid: accountUidOf(accountId) }),
    elements: page.map(({ event, seed, timestamp }) => ({ uid: uuidOf(seed), timestamp, event })),
    len: page.length,
    ...(token !== undefined && { continuationToken: token }),
    ...(isPrivate && { serverTime: iso(clock.now()) }),
  })
  if (token === undefined) return answer
  const headers = { ...answer.headers, 'next-continuation-token': token, 'is-truncated': 'true' }
  return { ...answer, headers }
}

function readFilter(handling: Handling, groups: FilterGroups): (event: HistoryEvent) => boolean {
  const { params } = handling
  const asked = textOf(params, 'tradeable')
  const tradeable = asked === undefined ? undefined : (findListingLoosely(asked)?.native ?? asked)
  const wanted = groups
    .map((names) => names.filter((name) => flagOf(handling, params, name)))
    .filter((names) => names.length > 0)
  return (event) =>
    (tradeable === undefined || event.tradeable === tradeable) &&
    wanted.every((names) => names.some((name) => event.kinds.includes(name)))
}

function readToken(params: Params): number {
  const token = textOf(params, 'continuation_token')
  if (token === undefined) return 0
  const offset = Buffer.from(token, 'base64').toString()
  if (!/^\d{1,9}$/.test(offset)) throw listRefusal(400, 11, 'invalid continuation_token')
  return Number(offset)
}
