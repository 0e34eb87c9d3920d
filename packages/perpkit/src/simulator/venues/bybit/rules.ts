import type { EngineRules } from '../../engine/types.ts'
import { applyAttached } from './attached.ts'
import { uuidFrom } from './ids.ts'
import { priceLimitRatio } from './instruments.ts'

/** How this venue trades: docs/wire/bybit.md 4.5 and 4.7. */
export const rules: EngineRules = {
  defaultLeverage: 10,
  clientOrderIdUnique: 'forEver',
  clientOrderIdSpace: 'shared',
  // Create is only an acknowledgement: what cannot be done is an order that ends at once.
  postOnlyCrossing: 'end',
  fillOrKillShort: 'end',
  noLiquidity: 'end',
  triggeredPriceBound: priceLimitRatio.x,
  reduceOnlyCountsResting: false,
  triggeredKeepsId: true,
  conditionalsEndWhenFlat: false,
  maxOpenOrders: 500,
  // `Stop` rows; legs of a position have a limit of their own.
  maxConditionalOrders: 10,
  maxConditionalScope: 'symbol',
  positionBoundCount: false,
  makeOrderId: (_number, hex) => uuidFrom(hex(16)),
  makeConditionalId: (_number, hex) => uuidFrom(hex(16)),
  makeFillId: (_number, hex) => uuidFrom(hex(16)),
  afterFill: applyAttached,
}
