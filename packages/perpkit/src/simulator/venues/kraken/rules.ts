import type { EngineRules } from '../../engine/types.ts'
import { uuidFrom } from './ids.ts'

/** Share by which a market order may trade through the touch: docs/wire/kraken.md 4.5. */
export const marketProtection = '0.01'

/** How this venue trades: docs/wire/kraken.md 4.4, 4.5 and 5.4. */
export const rules: EngineRules = {
  // Cross: whatever the contract allows at most.
  defaultLeverage: 'most',
  // A preference may be set and taken back under an open position.
  marginModeMoves: true,
  clientOrderIdUnique: 'forEver',
  clientOrderIdSpace: 'shared',
  // All three have an id and an event of refusal.
  postOnlyCrossing: 'end',
  fillOrKillShort: 'end',
  noLiquidity: 'end',
  triggeredPriceBound: marketProtection,
  reduceOnlyCountsResting: false,
  triggeredKeepsId: false,
  conditionalsEndWhenFlat: false,
  maxOpenOrders: 500,
  maxConditionalOrders: 200,
  maxConditionalScope: 'account',
  makeOrderId: (_number, hex) => uuidFrom(hex(16)),
  makeConditionalId: (_number, hex) => uuidFrom(hex(16)),
  makeFillId: (_number, hex) => uuidFrom(hex(16)),
}
