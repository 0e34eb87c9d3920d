import type { Params } from '../../server/params.ts'
import type { Answer, Charge, Handling, Usage, VenueLimits } from '../../server/types.ts'
import { addressTooFrequent, tooManyVisits } from './errors.ts'
import { refusal, text } from './replies.ts'

/**
 * Rate limits of docs/wire/bybit.md 7: each address has one for all it asks, and one for orders over
 * sockets; each account has one for every call that has a figure, whichever way it comes.
 * https://bybit-exchange.github.io/docs/v5/rate-limit
 */
export const limits: VenueLimits = {
  charges(handling, { method, path }) {
    const own = chargeOfAccount(`${method} ${path}`, handling.params)
    const shared = handling.request.socket ? ORDER_ENTRY : ALL_HTTP
    return own ? [own, shared] : [shared]
  },
  exceeded: (handling, usage, retryAfterMs) =>
    usage.scope === 'address' ? tooFrequent(handling) : tooMany(handling, usage, retryAfterMs),
  headers(handling, usage) {
    const own = usage.find(({ scope }) => scope === 'account')
    return own ? headersOf(own, handling.clock.now()) : {}
  },
  ban: {
    counter: 'HTTP',
    afterBreaches: 1,
    withinMs: 5_000,
    lengthMs: () => 600_000,
    answer: tooFrequent,
  },
}

const ALL_HTTP: Charge = {
  counter: 'HTTP',
  scope: 'address',
  limit: 600,
  windowMs: 5_000,
  window: 'sliding',
  amount: 1,
}

const ORDER_ENTRY: Charge = {
  counter: 'WS order entry',
  scope: 'address',
  limit: 3_000,
  windowMs: 1_000,
  window: 'sliding',
  amount: 1,
}

/** Calls of an account in a second; a call without a figure counts for its address alone. */
const PER_SECOND: Readonly<Record<string, number>> = {
  'POST /v5/order/create': 10,
  'POST /v5/order/amend': 10,
  'POST /v5/order/cancel': 10,
  'POST /v5/order/cancel-all': 10,
  'POST /v5/order/pre-check': 10,
  'GET /v5/order/realtime': 50,
  'GET /v5/order/history': 50,
  'GET /v5/execution/list': 50,
  'GET /v5/position/list': 50,
  'GET /v5/position/closed-pnl': 50,
  'POST /v5/position/set-leverage': 10,
  'POST /v5/position/switch-mode': 10,
  'POST /v5/position/trading-stop': 10,
  'POST /v5/position/add-margin': 10,
  'POST /v5/position/set-auto-add-margin': 10,
  'GET /v5/account/wallet-balance': 50,
  'GET /v5/account/info': 50,
  'GET /v5/account/user-setting-config': 50,
  'GET /v5/account/transaction-log': 25,
  'GET /v5/account/fee-rate': 5,
  'POST /v5/account/set-margin-mode': 5,
  'POST /v5/order/disconnected-cancel-all': 5,
  'GET /v5/account/query-dcp-info': 5,
  'GET /v5/user/query-api': 10,
  'POST /v5/account/set-limit-px-action': 10,
  'GET /v5/account/instruments-info': 10,
}

/** Orders of an account in a second. */
const BATCHES: Readonly<Record<string, number>> = {
  'POST /v5/order/create-batch': 10,
  'POST /v5/order/amend-batch': 10,
  'POST /v5/order/cancel-batch': 10,
}

function chargeOfAccount(name: string, params: Params): Charge | undefined {
  const calls = PER_SECOND[name]
  if (calls !== undefined) return perSecond(name, calls, 1)
  const orders = BATCHES[name]
  if (orders === undefined) return undefined
  const items = params.peek('request')
  const amount = Array.isArray(items) ? Math.max(1, items.length) : 1
  return { ...perSecond(name, orders, amount), isDivisible: true }
}

function perSecond(counter: string, limit: number, amount: number): Charge {
  return { counter, scope: 'account', limit, windowMs: 1_000, window: 'sliding', amount }
}

/** `freeAt`: now, unless it was exceeded. */
function headersOf({ limit, used }: Usage, freeAt: number): Record<string, string> {
  return {
    'X-Bapi-Limit': String(limit),
    'X-Bapi-Limit-Status': String(Math.max(0, limit - used)),
    'X-Bapi-Limit-Reset-Timestamp': String(freeAt),
  }
}

/** HTTP 200, as for every business refusal: docs/wire/bybit.md 6. */
function tooMany(handling: Handling, usage: Usage, retryAfterMs: number): Answer {
  const answer = refusal(handling, tooManyVisits())
  const told = headersOf(usage, handling.clock.now() + retryAfterMs)
  return { ...answer, headers: { ...answer.headers, ...told } }
}

/** Over a socket it has a code: docs/wire/bybit.md 8. */
function tooFrequent(handling: Handling): Answer {
  return handling.request.socket
    ? refusal(handling, addressTooFrequent())
    : text(403, 'access too frequent')
}
