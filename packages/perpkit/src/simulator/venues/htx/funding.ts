import type { SettledFunding } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { fundingCap, fundingIntervalMs, type Listing } from './contracts.ts'
import { emptyField, invalidField } from './errors.ts'
import { padded } from './figures.ts'
import { Form } from './form.ts'
import { pageNames, readFrom, readLimit, windowNames } from './paging.ts'
import { reply } from './replies.ts'
import { known, readListing } from './scope.ts'

// Funding: docs/wire/htx.md 3.6.

const MOST_NAMED = 10

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b97d0c0bf
export const fundingRate: Route = {
  method: 'GET',
  path: '/v5/market/funding_rate',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code'],
  handle(handling) {
    const codes = new Form(handling).text('contract_code')?.split(',')
    if (codes === undefined) throw emptyField('contract_code')
    if (codes.length > MOST_NAMED) throw invalidField('contract_code')
    const rows = codes.map((code) => rateRow(handling, known(code)))
    return reply(handling, rows)
  },
}

// Oldest first, from the contract's first settlement when no time is given.
// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b97ea5941
export const fundingRateHistory: Route = {
  method: 'GET',
  path: '/v5/market/funding_rate_history',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', ...windowNames, ...pageNames],
  handle(handling) {
    const form = new Form(handling)
    const listing = readListing(form)
    return reply(
      handling,
      readSettled(form, listing).map((row) => ({
        id: idOf(listing, row.timestamp),
        contract_code: listing.native,
        funding_rate: padded(row.rate),
        funding_time: String(row.timestamp),
      })),
    )
  },
}

function rateRow({ engine }: Handling, { engine: { symbol }, native }: Listing): object {
  const fundingTime = engine.nextFundingTime(symbol)
  return {
    contract_code: native,
    funding_rate: padded(engine.fundingRate(symbol)),
    funding_time: String(fundingTime),
    next_funding_time: String(fundingTime + fundingIntervalMs),
    min_funding_rate: padded(`-${fundingCap}`),
    max_funding_rate: padded(fundingCap),
  }
}

/** A page of settlements: those next to `from`, or to the end of the span the page starts at. */
function readSettled(form: Form, listing: Listing): readonly SettledFunding[] {
  const { engine } = form.handling
  const limit = readLimit(form)
  const from = Number(readFrom(form))
  const direction = form.token('direct', ['next', 'prev'] as const) ?? 'next'
  const first = Math.max(form.whole('start_time') ?? 0, firstOf(listing))
  const last = Math.min(form.whole('end_time') ?? Number.MAX_SAFE_INTEGER, engine.now())
  // There is at least one in each interval, so a page never lies in more than this.
  const most = limit * fundingIntervalMs
  const { symbol } = listing.engine
  if (direction === 'next') {
    const start = Math.max(first, from === 0 ? 0 : timeOf(listing, from) + 1)
    return engine.fundingHistory(symbol, start, Math.min(last, start + most)).slice(0, limit)
  }
  const end = from === 0 ? last : Math.min(last, timeOf(listing, from) - 1)
  return engine.fundingHistory(symbol, Math.max(first, end - most), end).slice(-limit)
}

/** The contract's first settlement. */
function firstOf({ createdAt }: Listing): number {
  return (Math.floor(createdAt / fundingIntervalMs) + 1) * fundingIntervalMs
}

/** The first is 1; further on the id tells the time, as settlements may lie off the grid. */
function idOf(listing: Listing, timestamp: number): string {
  return String(1 + timestamp - firstOf(listing))
}

function timeOf(listing: Listing, id: number): number {
  return firstOf(listing) + id - 1
}
