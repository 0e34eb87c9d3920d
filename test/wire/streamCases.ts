import type { FuturesExchange, Stream } from 'perpkit'

/** One unified stream, or some, asked of every exchange with the same arguments. */
export interface StreamCase<Id extends string = string> {
  readonly id: Id
  readonly title: string
  readonly watch: (exchange: FuturesExchange, symbol: string) => readonly Stream<unknown>[]
  /** For how long nothing happens after all is subscribed; default a second. */
  readonly lastsMs?: number
  /** Whether the first of them is left in the end. */
  readonly leavesFirst?: true
}

/** Less than any exchange cuts a quiet connection after. */
const QUIET_MS = 58_000

/** The numbered cases. An id never changes its meaning; new ones are added at the end. */
export const streamCases = [
  define('S-01', 'ticker', (exchange, symbol) => [exchange.watchTicker(symbol)]),
  define('S-02', 'trades', (exchange, symbol) => [exchange.watchTrades(symbol)]),
  define('S-03', 'klines', (exchange, symbol) => [exchange.watchKlines(symbol, '5m')]),
  define('S-04', 'order book', (exchange, symbol) => [
    exchange.watchOrderBook(symbol, { depth: 50 }),
  ]),
  define('S-05', 'orders', (exchange) => [exchange.watchOrders()]),
  define('S-06', 'fills', (exchange) => [exchange.watchFills()]),
  define('S-07', 'positions', (exchange) => [exchange.watchPositions()]),
  define('S-08', 'account', (exchange) => [exchange.watchAccount()]),
  define('S-09', 'klines of every interval', (exchange, symbol) =>
    exchange.capabilities.klineIntervals.map((interval) => exchange.watchKlines(symbol, interval)),
  ),
  define(
    'S-10',
    'trades, and nothing happens for a while',
    (exchange, symbol) => [exchange.watchTrades(symbol)],
    { lastsMs: QUIET_MS },
  ),
  define(
    'S-11',
    'orders, and nothing happens for a while',
    (exchange) => [exchange.watchOrders()],
    { lastsMs: QUIET_MS },
  ),
  define(
    'S-12',
    'trades left, the ticker kept',
    (exchange, symbol) => [exchange.watchTrades(symbol), exchange.watchTicker(symbol)],
    { leavesFirst: true },
  ),
] as const

export type StreamCaseId = (typeof streamCases)[number]['id']

function define<const Id extends string>(
  id: Id,
  title: string,
  watch: StreamCase['watch'],
  more: Pick<StreamCase, 'lastsMs' | 'leavesFirst'> = {},
): StreamCase<Id> {
  return { id, title, watch, ...more }
}
