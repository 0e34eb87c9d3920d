import type { Call, Endpoint, HistoryQuery } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FundingRate } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { HOUR, readTime } from './fields.ts'

/** Everything the exchange has kept comes at once; the window is cut out of it. */
export function getFundingRateHistory(call: Call, query: HistoryQuery): Promise<FundingRate[]> {
  return call(fundingRates, query)
}

/** https://docs.kraken.com/api-reference/historical-funding-rates/historical-funding-rates */
const fundingRates: Endpoint<HistoryQuery, FundingRate[]> = {
  method: 'GET',
  path: '/derivatives/api/v4/historicalfundingrates',
  access: 'public',
  effect: 'read',
  cost: {},
  encode({ instrument }) {
    return { query: { symbol: instrument.nativeSymbol } }
  },
  decode(answer, { instrument, startTime, endTime, limit }) {
    // Ascending in one recording and descending in another (docs/wire/kraken.md 3.7).
    const rows = answer
      .at('rates')
      .items()
      .map((row) => ({ row, startsAt: readTime(row.at('timestamp')) }))
      .sort((a, b) => a.startsAt - b.startsAt)
    return rows
      .map(({ row, startsAt }, index) => {
        const nextAt = rows[index + 1]?.startsAt
        return readRate(row, instrument, { startsAt, nextAt })
      })
      .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
      .slice(-limit)
  },
}

/** A row is dated by the start of its interval; it is settled at the end of it. */
function readRate(
  row: Reader,
  instrument: Instrument,
  { startsAt, nextAt }: { startsAt: number; nextAt: number | undefined },
): FundingRate {
  // In the first years an interval had four hours.
  const intervalMs = nextAt === startsAt + 4 * HOUR ? 4 * HOUR : HOUR
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      // `fundingRate` beside it is in dollars per unit.
      rate: row.at('relativeFundingRate').decimal(),
      timestamp: startsAt + intervalMs,
      intervalMs,
    },
    row.value,
  )
}
