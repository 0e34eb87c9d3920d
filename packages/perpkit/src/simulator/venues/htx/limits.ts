import type { Answer, Charge, Handling, Route, Usage, VenueLimits } from '../../server/types.ts'
import { barredUntil } from './cancelRatio.ts'
import { familyOf, Refused, refusal } from './replies.ts'

/**
 * Rate limits of docs/wire/htx.md 7. A call counts as one, whatever it holds. Whoever cancels nearly
 * all orders at once is barred from placing more.
 * https://www.htx.com/en-us/opend/newApiPages/
 */
export const limits: VenueLimits = {
  charges: (_handling, route) =>
    route.access === 'public' ? [chargeOfAddress(route)] : chargesOfAccount(route),
  exceeded(handling, usage, retryAfterMs) {
    const answer = refusal(handling, accessExceeded())
    const headers = { ...answer.headers, ...headersOf(usage, retryAfterMs) }
    return { ...answer, status: 429, headers }
  },
  headers(handling, usage) {
    const own = usage.filter(({ scope }) => scope === 'account').at(-1)
    return own ? headersOf(own, own.resetAt - handling.engine.now()) : {}
  },
  bars(handling, { method, path }) {
    if (!PLACING.has(`${method} ${path}`)) return undefined
    const until = barredUntil(handling)
    return until === undefined ? undefined : suspended(handling, until)
  },
}

/** Cancelling stays allowed. */
const PLACING: ReadonlySet<string> = new Set([
  'POST /v5/trade/order',
  'POST /v5/trade/batch_orders',
  'POST /v5/trade/position',
  'POST /v5/trade/position_all',
  'POST /v5/algo/order',
])

const SECOND_MS = 1_000

const FEW: Readonly<Record<string, Charge>> = {
  'GET /linear-swap-api/v1/swap_query_elements': {
    counter: 'swap_query_elements',
    scope: 'address',
    limit: 20,
    windowMs: 2 * SECOND_MS,
    window: 'fixed',
    amount: 1,
  },
  'POST /v5/account/asset_mode': {
    counter: 'asset_mode',
    scope: 'account',
    limit: 1,
    windowMs: 10 * SECOND_MS,
    window: 'fixed',
    amount: 1,
  },
}

const MARKET_DATA: Charge = {
  counter: 'market data',
  scope: 'address',
  limit: 800,
  windowMs: SECOND_MS,
  window: 'fixed',
  amount: 1,
}

const OTHER_PUBLIC: Charge = {
  counter: 'public',
  scope: 'address',
  limit: 240,
  windowMs: 3 * SECOND_MS,
  window: 'fixed',
  amount: 1,
}

function chargeOfAddress({ method, path }: Route): Charge {
  return FEW[`${method} ${path}`] ?? (familyOf(path) === 'market' ? MARKET_DATA : OTHER_PUBLIC)
}

function chargesOfAccount({ method, path }: Route): readonly [Charge, ...Charge[]] {
  const common = ofAccount(method === 'GET' ? 'read' : 'trade')
  const few = FEW[`${method} ${path}`]
  return few ? [common, few] : [common]
}

function ofAccount(counter: 'read' | 'trade'): Charge {
  return {
    counter,
    scope: 'account',
    limit: 72,
    windowMs: 3 * SECOND_MS,
    window: 'fixed',
    amount: 1,
  }
}

function headersOf({ limit, used, windowMs }: Usage, resetMs: number): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-interval': String(windowMs),
    'ratelimit-remaining': String(Math.max(0, limit - used)),
    'ratelimit-reset': String(resetMs),
  }
}

/** HTTP 200, as for every business refusal: docs/wire/htx.md 6. */
function suspended(handling: Handling, until: number): Answer {
  const at = new Date(until + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const text = `Your contract API is suspended, please try again after ${at} (GMT+8).`
  const answer = refusal(handling, new Refused(1084, text))
  return { ...answer, headers: { ...answer.headers, 'recovery-time': String(until) } }
}

function accessExceeded(): Refused {
  return new Refused(1032, 'The number of access exceeded the limit.', {
    market: { code: 'invalid-parameter', text: 'request limit' },
  })
}
