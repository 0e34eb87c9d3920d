import type { Cost, Limit, RawAnswer, Usage } from '../../client/definition.ts'

/** Of all requests of an address together; breaking it costs five minutes. */
const ADDRESS: Limit = { name: 'address', limit: 6_000, windowMs: 60_000, scope: 'address' }

/** Requests per second, by path. */
const PUBLIC_PATHS: Readonly<Record<string, number>> = {
  'v2/public/time': 20,
  'v2/mix/market/contracts': 20,
  'v2/mix/market/ticker': 20,
  'v2/mix/market/merge-depth': 20,
  'v2/mix/market/candles': 20,
  'v2/mix/market/history-candles': 20,
  'v2/mix/market/fills': 20,
  'v2/mix/market/fills-history': 10,
  'v2/mix/market/open-interest': 20,
  'v2/mix/market/current-fund-rate': 20,
  'v2/mix/market/history-fund-rate': 20,
}

const PRIVATE_PATHS: Readonly<Record<string, number>> = {
  'v2/mix/account/account': 10,
  'v2/mix/account/accounts': 10,
  'v2/mix/account/set-leverage': 5,
  'v2/mix/account/set-margin-mode': 5,
  'v2/mix/account/set-position-mode': 5,
  'v2/common/trade-rate': 10,
  'v2/spot/account/info': 1,
  'v2/mix/position/all-position': 5,
  'v2/mix/position/single-position': 10,
  'v2/mix/order/place-order': 10,
  'v2/mix/order/batch-place-order': 5,
  'v2/mix/order/modify-order': 10,
  'v2/mix/order/detail': 10,
  'v2/mix/order/orders-history': 10,
  'v2/mix/order/fills': 10,
  'v2/mix/order/orders-pending': 10,
  'v2/mix/order/cancel-order': 10,
  'v2/mix/order/batch-cancel-orders': 10,
  'v2/mix/order/place-tpsl-order': 10,
  'v2/mix/order/place-plan-order': 10,
  'v2/mix/order/modify-tpsl-order': 10,
  'v2/mix/order/modify-plan-order': 10,
  'v2/mix/order/orders-plan-pending': 10,
  'v2/mix/order/orders-plan-history': 10,
  'v2/mix/order/cancel-plan-order': 10,
  'v3/account/settings': 20,
  'v3/account/assets': 20,
  'v3/account/info': 5,
  'v3/account/set-leverage': 10,
  'v3/account/set-hold-mode': 10,
  'v3/account/fee-rate': 3,
  'v3/position/current-position': 20,
  'v3/trade/place-order': 10,
  'v3/trade/place-batch': 5,
  'v3/trade/modify-order': 10,
  'v3/trade/order-info': 20,
  'v3/trade/history-orders': 20,
  'v3/trade/fills': 20,
  'v3/trade/unfilled-orders': 20,
  'v3/trade/cancel-order': 10,
  'v3/trade/cancel-symbol-order': 5,
  'v3/trade/place-strategy-order': 10,
  'v3/trade/modify-strategy-order': 10,
  'v3/trade/cancel-strategy-order': 10,
  'v3/trade/unfilled-strategy-orders': 20,
  'v3/trade/history-strategy-orders': 20,
  'v3/trade/strategy-sub-orders': 20,
}

/**
 * Budgets of an account without a volume tier (docs/wire/bitget.md 7): every path counts on its own,
 * public ones on the address, private ones on the account.
 * https://www.bitget.com/api-doc/common/intro
 */
export const limits: readonly Limit[] = [
  ADDRESS,
  ...perSecond(PUBLIC_PATHS, 'address'),
  ...perSecond(PRIVATE_PATHS, 'key'),
]

function perSecond(paths: Readonly<Record<string, number>>, scope: 'address' | 'key'): Limit[] {
  return Object.entries(paths).map(([name, limit]) => ({ name, limit, windowMs: 1_000, scope }))
}

/** Named by the FAQ, not always sent: what is left of the path's second (docs/wire/bitget.md 7). */
export function readUsage({ headers }: RawAnswer, cost: Cost): Usage[] {
  const left = headers['x-mbx-used-remain-limit']
  if (left === undefined) return []
  return ownNames(cost).map((name) => ({ name, left: Number(left) }))
}

/** A refusal does not say which budget; that of the path is by far the smaller one. */
export function closedBy(_: RawAnswer, cost: Cost): readonly string[] {
  const own = ownNames(cost)
  return own.length > 0 ? own : Object.keys(cost)
}

function ownNames(cost: Cost): string[] {
  return Object.keys(cost).filter((name) => name !== ADDRESS.name)
}
