import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import { ReadError } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FundingRate, OpenInterest } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { timeOrNone } from './fields.ts'
import { type Page, type PageRequest, pageQuery, readPage, readPages } from './pages.ts'
import { findInstrument, fromContracts } from './symbols.ts'
import { takeNewest } from './window.ts'

export function getFundingRate(call: Call, params: OfInstrument): Promise<FundingRate> {
  return call(runningRate, params)
}

/** Of the last three months. */
export async function getFundingRateHistory(
  call: Call,
  query: HistoryQuery,
): Promise<FundingRate[]> {
  const first: PageRequest = {
    filter: { instId: query.instrument.nativeSymbol },
    // Older than, without the bound itself.
    after: String(query.endTime + 1),
  }
  const { rows } = await readPages(call, settledRates, first, (sofar) => {
    const oldest = sofar.at(-1)
    if (oldest !== undefined && oldest.timestamp < query.startTime) return true
    return takeNewest(sofar, query, ({ timestamp }) => timestamp).isFull
  })
  return takeNewest(rows, query, ({ timestamp }) => timestamp).rows
}

export function getOpenInterest(call: Call, params: OfInstrument): Promise<OpenInterest> {
  return call(openInterest, params)
}

interface OfInstrument {
  instrument: Instrument
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate */
const runningRate: Endpoint<OfInstrument, FundingRate> = {
  method: 'GET',
  path: '/api/v5/public/funding-rate',
  access: 'public',
  effect: 'read',
  cost: { 'GET public/funding-rate': 1 },
  encode({ instrument }) {
    return { query: { instId: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    const row = answer.at('data').at(0)
    // What is estimated now is settled then.
    const timestamp = row.at('fundingTime').integer()
    const next = timeOrNone(row.at('nextFundingTime'))
    return withRaw(
      {
        symbol: instrument.symbol,
        nativeSymbol: instrument.nativeSymbol,
        rate: row.at('fundingRate').decimal(),
        timestamp,
        // Not always eight hours.
        ...(next !== undefined && next > timestamp && { intervalMs: next - timestamp }),
      },
      row.value,
    )
  },
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-funding-rate-history */
const settledRates: Endpoint<PageRequest, Page<FundingRate>> = {
  method: 'GET',
  path: '/api/v5/public/funding-rate-history',
  access: 'public',
  effect: 'read',
  cost: { 'GET public/funding-rate-history': 1 },
  encode(request) {
    return { query: pageQuery(request) }
  },
  decode(answer, _params, { instruments, receivedAt }) {
    return readPage(answer, 'fundingTime', receivedAt, (row) => {
      const instrument = findInstrument(row, instruments)
      if (!instrument) return undefined
      const rate: FundingRate = {
        symbol: instrument.symbol,
        nativeSymbol: instrument.nativeSymbol,
        // What was charged; `fundingRate` is the last estimate before.
        rate: row.at('realizedRate').decimal(),
        timestamp: row.at('fundingTime').integer(),
      }
      return withRaw(rate, row.value)
    })
  },
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-open-interest */
const openInterest: Endpoint<OfInstrument, OpenInterest> = {
  method: 'GET',
  path: '/api/v5/public/open-interest',
  access: 'public',
  effect: 'read',
  cost: { 'GET public/open-interest': 1 },
  encode({ instrument }) {
    return { query: { instType: 'SWAP', instId: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    const list = answer.at('data')
    const row = list.items().find((item) => item.at('instId').value === instrument.nativeSymbol)
    if (!row) throw new ReadError(list.path, `a row of ${instrument.nativeSymbol}`, list.value)
    return withRaw(
      {
        symbol: instrument.symbol,
        nativeSymbol: instrument.nativeSymbol,
        // Contracts, which are exact; the figure in the base asset may be rounded, and that of money
        // is in US dollars.
        quantity: fromContracts(row.at('oi').decimal(), instrument),
        timestamp: row.at('ts').integer(),
      },
      row.value,
    )
  },
}
