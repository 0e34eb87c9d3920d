import { add, type Decimal, mul, sub } from '../../../core/decimal.ts'
import type { EngineConditional } from '../../engine/types.ts'
import { listingOf } from './instruments.ts'
import { toTick } from './numbers.ts'

/** The trigger price of the moment; that of a trailing order follows its best price. */
export function trailingTrigger(conditional: EngineConditional): Decimal {
  const { kind, side, symbol, trailingDistance, trailingRate } = conditional
  if (kind !== 'trailing') return conditional.triggerPrice
  const best = conditional.bestPrice ?? conditional.triggerPrice
  const distance = trailingDistance ?? mul(best, trailingRate ?? '0')
  const { tickSize } = listingOf(symbol).engine
  return side === 'SELL'
    ? toTick(sub(best, distance), tickSize, 'up')
    : toTick(add(best, distance), tickSize, 'down')
}
