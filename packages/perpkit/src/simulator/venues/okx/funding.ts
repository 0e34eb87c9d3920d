import type { Decimal } from '../../../core/decimal.ts'
import type { Engine, SettledFunding } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { readFields } from './fields.ts'
import { type Listing, listings } from './instruments.ts'
import { readLimit, readPage } from './paging.ts'
import { answering } from './replies.ts'
import { readListing } from './scope.ts'

// Funding: docs/wire/okx.md 3.4.

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate
export const fundingRate: Route = {
  method: 'GET',
  path: '/api/v5/public/funding-rate',
  access: 'public',
  operation: 'marketData',
  parameters: ['instId'],
  handle: answering(({ clock, engine, params }) => {
    const fields = readFields(params, ['instId'])
    const wanted = fields.required('instId') === 'ANY' ? listings : [readListing(fields)]
    return wanted.map((listing) => fundingRow(engine, listing, clock.now()))
  }),
}

const historyNames = ['instId', 'before', 'after', 'limit'] as const

// https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate-history
export const fundingRateHistory: Route = {
  method: 'GET',
  path: '/api/v5/public/funding-rate-history',
  access: 'public',
  operation: 'marketData',
  parameters: historyNames,
  handle: answering(({ engine, params }) => {
    const fields = readFields(params, historyNames)
    const listing = readListing(fields)
    const { fundingIntervalMs, symbol } = listing.engine
    const limits = { standard: 400, most: 400 }
    // Rows of the past are computed: no more of them than a page can hold.
    const newest = Math.min(engine.now(), (fields.whole('after') ?? Number.POSITIVE_INFINITY) - 1)
    const oldest = newest - readLimit(fields, limits) * fundingIntervalMs
    const earliest = Math.max(listing.listTime, engine.now() - THREE_MONTHS, oldest)
    const settled = engine.fundingHistory(symbol, earliest, newest).reverse()
    return readPage(settled, fields, keyOf, limits).map(({ rate, timestamp }) => ({
      instType: 'SWAP',
      instId: listing.instId,
      fundingRate: plain(rate),
      realizedRate: plain(rate),
      fundingTime: String(timestamp),
      method: 'current_period',
      formulaType: 'withRate',
    }))
  }),
}

/** Keys as in the sample of docs/wire/okx.md 3.4. */
export function fundingRow(engine: Engine, listing: Listing, now: number): Record<string, string> {
  const { fundingIntervalMs, symbol } = listing.engine
  const next = engine.nextFundingTime(symbol)
  return {
    instType: 'SWAP',
    instId: listing.instId,
    method: 'current_period',
    formulaType: 'withRate',
    fundingRate: plain(engine.fundingRate(symbol)),
    nextFundingRate: '',
    fundingTime: String(next),
    nextFundingTime: String(next + fundingIntervalMs),
    minFundingRate: '-0.00375',
    maxFundingRate: '0.00375',
    interestRate: '0.0001',
    impactValue: '20000',
    premium: '0',
    settState: 'settled',
    settFundingRate: plain(lastRate(engine, symbol, next - fundingIntervalMs)),
    ts: String(now),
  }
}

function keyOf({ timestamp }: SettledFunding): string {
  return String(timestamp)
}

/** What was settled last, at that time or since. */
function lastRate(engine: Engine, symbol: string, from: number): Decimal {
  return engine.fundingHistory(symbol, from, engine.now()).at(-1)?.rate ?? '0'
}

const THREE_MONTHS = 90 * 86_400_000
