import type { Handling, Route } from '../../server/types.ts'
import { fundingCap, fundingIntervalMs, type Listing } from './contracts.ts'
import { emptyField, invalidField } from './errors.ts'
import { padded } from './figures.ts'
import { Form } from './form.ts'
import { pageNames, readFrom, readLimit, windowNames } from './paging.ts'
import { reply } from './replies.ts'
import { known, readListing } from './scope.ts'

// Funding: docs/wire/htx.md 3.6. The engine keeps no history of its rate; past rows carry the rate
// of now, on the grid of the contract.

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
    const span = readSpan(form, listing)
    const limit = readLimit(form)
    const from = Number(readFrom(form))
    const direction = form.token('direct', ['next', 'prev'] as const) ?? 'next'
    const last = direction === 'next' || from === 0 ? span.last : Math.min(span.last, from - 1)
    const start =
      direction === 'next' ? Math.max(span.first, from + 1) : Math.max(span.first, last - limit + 1)
    const count = Math.max(0, Math.min(limit, last - start + 1))
    const rate = padded(handling.engine.fundingRate(listing.engine.symbol))
    const rows = Array.from({ length: count }, (_, place) => ({
      id: String(start + place),
      contract_code: listing.native,
      funding_rate: rate,
      funding_time: String(timeOf(listing, start + place)),
    }))
    return reply(handling, rows)
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

/** Numbers of the first and last settlement asked for; the contract's first is 1. */
function readSpan(form: Form, listing: Listing): { first: number; last: number } {
  const start = form.whole('start_time') ?? listing.createdAt
  const end = Math.min(
    form.whole('end_time') ?? Number.MAX_SAFE_INTEGER,
    form.handling.engine.now(),
  )
  const number = (time: number): number => (time - timeOf(listing, 0)) / fundingIntervalMs
  return { first: Math.max(1, Math.ceil(number(start))), last: Math.floor(number(end)) }
}

/** When a settlement took place: every eight hours, on the grid of UTC. */
function timeOf(listing: Listing, number: number): number {
  const before = Math.floor(listing.createdAt / fundingIntervalMs) * fundingIntervalMs
  return before + number * fundingIntervalMs
}
