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

/** Settlements at the rate in force, as long as the contract is listed. */
function fundingHistory(handling: Handling): Record<string, unknown>[] {
  const sent = new Sent(handling, ['symbol', 'startTime', 'endTime', 'limit'])
  const { list } = readContracts(sent)
  const { start, end } = readTimes(sent)
  const limit = sent.limit('limit', 100, 1_000)
  const hasStart = start !== undefined
  const times = list.flatMap((contract) =>
    newestOrOldest(settlements(handling, contract, start, end), limit, hasStart).map((time) => ({
      contract,
      time,
    })),
  )
  times.sort((a, b) => a.time - b.time)
  return newestOrOldest(times, limit, hasStart).map(({ contract, time }) => ({
    symbol: contract.symbol,
    fundingRate: moneyText(handling.engine.fundingRate(contract.symbol)),
    fundingTime: time,
    markPrice: markPriceAt(handling, contract, time),
    rateType: 'Regular',
  }))
}

function settlements(
  { engine }: Handling,
  { symbol, fundingIntervalMs, onboardDate }: Contract,
  start: number | undefined,
  end: number | undefined,
): number[] {
  const latest = engine.nextFundingTime(symbol) - fundingIntervalMs
  const to = Math.min(end ?? latest, latest)
  const from = Math.max(start ?? 0, onboardDate)
  const first = latest - Math.floor((latest - from) / fundingIntervalMs) * fundingIntervalMs
  const times: number[] = []
  for (let time = first; time <= to; time += fundingIntervalMs) times.push(time)
  return times
}

function markPriceAt({ engine }: Handling, { symbol }: Contract, time: number): string {
  return moneyText(engine.klines(symbol, 60_000, time, time)[0]?.open ?? engine.prices(symbol).mark)
}
