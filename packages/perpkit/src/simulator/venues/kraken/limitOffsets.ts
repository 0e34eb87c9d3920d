import { add, type Decimal, div, mul, roundToStep } from '../../../core/decimal.ts'
import { isRecord } from '../../../core/reader.ts'
import type { EngineConditional } from '../../engine/types.ts'
import { listingOf } from './instruments.ts'

// A limit price told by its distance from the trigger price: docs/wire/kraken.md 4.5.

export interface LimitOffset {
  value: Decimal
  unit: 'PERCENT' | 'QUOTE_CURRENCY'
}

/** The limit price for a trigger price. */
export function priceAt(trigger: Decimal, { unit, value }: LimitOffset, tick: Decimal): Decimal {
  const distance = unit === 'PERCENT' ? mul(trigger, div(value, '100')) : value
  return roundToStep(add(trigger, distance), tick)
}

/** The limit price that moves along with a new trigger price; absent where it was told outright. */
export function movedPrice(
  { symbol, venueData }: EngineConditional,
  trigger: Decimal,
): Decimal | undefined {
  const { limitOffset } = venueData
  if (!isRecord(limitOffset) || typeof limitOffset.value !== 'string') return undefined
  const unit = limitOffset.unit === 'PERCENT' ? 'PERCENT' : 'QUOTE_CURRENCY'
  return priceAt(trigger, { unit, value: limitOffset.value }, listingOf(symbol).engine.tickSize)
}
