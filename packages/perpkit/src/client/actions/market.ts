import type { FundingRate, OpenInterest, OrderBook, Ticker, Trade } from '../../model/market.ts'
import type { Client } from '../client.ts'
import { refuse, requireLimit, requireSupported } from './arguments.ts'

export async function getTicker(client: Client, symbol: string): Promise<Ticker> {
  const instrument = await client.catalogue.find(symbol)
  return client.operations.getTicker(client.call({ action: 'getTicker' }), {
    instrument,
  })
}

export async function getOrderBook(
  client: Client,
  symbol: string,
  { depth = 50 }: { depth?: number } = {},
): Promise<OrderBook> {
  if (!Number.isInteger(depth) || depth < 1) {
    throw refuse(
      client,
      'getOrderBook',
      'INVALID_ARGUMENT',
      `depth must be a whole number of at least 1, received ${depth}`,
    )
  }
  const instrument = await client.catalogue.find(symbol)
  const call = client.call({ action: 'getOrderBook' })
  const book = await client.operations.getOrderBook(call, { instrument, depth })
  // Exchanges offer fixed depths: the next larger one is asked for and cut.
  book.bids = book.bids.slice(0, depth)
  book.asks = book.asks.slice(0, depth)
  return book
}

export async function getTrades(
  client: Client,
  symbol: string,
  { limit = 100 }: { limit?: number } = {},
): Promise<Trade[]> {
  const action = 'getTrades'
  requireLimit(client, action, limit)
  const instrument = await client.catalogue.find(symbol)
  const trades = await client.operations.getTrades(client.call({ action }), { instrument, limit })
  return trades.slice(-limit)
}

export async function getFundingRate(client: Client, symbol: string): Promise<FundingRate> {
  const instrument = await client.catalogue.find(symbol)
  return client.operations.getFundingRate(client.call({ action: 'getFundingRate' }), { instrument })
}

export async function getOpenInterest(client: Client, symbol: string): Promise<OpenInterest> {
  const action = 'getOpenInterest'
  requireSupported(client, action)
  const instrument = await client.catalogue.find(symbol)
  return client.operations.getOpenInterest(client.call({ action }), { instrument })
}
