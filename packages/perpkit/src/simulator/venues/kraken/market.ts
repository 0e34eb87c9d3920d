import type { Answer, Handling, Route } from '../../server/types.ts'
import { flagOf, requiredText, textsOf, timeOf, wordOf } from './fields.ts'
import { uuidOf } from './ids.ts'
import { instrumentRow } from './instrumentRow.ts'
import { findListingLoosely, type Listing, listings } from './instruments.ts'
import { iso, num } from './numbers.ts'
import { listRefusal, success, wordRefusal } from './replies.ts'
import { tickerRow } from './tickerRow.ts'

// Public market data of `/derivatives/api/v3`: docs/wire/kraken.md 3.

const base = '/derivatives/api/v3'

const contractTypes = [
  'futures_inverse',
  'futures_vanilla',
  'flexible_futures',
  'options',
  'all',
] as const

// https://docs.kraken.com/api/docs/futures-api/trading/get-instruments
export const instruments: Route = marketRoute(
  '/instruments',
  ['contractType', 'expired'],
  (handling) => {
    flagOf(handling, handling.params, 'expired')
    const list = isLinearWanted(handling) ? listings.map(instrumentRow) : []
    return success(handling, { instruments: list })
  },
)

// https://docs.kraken.com/api/docs/futures-api/trading/get-account-instruments
export const tradingInstruments: Route = {
  ...marketRoute('/trading/instruments', ['contractType', 'expired'], (handling) => {
    flagOf(handling, handling.params, 'expired')
    const list = isLinearWanted(handling) ? listings : []
    return success(handling, {
      instruments: list.map((listing) => ({ ...instrumentRow(listing), restricted: false })),
    })
  }),
  access: 'signed',
}

// https://docs.kraken.com/api/docs/futures-api/trading/get-instruments-status
export const instrumentsStatus: Route = marketRoute('/instruments/status', [], (handling) =>
  success(handling, { instrumentStatus: listings.map(statusRow) }),
)

export const instrumentStatuses: readonly Route[] = listings.map((listing) =>
  marketRoute(`/instruments/${listing.native}/status`, [], (handling) =>
    success(handling, statusRow(listing)),
  ),
)

// https://docs.kraken.com/api/docs/futures-api/trading/get-tickers
export const tickers: Route = marketRoute('/tickers', ['contractType', 'symbol'], (handling) => {
  const asked = textsOf(handling.params, 'symbol')
  const wanted = asked.map((symbol) => {
    const listing = findListingLoosely(symbol)
    if (!listing) throw wordRefusal('contractNotFound')
    return listing
  })
  const list = asked.length > 0 ? wanted : listings
  const rows = isLinearWanted(handling) ? list.map((one) => tickerRow(handling.engine, one)) : []
  return success(handling, { tickers: rows })
})

// https://docs.kraken.com/api/docs/futures-api/trading/get-ticker
export const singleTickers: readonly Route[] = listings.map((listing) =>
  marketRoute(`/tickers/${listing.native}`, [], (handling) =>
    success(handling, { ticker: tickerRow(handling.engine, listing) }),
  ),
)

// https://docs.kraken.com/api/docs/futures-api/trading/get-orderbook
export const orderBook: Route = marketRoute('/orderbook', ['symbol'], (handling) => {
  if (!handling.params.has('symbol')) {
    throw listRefusal(400, 0, '400 BAD_REQUEST')
  }
  const listing = publicListing(handling)
  const { asks, bids } = handling.engine.depth(listing.engine.symbol, Number.MAX_SAFE_INTEGER)
  const levels = (side: typeof asks): number[][] =>
    side.map(([price, quantity]) => [num(price), num(quantity)])
  return success(handling, { orderBook: { bids: levels(bids), asks: levels(asks) } })
})

/** Most trades of one answer, and how far back they go: docs/wire/kraken.md 3.5. */
const MOST_TRADES = 100
const TRADES_MS = 7 * 86_400_000

// https://docs.kraken.com/api/docs/futures-api/trading/get-history
export const publicTrades: Route = marketRoute('/history', ['symbol', 'lastTime'], (handling) => {
  const { engine, params } = handling
  const listing = publicListing(handling)
  const lastTime = timeOf(params, 'lastTime')
  const trades = engine
    .trades(listing.engine.symbol, Number.MAX_SAFE_INTEGER)
    .filter(({ timestamp }) => timestamp >= engine.now() - TRADES_MS)
    .filter(({ timestamp }) => lastTime === undefined || timestamp < lastTime)
    .slice(-MOST_TRADES)
    .reverse()
  const history = trades.map((trade, index) => ({
    time: iso(trade.timestamp),
    // A countdown within this answer; the identifier is `uid`.
    trade_id: trades.length - index,
    price: num(trade.price),
    size: num(trade.quantity),
    side: trade.side === 'BUY' ? 'buy' : 'sell',
    type: 'fill',
    uid: uuidOf(`trade ${trade.symbol} ${trade.tradeId}`),
  }))
  return success(handling, { history })
})

function marketRoute(
  path: string,
  parameters: readonly string[],
  handle: (handling: Handling) => Answer,
): Route {
  return {
    method: 'GET',
    path: `${base}${path}`,
    access: 'public',
    operation: 'marketData',
    parameters,
    handle,
  }
}

function isLinearWanted(handling: Handling): boolean {
  const asked = textsOf(handling.params, 'contractType')
  if (asked.length === 0) return true
  for (const one of asked) if (!contractTypes.some((known) => known === one)) refuseType(handling)
  return asked.includes('flexible_futures') || asked.includes('all')
}

function refuseType(handling: Handling): void {
  wordOf(handling, handling.params, 'contractType', {
    words: contractTypes,
    called: 'contractType',
  })
}

function publicListing({ params }: Handling): Listing {
  const listing = findListingLoosely(requiredText(params, 'symbol'))
  if (!listing) throw wordRefusal('contractNotFound')
  return listing
}

function statusRow({ native }: Listing): Record<string, unknown> {
  return {
    // Here the market's name, not a yes or no.
    tradeable: native,
    experiencingDislocation: false,
    priceDislocationDirection: null,
    experiencingExtremeVolatility: false,
    extremeVolatilityInitialMarginMultiplier: 1,
  }
}
