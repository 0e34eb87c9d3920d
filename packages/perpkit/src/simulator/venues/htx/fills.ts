import { mul } from '../../../core/decimal.ts'
import type { Engine, EngineFill } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { listingOf, toVolume } from './contracts.ts'
import { plain } from './figures.ts'
import { Form } from './form.ts'
import { tradeIdOf } from './ids.ts'
import { isLiquidation } from './notes.ts'
import { sourceOf, typeOf } from './orderRow.ts'
import { DAY_MS, isWithin, pageNames, readPage, readWindow, windowNames } from './paging.ts'
import { reply } from './replies.ts'
import { readOptionalListing } from './scope.ts'
import { sideFields } from './sides.ts'

const REACH_MS = 3 * DAY_MS

// The account's fills: docs/wire/htx.md 4.8.
// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-195898804f0
export const orderDetails: Route = {
  method: 'GET',
  path: '/v5/trade/order/details',
  access: 'signed',
  operation: 'getOrder',
  parameters: ['contract_code', 'order_id', ...windowNames, ...pageNames],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const listing = readOptionalListing(form)
    const orderId = form.text('order_id')
    const window = readWindow(form, engine, REACH_MS)
    const rows = engine
      .fills(accountId)
      .filter((fill) => listing === undefined || fill.symbol === listing.engine.symbol)
      .filter((fill) => orderId === undefined || fill.orderId === orderId)
      .filter((fill) => isWithin(window, fill.timestamp))
    const page = readPage(form, rows, 'oldestFirst', ({ fillId }) => fillId)
    return reply(
      handling,
      page.map((fill) => fillRow(engine, fill)),
    )
  },
}

function fillRow(engine: Engine, fill: EngineFill): Record<string, unknown> {
  const listing = listingOf(fill.symbol)
  const order = engine.order(fill.accountId, fill.orderId)
  return {
    id: fill.fillId,
    contract_code: listing.native,
    order_id: fill.orderId,
    trade_id: tradeIdOf(fill.fillId),
    side: fill.side.toLowerCase(),
    order_type: order && isLiquidation(order.venueData) ? '3' : '1',
    ...sideFields(fill),
    type: order ? typeOf(order) : 'market',
    role: fill.isMaker ? 'MAKER' : 'TAKER',
    trade_price: plain(fill.price),
    trade_volume: toVolume(listing, fill.quantity),
    trade_turnover: plain(mul(fill.price, fill.quantity)),
    created_time: String(fill.timestamp),
    updated_time: String(fill.timestamp),
    order_source: order ? sourceOf(order) : 'api',
    fee_currency: fill.feeAsset,
    trade_fee: plain(fill.fee),
    deduction_price: '',
    profit: plain(fill.realizedPnl),
    contract_type: 'swap',
  }
}
