import type { FundingRate } from '../../model/market.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { HistoryQuery } from '../definition.ts'
import type { HistoryOptions } from '../requests.ts'
import { requireKey, requireLimit, requireSupported, requireWindow } from './arguments.ts'

// The past: the newest rows of a window, ascending. Exchanges page; each knows how.

const DEFAULT_LIMIT = 100
const DAY_MS = 86_400_000
/** Our idea of the exchange's time may lag by half a round trip: the newest rows must not be lost. */
const SLACK_MS = 5_000
/** Exchanges that bound a window take 7 days, both ends included. */
const WEEK_MS = 7 * DAY_MS - 1

export async function getOrderHistory(
  client: Client,
  symbol: string,
  options: HistoryOptions = {},
): Promise<FuturesOrder[]> {
  const action = 'getOrderHistory'
  requireKey(client, action)
  const query = await queryOf(client, action, symbol, options, WEEK_MS)
  const orders = await client.operations.getOrderHistory(client.call({ action }), query)
  const ended = orders.filter((order) => !isOpen(order.status))
  return newest(ended, query, {
    timeOf: (order) => order.createdAt,
    idOf: (order) => order.orderId,
  })
}

export async function getFills(
  client: Client,
  symbol: string,
  options: HistoryOptions = {},
): Promise<Fill[]> {
  const action = 'getFills'
  requireKey(client, action)
  const query = await queryOf(client, action, symbol, options, WEEK_MS)
  const fills = await client.operations.getFills(client.call({ action }), query)
  return newest(fills, query, { timeOf: (fill) => fill.timestamp, idOf: (fill) => fill.fillId })
}

export async function getFundingRateHistory(
  client: Client,
  symbol: string,
  options: HistoryOptions = {},
): Promise<FundingRate[]> {
  const action = 'getFundingRateHistory'
  requireSupported(client, action)
  const query = await queryOf(client, action, symbol, options, 30 * DAY_MS)
  const rates = await client.operations.getFundingRateHistory(client.call({ action }), query)
  return newest(rates, query, {
    timeOf: (rate) => rate.timestamp,
    // A special settlement may stand at the time of a regular one.
    idOf: (rate) => `${rate.timestamp} ${rate.rate}`,
  })
}

async function queryOf(
  client: Client,
  action: string,
  symbol: string,
  { limit = DEFAULT_LIMIT, startTime, endTime }: HistoryOptions,
  defaultSpanMs: number,
): Promise<HistoryQuery> {
  requireLimit(client, action, limit)
  requireWindow(client, action, { startTime, endTime })
  const instrument = await client.catalogue.find(symbol)
  const end = endTime ?? (await client.time.now()) + SLACK_MS
  const start = startTime ?? Math.max(0, end - defaultSpanMs)
  return { instrument, startTime: start, endTime: end, limit }
}

/** Each row once, inside the window, the newest `limit` of them, ascending. */
function newest<T>(
  rows: readonly T[],
  { startTime, endTime, limit }: HistoryQuery,
  { timeOf, idOf }: { timeOf(row: T): number | undefined; idOf(row: T): string },
): T[] {
  const byId = new Map<string, { row: T; time: number }>()
  for (const row of rows) {
    const time = timeOf(row) ?? startTime
    if (time < startTime || time > endTime || byId.has(idOf(row))) continue
    byId.set(idOf(row), { row, time })
  }
  return [...byId.values()]
    .sort((a, b) => a.time - b.time || compareIds(idOf(a.row), idOf(b.row)))
    .slice(-limit)
    .map(({ row }) => row)
}

/** Ids of one millisecond: numbers by size, others by text. */
function compareIds(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b) && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}
