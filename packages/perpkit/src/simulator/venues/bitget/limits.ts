import type { Answer, Charge, Handling, Route, Usage, VenueLimits } from '../../server/types.ts'
import { generationOf } from './generation.ts'
import { Refused, refusal } from './replies.ts'

const OVERALL = 'overall'

/** The header that tells what is left. */
export const REMAINING = 'x-mbx-used-remain-limit'

/**
 * Rate limits of docs/wire/bitget.md 7. A batch is one request, however many orders it carries, and
 * nothing says when to come back.
 * https://www.bitget.com/api-doc/common/intro#access-restriction
 */
export const limits: VenueLimits = {
  charges: (_handling, route) => [ownCharge(route), overall],
  exceeded: tooMany,
  headers: (_handling, usage) => Object.fromEntries(usage.flatMap(remaining)),
  ban: {
    counter: OVERALL,
    afterBreaches: 1,
    withinMs: 60_000,
    lengthMs: () => 300_000,
    answer: tooMany,
  },
}

/** Every request of an address, whatever it asks for. */
const overall: Charge = {
  counter: OVERALL,
  scope: 'address',
  limit: 6_000,
  windowMs: 60_000,
  window: 'sliding',
  amount: 1,
}

/** How often an endpoint may be asked in a second. */
export function figureOf(route: Pick<Route, 'access' | 'method' | 'path'>): number {
  return FIGURES[route.path] ?? usualFigure(route)
}

/** Every endpoint counts by itself: public ones per address, the others per account. */
function ownCharge(route: Route): Charge {
  return {
    counter: route.path,
    scope: route.access === 'public' ? 'address' : 'account',
    limit: figureOf(route),
    windowMs: 1_000,
    window: 'sliding',
    amount: 1,
  }
}

/** What an endpoint without a figure of its own allows in a second. */
function usualFigure({ access, method, path }: Pick<Route, 'access' | 'method' | 'path'>): number {
  if (access === 'public') return 20
  return generationOf(path) === 3 && method === 'GET' ? 20 : 10
}

const FIGURES: Readonly<Record<string, number>> = {
  '/api/v2/mix/market/fills-history': 10,
  '/api/v2/mix/market/query-position-lever': 10,
  '/api/v2/mix/position/all-position': 5,
  '/api/v2/mix/position/history-position': 20,
  '/api/v2/mix/account/set-leverage': 5,
  '/api/v2/mix/account/set-all-leverage': 5,
  '/api/v2/mix/account/set-margin-mode': 5,
  '/api/v2/mix/account/set-position-mode': 5,
  '/api/v2/mix/account/set-margin': 5,
  '/api/v2/mix/account/set-asset-mode': 2,
  '/api/v2/mix/order/batch-place-order': 5,
  '/api/v2/mix/order/close-positions': 1,
  '/api/v2/spot/account/info': 1,
  '/api/v3/account/info': 5,
  '/api/v3/account/fee-rate': 3,
  '/api/v3/account/all-fee-rate': 3,
  '/api/v3/trade/place-batch': 5,
  '/api/v3/trade/batch-modify-order': 5,
  '/api/v3/trade/cancel-batch': 5,
  '/api/v3/trade/cancel-symbol-order': 5,
  '/api/v3/trade/close-positions': 5,
  '/api/v3/trade/countdown-cancel-all': 1,
}

/** The same in a second that is full and in the five minutes of a ban. */
function tooMany(handling: Handling): Answer {
  return refusal(handling, new Refused('429', 'Too Many Requests', 429))
}

/** What is left of the endpoint's second; nothing tells of the minute. */
function remaining({ counter, limit, used }: Usage): [string, string][] {
  return counter === OVERALL ? [] : [[REMAINING, String(Math.max(0, limit - used))]]
}
