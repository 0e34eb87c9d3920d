import type { Engine } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { plain, priceText } from './decimals.ts'
import { symbolNotSupported } from './errors.ts'
import { type Fields, readQuery, readToken } from './fields.ts'
import { uuidOf } from './ids.ts'
import { instrumentRow } from './instrumentRow.ts'
import { findListing, type Listing, listings } from './instruments.ts'
import { readLimit, readPage } from './paging.ts'
import { reply } from './replies.ts'
import { type Category, readCategory, readPublicListing } from './scope.ts'
import { tickerRow } from './tickerRow.ts'

// https://bybit-exchange.github.io/docs/v5/market/time
export const time: Route = {
  method: 'GET',
  path: '/v5/market/time',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle(handling) {
    const now = handling.clock.now()
    return reply(handling, {
      timeSecond: String(Math.floor(now / 1000)),
      timeNano: `${now}000000`,
    })
  },
}

const instrumentFields = [
  'category',
  'symbol',
  'symbolType',
  'status',
  'baseCoin',
  'settleCoin',
  'limit',
  'cursor',
] as const

// https://bybit-exchange.github.io/docs/v5/market/instrument
export const instrumentsInfo: Route = {
  method: 'GET',
  path: '/v5/market/instruments-info',
  access: 'public',
  operation: 'marketData',
  parameters: instrumentFields,
  handle(handling) {
    const fields = readQuery(handling.params, instrumentFields)
    const page = readPage(
      wantedListings(handling, fields),
      fields,
      { standard: 500, most: 1000 },
      keyOf,
    )
    const list = page.rows.map((row) => instrumentRow(handling.engine, row))
    const category = fields.text('category')
    return reply(handling, { category, list, nextPageCursor: page.nextPageCursor })
  },
}

// https://bybit-exchange.github.io/docs/v5/account/instrument
export const accountInstruments: Route = {
  method: 'GET',
  path: '/v5/account/instruments-info',
  access: 'signed',
  operation: 'marketData',
  parameters: instrumentFields,
  handle(handling) {
    const fields = readQuery(handling.params, instrumentFields)
    const wanted = wantedListings(handling, fields)
    const page = readPage(wanted, fields, { standard: 200, most: 200 }, keyOf)
    const list = page.rows.map((row) => ({
      ...instrumentRow(handling.engine, row),
      isPublicRpi: false,
      myRpiPermission: false,
    }))
    const category = fields.text('category')
    return reply(handling, { category, list, nextPageCursor: page.nextPageCursor })
  },
}

const tickerFields = ['category', 'symbol', 'baseCoin', 'expDate'] as const

// https://bybit-exchange.github.io/docs/v5/market/tickers
export const tickers: Route = {
  method: 'GET',
  path: '/v5/market/tickers',
  access: 'public',
  operation: 'marketData',
  parameters: tickerFields,
  handle(handling) {
    const fields = readQuery(handling.params, tickerFields)
    const category = readCategory(handling, fields)
    const list = namedOrAll(category, fields.text('symbol')).map((listing) =>
      tickerRow(handling.engine, listing),
    )
    return reply(handling, { category, list })
  },
}

const tradeFields = ['category', 'symbol', 'baseCoin', 'optionType', 'limit'] as const

// https://bybit-exchange.github.io/docs/v5/market/recent-trade
export const recentTrades: Route = {
  method: 'GET',
  path: '/v5/market/recent-trade',
  access: 'public',
  operation: 'marketData',
  parameters: tradeFields,
  handle(handling) {
    const fields = readQuery(handling.params, tradeFields)
    const listing = readPublicListing(handling, fields)
    const limit = readLimit(fields, { standard: 500, most: 1000 })
    const trades = handling.engine.trades(listing.engine.symbol, limit)
    const list = [...trades].reverse().map((trade) => ({
      execId: uuidOf(`${trade.symbol} ${trade.tradeId}`),
      symbol: listing.native,
      price: priceText(listing, trade.price),
      size: plain(trade.quantity),
      side: trade.side === 'BUY' ? 'Buy' : 'Sell',
      time: String(trade.timestamp),
      isBlockTrade: false,
      isRPITrade: false,
      seq: trade.tradeId,
    }))
    return reply(handling, { category: 'linear', list })
  },
}

const statusFields = ['id', 'state'] as const

// https://bybit-exchange.github.io/docs/v5/system-status
export const systemStatus: Route = {
  method: 'GET',
  path: '/v5/system/status',
  access: 'public',
  operation: 'marketData',
  parameters: statusFields,
  handle(handling) {
    readQuery(handling.params, statusFields)
    return reply(handling, { list: [] })
  },
}

// https://bybit-exchange.github.io/docs/v5/market/adl-alert
export const adlAlert: Route = {
  method: 'GET',
  path: '/v5/market/adlAlert',
  access: 'public',
  operation: 'marketData',
  parameters: ['symbol'],
  handle(handling) {
    const symbol = readQuery(handling.params, ['symbol']).text('symbol')
    if (symbol !== undefined) namedOrAll('linear', symbol)
    // Nobody is deleveraged here, and no insurance pool runs low.
    return reply(handling, { updatedTime: String(handling.clock.now()), list: [] })
  },
}

/** The contract of that name, or all of the category; none are listed but linear ones. */
export function namedOrAll(category: Category, symbol: string | undefined): readonly Listing[] {
  if (symbol === undefined) return category === 'linear' ? listings : []
  const listing = category === 'linear' ? findListing(symbol) : undefined
  if (!listing) throw symbolNotSupported()
  return [listing]
}

function wantedListings(
  handling: Handling,
  fields: Fields<(typeof instrumentFields)[number]>,
): readonly Listing[] {
  const { engine } = handling
  const category = readCategory(handling, fields)
  // Contracts that are not trading are listed only when their status is asked for.
  const status = readToken(handling, fields, 'status', statuses) ?? 'Trading'
  return namedOrAll(category, fields.text('symbol')).filter(
    (listing) =>
      statusOf(engine, listing) === status &&
      isWanted(fields.text('symbolType'), '') &&
      isWanted(fields.text('baseCoin'), listing.engine.baseAsset) &&
      isWanted(fields.text('settleCoin'), listing.engine.settleAsset),
  )
}

const statuses = [
  'PreLaunch',
  'PendingOpen',
  'Trading',
  'Settling',
  'Delivering',
  'Closed',
] as const

function statusOf(engine: Engine, listing: Listing): string {
  return instrumentRow(engine, listing).status
}

function isWanted(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === value
}

function keyOf(listing: Listing): { id: string; time: number } {
  return { id: listing.native, time: 0 }
}
