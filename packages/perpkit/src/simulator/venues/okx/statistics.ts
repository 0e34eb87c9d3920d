import { type Decimal, div, mul, roundToStep } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { contractsOf, plain, quantityOf } from './decimals.ts'
import { Refused } from './errors.ts'
import { readFields, readToken, requireToken } from './fields.ts'
import { initialMarginRate, type Listing, listings } from './instruments.ts'
import { dayOpen } from './market.ts'
import { readSpan } from './paging.ts'
import { answering } from './replies.ts'
import { knownListing, readIndex, readListing, readScope } from './scope.ts'

// Mark and index price, open interest, tiers, conversion: docs/wire/okx.md 3.4.

const scopeNames = ['instType', 'instFamily', 'uly', 'instId'] as const

// Its type is required by the page; foreign clients send the contract alone.
// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-mark-price
export const markPrice: Route = {
  method: 'GET',
  path: '/api/v5/public/mark-price',
  access: 'public',
  operation: 'marketData',
  parameters: scopeNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, scopeNames)
    const needs = { instType: !fields.has('instId') }
    const now = handling.clock.now()
    return readScope(handling, fields, needs).map((listing) =>
      markRow(handling.engine, listing, now),
    )
  }),
}

const indexNames = ['instId', 'quoteCcy'] as const

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-tickers
export const indexTickers: Route = {
  method: 'GET',
  path: '/api/v5/market/index-tickers',
  access: 'public',
  operation: 'marketData',
  parameters: indexNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, indexNames)
    const quote = fields.text('quoteCcy')
    if (!fields.has('instId') && quote === undefined) {
      throw new Refused('50015', 'instId', 'quoteCcy')
    }
    const wanted = fields.has('instId')
      ? [readIndex(fields)]
      : listings.filter(({ engine }) => engine.quoteAsset === quote)
    const now = handling.clock.now()
    return wanted.map((listing) => indexRow(handling.engine, listing, now))
  }),
}

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-open-interest
export const openInterest: Route = {
  method: 'GET',
  path: '/api/v5/public/open-interest',
  access: 'public',
  operation: 'marketData',
  parameters: scopeNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, scopeNames)
    const now = handling.clock.now()
    return readScope(handling, fields, { instType: true }).map((listing) =>
      interestRow(handling.engine, listing, now),
    )
  }),
}

const interestNames = ['instId', 'period', 'begin', 'end', 'limit'] as const

const periods: Readonly<Record<string, number>> = {
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1H': 3_600_000,
  '2H': 7_200_000,
  '4H': 14_400_000,
  '6Hutc': 21_600_000,
  '12Hutc': 43_200_000,
  '1Dutc': 86_400_000,
}

// The engine keeps no history of it: past rows carry the figures of now.
// https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-open-interest-history
export const openInterestHistory: Route = {
  method: 'GET',
  path: '/api/v5/rubik/stat/contracts/open-interest-history',
  access: 'public',
  operation: 'marketData',
  parameters: interestNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, interestNames)
    const listing = readListing(fields)
    const word = readToken(handling, fields, 'period', Object.keys(periods)) ?? '5m'
    const interval = periods[word] ?? 300_000
    const isWanted = readSpan(fields)
    const limit = Math.min(fields.whole('limit') ?? 100, 100)
    const { oi, oiCcy, oiUsd } = interest(handling.engine, listing)
    return gridBackwards(handling.engine.now(), interval, listing.listTime)
      .filter(isWanted)
      .slice(0, limit)
      .map((timestamp) => [String(timestamp), oi, oiCcy, oiUsd])
  }),
}

const tierNames = ['instType', 'tdMode', 'instFamily', 'uly', 'instId', 'tier'] as const

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers
export const positionTiers: Route = {
  method: 'GET',
  path: '/api/v5/public/position-tiers',
  access: 'public',
  operation: 'marketData',
  parameters: tierNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, tierNames)
    const scope = readScope(handling, fields, { instType: true })
    requireToken(handling, fields, 'tdMode', ['cross', 'isolated'])
    if (!fields.has('instFamily') && !fields.has('uly')) {
      throw new Refused('50015', 'instFamily', 'uly')
    }
    // Every contract here has one tier.
    return ['1', undefined].includes(fields.text('tier')) ? scope.map(tierRow) : []
  }),
}

const convertNames = ['type', 'instId', 'sz', 'px', 'unit', 'opType'] as const

// https://www.okx.com/docs-v5/en/#public-data-rest-api-unit-convert
export const convertContractCoin: Route = {
  method: 'GET',
  path: '/api/v5/public/convert-contract-coin',
  access: 'public',
  operation: 'marketData',
  parameters: convertNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, convertNames)
    const listing = knownListing(fields.required('instId'))
    fields.required('sz')
    const size = fields.positive('sz') ?? '0'
    const type = readToken(handling, fields, 'type', ['1', '2']) ?? '1'
    const unit = readToken(handling, fields, 'unit', ['coin', 'usds']) ?? 'coin'
    const px = fields.positive('px') ?? ''
    if (unit === 'usds' && px === '') throw new Refused('50014', 'px')
    const rate = unit === 'usds' ? px : '1'
    const converted =
      type === '1'
        ? roundToStep(contractsOf(listing, div(size, rate)), listing.lotSize)
        : mul(quantityOf(listing, size), rate)
    return [{ type, instId: listing.instId, px, sz: plain(converted), unit }]
  }),
}

/** Times of the grid from now back to `earliest`, newest first; 2 000 at most. */
function gridBackwards(now: number, interval: number, earliest: number): number[] {
  const times: number[] = []
  let time = Math.floor(now / interval) * interval
  for (; time >= earliest && times.length < 2_000; time -= interval) times.push(time)
  return times
}

function interest(
  engine: Engine,
  listing: Listing,
): { oi: Decimal; oiCcy: Decimal; oiUsd: Decimal } {
  const { symbol } = listing.engine
  const quantity = engine.openInterest(symbol)
  return {
    oi: plain(contractsOf(listing, quantity)),
    oiCcy: plain(quantity),
    oiUsd: plain(mul(quantity, engine.prices(symbol).mark)),
  }
}

export function markRow(engine: Engine, listing: Listing, now: number): Record<string, string> {
  return {
    instType: 'SWAP',
    instId: listing.instId,
    markPx: engine.prices(listing.engine.symbol).mark,
    ts: String(now),
  }
}

export function interestRow(engine: Engine, listing: Listing, now: number): Record<string, string> {
  return {
    instType: 'SWAP',
    instId: listing.instId,
    ...interest(engine, listing),
    ts: String(now),
  }
}

export function indexRow(engine: Engine, listing: Listing, now: number): Record<string, string> {
  const { symbol } = listing.engine
  const day = engine.day(symbol)
  return {
    instId: listing.family,
    idxPx: engine.prices(symbol).index,
    high24h: day.high,
    sodUtc0: dayOpen(engine, symbol, 0),
    open24h: day.open,
    low24h: day.low,
    sodUtc8: dayOpen(engine, symbol, 8),
    ts: String(now),
  }
}

function tierRow(listing: Listing): Record<string, string> {
  return {
    baseMaxLoan: '',
    imr: initialMarginRate(listing),
    instFamily: listing.family,
    instId: '',
    maxLever: String(listing.engine.maxLeverage),
    maxSz: listing.maxLimitSize,
    minSz: '0',
    mmr: listing.engine.maintenanceMarginRate,
    optMgnFactor: '0',
    quoteMaxLoan: '',
    tier: '1',
    uly: listing.family,
  }
}
