import type { Endpoint, Limit } from '../../client/definition.ts'

/**
 * Each path has its own budget. Those of placing and cancelling are counted for each instrument;
 * here all instruments share one, which is never too much.
 * https://www.okx.com/docs-v5/en/#overview-rate-limits (docs/wire/okx.md 7).
 */
export const limits: readonly Limit[] = [
  inTwoSeconds('GET public/time', 10, 'address'),
  inTwoSeconds('GET public/instruments', 20, 'address'),
  inTwoSeconds('GET public/mark-price', 10, 'address'),
  inTwoSeconds('GET market/ticker', 20, 'address'),
  inTwoSeconds('GET market/index-tickers', 20, 'address'),
  inTwoSeconds('GET market/books', 40, 'address'),
  inTwoSeconds('GET market/books-full', 10, 'address'),
  inTwoSeconds('GET market/trades', 100, 'address'),
  inTwoSeconds('GET market/candles', 40, 'address'),
  inTwoSeconds('GET market/history-candles', 20, 'address'),
  inTwoSeconds('GET public/funding-rate', 10, 'address'),
  inTwoSeconds('GET public/funding-rate-history', 10, 'address'),
  inTwoSeconds('GET public/open-interest', 20, 'address'),
  inTwoSeconds('GET account/config', 5, 'key'),
  inTwoSeconds('GET account/balance', 10, 'key'),
  inTwoSeconds('GET account/positions', 10, 'key'),
  inTwoSeconds('GET account/leverage-info', 20, 'key'),
  inTwoSeconds('POST account/set-leverage', 20, 'key'),
  inTwoSeconds('POST account/set-position-mode', 5, 'key'),
  inTwoSeconds('GET account/trade-fee', 5, 'key'),
  // New and amended orders of the book in the whole sub-account, however they are sent.
  inTwoSeconds('new orders', 1_000, 'key'),
  inTwoSeconds('POST trade/order', 60, 'key'),
  // Counted in orders, not in requests.
  inTwoSeconds('POST trade/batch-orders', 300, 'key'),
  inTwoSeconds('POST trade/amend-order', 60, 'key'),
  inTwoSeconds('GET trade/order', 60, 'key'),
  inTwoSeconds('GET trade/orders-pending', 60, 'key'),
  inTwoSeconds('GET trade/orders-history', 40, 'key'),
  inTwoSeconds('GET trade/orders-history-archive', 20, 'key'),
  inTwoSeconds('GET trade/fills', 60, 'key'),
  inTwoSeconds('GET trade/fills-history', 10, 'key'),
  inTwoSeconds('POST trade/cancel-order', 60, 'key'),
  // Counted in orders, not in requests, as those of cancel-algos.
  inTwoSeconds('POST trade/cancel-batch-orders', 300, 'key'),
  inTwoSeconds('POST trade/order-algo', 20, 'key'),
  inTwoSeconds('GET trade/order-algo', 20, 'key'),
  inTwoSeconds('GET trade/orders-algo-pending', 20, 'key'),
  inTwoSeconds('GET trade/orders-algo-history', 20, 'key'),
  inTwoSeconds('POST trade/amend-algos', 20, 'key'),
  inTwoSeconds('POST trade/cancel-algos', 20, 'key'),
  { name: 'POST trade/cancel-all-after', limit: 1, windowMs: 1_000, scope: 'key' },
]

/**
 * The endpoint for `amount` orders at once: a batch counts each of them.
 * https://www.okx.com/docs-v5/en/#overview-rate-limits
 */
export function costing<Params, Result>(
  endpoint: Endpoint<Params, Result>,
  amount: number,
): Endpoint<Params, Result> {
  const names = Object.keys(endpoint.cost)
  return { ...endpoint, cost: Object.fromEntries(names.map((name) => [name, amount])) }
}

function inTwoSeconds(name: string, limit: number, scope: Limit['scope']): Limit {
  return { name, limit, windowMs: 2_000, scope }
}
