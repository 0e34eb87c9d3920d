import type { EngineRules } from '../../engine/types.ts'
import { marketTakeBound, maxConditionalOrders, maxOpenOrders } from './contracts.ts'
import { priceWhenTriggered } from './priceMatch.ts'

/** What the engine does on this venue: docs/wire/binance.md 4.4 to 4.7. */
export const rules: EngineRules = {
  defaultLeverage: 20,
  oneLeverage: true,
  clientOrderIdUnique: 'whileOpen',
  clientOrderIdSpace: 'separate',
  postOnlyCrossing: 'refuse',
  fillOrKillShort: 'refuse',
  noLiquidity: 'refuse',
  triggeredPriceBound: marketTakeBound,
  reduceOnlyCountsResting: true,
  triggeredKeepsId: false,
  conditionalsEndWhenFlat: false,
  maxOpenOrders,
  maxConditionalOrders,
  maxConditionalScope: 'account',
  // Two id spaces of their own; both beyond 2^31 and below 2^53 as on the live exchange.
  makeOrderId: (number) => String(4_000_000_000 + number),
  makeConditionalId: (number) => String(1_000_000_033_000_000 + number),
  makeFillId: (number) => String(700_000_000 + number),
  priceWhenTriggered,
}
