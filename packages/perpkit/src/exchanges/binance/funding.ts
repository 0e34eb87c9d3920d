import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FundingRate } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { premiumIndexRequest } from './market.ts'
import { type PageKey, type PageRow, readNewest } from './pages.ts'
import { readNonZero } from './tokens.ts'

/** The running estimate for the coming settlement. */
export function getFundingRate(
  call: Call,
  params: { instrument: Instrument },
): Promise<FundingRate> {
  return call(runningFunding, params)
}

export function getFundingRateHistory(call: Call, query: HistoryQuery): Promise<FundingRate[]> {
  const { instrument, limit } = query
  const list = {
    read: (key: PageKey) => call(fundingHistory, { instrument, ...key }),
    pageSize: PAGE_SIZE,
    // As long as the rows asked for take at the longest interval; nothing bounds it.
    windowMs: limit * LONGEST_INTERVAL_MS,
    growth: 2,
    hasIds: false,
    isWanted: () => true,
  }
  return readNewest(list, query)
}

const PAGE_SIZE = 1_000
const LONGEST_INTERVAL_MS = 8 * 3_600_000

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Mark-Price
const runningFunding: Endpoint<{ instrument: Instrument }, FundingRate> = {
  ...premiumIndexRequest,
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    const timestamp = answer.at('nextFundingTime').integer()
    // What a contract that settles no more says.
    if (timestamp === 0) throw new ReadError('$.nextFundingTime', 'a time of settlement', timestamp)
    const rate: FundingRate = {
      symbol,
      nativeSymbol,
      rate: answer.at('lastFundingRate').decimal(),
      timestamp,
    }
    return withRaw(rate, answer.value)
  },
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History
const fundingHistory: Endpoint<{ instrument: Instrument } & PageKey, PageRow<FundingRate>[]> = {
  method: 'GET',
  path: '/fapi/v1/fundingRate',
  access: 'public',
  effect: 'read',
  cost: { funding: 1 },
  encode: ({ instrument, startTime, endTime }) => ({
    query: { symbol: instrument.nativeSymbol, startTime, endTime, limit: PAGE_SIZE },
  }),
  decode: (answer, { instrument }) =>
    answer.items().map((row) => {
      const value = readSettled(row, instrument)
      // Extraordinary settlements have rows of their own since 2026-07-23.
      const rateType = row.at('rateType').optionalString() ?? ''
      return { id: `${value.timestamp} ${rateType}`, timestamp: value.timestamp, value }
    }),
}

function readSettled(row: Reader, { symbol, nativeSymbol }: Instrument): FundingRate {
  const rate: FundingRate = {
    symbol,
    nativeSymbol,
    rate: row.at('fundingRate').decimal(),
    timestamp: row.at('fundingTime').integer(),
  }
  // Empty or absent on old rows.
  const markPrice = readNonZero(row.at('markPrice'))
  if (markPrice !== undefined) rate.markPrice = markPrice
  return withRaw(rate, row.value)
}
