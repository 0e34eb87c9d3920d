import type { Route } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { readFields } from './fields.ts'
import { listings } from './instruments.ts'
import { readPage } from './paging.ts'
import { answering } from './replies.ts'
import { readListing } from './scope.ts'
import { gridBackwards } from './statistics.ts'

// Funding: docs/wire/okx.md 3.4. The engine's rate stands still, so every rate here is that one.

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
    return wanted.map(({ engine: { fundingIntervalMs, symbol }, instId }) => {
      const rate = plain(engine.fundingRate(symbol))
      const next = engine.nextFundingTime(symbol)
      return {
        instType: 'SWAP',
        instId,
        method: 'current_period',
        formulaType: 'withRate',
        fundingRate: rate,
        nextFundingRate: '',
        fundingTime: String(next),
        nextFundingTime: String(next + fundingIntervalMs),
        minFundingRate: '-0.00375',
        maxFundingRate: '0.00375',
        interestRate: '0.0001',
        impactValue: '20000',
        premium: '0',
        settState: 'settled',
        settFundingRate: rate,
        ts: String(clock.now()),
      }
    })
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
    const rate = plain(engine.fundingRate(symbol))
    const now = engine.now()
    const earliest = Math.max(listing.listTime, now - THREE_MONTHS)
    const times = gridBackwards(now, fundingIntervalMs, earliest)
    return readPage(times, fields, String, { standard: 400, most: 400 }).map((time) => ({
      instType: 'SWAP',
      instId: listing.instId,
      fundingRate: rate,
      realizedRate: rate,
      fundingTime: String(time),
      method: 'current_period',
      formulaType: 'withRate',
    }))
  }),
}

const THREE_MONTHS = 90 * 86_400_000
