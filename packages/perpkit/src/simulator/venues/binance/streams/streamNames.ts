import type { Channel } from '../../../server/socketTypes.ts'
import { type Contract, contracts } from '../contracts.ts'
import { intervals } from '../tokens.ts'
import {
  allBookTickersChannel,
  bookTickerChannel,
  depthChannel,
  partialDepthChannel,
} from './bookStreams.ts'
import {
  allMarkPricesChannel,
  allTickersChannel,
  type Desk,
  dayTicker,
  markPriceChannel,
  miniTicker,
  tickerChannel,
} from './tickerStreams.ts'
import {
  aggregateTradeChannel,
  klineChannel,
  liquidationChannel,
  tradeChannel,
} from './tradeStreams.ts'

// Names of streams and which route serves them: docs/wire/binance.md 8.1.

/** The first segment of a socket's path. */
export type Route = 'public' | 'market' | 'private'

/** A stream that exists. */
export interface Stream {
  routes: readonly Route[]
  /** Absent: nothing is ever said on it here. */
  make?: (desk: Desk) => Channel
}

/** The stream of that name; `undefined` when there is none, symbols in capitals included. */
export function findStream(name: string): Stream | undefined {
  if (name.startsWith('!') || QUIET.has(name)) return ofAll(name)
  const at = name.indexOf('@')
  const subject = name.slice(0, at)
  const [kind = '', speed] = name.slice(at + 1).split('@')
  const continuous = /^([a-z0-9]+)_perpetual$/.exec(subject)
  const contract = contracts.find(
    ({ symbol }) => symbol.toLowerCase() === (continuous?.[1] ?? subject),
  )
  if (at < 1 || !contract) return undefined
  if (continuous) return kline(contract, kind, 'continuousKline_', speed)
  return ofBook(contract, kind, speed) ?? ofMarket(contract, kind, speed)
}

const BOOK: readonly Route[] = ['public']
const MARKET: readonly Route[] = ['market']

// Nothing of the kind happens here: no composite index, no multi-asset index, no trading hours, no listing.
const QUIET: ReadonlySet<string> = new Set(['!contractInfo', '!assetIndex@arr', 'tradingSession'])

function ofAll(name: string): Stream | undefined {
  if (QUIET.has(name)) return { routes: MARKET }
  switch (name) {
    case '!bookTicker':
      return { routes: BOOK, make: ({ engine }) => allBookTickersChannel(engine) }
    case '!markPrice@arr':
      return { routes: MARKET, make: (desk) => allMarkPricesChannel(desk, 3_000) }
    case '!markPrice@arr@1s':
      return { routes: MARKET, make: (desk) => allMarkPricesChannel(desk, 1_000) }
    case '!ticker@arr':
      return { routes: MARKET, make: (desk) => allTickersChannel(desk, dayTicker) }
    case '!miniTicker@arr':
      return { routes: MARKET, make: (desk) => allTickersChannel(desk, miniTicker) }
    case '!forceOrder@arr':
      return { routes: MARKET, make: () => liquidationChannel(undefined) }
    default:
      return undefined
  }
}

function ofBook(contract: Contract, kind: string, speed: string | undefined): Stream | undefined {
  const everyMs = speed === undefined ? 250 : SPEEDS[speed]
  const levels = PARTIAL[kind]
  if (kind === 'bookTicker' && speed === undefined) {
    return { routes: BOOK, make: ({ engine }) => bookTickerChannel(engine, contract) }
  }
  // Undocumented, and asked for on either route.
  if (kind === 'trade' && speed === undefined) {
    return { routes: ['public', 'market'], make: () => tradeChannel(contract) }
  }
  if (everyMs === undefined) return undefined
  if (kind === 'depth' || (kind === 'rpiDepth' && speed === '500ms')) {
    return { routes: BOOK, make: ({ engine }) => depthChannel(engine, contract, everyMs) }
  }
  if (levels === undefined) return undefined
  return {
    routes: BOOK,
    make: ({ engine }) => partialDepthChannel(engine, contract, levels, everyMs),
  }
}

const SPEEDS: Readonly<Record<string, number>> = { '100ms': 100, '250ms': 250, '500ms': 500 }

const PARTIAL: Readonly<Record<string, number>> = { depth5: 5, depth10: 10, depth20: 20 }

function ofMarket(contract: Contract, kind: string, speed: string | undefined): Stream | undefined {
  if (kind === 'markPrice' && (speed === undefined || speed === '1s')) {
    const everyMs = speed === '1s' ? 1_000 : 3_000
    return { routes: MARKET, make: (desk) => markPriceChannel(desk, contract, everyMs) }
  }
  if (speed !== undefined) return undefined
  switch (kind) {
    case 'aggTrade':
      return { routes: MARKET, make: () => aggregateTradeChannel(contract) }
    case 'ticker':
      return { routes: MARKET, make: (desk) => tickerChannel(desk, contract, dayTicker) }
    case 'miniTicker':
      return { routes: MARKET, make: (desk) => tickerChannel(desk, contract, miniTicker) }
    case 'forceOrder':
      return { routes: MARKET, make: () => liquidationChannel(contract) }
    case 'compositeIndex':
      return { routes: MARKET }
    default:
      return kline(contract, kind, 'kline_', speed)
  }
}

function kline(
  contract: Contract,
  kind: string,
  prefix: string,
  speed: string | undefined,
): Stream | undefined {
  const word = kind.startsWith(prefix) ? kind.slice(prefix.length) : ''
  const interval = intervals[word]
  if (interval === undefined || speed !== undefined) return undefined
  const isContinuous = prefix !== 'kline_'
  return {
    routes: MARKET,
    make: ({ engine }) => klineChannel(engine, contract, { word, interval, isContinuous }),
  }
}
