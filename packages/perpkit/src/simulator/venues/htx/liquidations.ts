import { div, isPositive } from '../../../core/decimal.ts'
import type { Engine, EngineOrder } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { listingOf, toVolume } from './contracts.ts'
import { plain } from './figures.ts'
import { Form } from './form.ts'
import { isLiquidation } from './notes.ts'
import { DAY_MS, isWithin, pageNames, readPage, readWindow, windowNames } from './paging.ts'
import { reply } from './replies.ts'
import { readOptionalListing } from './scope.ts'
import { sideWord } from './sides.ts'

const REACH_MS = 90 * DAY_MS

// Everybody's liquidations, without a name: docs/wire/htx.md 3.
// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b975edf5a
export const liquidations: Route = {
  method: 'GET',
  path: '/v5/market/liquidation_orders',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', ...windowNames, ...pageNames],
  handle(handling) {
    const { engine } = handling
    const form = new Form(handling)
    const listing = readOptionalListing(form)
    const window = readWindow(form, engine, REACH_MS)
    const rows = liquidationOrders(engine)
      .filter(({ symbol }) => listing === undefined || symbol === listing.engine.symbol)
      .filter(({ createdAt }) => isWithin(window, createdAt))
    return reply(
      handling,
      readPage(form, rows, 'oldestFirst', ({ orderId }) => orderId).map(liquidationRow),
    )
  },
}

/** Of all accounts, oldest first. */
function liquidationOrders(engine: Engine): EngineOrder[] {
  return engine
    .accountIds()
    .flatMap((accountId) => engine.orders(accountId))
    .filter(({ venueData }) => isLiquidation(venueData))
    .sort((a, b) => a.sequence - b.sequence)
}

function liquidationRow(order: EngineOrder): Record<string, string> {
  const { createdAt, executedNotional, executedQuantity, orderId, positionSide, side } = order
  const listing = listingOf(order.symbol)
  const volume = toVolume(listing, order.quantity)
  return {
    id: orderId,
    contract_code: listing.native,
    liquidation_time: String(createdAt),
    side: side.toLowerCase(),
    position_side: sideWord(positionSide),
    volume,
    // Contracts again, as observed.
    amount: volume,
    bankrupt_price: isPositive(executedQuantity)
      ? plain(div(executedNotional, executedQuantity))
      : '0',
    trade_turnover: plain(executedNotional),
  }
}
