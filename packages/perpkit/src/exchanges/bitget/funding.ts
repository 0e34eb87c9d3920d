import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FundingRate } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { rowsOf } from './fields.ts'
import { productOf } from './symbols.ts'

// Funding of both kinds of account: V2 serves everybody. Rates are fractions for one interval.

export function getFundingRate(
  call: Call,
  params: { instrument: Instrument },
): Promise<FundingRate> {
  return call(currentRate, params)
}

/**
 * The list takes no times: it is read back from now. A settlement while it is read moves rows to the
 * next page, so none is lost at a seam.
 */
export async function getFundingRateHistory(
  call: Call,
  { instrument, startTime, endTime, limit }: HistoryQuery,
): Promise<FundingRate[]> {
  // A special settlement may stand at the time of a regular one.
  const rates = new Map<string, FundingRate>()
  let oldest = Number.POSITIVE_INFINITY
  for (let page = 1; rates.size < limit && oldest > startTime; page++) {
    const rows = await call(settledRates, { instrument, page })
    for (const rate of rows) {
      const { timestamp } = rate
      const isInside = timestamp >= startTime && timestamp <= endTime
      if (isInside) rates.set(`${timestamp} ${rate.rate}`, rate)
    }
    const last = Math.min(...rows.map(({ timestamp }) => timestamp))
    // A page that leads no further back, the same one again among them, is the last.
    if (rows.length < PAGE_SIZE || last >= oldest) break
    oldest = last
  }
  return [...rates.values()]
}

const PAGE_SIZE = 100
const HOUR_MS = 3_600_000

/** https://www.bitget.com/api-doc/contract/market/Get-Current-Funding-Rate */
const currentRate: Endpoint<{ instrument: Instrument }, FundingRate> = {
  method: 'GET',
  path: '/api/v2/mix/market/current-fund-rate',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/current-fund-rate': 1 },
  encode({ instrument }) {
    return { query: { productType: productOf(instrument).name, symbol: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    const list = answer.at('data')
    const row = list.items().find((item) => item.at('symbol').value === instrument.nativeSymbol)
    if (!row) throw new ReadError(list.path, `a row of ${instrument.nativeSymbol}`, list.value)
    const hours = row.at('fundingRateInterval').optionalInteger()
    return withRaw(
      {
        ...readRate(row, instrument, row.at('nextUpdate')),
        ...(hours !== undefined && { intervalMs: hours * HOUR_MS }),
      },
      row.value,
    )
  },
}

/** https://www.bitget.com/api-doc/contract/market/Get-History-Funding-Rate */
const settledRates: Endpoint<{ instrument: Instrument; page: number }, FundingRate[]> = {
  method: 'GET',
  path: '/api/v2/mix/market/history-fund-rate',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/history-fund-rate': 1 },
  encode({ instrument, page }) {
    return {
      query: {
        productType: productOf(instrument).name,
        symbol: instrument.nativeSymbol,
        pageSize: String(PAGE_SIZE),
        pageNo: String(page),
      },
    }
  },
  decode(answer, { instrument }) {
    return rowsOf(answer.at('data')).map((row) =>
      withRaw(readRate(row, instrument, row.at('fundingTime')), row.value),
    )
  },
}

function readRate(
  row: Reader,
  { symbol, nativeSymbol }: Instrument,
  settledAt: Reader,
): FundingRate {
  return {
    symbol,
    nativeSymbol,
    rate: row.at('fundingRate').decimal(),
    timestamp: settledAt.integer(),
  }
}
