import { isRecord } from '../../../core/reader.ts'
import type { Params } from '../../server/params.ts'
import type { Charge, Route, VenueLimits } from '../../server/types.ts'
import { listName } from './auth.ts'
import { Refused } from './errors.ts'
import { gatewayRefusal, refusal } from './replies.ts'

/**
 * Rate limits of docs/wire/okx.md 7, figures of its sections 3 and 4. No header tells what is used,
 * none when to come back, and nobody is banned.
 * https://www.okx.com/docs-v5/en/#overview-rate-limits
 */
export const limits: VenueLimits = {
  charges: ({ params }, route) => chargesOf(route, params),
  exceeded: (_handling, { counter }) =>
    counter === SUB_ACCOUNT ? refusal(new Refused('50061')) : gatewayRefusal(429, '50011'),
}

const WINDOW_MS = 2_000

/** Counter of new and amended orders of all contracts together. */
const SUB_ACCOUNT = 'sub-account'

/** How often one endpoint may be called. */
interface Rule {
  /** Default 20. */
  most?: number
  /** Default {@link WINDOW_MS}. */
  windowMs?: number
  /** Each value of this parameter is counted by itself. */
  by?: string
}

/** An endpoint that takes a list, of which each order counts. */
interface Batch {
  most: number
  /** Endpoint on whose counters a list of one is. */
  single?: string
}

function chargesOf(route: Route, params: Params): readonly [Charge, ...Charge[]] {
  const name = `${route.method} ${route.path.slice('/api/v5/'.length)}`
  const scope = route.access === 'public' ? 'address' : 'account'
  const batch = BATCHES[name]
  if (batch) return batchCharges(name, batch, params)
  const { by, ...rule } = RULES[name] ?? {}
  const own = charge(by === undefined ? name : `${name} ${textOf(params.peek(by))}`, rule)
  return [{ ...own, scope }, ...subAccountCharges(name, 1)]
}

/** Contracts are counted apart; a list of one counts as a single. */
function batchCharges(
  name: string,
  { most, single }: Batch,
  params: Params,
): readonly [Charge, ...Charge[]] {
  const [first = '', ...others] = instrumentsOf(params)
  const total = subAccountCharges(name, others.length + 1)
  if (others.length === 0 && single !== undefined) {
    return [charge(`${single} ${first}`, RULES[single] ?? {}), ...total]
  }
  const counted = (instrument: string): Charge => {
    const count = [first, ...others].filter((other) => other === instrument).length
    // A list that is too long is refused for its length, not for ever for its rate.
    return charge(`${name} ${instrument}`, { most }, Math.min(count, most))
  }
  const distinct = [...new Set(others)].filter((other) => other !== first)
  return [counted(first), ...distinct.map(counted), ...total]
}

function subAccountCharges(name: string, count: number): Charge[] {
  return ORDERING.has(name) ? [charge(SUB_ACCOUNT, { most: 1_000 }, Math.min(count, 1_000))] : []
}

/** Any stretch of that length counts, wherever it begins: docs/wire/okx.md 7. */
function charge(counter: string, { most = 20, windowMs = WINDOW_MS }: Rule, amount = 1): Charge {
  return { counter, scope: 'account', limit: most, windowMs, window: 'sliding', amount }
}

/** `instId` of each item of a list. */
function instrumentsOf(params: Params): readonly string[] {
  const items = params.peek(listName)
  if (!Array.isArray(items)) return []
  return items.map((item: unknown) => textOf(isRecord(item) ? item.instId : undefined))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const byContract = { by: 'instId' } as const

/** Every other endpoint may be called 20 times in 2 s. */
const RULES: Readonly<Record<string, Rule>> = {
  'GET public/time': { most: 10 },
  'GET public/instruments': { by: 'instType' },
  'GET account/instruments': { by: 'instType' },
  'GET market/books': { most: 40 },
  'GET market/books-full': { most: 10 },
  'GET market/candles': { most: 40 },
  'GET market/history-index-candles': { most: 10 },
  'GET market/trades': { most: 100 },
  'GET public/mark-price': { most: 10, ...byContract },
  'GET public/funding-rate': { most: 10, ...byContract },
  'GET public/funding-rate-history': { most: 10, ...byContract },
  'GET public/open-interest': byContract,
  'GET rubik/stat/contracts/open-interest-history': { most: 10, ...byContract },
  'GET public/position-tiers': { most: 10 },
  'GET public/convert-contract-coin': { most: 10 },
  'GET system/status': { most: 1, windowMs: 5_000 },
  'GET account/config': { most: 5 },
  'GET account/balance': { most: 10 },
  'GET account/positions': { most: 10 },
  'GET account/positions-history': { most: 10 },
  'POST account/set-position-mode': { most: 5 },
  'POST account/set-account-level': { most: 5 },
  'GET account/trade-fee': { most: 5 },
  'GET account/bills': { most: 5, windowMs: 1_000 },
  'GET account/bills-archive': { most: 5 },
  'GET asset/currencies': { most: 6, windowMs: 1_000 },
  'POST trade/order': { most: 60, ...byContract },
  'POST trade/cancel-order': { most: 60, ...byContract },
  'POST trade/amend-order': { most: 60, ...byContract },
  'POST trade/close-position': byContract,
  'POST trade/cancel-all-after': { most: 1, windowMs: 1_000, by: 'tag' },
  'GET trade/order': { most: 60, ...byContract },
  'GET trade/orders-pending': { most: 60 },
  'GET trade/orders-history': { most: 40 },
  'GET trade/fills': { most: 60 },
  'GET trade/fills-history': { most: 10 },
  'POST trade/order-algo': byContract,
  'POST trade/amend-algos': byContract,
}

const BATCHES: Readonly<Record<string, Batch>> = {
  'POST trade/batch-orders': { most: 300, single: 'POST trade/order' },
  'POST trade/cancel-batch-orders': { most: 300, single: 'POST trade/cancel-order' },
  'POST trade/amend-batch-orders': { most: 300, single: 'POST trade/amend-order' },
  'POST trade/cancel-algos': { most: 20 },
}

/** Cancels and algos are not of the sub-account's total. */
const ORDERING: ReadonlySet<string> = new Set([
  'POST trade/order',
  'POST trade/batch-orders',
  'POST trade/amend-order',
  'POST trade/amend-batch-orders',
])
