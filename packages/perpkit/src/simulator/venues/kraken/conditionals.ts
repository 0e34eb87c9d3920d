import { add, type Decimal, mul, sub } from '../../../core/decimal.ts'
import type { EngineConditional } from '../../engine/types.ts'
import { listingOf } from './instruments.ts'
import { toTick } from './numbers.ts'

/** The trigger price of the moment: a trailing order's is the next tick at which it would fire. */
export function trailingTrigger(conditional: EngineConditional): Decimal {
  const { kind, side, symbol, trailingDistance, trailingRate } = conditional
  if (kind !== 'trailing') return conditional.triggerPrice
  const best = conditional.bestPrice ?? conditional.triggerPrice
  const distance = trailingDistance ?? mul(best, trailingRate ?? '0')
  const { tickSize } = listingOf(symbol).engine
  return side === 'SELL'
    ? toTick(sub(best, distance), tickSize, 'down')
    : toTick(add(best, distance), tickSize, 'up')
}
