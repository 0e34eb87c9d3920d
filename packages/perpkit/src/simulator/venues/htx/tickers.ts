import { isZero } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import { type Listing, toVolume } from './contracts.ts'
import { type NumberText, number, plain } from './figures.ts'
import { Form } from './form.ts'
import { replyMarket } from './replies.ts'
import { readListing, readListings, wantsSwaps } from './scope.ts'

// Tickers: docs/wire/htx.md 3.2. Texts but for the touch, the count and the times.

// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-get-market-data-overview
export const ticker: Route = {
  method: 'GET',
  path: '/linear-swap-ex/market/detail/merged',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code'],
  handle(handling) {
    const listing = readListing(new Form(handling))
    return replyMarket(handling, `market.${listing.native}.detail.merged`, {
      tick: tickerFields(handling, listing),
    })
  },
}

const batchNames = ['contract_code', 'business_type']

// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-get-a-batch-of-market-data-overview
export const tickers: Route = {
  method: 'GET',
  path: '/linear-swap-ex/market/detail/batch_merged',
  access: 'public',
  operation: 'marketData',
  parameters: batchNames,
  handle: (handling) => batch(handling, (listing) => tickerFields(handling, listing)),
}

// The same figures under other names: `vol` is the turnover here.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-get-a-batch-of-market-data-overview
export const tickersV2: Route = {
  method: 'GET',
  path: '/v2/linear-swap-ex/market/detail/batch_merged',
  access: 'public',
  operation: 'marketData',
  parameters: batchNames,
  handle: (handling) =>
    batch(handling, (listing) => {
      const { trade_turnover: turnover, vol, ...others } = tickerFields(handling, listing)
      return { ...others, number_of: vol, vol: turnover }
    }),
}

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const bestOffers: Route = {
  method: 'GET',
  path: '/linear-swap-ex/market/bbo',
  access: 'public',
  operation: 'marketData',
  parameters: batchNames,
  handle(handling) {
    const { clock, engine } = handling
    const form = new Form(handling)
    const ticks = (wantsSwaps(form) ? readListings(form) : []).map((listing) => ({
      business_type: 'swap',
      contract_code: listing.native,
      ...touch(engine, listing),
      mrid: engine.depth(listing.engine.symbol, 1).sequence,
      ts: clock.now(),
    }))
    return replyMarket(handling, undefined, { ticks })
  },
}

interface TickerFields extends Record<string, unknown> {
  trade_turnover: string
  vol: string
}

function batch(
  handling: Handling,
  fieldsOf: (listing: Listing) => Record<string, unknown>,
): Answer {
  const form = new Form(handling)
  const ticks = (wantsSwaps(form) ? readListings(form) : []).map((listing) => ({
    ...fieldsOf(listing),
    contract_code: listing.native,
    business_type: 'swap',
  }))
  return replyMarket(handling, undefined, { ticks })
}

function tickerFields({ clock, engine }: Handling, listing: Listing): TickerFields {
  const { symbol } = listing.engine
  const day = engine.day(symbol)
  const now = clock.now()
  return {
    amount: plain(day.volume),
    ...touch(engine, listing),
    close: plain(engine.prices(symbol).last),
    count: day.trades,
    high: plain(day.high),
    id: Math.floor(now / 1000),
    low: plain(day.low),
    open: plain(day.open),
    trade_turnover: plain(day.turnover),
    ts: now,
    vol: toVolume(listing, day.volume),
  }
}

/** Best prices with their contracts; `null` on an empty side. */
export function touch(
  engine: Engine,
  listing: Listing,
): Record<'ask' | 'bid', [NumberText, NumberText] | null> {
  const { ask, askQuantity, bid, bidQuantity } = engine.prices(listing.engine.symbol)
  const level = (price: string, quantity: string): [NumberText, NumberText] | null =>
    isZero(price) ? null : [number(price), number(toVolume(listing, quantity))]
  return { ask: level(ask, askQuantity), bid: level(bid, bidQuantity) }
}
