import { add, type Decimal, div, isPositive, mul, toFixed } from '../../../core/decimal.ts'
import type { Handling, Route } from '../../server/types.ts'
import { parameterError } from './errors.ts'
import { namesOf, readFields } from './fields.ts'
import { isIsolated } from './modes.ts'
import { draftTable, type OrderDraft, readDraft } from './orderDraft.ts'
import { refuseDraft } from './placement.ts'
import { totalPositionMargin } from './positionFigures.ts'
import { reply } from './replies.ts'
import { readCategory } from './scope.ts'
import { sideOf } from './slots.ts'

const preCheckTable = { category: 'string', ...draftTable } as const

// https://bybit-exchange.github.io/docs/v5/order/pre-check-order
export const preCheckOrder: Route = {
  method: 'POST',
  path: '/v5/order/pre-check',
  access: 'signed',
  parameters: namesOf(preCheckTable),
  handle(handling) {
    const category = readCategory(handling, readFields(handling.params, { category: 'string' }))
    const draft = readDraft(handling, handling.params, category)
    // "Only Cross Margin mode and Portfolio Margin mode are supported", and no conditional orders.
    if (draft.trigger || isIsolated(handling.engine, handling.accountId)) throw parameterError()
    refuseDraft(handling, draft)
    return reply(handling, {
      orderId: '',
      orderLinkId: draft.orderLinkId,
      ...rates(handling, draft),
    })
  },
}

/** Margin rates of the account before and after the order, in units of 10^-4. */
function rates(handling: Handling, draft: OrderDraft): Record<string, number> {
  const { accountId, engine } = handling
  const { maintenanceMarginRate, settleAsset, symbol } = draft.listing.engine
  const margin = engine.margin(accountId, settleAsset)
  const position = totalPositionMargin(engine, accountId, settleAsset)
  const price = draft.price ?? engine.prices(symbol).mark
  const notional = draft.isClosing ? '0' : mul(draft.quantity, price)
  const leverage = String(engine.leverage(accountId, symbol, sideOf(draft.slot)))
  const initial = add(margin.orderInitialMargin, position.initial)
  const rate = (amount: Decimal): number =>
    isPositive(margin.marginBalance)
      ? Number(toFixed(mul(div(amount, margin.marginBalance), '10000'), 0))
      : 0
  return {
    preImrE4: rate(initial),
    preMmrE4: rate(position.maintenance),
    postImrE4: rate(add(initial, div(notional, leverage))),
    postMmrE4: rate(add(position.maintenance, mul(notional, maintenanceMarginRate))),
  }
}
