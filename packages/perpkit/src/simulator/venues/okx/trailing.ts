import {
  add,
  ceilToStep,
  type Decimal,
  floorToStep,
  isDecimal,
  isGreater,
  isLess,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { EngineConditional } from '../../engine/types.ts'
import { parameterError, Refused } from './errors.ts'
import type { Fields } from './fields.ts'
import { type Listing, listingOf } from './instruments.ts'
import { readPrice } from './sizes.ts'

/** How far a trailing stop stays behind: a share of the best price, or a distance from it. */
export interface Callback {
  ratio: Decimal | undefined
  spread: Decimal | undefined
}

/** Bounds of `callbackRatio`: docs/wire/okx.md 4.4. */
const leastRatio = '0.001'
const mostRatio = '1'

/** `undefined` when neither is given. */
export function readCallback(
  fields: Fields<'callbackRatio' | 'callbackSpread'>,
  listing: Listing,
): Callback | undefined {
  const ratio = fields.text('callbackRatio')
  const spread = fields.text('callbackSpread')
  if (ratio === undefined && spread === undefined) return undefined
  if (ratio !== undefined && spread !== undefined) throw parameterError('callbackSpread')
  if (spread !== undefined) {
    return { ratio: undefined, spread: readPrice(listing, 'callbackSpread', spread) }
  }
  if (ratio === undefined || !isDecimal(ratio)) throw parameterError('callbackRatio')
  if (isLess(ratio, leastRatio) || isGreater(ratio, mostRatio)) {
    throw new Refused('51311', leastRatio, mostRatio)
  }
  return { ratio, spread: undefined }
}

/** Where a trailing stop stands now; `''` while it tracks nothing. */
export function moveTriggerPrice(conditional: EngineConditional): string {
  const { bestPrice, side, symbol, trailingDistance, trailingRate } = conditional
  if (conditional.kind !== 'trailing' || bestPrice === undefined) return ''
  const { tickSize } = listingOf(symbol).engine
  const distance = trailingDistance ?? mul(bestPrice, trailingRate ?? '0')
  return side === 'SELL'
    ? floorToStep(sub(bestPrice, distance), tickSize)
    : ceilToStep(add(bestPrice, distance), tickSize)
}
