import type { Answer, Handling, Route } from '../../server/types.ts'
import { plain, priceText } from './decimals.ts'
import { readQuery } from './fields.ts'
import type { Listing } from './instruments.ts'
import { readLimit } from './paging.ts'
import { reply } from './replies.ts'
import { readPublicListing } from './scope.ts'

const bookFields = ['category', 'symbol', 'limit'] as const

// https://bybit-exchange.github.io/docs/v5/market/orderbook
export const orderBook: Route = {
  method: 'GET',
  path: '/v5/market/orderbook',
  access: 'public',
  operation: 'marketData',
  parameters: bookFields,
  handle(handling) {
    const fields = readQuery(handling.params, bookFields)
    const listing = readPublicListing(handling, fields)
    return book(handling, listing, readLimit(fields, { standard: 25, most: 1000 }))
  },
}

// https://bybit-exchange.github.io/docs/v5/market/full-orderbook
export const fullOrderBook: Route = {
  method: 'GET',
  path: '/v5/market/full_orderbook',
  access: 'public',
  operation: 'marketData',
  parameters: bookFields,
  handle(handling) {
    const fields = readQuery(handling.params, bookFields)
    return book(handling, readPublicListing(handling, fields), 10_000)
  },
}

// https://bybit-exchange.github.io/docs/v5/market/rpi-orderbook
export const rpiOrderBook: Route = {
  method: 'GET',
  path: '/v5/market/rpi_orderbook',
  access: 'public',
  operation: 'marketData',
  parameters: bookFields,
  handle(handling) {
    const fields = readQuery(handling.params, bookFields)
    const listing = readPublicListing(handling, fields, 'linear')
    const limit = readLimit(fields, { standard: 50, most: 50 })
    // Nobody quotes retail price improvement here: the third figure of a level is always zero.
    return book(handling, listing, limit, ['0'])
  },
}

function book(handling: Handling, listing: Listing, levels: number, more: string[] = []): Answer {
  const depth = handling.engine.depth(listing.engine.symbol, levels)
  const rows = (side: typeof depth.bids): string[][] =>
    side.map(([price, quantity]) => [priceText(listing, price), plain(quantity), ...more])
  const now = handling.clock.now()
  return reply(handling, {
    s: listing.native,
    b: rows(depth.bids),
    a: rows(depth.asks),
    ts: now,
    u: depth.sequence,
    seq: depth.sequence,
    cts: now,
  })
}
