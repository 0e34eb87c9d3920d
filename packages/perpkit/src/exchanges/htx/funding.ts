import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FundingRate, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { findRow, type OfInstrument, ofContract } from './contracts.ts'
import { timeOrNone } from './fields.ts'
import {
  type Page,
  type PageStart,
  pageFields,
  readAllPages,
  readPage,
  type Window,
} from './pages.ts'
import { readNewest } from './windows.ts'

const HOUR = 3_600_000

/** When the first of these contracts was listed: nothing was settled before. */
const FIRST_LISTING = Date.UTC(2020, 9, 1)

/** What will be charged at the next settlement. */
export function getFundingRate(call: Call, params: OfInstrument): Promise<FundingRate> {
  return call(nextSettlement, params)
}

/** The list has no limit of its window, but begins with its oldest rows. */
export function getFundingRateHistory(call: Call, query: HistoryQuery): Promise<FundingRate[]> {
  const { instrument, limit } = query
  return readNewest(
    { ...query, startTime: Math.max(query.startTime, FIRST_LISTING) },
    // Most contracts settle every 8 hours; for the others the window holds more than is needed.
    { firstMs: limit * 8 * HOUR, longestMs: Number.POSITIVE_INFINITY },
    {
      read: (window) => readAllPages(call, settledRates, { instrument, ...window }),
      // A special settlement may stand at the time of a regular one.
      keyOf: ({ timestamp, rate }) => `${timestamp} ${rate}`,
      timeOf: ({ timestamp }) => timestamp,
    },
  )
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b738520e0
const runningRateRequest = {
  method: 'GET',
  path: '/v5/market/funding_rate',
  access: 'public',
  effect: 'read',
  cost: { reference: 1 },
  encode: ofContract,
} as const

/** What a ticker says of funding, where there is any. */
interface TickerPart {
  part: Pick<Ticker, 'fundingRate' | 'nextFundingTime'>
  raw: unknown
}

export const runningRate: Endpoint<OfInstrument, TickerPart> = {
  ...runningRateRequest,
  decode(answer, params) {
    const row = findRow(answer, params)
    const rate = row?.at('funding_rate').optionalDecimal()
    // The upcoming settlement; `next_funding_time` is the one after it.
    const nextFundingTime = row && timeOrNone(row.at('funding_time'))
    const part: TickerPart['part'] = {}
    if (rate !== undefined) part.fundingRate = rate
    if (nextFundingTime !== undefined) part.nextFundingTime = nextFundingTime
    return { part, raw: row?.value }
  },
}

const nextSettlement: Endpoint<OfInstrument, FundingRate> = {
  ...runningRateRequest,
  decode(answer, params) {
    const row = findRow(answer, params)
    const { instrument } = params
    if (!row) throw new ReadError('$.data', `a row of ${instrument.nativeSymbol}`, undefined)
    const rate = readRate(row, instrument)
    const following = timeOrNone(row.at('next_funding_time'))
    if (following !== undefined && following > rate.timestamp) {
      rate.intervalMs = following - rate.timestamp
    }
    return rate
  },
}

/**
 * Ascending, and from 2020 on when no window is given.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b7389e8ee
 */
const settledRates: Endpoint<PageStart & Window & { instrument: Instrument }, Page<FundingRate>> = {
  method: 'GET',
  path: '/v5/market/funding_rate_history',
  access: 'public',
  effect: 'read',
  cost: { reference: 1 },
  encode: ({ instrument, ...page }) => ({
    query: { contract_code: instrument.nativeSymbol, ...pageFields(page) },
  }),
  decode: (answer, { instrument }) => readPage(answer, (row) => readRate(row, instrument)),
}

function readRate(row: Reader, instrument: Instrument): FundingRate {
  const rate: FundingRate = {
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    rate: row.at('funding_rate').decimal(),
    timestamp: row.at('funding_time').integer(),
  }
  return withRaw(rate, row.value)
}
