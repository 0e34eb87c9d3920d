import type { Params } from '../../server/params.ts'
import type { Answer, Charge, Route, VenueLimits } from '../../server/types.ts'
import { itemsOf } from './batches.ts'
import { plainText, wordRefusal } from './replies.ts'

/**
 * Rate limits of docs/wire/kraken.md 7: one pool for trading, one for the history. No header tells
 * what is used.
 * https://docs.kraken.com/api/docs/guides/futures-rate-limits
 */
export const limits: VenueLimits = {
  charges: (handling, route) => [chargeOf(route, handling.params)],
  exceeded: (handling, usage, retryAfterMs) =>
    usage.counter === TRADING
      ? wordRefusal('apiLimitExceeded').toAnswer(handling)
      : tooMany(retryAfterMs),
}

const TRADING = 'derivatives'

/** What every call without a figure of its own costs: docs/wire/kraken.md 7. */
const USUAL_COST = 2

type Cost = number | ((params: Params) => number)

const COSTS: Readonly<Record<string, Cost>> = {
  'GET /orders/status': 1,
  'POST /orders/status': 1,
  'GET /fills': (params) => (params.peek('lastFillTime') === undefined ? USUAL_COST : 25),
  'PUT /leveragepreferences': 10,
  'PUT /pnlpreferences': 10,
  'POST /sendorder': 10,
  'POST /editorder': 10,
  'POST /cancelorder': 10,
  'POST /batchorder': (params) => 9 + itemsOf(params).length,
  'POST /cancelallorders': 25,
  'POST /cancelallordersafter': 25,
}

function chargeOf({ access, method, path }: Route, params: Params): Charge {
  if (access === 'public' || path.startsWith('/api/auth/')) return FREE
  if (path.startsWith('/api/history/')) return fromHistory(path.endsWith('/account-log'), params)
  const cost = COSTS[`${method} ${path.replace('/derivatives/api/v3', '')}`] ?? USUAL_COST
  return {
    counter: TRADING,
    scope: 'account',
    limit: 500,
    windowMs: 10_000,
    window: 'sliding',
    amount: typeof cost === 'number' ? cost : cost(params),
  }
}

/** The edge, whose figures nobody knows: docs/wire/kraken.md 7. */
const FREE: Charge = {
  counter: 'edge',
  scope: 'address',
  limit: 0,
  windowMs: 1_000,
  window: 'sliding',
  amount: 0,
}

function fromHistory(isLog: boolean, params: Params): Charge {
  return {
    counter: 'history',
    scope: 'account',
    limit: 100,
    windowMs: 600_000,
    window: 'refill',
    amount: isLog ? costOfLog(params) : 1,
  }
}

/** Without a count an answer has 500 rows: docs/wire/kraken.md 4.8. */
function costOfLog(params: Params): number {
  const count = Number(params.peek('count') ?? 500)
  const step = LOG_STEPS.find(([most]) => count <= most)
  return step?.[1] ?? 10
}

/** `[rows up to, cost]`. */
const LOG_STEPS: readonly (readonly [number, number])[] = [
  [25, 1],
  [50, 2],
  [1_000, 3],
  [5_000, 6],
]

/** Envelope F of docs/wire/kraken.md 6.1. */
function tooMany(retryAfterMs: number): Answer {
  const answer = plainText(429, 'Too many requests')
  const seconds = String(Math.ceil(retryAfterMs / 1_000))
  return { ...answer, headers: { ...answer.headers, 'rate-limit-reset': seconds } }
}
