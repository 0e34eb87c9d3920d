import type { EngineRules } from '../../engine/types.ts'
import { fillIdOf, orderIdOf, planIdOf } from './ids.ts'
import { applyPreset } from './presets.ts'

/** How this venue trades: docs/wire/bitget.md 4.3, 4.4, 4.6 and 12.2. */
export const rules: EngineRules = {
  defaultLeverage: 20,
  clientOrderIdUnique: 'whileOpen',
  clientOrderIdSpace: 'separate',
  // An answer means accepted, not matched: what cannot be done is an order that ends at once.
  postOnlyCrossing: 'end',
  fillOrKillShort: 'end',
  noLiquidity: 'end',
  reduceOnlyCountsResting: false,
  triggeredKeepsId: false,
  conditionalsEndWhenFlat: false,
  // `maxSymbolOrderNum` of the instruments.
  maxOpenOrders: 200,
  maxConditionalOrders: 100,
  maxConditionalScope: 'symbol',
  makeOrderId: orderIdOf,
  makeConditionalId: planIdOf,
  makeFillId: fillIdOf,
  afterFill: applyPreset,
}
