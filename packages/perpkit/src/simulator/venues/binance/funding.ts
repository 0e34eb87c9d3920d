import type { SettledFunding } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import type { Contract } from './contracts.ts'
import { moneyText } from './format.ts'
import { newestOrOldest, readTimes } from './historyWindow.ts'
import { type FapiRoute, publicRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContracts } from './symbols.ts'

// docs/wire/binance.md 3.1, funding notes.

export const fundingRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History
  publicRoute('/fapi/v1/fundingRate', { handle: fundingHistory }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-Info
  // Only symbols whose interval or bounds were changed are listed; none here.
  publicRoute('/fapi/v1/fundingInfo', { handle: () => [] }),
]

function fundingHistory(handling: Handling): Record<string, unknown>[] {
  const sent = new Sent(handling, ['symbol', 'startTime', 'endTime', 'limit'])
  const { list } = readContracts(sent)
  const { start, end } = readTimes(sent)
  const limit = sent.limit('limit', 100, 1_000)
  const rows = list
    .flatMap((contract) =>
      settlements(handling, contract, { start, end, limit }).map((row) => ({ ...row, contract })),
    )
    .sort((a, b) => a.timestamp - b.timestamp)
  return newestOrOldest(rows, limit, start !== undefined).map((row) => ({
    symbol: row.contract.symbol,
    fundingRate: moneyText(row.rate),
    fundingTime: row.timestamp,
    markPrice: moneyText(row.markPrice),
    rateType: 'Regular',
  }))
}

/** As many as the page can hold, since the contract is listed. */
function settlements(
  { engine }: Handling,
  { symbol, fundingIntervalMs, onboardDate }: Contract,
  page: { start: number | undefined; end: number | undefined; limit: number },
): SettledFunding[] {
  const { start, end = engine.now(), limit } = page
  const span = limit * fundingIntervalMs
  const from = Math.max(start ?? end - span, onboardDate)
  const to = start === undefined ? end : Math.min(end, Math.max(start, onboardDate) + span)
  return engine.fundingHistory(symbol, from, to)
}
