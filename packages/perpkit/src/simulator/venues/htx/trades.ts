import { mul } from '../../../core/decimal.ts'
import type { EngineTrade } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { type Listing, listings, toVolume } from './contracts.ts'
import { emptyField, invalidField } from './errors.ts'
import { NumberText, number, plain } from './figures.ts'
import { Form } from './form.ts'
import { replyMarket } from './replies.ts'
import { readListing, readOptionalListing, wantsSwaps } from './scope.ts'

// Public trades: docs/wire/htx.md 3 and 3.5.

// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-query-a-batch-of-trade-records-of-a-contract
export const tradeHistory: Route = {
  method: 'GET',
  path: '/linear-swap-ex/market/history/trade',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'size'],
  handle(handling) {
    const form = new Form(handling)
    const listing = readListing(form)
    const size = form.whole('size')
    if (size === undefined) throw emptyField('size')
    if (size < 1 || size > 2000) throw invalidField('size')
    const data = handling.engine
      .trades(listing.engine.symbol, size)
      .reverse()
      .map((trade) => ({
        id: number(matchId(trade)),
        ts: trade.timestamp,
        data: [tradeRow(listing, trade)],
      }))
    return replyMarket(handling, `market.${listing.native}.trade.detail`, { data })
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb81024-77b5-11ed-9966-0242ac110003
export const latestTrade: Route = {
  method: 'GET',
  path: '/linear-swap-ex/market/trade',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'business_type'],
  handle(handling) {
    const { clock, engine } = handling
    const form = new Form(handling)
    const named = readOptionalListing(form)
    const wanted = wantsSwaps(form) ? (named ? [named] : listings) : []
    const data = wanted.flatMap((listing) =>
      engine.trades(listing.engine.symbol, 1).map((trade) => latestRow(listing, trade)),
    )
    const now = clock.now()
    return replyMarket(handling, `market.${named?.native ?? '*'}.trade.detail`, {
      tick: { data, id: number(String(now)), ts: now },
    })
  },
}

/** A trade in numbers. */
export function tradeRow(listing: Listing, trade: EngineTrade): Record<string, unknown> {
  return {
    amount: number(toVolume(listing, trade.quantity)),
    direction: trade.side.toLowerCase(),
    id: printId(trade),
    price: number(trade.price),
    ts: trade.timestamp,
    quantity: number(trade.quantity),
    trade_turnover: number(mul(trade.price, trade.quantity)),
  }
}

/** Amount and price are texts here. */
function latestRow(listing: Listing, trade: EngineTrade): Record<string, unknown> {
  return {
    amount: toVolume(listing, trade.quantity),
    quantity: number(trade.quantity),
    trade_turnover: number(mul(trade.price, trade.quantity)),
    ts: trade.timestamp,
    id: printId(trade),
    price: plain(trade.price),
    direction: trade.side.toLowerCase(),
    contract_code: listing.native,
    business_type: 'swap',
  }
}

const FIRST_MATCH = 13_147_678_700_000n

/** Of one match, which may have several prints. */
export function matchId({ tradeId }: EngineTrade): string {
  return String(FIRST_MATCH + BigInt(tradeId))
}

/** A match has one print here; its id is beyond 2^53, as on a busy contract. */
function printId(trade: EngineTrade): NumberText {
  return new NumberText(`${matchId(trade)}0000`)
}
