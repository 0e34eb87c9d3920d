// The tour: each exchange through the public interface, on the simulator.
// npm start [-- --replay FILE.csv] [--seed N]

import { parseArgs } from 'node:util'
import { createFuturesExchange, type ExchangeName } from 'perpkit'
import { startSimulator, type VenueName } from 'perpkit/simulator'
import { createMarket } from './market.ts'
import { printResults, startTable } from './print.ts'
import { type TourResult, tourExchange } from './tour.ts'

const EXCHANGES: readonly { name: ExchangeName; venue: VenueName }[] = [
  { name: 'BINANCE', venue: 'binance' },
  { name: 'BYBIT', venue: 'bybit' },
  { name: 'OKX', venue: 'okx' },
  { name: 'BITGET', venue: 'bitget' },
  { name: 'HTX', venue: 'htx' },
  { name: 'KRAKEN', venue: 'kraken' },
]

const { values } = parseArgs({
  options: { replay: { type: 'string' }, seed: { type: 'string', default: '1' } },
})

const simulator = await startSimulator({
  port: 0,
  seed: Number(values.seed),
  // Real candles are walked through by hand, an hour in a moment; without them time is real.
  ...(values.replay === undefined
    ? {}
    : { clock: 'manual', replay: values.replay, rateLimits: false }),
})
const market = createMarket(simulator, values.replay)
startTable()

const results: TourResult[] = []
for (const { name, venue } of EXCHANGES) {
  const exchange = createFuturesExchange(name, {
    ...simulator.credentials(venue),
    baseUrl: simulator.url(venue),
    // Hours of candles go by in seconds: limits on either side would only make us wait.
    ...(values.replay === undefined ? {} : { rateLimit: false }),
  })
  results.push(await tourExchange(exchange, { venue, simulator, market }))
  await exchange.close()
}
const ledger = await simulator.control.ledger()
await simulator.close()

printResults(results, ledger)
process.exitCode = results.every((result) => result.isFlat) && ledger.length === 0 ? 0 : 1
