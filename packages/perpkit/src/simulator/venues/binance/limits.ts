import type { Params } from '../../server/params.ts'
import type { Answer, Charge, Handling, Route, Usage, VenueLimits } from '../../server/types.ts'
import { answerWith } from './errors.ts'

/**
 * Rate limits of docs/wire/binance.md 7, weights of its sections 3 and 4.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info#limits
 */
export const limits: VenueLimits = {
  charges: (handling, route) => chargesOf(`${route.method} ${route.path}`, route, handling.params),
  exceeded: (handling, usage, retryAfterMs) =>
    usage.scope === 'account'
      ? tooMany(-1015, `Too many new orders; ${orderLimit(usage)}`, retryAfterMs)
      : tooMany(-1003, `Too many requests; ${requestLimit(handling, usage)}`, retryAfterMs),
  headers: (_handling, usage) => Object.fromEntries(usage.flatMap(headersOf)),
  ban: {
    // docs/wire/binance.md 7: assumed; known is only that going on after 429 leads to it.
    afterBreaches: 10,
    withinMs: 60_000,
    lengthMs: (number) => Math.min(FIRST_BAN_MS * 2 ** (number - 1), LONGEST_BAN_MS),
    answer: banned,
  },
}

/** As the venue tells them: docs/wire/binance.md 3.2. */
export const rateLimits = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2400 },
  { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 },
] as const

const FIRST_BAN_MS = 120_000
const LONGEST_BAN_MS = 259_200_000

type Weight = number | ((params: Params) => number)

/** Header `X-MBX-USED-WEIGHT-1M`. */
function weight(amount: number): Charge {
  return {
    counter: 'REQUEST_WEIGHT',
    scope: 'address',
    limit: 2_400,
    windowMs: 60_000,
    window: 'fixed',
    amount,
  }
}

function orders(limit: number, windowMs: number, amount: number): Charge {
  return { counter: 'ORDERS', scope: 'account', limit, windowMs, window: 'fixed', amount }
}

/** A pool of its own for some reads; no header tells it. */
function pool(counter: string, limit: number): Charge {
  return { counter, scope: 'address', limit, windowMs: 300_000, window: 'fixed', amount: 1 }
}

function chargesOf(name: string, { path }: Route, params: Params): readonly [Charge, ...Charge[]] {
  if (FUNDING.has(path)) return [pool('funding', 500)]
  if (path.startsWith('/futures/data/')) return [pool('futures/data', 1_000)]
  const wanted = WEIGHTS[name] ?? 1
  const used = weight(typeof wanted === 'number' ? wanted : wanted(params))
  if (SINGLE_ORDERS.has(name)) return [used, orders(300, 10_000, 1), orders(1_200, 60_000, 1)]
  if (BATCHES.has(name)) return [used, orders(300, 10_000, 5), orders(1_200, 60_000, 1)]
  return [used]
}

const FUNDING: ReadonlySet<string> = new Set(['/fapi/v1/fundingRate', '/fapi/v1/fundingInfo'])

const SINGLE_ORDERS: ReadonlySet<string> = new Set([
  'POST /fapi/v1/order',
  'PUT /fapi/v1/order',
  'POST /fapi/v1/algoOrder',
])

const BATCHES: ReadonlySet<string> = new Set([
  'POST /fapi/v1/batchOrders',
  'PUT /fapi/v1/batchOrders',
])

/** Everything else weighs 1. */
const WEIGHTS: Readonly<Record<string, Weight>> = {
  'GET /fapi/v1/ticker/24hr': bySymbol(1, 40),
  'GET /fapi/v1/ticker/price': bySymbol(1, 2),
  'GET /fapi/v2/ticker/price': bySymbol(1, 2),
  'GET /fapi/v1/ticker/bookTicker': bySymbol(2, 5),
  'GET /fapi/v1/premiumIndex': bySymbol(1, 10),
  'GET /fapi/v1/depth': byLimit(500, [50, 2], [100, 5], [500, 10], [1_000, 20]),
  'GET /fapi/v1/rpiDepth': 20,
  'GET /fapi/v1/trades': 5,
  'GET /fapi/v1/historicalTrades': 200,
  'GET /fapi/v1/aggTrades': 20,
  'GET /fapi/v1/klines': byBars(),
  'GET /fapi/v1/continuousKlines': byBars(),
  'GET /fapi/v1/indexPriceKlines': byBars(),
  'GET /fapi/v1/markPriceKlines': byBars(),
  'GET /fapi/v1/premiumIndexKlines': byBars(),
  'GET /fapi/v1/assetIndex': bySymbol(1, 10),
  'GET /fapi/v1/constituents': 2,
  'GET /fapi/v3/account': 5,
  'GET /fapi/v2/account': 5,
  'GET /fapi/v3/balance': 5,
  'GET /fapi/v2/balance': 5,
  'GET /fapi/v1/accountConfig': 5,
  'GET /fapi/v1/symbolConfig': 5,
  'GET /fapi/v1/commissionRate': 20,
  'GET /fapi/v1/income': 30,
  'GET /fapi/v3/positionRisk': 5,
  'GET /fapi/v2/positionRisk': 5,
  'GET /fapi/v1/adlQuantile': 5,
  'GET /fapi/v1/positionSide/dual': 30,
  'GET /fapi/v1/multiAssetsMargin': 30,
  'POST /fapi/v1/order': 0,
  'POST /fapi/v1/order/test': 0,
  'PUT /fapi/v1/order': 0,
  'POST /fapi/v1/algoOrder': 0,
  'POST /fapi/v1/batchOrders': 5,
  'PUT /fapi/v1/batchOrders': 5,
  'GET /fapi/v1/openOrders': bySymbol(1, 40),
  'GET /fapi/v1/openAlgoOrders': bySymbol(1, 40),
  'GET /fapi/v1/allOrders': 5,
  'GET /fapi/v1/allAlgoOrders': 5,
  'GET /fapi/v1/userTrades': 5,
  'GET /fapi/v1/forceOrders': bySymbol(20, 50),
  'POST /fapi/v1/countdownCancelAll': 10,
  'GET /ws-fapi/v1': 5,
  'GET /ws-fapi/v1/session.logon': 2,
  'GET /ws-fapi/v1/session.status': 2,
  'GET /ws-fapi/v1/session.logout': 2,
}

function bySymbol(one: number, all: number): Weight {
  return (params) => (params.peek('symbol') === undefined ? all : one)
}

/** Steps `[up to, weight]`, ascending. */
function byLimit(usual: number, ...steps: [number, number][]): Weight {
  return (params) => {
    const limit = Number(params.peek('limit') ?? usual)
    const step = steps.find(([most]) => limit <= most) ?? steps.at(-1)
    return step?.[1] ?? 1
  }
}

function byBars(): Weight {
  return byLimit(500, [99, 1], [499, 2], [1_000, 5], [1_500, 10])
}

function headersOf({ counter, windowMs, amount, used }: Usage): [string, string][] {
  // Recorded: a call that weighs nothing does not tell what is used.
  if (counter === 'REQUEST_WEIGHT') {
    return [['X-MBX-USED-WEIGHT-1M', String(amount === 0 ? -1 : used)]]
  }
  if (counter !== 'ORDERS') return []
  return [[`X-MBX-ORDER-COUNT-${windowMs === 60_000 ? '1M' : '10S'}`, String(used)]]
}

/** What the headers of an answer tell, as a reply of the request API shows it. */
export function shownLimits(headers: Readonly<Record<string, string>>): Record<string, unknown>[] {
  return rateLimits.flatMap((limit) => {
    const count = headers[headerOf(limit)]
    return count === undefined ? [] : [{ ...limit, count: Number(count) }]
  })
}

function headerOf({ rateLimitType, interval }: (typeof rateLimits)[number]): string {
  if (rateLimitType === 'REQUEST_WEIGHT') return 'X-MBX-USED-WEIGHT-1M'
  return `X-MBX-ORDER-COUNT-${interval === 'MINUTE' ? '1M' : '10S'}`
}

function orderLimit({ limit, windowMs }: Usage): string {
  const span = windowMs === 60_000 ? 'MINUTE' : '10 SECOND'
  return `current limit is ${limit} orders per ${span}.`
}

function requestLimit({ request }: Handling, { limit, windowMs }: Usage): string {
  const span = windowMs === 60_000 ? 'minute' : '5 minutes'
  return (
    `current limit of IP(${request.remoteAddress}) is ${limit} requests per ${span}. ` +
    'Please use the websocket for live updates to avoid polling the API.'
  )
}

function banned({ request, engine }: Handling, until: number): Answer {
  const msg =
    `Way too many requests; IP(${request.remoteAddress}) banned until ${until}. ` +
    'Please use the websocket for live updates to avoid bans.'
  return refusal(418, { code: -1003, msg }, until - engine.now())
}

function tooMany(code: number, msg: string, retryAfterMs: number): Answer {
  return refusal(429, { code, msg }, retryAfterMs)
}

/** Both carry `Retry-After` in whole seconds (docs/wire/binance.md 4.7). */
function refusal(status: number, body: { code: number; msg: string }, waitMs: number): Answer {
  const answer = answerWith(body, status)
  return {
    ...answer,
    headers: { ...answer.headers, 'Retry-After': String(Math.ceil(waitMs / 1_000)) },
  }
}
