import { mul } from '../../../core/decimal.ts'
import type { Handling, Route } from '../../server/types.ts'
import { plain, quantityText } from './decimals.ts'
import { invalidParameter } from './errors.ts'
import { readQuery, readToken, readWhole } from './fields.ts'
import { initialMarginRate, type Listing, maxLeverageText } from './instruments.ts'
import { namedOrAll } from './market.ts'
import { readCursor, readLimit } from './paging.ts'
import { reply } from './replies.ts'
import { riskTier } from './riskTier.ts'
import { readCategory, readPublicListing } from './scope.ts'

// Funding, open interest and risk tiers: docs/wire/bybit.md 3. The engine keeps no history of open
// interest; past rows carry the figure of now, on the grid of the interval.

const fundingFields = ['category', 'symbol', 'startTime', 'endTime', 'limit'] as const

// https://bybit-exchange.github.io/docs/v5/market/history-fund-rate
export const fundingHistory: Route = {
  method: 'GET',
  path: '/v5/market/funding/history',
  access: 'public',
  operation: 'marketData',
  parameters: fundingFields,
  handle(handling) {
    const fields = readQuery(handling.params, fundingFields)
    const listing = readPublicListing(handling, fields)
    const start = readWhole(fields, 'startTime')
    const end = readWhole(fields, 'endTime')
    const limit = readLimit(fields, { standard: 200, most: 200 })
    if (start !== undefined && end === undefined) throw invalidParameter('endTime')
    const { symbol, fundingIntervalMs } = listing.engine
    const now = handling.engine.now()
    const to = Math.min(end ?? now, now)
    if (start !== undefined && start > to) {
      return reply(handling, { category: 'linear', list: [] })
    }
    // The latest `limit` of the window are all that is answered.
    const earliest = Math.max(to - limit * fundingIntervalMs, listing.launchTime)
    const from = Math.max(start ?? earliest, earliest)
    const list = handling.engine
      .fundingHistory(symbol, from, to)
      .reverse()
      .slice(0, limit)
      .map(({ rate, timestamp }) => ({
        symbol: listing.native,
        fundingRate: plain(rate),
        fundingRateTimestamp: String(timestamp),
      }))
    return reply(handling, { category: 'linear', list })
  },
}

const interestFields = [
  'category',
  'symbol',
  'intervalTime',
  'startTime',
  'endTime',
  'limit',
  'cursor',
] as const

const interestIntervals = {
  '5min': 300_000,
  '15min': 900_000,
  '30min': 1_800_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
} as const

type InterestInterval = keyof typeof interestIntervals

const interestTokens: readonly InterestInterval[] = ['5min', '15min', '30min', '1h', '4h', '1d']

// https://bybit-exchange.github.io/docs/v5/market/open-interest
export const openInterest: Route = {
  method: 'GET',
  path: '/v5/market/open-interest',
  access: 'public',
  operation: 'marketData',
  parameters: interestFields,
  handle(handling) {
    const fields = readQuery(handling.params, interestFields)
    const listing = readPublicListing(handling, fields)
    const token = readToken(handling, fields, 'intervalTime', interestTokens)
    if (token === undefined) throw invalidParameter('intervalTime')
    const limit = readLimit(fields, { standard: 50, most: 200 })
    const start = readWhole(fields, 'startTime')
    const before = /lasttime=(\d+)/.exec(readCursor(fields) ?? '')?.[1]
    const end = before === undefined ? readWhole(fields, 'endTime') : Number(before) - 1
    const range = { start, end, limit: limit + 1 }
    const times = gridBackwards(handling, listing, interestIntervals[token], range)
    const page = times.slice(0, limit)
    const last = page[page.length - 1]
    const single = handling.engine.openInterest(listing.engine.symbol)
    return reply(handling, {
      symbol: listing.native,
      category: 'linear',
      list: page.map((timestamp) => ({
        openInterest: quantityText(listing, mul(single, '2')),
        singleOpenInterest: quantityText(listing, single),
        timestamp: String(timestamp),
      })),
      nextPageCursor:
        times.length > limit && last !== undefined
          ? encodeURIComponent(`lastid=${last / 1000}&lasttime=${last}`)
          : '',
    })
  },
}

const tierFields = ['category', 'symbol', 'cursor'] as const

// https://bybit-exchange.github.io/docs/v5/market/risk-limit
export const riskLimit: Route = {
  method: 'GET',
  path: '/v5/market/risk-limit',
  access: 'public',
  operation: 'marketData',
  parameters: tierFields,
  handle(handling) {
    const fields = readQuery(handling.params, tierFields)
    const category = readCategory(handling, fields)
    // Fewer than the fifteen contracts of a page are listed here.
    const list = namedOrAll(category, fields.text('symbol')).map((listing) => tierRow(listing))
    return reply(handling, { category, list, nextPageCursor: '' })
  },
}

function tierRow(listing: Listing): Record<string, unknown> {
  return {
    id: riskTier.id,
    symbol: listing.native,
    riskLimitValue: riskTier.limit,
    maintenanceMargin: listing.engine.maintenanceMarginRate,
    initialMargin: initialMarginRate(listing),
    isLowestRisk: 1,
    maxLeverage: maxLeverageText(listing),
    mmDeduction: '',
  }
}

/** Times of the grid in [start, end], newest first, not before the contract existed. */
function gridBackwards(
  handling: Handling,
  listing: Listing,
  interval: number,
  range: { start: number | undefined; end: number | undefined; limit: number },
): number[] {
  const now = handling.engine.now()
  const end = Math.min(range.end ?? now, now)
  const start = Math.max(range.start ?? 0, listing.launchTime)
  const times: number[] = []
  for (
    let timestamp = Math.floor(end / interval) * interval;
    timestamp >= start && times.length < range.limit;
    timestamp -= interval
  ) {
    times.push(timestamp)
  }
  return times
}
