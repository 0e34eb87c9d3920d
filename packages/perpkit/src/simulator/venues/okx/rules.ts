import type { EngineRules } from '../../engine/types.ts'
import { algoIdOf, billIdOf, orderIdOf } from './ids.ts'
import { priceLimitRatio } from './instruments.ts'
import { tendProtection } from './protection.ts'

/** How this venue trades: docs/wire/okx.md 4.2, 4.4 and 4.6. */
export const rules: EngineRules = {
  defaultLeverage: 3,
  clientOrderIdUnique: 'whileOpen',
  clientOrderIdSpace: 'separate',
  // Placing is only an acknowledgement: what cannot be done is an order that ends at once.
  postOnlyCrossing: 'end',
  fillOrKillShort: 'end',
  noLiquidity: 'end',
  triggeredPriceBound: priceLimitRatio,
  reduceOnlyCountsResting: true,
  triggeredKeepsId: false,
  conditionalsEndWhenFlat: false,
  maxOpenOrders: 500,
  // Each kind of algo has a limit of its own, which is held in algoLimits.ts.
  maxConditionalOrders: 10_000,
  maxConditionalScope: 'account',
  makeOrderId: orderIdOf,
  makeConditionalId: algoIdOf,
  makeFillId: billIdOf,
  afterFill: tendProtection,
}
