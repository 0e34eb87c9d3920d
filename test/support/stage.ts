import { createFuturesExchange, type FuturesExchange, type FuturesExchangeOptions } from 'perpkit'
import { createSimulator, type Simulator, startSimulator, type VenueName } from 'perpkit/simulator'
import { onTestFinished } from 'vitest'
import { createHttpTransport } from '../../packages/perpkit/src/transport/http.ts'
import { inProcessTransport } from './inProcess.ts'
import { SkippingClock } from './skippingClock.ts'

/** The exchanges there are, with the venue that plays each. */
export const EXCHANGES = [
  { name: 'BINANCE', venue: 'binance' },
  { name: 'BYBIT', venue: 'bybit' },
] as const satisfies readonly { name: string; venue: VenueName }[]

export type Played = (typeof EXCHANGES)[number]

/** Where the client meets the simulator: by function calls, or through sockets. */
export type Way = 'in process' | 'over loopback'

export interface Stage {
  exchange: FuturesExchange
  simulator: Simulator
  venue: VenueName
  /** The truth of the venue. */
  truth(): ReturnType<Simulator['control']['state']>
  /** Moves BTCUSDT. */
  price(price: string): Promise<void>
  /** Another exchange object on the same simulator. */
  another(options?: FuturesExchangeOptions): FuturesExchange
}

/**
 * One exchange on a simulator of its own; pauses of the client take no time. When the test has
 * finished, both are closed and the ledger must be empty.
 */
export async function setStage(
  played: Played,
  way: Way,
  options: FuturesExchangeOptions = {},
): Promise<Stage> {
  const seed = 1
  const { name, venue } = played
  const simulator = await (way === 'in process'
    ? createSimulator({ seed, venues: [venue] })
    : startSimulator({ seed, port: 0, venues: [venue] }))
  const transport =
    way === 'in process' ? inProcessTransport(simulator, venue) : createHttpTransport()
  const baseUrl = 'url' in simulator ? simulator.url(venue) : 'http://in.process'
  const another = (more: FuturesExchangeOptions = {}): FuturesExchange =>
    createFuturesExchange(name, {
      ...simulator.credentials(venue),
      baseUrl,
      transport,
      clock: new SkippingClock(),
      rateLimit: false,
      ...options,
      ...more,
    })
  const exchange = another()
  onTestFinished(async () => {
    const ledger = await simulator.control.ledger()
    await exchange.close()
    await transport.close()
    await simulator.close()
    if (ledger.length > 0) {
      const entries = ledger.map((entry) => JSON.stringify(entry)).join('\n')
      throw new Error(`seed ${seed}: the venue did not understand\n${entries}`)
    }
  })
  return {
    exchange,
    simulator,
    venue,
    another,
    truth: () => simulator.control.state({ venue }),
    price: async (price) => {
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price })
    },
  }
}
