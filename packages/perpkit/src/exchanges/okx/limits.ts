import type { Cost, Limit, RawAnswer } from '../../client/definition.ts'
import { isRecord } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'

const ALL_ORDERS = 'new orders'

/**
 * Each path has its own budget; those of placing, amending and cancelling are counted for each
 * instrument. Answers never say how much is used.
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
  inTwoSeconds(ALL_ORDERS, 1_000, 'key'),
  inTwoSeconds('POST trade/order', 60, 'symbol'),
  // Counted in orders, not in requests.
  inTwoSeconds('POST trade/batch-orders', 300, 'symbol'),
  inTwoSeconds('POST trade/amend-order', 60, 'symbol'),
  inTwoSeconds('GET trade/order', 60, 'key'),
  inTwoSeconds('GET trade/orders-pending', 60, 'key'),
  inTwoSeconds('GET trade/orders-history', 40, 'key'),
  inTwoSeconds('GET trade/orders-history-archive', 20, 'key'),
  inTwoSeconds('GET trade/fills', 60, 'key'),
  inTwoSeconds('GET trade/fills-history', 10, 'key'),
  inTwoSeconds('POST trade/cancel-order', 60, 'symbol'),
  // Counted in orders, not in requests, as those of cancel-algos.
  inTwoSeconds('POST trade/cancel-batch-orders', 300, 'symbol'),
  inTwoSeconds('POST trade/order-algo', 20, 'symbol'),
  inTwoSeconds('GET trade/order-algo', 20, 'key'),
  inTwoSeconds('GET trade/orders-algo-pending', 20, 'key'),
  inTwoSeconds('GET trade/orders-algo-history', 20, 'key'),
  inTwoSeconds('POST trade/amend-algos', 20, 'symbol'),
  inTwoSeconds('POST trade/cancel-algos', 20, 'key'),
  { name: 'POST trade/cancel-all-after', limit: 1, windowMs: 1_000, scope: 'key' },
]

/** What `amount` orders on one instrument cost in a budget that is counted on it. */
export function onInstrument(name: string, { nativeSymbol }: Instrument, amount = 1): Cost {
  return { [`${name}@${nativeSymbol}`]: amount }
}

const SUB_ACCOUNT_LIMIT = '50061'

/** One code speaks of all new orders of the sub-account, the others of the path. */
export function closedBy({ json }: RawAnswer, cost: Cost): readonly string[] {
  const isAllOrders = isRecord(json) && json.code === SUB_ACCOUNT_LIMIT
  return Object.keys(cost).filter((name) => (name === ALL_ORDERS) === isAllOrders)
}

function inTwoSeconds(name: string, limit: number, scope: Limit['scope']): Limit {
  return { name, limit, windowMs: 2_000, scope }
}
