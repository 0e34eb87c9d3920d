import type { EngineRules } from '../../engine/types.ts'
import { applyAttached } from './attached.ts'
import { firstLeverage } from './contracts.ts'
import { conditionalIdOf, fillIdOf, orderIdOf } from './ids.ts'
import { priceWhenTriggered } from './pricing.ts'

/** How this venue trades: docs/wire/htx.md 4.4, 4.10 and 9. */
export const rules: EngineRules = {
  defaultLeverage: firstLeverage,
  clientOrderIdUnique: 'whileOpen',
  clientOrderIdSpace: 'separate',
  // A reply means accepted: what cannot be done is an order that ends at once.
  postOnlyCrossing: 'end',
  fillOrKillShort: 'end',
  noLiquidity: 'end',
  reduceOnlyCountsResting: true,
  reduceOnlyExcess: 'refuse',
  triggeredKeepsId: false,
  // Conditional orders stay when the position closes, and fail when they fire then.
  conditionalsEndWhenFlat: false,
  maxOpenOrders: 200,
  maxConditionalOrders: 100,
  maxConditionalScope: 'symbol',
  makeOrderId: orderIdOf,
  makeConditionalId: conditionalIdOf,
  makeFillId: fillIdOf,
  afterFill: applyAttached,
  priceWhenTriggered,
}
