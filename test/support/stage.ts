import {
  createFuturesExchange,
  type ExchangeName,
  type FuturesExchange,
  type FuturesExchangeOptions,
} from 'perpkit'
import {
  createSimulator,
  type Simulator,
  startSimulator,
  type VenueCredentials,
  type VenueName,
} from 'perpkit/simulator'
import { onTestFinished } from 'vitest'
import { createHttpTransport } from '../../packages/perpkit/src/transport/http.ts'
import { inProcessTransport } from './inProcess.ts'
import { SkippingClock } from './skippingClock.ts'

/** An exchange, the venue that plays it, and what differs in what a caller sees of its BTC market. */
export interface Played {
  name: ExchangeName
  /** What it is called in tables, where one exchange is played in two ways. Default: its name. */
  label?: string
  /** Of the account, where the venue has kinds. */
  accountKind?: 'classic' | 'unified'
  venue: VenueName
  symbol: string
  nativeSymbol: string
  tickSize: string
  stepSize: string
  /** 0.021 in two parts. */
  halves: readonly [string, string]
  /** A conditional order is looked up in the list of open ones, not by itself. */
  looksUpInLists?: boolean
  /** The instrument knows no smallest worth of an order. */
  hasNoMinNotional?: boolean
  /** What the account is counted in. Default `USDT`. */
  asset?: string
  /** Setting the leverage makes the margin isolated. */
  isolatesWithLeverage?: boolean
  /** REST tells no liquidation price of a position. */
  tellsNoLiquidationPrice?: boolean
  /** A trigger that is already reached is not refused: it fires at once. */
  firesAtOnce?: boolean
}

const FINE = { stepSize: '0.0001', halves: ['0.0105', '0.0105'] } as const
const COARSE = { stepSize: '0.001', halves: ['0.01', '0.011'] } as const

export const EXCHANGES: readonly Played[] = [
  {
    name: 'BINANCE',
    venue: 'binance',
    symbol: 'BTCUSDT',
    nativeSymbol: 'BTCUSDT',
    tickSize: '0.1',
    ...COARSE,
  },
  {
    name: 'BYBIT',
    venue: 'bybit',
    symbol: 'BTCUSDT',
    nativeSymbol: 'BTCUSDT',
    tickSize: '0.1',
    ...COARSE,
  },
  {
    name: 'OKX',
    venue: 'okx',
    symbol: 'BTCUSDT',
    hasNoMinNotional: true,
    nativeSymbol: 'BTC-USDT-SWAP',
    tickSize: '0.1',
    ...FINE,
  },
  {
    name: 'BITGET',
    venue: 'bitget',
    symbol: 'BTCUSDT',
    looksUpInLists: true,
    nativeSymbol: 'BTCUSDT',
    tickSize: '0.1',
    ...FINE,
  },
  {
    name: 'HTX',
    venue: 'htx',
    symbol: 'BTCUSDT',
    hasNoMinNotional: true,
    nativeSymbol: 'BTC-USDT',
    tickSize: '0.1',
    ...COARSE,
  },
  {
    name: 'KRAKEN',
    venue: 'kraken',
    symbol: 'BTCUSD',
    hasNoMinNotional: true,
    nativeSymbol: 'PF_XBTUSD',
    tickSize: '1',
    ...FINE,
    asset: 'USD',
    isolatesWithLeverage: true,
    tellsNoLiquidationPrice: true,
    firesAtOnce: true,
  },
]

/** Bitget's other kind of account: another API behind the same exchange object. */
export const BITGET_UNIFIED: Played = {
  name: 'BITGET',
  label: 'BITGET-UTA',
  accountKind: 'unified',
  venue: 'bitget',
  symbol: 'BTCUSDT',
  looksUpInLists: true,
  nativeSymbol: 'BTCUSDT',
  tickSize: '0.1',
  ...FINE,
}

export function labelOf({ label, name }: Played): string {
  return label ?? name
}

/** Where the client meets the simulator: by function calls, or through sockets. */
export type Way = 'in process' | 'over loopback'

export interface Stage {
  played: Played
  exchange: FuturesExchange
  simulator: Simulator
  venue: VenueName
  /** Of the account. */
  credentials: VenueCredentials
  /** The truth of the venue. */
  truth(): ReturnType<Simulator['control']['state']>
  /** Moves BTCUSDT. */
  price(price: string): Promise<void>
  /** Moves the simulator's time, where its clock is manual. */
  advance(ms: number): Promise<void>
  /** Runs before the simulator is closed. */
  atEnd(task: () => Promise<void>): void
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
  clock: 'real' | 'manual' = 'real',
): Promise<Stage> {
  const seed = 1
  const { name, venue } = played
  // Pauses take no time, so neither side may count how much happens in a second.
  const rateLimits = false
  const simulator = await (way === 'in process'
    ? createSimulator({ seed, clock, venues: [venue], rateLimits })
    : startSimulator({ seed, clock, port: 0, venues: [venue], rateLimits }))
  const transport =
    way === 'in process' ? inProcessTransport(simulator, venue) : createHttpTransport()
  const baseUrl = 'url' in simulator ? simulator.url(venue) : 'http://in.process'
  const { accountKind } = played
  const credentials =
    accountKind === undefined
      ? simulator.credentials(venue)
      : await simulator.control.createAccount({ venue, kind: accountKind })
  const another = (more: FuturesExchangeOptions = {}): FuturesExchange =>
    createFuturesExchange(name, {
      ...credentials,
      baseUrl,
      transport,
      clock: new SkippingClock(),
      rateLimit: false,
      ...options,
      ...more,
    })
  const exchange = another()
  const lastTasks: (() => Promise<void>)[] = []
  onTestFinished(async () => {
    const ledger = await simulator.control.ledger()
    for (const task of lastTasks) await task()
    await exchange.close()
    await transport.close()
    await simulator.close()
    if (ledger.length > 0) {
      const entries = ledger.map((entry) => JSON.stringify(entry)).join('\n')
      throw new Error(`seed ${seed}: the venue did not understand\n${entries}`)
    }
  })
  return {
    played,
    exchange,
    simulator,
    venue,
    credentials,
    another,
    atEnd: (task) => void lastTasks.push(task),
    truth: () => simulator.control.state({ venue }),
    advance: async (ms) => {
      await simulator.control.advance({ ms })
    },
    price: async (price) => {
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price })
    },
  }
}
