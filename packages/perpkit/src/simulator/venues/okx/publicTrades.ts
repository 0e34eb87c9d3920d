import type { EngineTrade } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { contractsOf, plain } from './decimals.ts'
import { readFields, readToken } from './fields.ts'
import { tradeIdOf } from './ids.ts'
import type { Listing } from './instruments.ts'
import { readLimit, readPage } from './paging.ts'
import { answering } from './replies.ts'
import { readListing } from './scope.ts'

const tradeNames = ['instId', 'limit'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades
export const trades: Route = {
  method: 'GET',
  path: '/api/v5/market/trades',
  access: 'public',
  operation: 'marketData',
  parameters: tradeNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, tradeNames)
    const listing = readListing(fields)
    const limit = readLimit(fields, { standard: 100, most: 500 })
    return newestFirst(handling, listing, limit).map((trade) => tradeRow(listing, trade))
  }),
}

const historyNames = ['instId', 'type', 'after', 'before', 'limit'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades-history
export const tradesHistory: Route = {
  method: 'GET',
  path: '/api/v5/market/history-trades',
  access: 'public',
  operation: 'marketData',
  parameters: historyNames,
  handle: answering((handling) => {
    const fields = readFields(handling.params, historyNames)
    const listing = readListing(fields)
    const byTime = readToken(handling, fields, 'type', ['1', '2']) === '2'
    const all = newestFirst(handling, listing, Number.MAX_SAFE_INTEGER)
    const rows = readPage(all, fields, (trade) =>
      byTime ? String(trade.timestamp) : tradeIdOf(trade.tradeId),
    )
    return rows.map((trade) => tradeRow(listing, trade))
  }),
}

function newestFirst({ engine }: Handling, listing: Listing, limit: number): EngineTrade[] {
  return [...engine.trades(listing.engine.symbol, limit)].reverse()
}

/** Keys as in the sample of docs/wire/okx.md 3.2; `side` is the taker's. */
export function tradeRow(listing: Listing, trade: EngineTrade): Record<string, string> {
  return {
    instId: listing.instId,
    side: trade.side === 'BUY' ? 'buy' : 'sell',
    sz: plain(contractsOf(listing, trade.quantity)),
    px: trade.price,
    tradeId: tradeIdOf(trade.tradeId),
    source: '0',
    ts: String(trade.timestamp),
  }
}
