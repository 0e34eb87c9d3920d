import type { OrderBook, Ticker, Trade } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import { normalizeSymbol } from '../catalogue.ts'
import type { Client } from '../client.ts'
import type { StreamedKline } from '../definition.ts'
import type { Stream, Streamed, StreamOptions } from '../streams/stream.ts'
import type { Streams } from '../streams/streams.ts'
import type { UserItems } from '../streams/userFeed.ts'
import { refuse, requireKey } from './arguments.ts'

// A stream is handed out at once. What can be seen to be wrong at once is thrown; what only the
// exchange knows rejects the first item.

export function watchTicker(
  client: Client,
  symbol: string,
  options: StreamOptions = {},
): Stream<Streamed<Ticker>> {
  return publicStreams(client, 'watchTicker', symbol).watchTicker(symbol, options)
}

export function watchTrades(
  client: Client,
  symbol: string,
  options: StreamOptions = {},
): Stream<Streamed<Trade>> {
  return publicStreams(client, 'watchTrades', symbol).watchTrades(symbol, options)
}

export function watchKlines(
  client: Client,
  symbol: string,
  interval: KlineInterval,
  options: StreamOptions = {},
): Stream<Streamed<StreamedKline>> {
  const action = 'watchKlines'
  const streams = publicStreams(client, action, symbol)
  const { klineIntervals } = client.definition.capabilities
  if (!klineIntervals.includes(interval)) {
    const received = JSON.stringify(interval)
    const message = `interval must be one of ${klineIntervals.join(' ')}, received ${received}`
    throw refuse(client, action, 'UNSUPPORTED', message)
  }
  return streams.watchKlines(symbol, interval, options)
}

export function watchOrderBook(
  client: Client,
  symbol: string,
  { depth = 50, ...options }: StreamOptions & { depth?: number } = {},
): Stream<Streamed<OrderBook>> {
  const action = 'watchOrderBook'
  const streams = publicStreams(client, action, symbol)
  if (!Number.isInteger(depth) || depth < 1) {
    const message = `depth must be a whole number of at least 1, received ${depth}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  return streams.watchOrderBook(symbol, depth, options)
}

export function watchUser<Method extends keyof UserItems>(
  client: Client,
  method: Method,
  options: StreamOptions = {},
): Stream<Streamed<UserItems[Method]>> {
  requireKey(client, method)
  return requireStreams(client, method).watchUser(method, options)
}

function publicStreams(client: Client, action: string, symbol: string): Streams {
  const streams = requireStreams(client, action)
  normalizeSymbol(client.definition, symbol)
  return streams
}

function requireStreams(client: Client, action: string): Streams {
  if (client.isClosed()) throw refuse(client, action, 'CLOSED', 'this exchange object was closed')
  if (client.streams) return client.streams
  throw refuse(client, action, 'UNSUPPORTED', 'streams of this exchange are not supported')
}
